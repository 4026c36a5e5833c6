// Logs and summaries of public repositories are public: hosts, owners and names of targets need `--detail full`.
// github-summary.md: a job summary for GitHub Actions: counts and titles of checks, and no host unless asked for.
import { noFindings, totalOf } from '../../model/severity.js';
import { severities, type Severity } from '../../model/finding.js';
import { plain } from '../markdown/escape.js';
import type { Format } from '../format.js';
import { en } from '../texts/en.js';
import { hasVantages } from '../vantages.js';
import { counted, number } from '../words.js';

/** Findings that `--detail full` lists. */
const mostListed = 200;

export const format = {
  name: 'github',
  file: 'github-summary.md',
  write: async ({ run, summary, acceptances = [] }, findings, _endpoints, out, { detail }) => {
    const checks = new Map<string, Record<Severity, number>>();
    const accepted = new Map<string, string>();
    const listed: string[] = [];
    for await (const { check, severity, accepted: by, endpoint, title, owner } of findings()) {
      if (by !== null) {
        // Who accepted it is shown with hosts and owners alone; the day on which the first of them ends is not secret.
        const said = detail === 'full' ? `${by.until} by ${plain(by.approvedBy)}` : by.until;
        const before = accepted.get(check);
        if (before === undefined || said < before) accepted.set(check, said);
        continue;
      }
      let counts = checks.get(check);
      if (counts === undefined) checks.set(check, (counts = noFindings()));
      counts[severity] += 1;
      if (detail === 'full' && listed.length < mostListed) {
        listed.push(`| ${severity} | ${[endpoint, owner ?? '', title].map((text) => plain(text)).join(' | ')} |\n`);
      }
    }
    const { states } = summary;
    const total = totalOf(summary.findings);
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
    const terms = [
      [acceptances.filter(({ term }) => term === 'expired').length, 'has expired', 'have expired'],
      [acceptances.filter(({ term }) => term === 'ends-soon').length, 'ends within 30 days', 'end within 30 days'],
      [
        acceptances.filter(({ worse }) => worse > 0).length,
        'no longer covers what got worse',
        'no longer cover what got worse',
      ],
    ] as const;
    const said = terms.flatMap(([total, one, many]) =>
      total === 0 ? [] : `${number(total)} ${total === 1 ? one : many}`,
    );
    if (hasVantages(run)) await out.write(`Seen from ${plain(en.vantages.fromNames(run))}.\n\n`);
    if (said.length > 0) await out.write(`**Accepted risks:** ${said.join(', ')}.\n\n`);
    for (const [check, until] of accepted) {
      await out.write(`- ${check}: accepted until ${until}\n`);
    }
    if (accepted.size > 0) await out.write('\n');
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
