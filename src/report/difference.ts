// What differs between two runs, as sections of rows: for the terminal and as Markdown.
import type { Finding, ReportHead } from '../model/finding.js';
import { differenceOf, type GoneFinding } from '../model/history.js';
import { severities, type Severity } from '../model/severity.js';
import type { Texts } from './texts/en.js';
import { codeSpan, plain, prose, table } from './markdown/escape.js';
import { day } from './words.js';

/** One finding of a section. */
export interface DifferenceRow {
  readonly severity: Severity;
  readonly check: string;
  readonly endpoint: string;
  readonly owner: string | null;
  readonly fingerprint: string;
  readonly title: string;
  /** What changed, or why it is called gone. */
  readonly why: string | null;
  readonly since: string;
}

/** Findings of one status, the first of them. */
export interface DifferenceSection {
  readonly title: string;
  readonly rows: readonly DifferenceRow[];
  readonly total: number;
}

/** Rows that a section shows; all are counted. */
const rowsShown = 200;

/** Sorts what differs into sections. Memory does not grow with the number of findings. */
export async function differenceSections(
  findings: AsyncIterable<Finding>,
  gone: AsyncIterable<GoneFinding>,
  { difference: words }: Texts,
): Promise<readonly DifferenceSection[]> {
  const sections = new Map<string, { rows: DifferenceRow[]; total: number }>(
    Object.keys(words.sections).map((name) => [name, { rows: [], total: 0 }]),
  );
  const put = (name: string, row: DifferenceRow): void => {
    const section = sections.get(name);
    if (section === undefined) return;
    section.total += 1;
    section.rows.push(row);
    if (section.rows.length >= 2 * rowsShown) section.rows = worstOf(section.rows);
  };
  for await (const finding of findings) {
    const { history, accepted } = finding;
    if (history === null || accepted !== null) continue;
    put(differenceOf(history), {
      ...finding,
      why: history.why,
      since: history.openSince,
    });
  }
  for await (const one of gone) put(one.status, { ...one, since: one.firstSeen });
  return Object.entries(words.sections).flatMap(([name, title]) => {
    const { rows = [], total = 0 } = sections.get(name) ?? {};
    return total === 0 ? [] : [{ title, rows: worstOf(rows), total }];
  });
}

function worstOf(rows: readonly DifferenceRow[]): DifferenceRow[] {
  return rows.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)).slice(0, rowsShown);
}

/** The difference as Markdown, for a ticket or a wiki. */
export function differenceMarkdown(head: ReportHead, sections: readonly DifferenceSection[], t: Texts): string {
  const words = t.difference;
  const changes = t.summary.changes(head);
  const parts = sections.map(({ title, rows, total }) => {
    const shown = table(
      words.columns,
      rows.map((row) => [
        t.severities[row.severity],
        prose(row.title),
        codeSpan(row.endpoint, 200),
        row.owner === null ? '' : plain(row.owner, 120),
        row.why === null ? '' : prose(row.why),
        day(row.since),
        codeSpan(row.fingerprint.slice(0, 12), 20),
      ]),
    );
    const rest = total - rows.length;
    return `## ${words.section(title, total)}\n\n${shown}\n\n${rest > 0 ? `${words.more(rest)}\n\n` : ''}`;
  });
  return [
    `# ${plain(words.title(head.run.engagement.id))}\n\n`,
    `${plain(words.compared(head), 1000)}\n\n`,
    `**${plain(changes.label)}** ${plain(changes.text, 2000)}\n\n`,
    ...parts,
  ].join('');
}
