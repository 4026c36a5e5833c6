// `leftopen diff`: what changed between two runs.
import { differenceOf } from '../../model/history.js';
import { diff as runDiff, type DiffOptions } from '../../run/index.js';
import { differenceMarkdown, differenceSections } from '../../report/difference.js';
import { languageOf } from '../../languages/index.js';
import { jsonLine } from '../../text/json-line.js';
import { printEach } from '../lines.js';
import { differenceText, gapLines } from '../terminal.js';

interface DiffCommandOptions extends DiffOptions {
  readonly json?: true;
  readonly md?: true;
}

/** Compares a run with an earlier one: as text, as Markdown, or as JSON lines (a head, then each finding that changed). */
export function diff(options: DiffCommandOptions): Promise<number> {
  return runDiff(options, async ({ head, findings, gone, exitCode }) => {
    if (options.json !== true) {
      const texts = languageOf(head.run.language).report;
      const sections = await differenceSections(findings(), gone(), texts);
      process.stdout.write(
        options.md === true
          ? differenceMarkdown(head, sections, texts)
          : differenceText(head, sections, process.stdout, texts),
      );
      return exitCode;
    }
    // What is gone has a line each.
    const changes = { ...head.changes, goneFindings: undefined };
    process.stdout.write(`${jsonLine({ kind: 'changes', run: head.run.id, ...changes })}\n`);
    await printEach(changed(findings()), jsonLine);
    await printEach(gone(), (one) => jsonLine({ kind: 'gone', ...one }));
    for (const line of gapLines(head, process.stderr)) process.stderr.write(`${line}\n`);
    return exitCode;
  });
}

type Findings = ReturnType<Parameters<Parameters<typeof runDiff>[1]>[0]['findings']>;

async function* changed(findings: Findings): AsyncGenerator<object> {
  for await (const finding of findings)
    if (finding.history === null || differenceOf(finding.history) !== 'unchanged')
      yield { kind: 'finding', ...finding };
}
