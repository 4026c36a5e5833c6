import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { criticalHook } from '../../src/run/critical.js';
import { finding } from '../support/report-sample.js';
import { audited, declared, engagement, jsonLines, recorded, type Audited } from './support.js';

/** Audits an open cluster and then another, called off as soon as the first is known. */
async function calledOff(t: Test, folder: string, command: string): Promise<() => Promise<Audited>> {
  const urls = [await recorded(t, 'elasticsearch/7.17.9-open'), await recorded(t, 'opensearch/2.19.4-open')];
  const text = `${engagement}
  limits: { concurrency: 1 }
targets:
${urls.map((url, i) => `  - { id: t${i}, url: "${url}" }`).join('\n')}
`;
  const declaration = await declared(t, text, folder);
  const out = join(folder, 'out');
  const stop = new AbortController();
  const first = await audited(declaration, out, {
    signal: stop.signal,
    onCritical: command,
    onEvent(event) {
      if (event.kind === 'finding') stop.abort();
    },
  });
  t.equal(first.result.exitCode, 130);
  t.ok(first.endpoints.some(({ state }) => state === 'open'));
  return () => audited(declaration, out, { resume: true, onCritical: command });
}

t.test('an alarm that the command has not taken is raised again by the resumed run', async (t) => {
  const folder = t.testdir({});
  const taken = join(folder, 'taken.jsonl');
  const ready = join(folder, 'ready');
  // The first time the command fails, as one that was killed with the run.
  const command = `if [ -e '${ready}' ]; then cat >> '${taken}'; else touch '${ready}'; exit 9; fi`;
  const resume = await calledOff(t, folder, command);
  t.notOk(existsSync(taken));
  const second = await resume();
  const critical = second.findings.filter(({ severity }) => severity === 'critical');
  t.strictSame(jsonLines(taken).map(fingerprintOf).sort(), critical.map(fingerprintOf).sort(), 'each once');
  t.match(jsonLines(taken), [{ preview: true }, { preview: true }]);
  t.equal(critical.length, 2);
});

t.test('a command that hangs is ended, and what it left behind is not waited for', async (t) => {
  const failures: string[] = [];
  const call = async (command: string): Promise<number> => {
    const begun = performance.now();
    const hook = criticalHook(command, (text) => failures.push(text), 300);
    hook.call(finding(), () => taken.push(command));
    t.equal(await hook.settle(20_000), 0, `${command}: ended`);
    return performance.now() - begun;
  };
  const taken: string[] = [];
  const folder = t.testdir({});
  const alive = join(folder, 'alive');
  t.ok((await call(`(sleep 2; touch '${alive}') & wait`)) < 15_000);
  t.match(failures, [/it took too long$/]);
  t.ok((await call('sleep 20 & echo left behind >&2')) < 15_000, 'its open pipe delays nothing');
  t.strictSame(taken, ['sleep 20 & echo left behind >&2']);
  t.equal((await call('echo no such pager >&2; exit 7')) < 15_000, true);
  t.match(failures[1], /exit code 7: no such pager$/);
  await sleep(2_200);
  t.notOk(existsSync(alive), 'what it had started was ended with it');
});

t.test('an alarm that was taken is not raised again', async (t) => {
  const folder = t.testdir({});
  const taken = join(folder, 'taken.jsonl');
  const resume = await calledOff(t, folder, `cat >> '${taken}'`);
  const second = await resume();
  t.equal(second.result.head.run.finished, true);
  const lines = jsonLines(taken).map(fingerprintOf);
  t.equal(new Set(lines).size, 2);
  t.ok(lines.length <= 3, 'at most the one that was under way when the run was called off comes twice');
});

function fingerprintOf(finding: unknown): string {
  return typeof finding === 'object' && finding !== null && 'fingerprint' in finding ? String(finding.fingerprint) : '';
}
