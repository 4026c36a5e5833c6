import { readTargets } from '../../../src/engagement/index.js';
import { audit } from '../../../src/run/index.js';

/** One audit in a process of its own, to be killed: `run.ts FILE OUT [resume | tell]`. Signals its parent when it starts to ask. */
const [file = '', out = '', resume] = process.argv.slice(2);
const read = await readTargets(file);
if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
const result = await audit(read.declaration, {
  out,
  failOn: 'high',
  formats: [],
  resume: resume === 'resume',
  signal: new AbortController().signal,
  onEvent(event) {
    if (event.kind === 'started') process.send?.({ started: event.runFolder });
    if (event.kind === 'progress') process.send?.({ done: event.done });
  },
});
if (resume === 'tell') {
  const { summary, run } = result.head;
  let findings = 0;
  for await (const { accepted } of result.findings()) findings += accepted === null ? 1 : 0;
  const high = summary.findings.critical + summary.findings.high;
  console.log(`exit ${result.exitCode}: ${run.gaps.join('; ')}`);
  console.log(`${summary.endpoints} endpoints, ${summary.states.open} open, ${high} high, ${findings} findings`);
}
if (process.connected) process.disconnect();
