// Logs and summaries of public repositories are public: hosts, owners and names of targets need `--detail full`.
// github-summary.md: a job summary for GitHub Actions: counts and titles of checks, and no host unless asked for.
import { noFindings, totalOf } from '../../model/severity.js';
import { severities, type Severity } from '../../model/finding.js';
import { plain } from '../markdown/escape.js';
import type { Format } from '../format.js';
import { hasVantages } from '../vantages.js';
import { sentence } from '../words.js';

/** Findings that `--detail full` lists. */
const mostListed = 200;

export const format = {
  name: 'github',
  file: 'github-summary.md',
  write: async ({ run, summary, acceptances = [] }, findings, _endpoints, out, { detail, texts }) => {
    const words = texts.github;
    const checks = new Map<string, Record<Severity, number>>();
    const accepted = new Map<string, string>();
    const listed: string[] = [];
    for await (const { check, severity, accepted: by, endpoint, title, owner } of findings()) {
      if (by !== null) {
        // Who accepted it is shown with hosts and owners alone; the day on which the first of them ends is not secret.
        const said = words.accepted(check, by.until, detail === 'full' ? plain(by.approvedBy) : null);
        const before = accepted.get(check);
        if (before === undefined || said < before) accepted.set(check, said);
        continue;
      }
      let counts = checks.get(check);
      if (counts === undefined) checks.set(check, (counts = noFindings()));
      counts[severity] += 1;
      if (detail === 'full' && listed.length < mostListed) {
        listed.push(
          `| ${texts.severities[severity]} | ${[endpoint, owner ?? '', title].map((text) => plain(text)).join(' | ')} |\n`,
        );
      }
    }
    const total = totalOf(summary.findings);
    await out.write(`## ${words.title(total)}\n\n`);
    if (!run.finished || run.gaps.length > 0) {
      await out.write(`**${sentence(texts.gaps.incomplete)}** ${texts.gaps.incompleteMeans(summary)}\n\n`);
    }
    await out.write(
      `${texts.terminal.endpoints(summary.endpoints, texts.summary.states(summary))}${words.counts(summary.accepted)}\n\n`,
    );
    // Which run it is from, so that an old summary does not pass for today's.
    await out.write(`${plain(words.run(run.id, run.startedAt))}\n\n`);
    // The name of an owner is shown only where hosts are.
    const narrowed = detail === 'full' || run.onlyOwner === undefined ? texts.gaps.narrowed(run) : '';
    if (narrowed !== '') await out.write(`${plain(narrowed)}\n\n`);
    const terms = [
      [acceptances.filter(({ term }) => term === 'expired').length, words.expired],
      [acceptances.filter(({ term }) => term === 'ends-soon').length, words.endsSoon],
      [acceptances.filter(({ worse }) => worse > 0).length, words.worse],
    ] as const;
    const said = terms.flatMap(([total, say]) => (total === 0 ? [] : say(total)));
    if (hasVantages(run)) await out.write(`${words.seenFrom(plain(texts.vantages.fromNames(run)))}\n\n`);
    if (said.length > 0) await out.write(`**${words.acceptedRisks}** ${said.join(', ')}.\n\n`);
    for (const line of accepted.values()) await out.write(`- ${line}\n`);
    if (accepted.size > 0) await out.write('\n');
    if (checks.size > 0) {
      await out.write(
        `| ${[words.check, ...severities.map((severity) => texts.severities[severity])].join(' | ')} |\n| --- |${' ---: |'.repeat(severities.length)}\n`,
      );
      for (const [check, counts] of checks) {
        await out.write(`| ${check} | ${severities.map((severity) => texts.number(counts[severity])).join(' | ')} |\n`);
      }
    }
    if (listed.length > 0) {
      await out.write(`\n| ${words.columns.join(' | ')} |\n|${' --- |'.repeat(words.columns.length)}\n`);
      for (const row of listed) await out.write(row);
      if (total > listed.length) await out.write(`\n${words.more(total - listed.length)}\n`);
    }
  },
} satisfies Format;
