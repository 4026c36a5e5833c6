// `leftopen diff`: what changed between two runs.
import { diff as runDiff } from '../../run/index.js';
import { differenceMarkdown, differenceSections } from '../../report/difference.js';
import { jsonLine } from '../../text/json-line.js';
import { printEach } from '../lines.js';
import { differenceText, gapLines } from '../terminal.js';
import { comparing, type CompareOptions } from './audit.js';

interface DiffCommandOptions extends CompareOptions {
  readonly out: string;
  readonly run?: string;
  readonly knowledge?: string;
  readonly json?: true;
  readonly md?: true;
}

/** Compares a run with an earlier one: as text, as Markdown, or as JSON lines (a head, then each finding that changed). */
export function diff(options: DiffCommandOptions): Promise<number> {
  const { out, run, knowledge } = options;
  return runDiff(
    {
      out,
      ...comparing(options),
      ...(run !== undefined && { run }),
      ...(knowledge !== undefined && { knowledge }),
    },
    async ({ head, findings, gone, exitCode }) => {
      if (options.json === true) {
        const { baseline, findings: counts, byKnowledge, gone: ended } = head.changes;
        const changes = { baseline, findings: counts, byKnowledge, gone: ended };
        process.stdout.write(`${jsonLine({ kind: 'changes', run: head.run.id, ...changes })}\n`);
        await printEach(changed(findings()), jsonLine);
        await printEach(gone(), (one) => jsonLine({ kind: 'gone', ...one }));
      } else {
        const sections = await differenceSections(findings(), gone());
        process.stdout.write(options.md === true ? differenceMarkdown(head, sections) : differenceText(head, sections));
      }
      for (const line of options.json === true ? gapLines(head, process.stderr) : []) process.stderr.write(`${line}\n`);
      return exitCode;
    },
  );
}

type Findings = ReturnType<Parameters<Parameters<typeof runDiff>[1]>[0]['findings']>;

async function* changed(findings: Findings): AsyncGenerator<object> {
  for await (const finding of findings)
    if (finding.history?.status !== 'unchanged') yield { kind: 'finding', ...finding };
}
