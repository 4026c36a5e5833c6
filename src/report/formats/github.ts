// Logs and summaries of public repositories are public: hosts, owners and names of targets need `--detail full`.
// github-summary.md: a job summary for GitHub Actions: counts and titles of checks, and no host unless asked for.
import { noFindings } from '../../model/severity.js';
import { severities, type Severity } from '../../model/finding.js';
import { plain } from '../markdown/escape.js';
import type { Format } from '../format.js';
import { counted, number } from '../words.js';

/** Findings that `--detail full` lists. */
const mostListed = 200;

export const format = {
  name: 'github',
  file: 'github-summary.md',
  write: async ({ run, summary }, findings, _endpoints, out, { detail }) => {
    const checks = new Map<string, Record<Severity, number>>();
    const listed: string[] = [];
    for await (const { check, severity, accepted, endpoint, title, owner } of findings()) {
      if (accepted !== null) continue;
      let counts = checks.get(check);
      if (counts === undefined) checks.set(check, (counts = noFindings()));
      counts[severity] += 1;
      if (detail === 'full' && listed.length < mostListed) {
        listed.push(`| ${severity} | ${[endpoint, owner ?? '', title].map((text) => plain(text)).join(' | ')} |\n`);
      }
    }
    const { states } = summary;
    const total = severities.reduce((sum, severity) => sum + summary.findings[severity], 0);
    await out.write(`## leftopen: ${total === 0 ? 'no finding' : counted(total, 'finding')}\n\n`);
    if (!run.finished || run.gaps.length > 0) {
      await out.write(
        '**This audit is incomplete.** Everything below is correct, but some endpoints could not be assessed.\n\n',
      );
    }
    await out.write(
      `${counted(summary.endpoints, 'endpoint')}: ${number(states.open)} open, ${number(states.guarded)} guarded, ` +
        `${number(states.undetermined)} undetermined, ${number(states.unreachable)} unreachable. ` +
        `${counted(summary.accepted, 'finding')} accepted.\n\n`,
    );
    if (checks.size > 0) {
      await out.write(`| Check | ${severities.join(' | ')} |\n| --- |${' ---: |'.repeat(severities.length)}\n`);
      for (const [check, counts] of checks) {
        await out.write(`| ${check} | ${severities.map((severity) => number(counts[severity])).join(' | ')} |\n`);
      }
    }
    if (listed.length > 0) {
      await out.write('\n| Severity | Endpoint | Owner | Finding |\n| --- | --- | --- | --- |\n');
      for (const row of listed) await out.write(row);
      if (total > listed.length) await out.write(`\nAnd ${counted(total - listed.length, 'finding')} more.\n`);
    }
  },
} satisfies Format;
