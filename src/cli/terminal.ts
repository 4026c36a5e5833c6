// What a person sees of a run on the terminal: progress, findings as they appear, the ranking.
import { fstatSync } from 'node:fs';
import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Problem, ReportHead, Severity } from '../model/finding.js';
import { totalOf } from '../model/severity.js';
import type { RunEvent } from '../model/event.js';
import type { Retest } from '../model/retest.js';
import { clean } from '../catalogue/redact.js';
import { acceptanceNotes } from '../report/acceptance.js';
import type { DifferenceSection } from '../report/difference.js';
import { languageInUse } from '../languages/index.js';
import type { Texts } from '../report/texts/en.js';
import { assessedTotal, day, sentence, utc } from '../report/words.js';

/** A stream as far as it is written to: a terminal, a pipe or a file. */
export interface Screen {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): unknown;
}

/** Functions that colour a text, or leave it alone. */
export type Colours = ReturnType<typeof pc.createColors>;

/** A terminal that moves its cursor and knows colours. */
function isLively(stream: Screen): boolean {
  return stream.isTTY && process.env['TERM'] !== 'dumb';
}

/**
 * Colours for a stream: none with NO_COLOR, on a dumb terminal or in a pipe. Each stream for itself: what goes to a pipe
 * does not take the colours from the other.
 */
export function coloursFor(stream: Screen): Colours {
  return pc.createColors(isLively(stream) && (process.env['NO_COLOR'] ?? '') === '');
}

function paint(c: Colours, severity: Severity, text: string): string {
  switch (severity) {
    case 'critical':
      return c.bold(c.red(text));
    case 'high':
      return c.red(text);
    case 'medium':
      return c.yellow(text);
    case 'low':
      return c.cyan(text);
    case 'info':
      return c.dim(text);
  }
}

/** Cuts a text to a display width, with an ellipsis where something is missing. */
export function fit(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${broken(text, width - 1)[0] ?? ''}…`;
}

/** Cuts a text to a display width, or fills it up with spaces. */
function pad(text: string, width: number): string {
  const cut = fit(text, width);
  return cut + ' '.repeat(Math.max(0, width - stringWidth(cut)));
}

/** A text in lines of at most `width` columns, wherever that is: nothing of it is left out. */
function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const next = stringWidth(segment);
    if (line !== '' && used + next > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += segment;
    used += next;
  }
  return [...lines, line];
}

/** How the lines of a wrapped text begin, and what becomes of a word that is longer than a line. */
interface Wrapping {
  readonly first?: string;
  readonly rest?: string;
  /** `whole`: it has a line of its own, so that it can be copied; else it is cut. */
  readonly longWords?: 'whole';
}

/** Breaks a text at spaces into lines of at most `width` columns; colours take none. */
export function wrap(text: string, width: number, { first = '', rest = first, longWords }: Wrapping = {}): string[] {
  const lines: string[] = [];
  let line = first;
  let begun = false;
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (begun && stringWidth(`${line} ${word}`) > width) {
      lines.push(line);
      line = rest;
      begun = false;
    }
    const next = begun ? ` ${word}` : word;
    line += longWords === 'whole' ? next : fit(next, width - stringWidth(line));
    begun = true;
  }
  return begun || first !== '' ? [...lines, line] : lines;
}

/** Columns of the terminal, 80 in a pipe or where it does not say, never more than 100: long lines are hard to read. */
export function columns(stream: Screen): number {
  return Math.min(stream.isTTY && stream.columns > 0 ? stream.columns : 80, 100);
}

/** How talkative a run is on stderr. */
export interface Verbosity {
  readonly quiet?: boolean;
  /** Findings go to stdout as JSON lines; so they are not printed for people as they appear. */
  readonly json?: boolean;
}

/** A run as it is shown while it goes on. */
export interface Watch {
  readonly onEvent: (event: RunEvent) => void;
  readonly say: (text: string) => void;
  /** Clears the live line once the run has ended, however. */
  readonly during: <Result>(run: Promise<Result>) => Promise<Result>;
}

/**
 * Shows a run on stderr while it goes on: one live line on a terminal, and findings as they appear.
 *
 * @param results where the ranking is printed once the run has ended
 */
export function watcher(
  { quiet = false, json = false }: Verbosity,
  stream: Screen = process.stderr,
  results: Pick<Screen, 'isTTY'> = process.stdout,
  t: Texts = languageInUse().report,
): Watch {
  const words = t.terminal;
  const c = coloursFor(stream);
  // JSON lines go to the same terminal, by themselves or from what they are piped into: they would run into a live line.
  const jsonIsShown = json && !fstatSync(1).isFile();
  // The ranking on the same terminal lists the gaps, and so does the end of stderr next to JSON lines: do not say them twice.
  const gapsFollow = json || results.isTTY;
  let live = '';
  let previewed = false;
  const erase = () => {
    if (live !== '') stream.write('\r\x1b[2K');
  };
  const print = (text: string) => {
    erase();
    stream.write(`${text}\n`);
    if (live !== '') stream.write(live);
  };
  const show = (text: string) => {
    if (!isLively(stream) || jsonIsShown) return;
    const next = fit(text, columns(stream) - 1);
    if (next === live) return;
    erase();
    live = next;
    stream.write(live);
  };
  const onEvent = (event: RunEvent) => {
    if (quiet && !(event.kind === 'notice' && event.urgent === true)) return;
    switch (event.kind) {
      case 'started':
        print(c.dim(words.writingTo(event.runFolder)));
        show(words.asking(event.total));
        return;
      case 'finding':
        if (!json && event.finding.accepted === null) {
          if (!previewed) print(c.dim(words.preview));
          previewed = true;
          print(
            `${paint(c, event.finding.severity, pad(t.severities[event.finding.severity], 8))}  ${clean(event.finding.endpoint, 200)}  ${c.dim(event.finding.check)}`,
          );
        }
        return;
      case 'progress': {
        const { done, total, perSecond, findings } = event;
        const left = total === null || perSecond === 0 || done >= total ? null : (total - done) / perSecond;
        show(words.progress(done, total, perSecond, left, findings));
        return;
      }
      case 'notice':
        if (event.gap === true && gapsFollow) return;
        print(stream.isTTY ? wrap(clean(event.text, 2000), columns(stream)).join('\n') : clean(event.text, 2000));
        return;
      case 'judging':
        show(words.judging(event.endpoints));
        return;
      case 'endpoint':
        return;
    }
  };
  return {
    onEvent,
    say: (text) => {
      onEvent({ kind: 'notice', text });
    },
    during: (run) =>
      run.finally(() => {
        erase();
        live = '';
        // The ranking is a list of its own.
        if (previewed && stream.isTTY) stream.write('\n');
      }),
  };
}

/** What is missing from a run, one wrapped line each: why its exit code is 3. */
export function gapLines(
  { run, summary }: ReportHead,
  stream: Screen,
  { terminal: words }: Texts = languageInUse().report,
): readonly string[] {
  const c = coloursFor(stream);
  const texts = run.gaps.map((gap) => words.incomplete(sentence(clean(gap, 500))));
  if (summary.bugs > 0) {
    texts.push(words.bugs(summary.bugs));
  }
  return texts.flatMap((text) => wrap(text, columns(stream))).map((line) => c.yellow(line));
}

/** What is to be decided again of accepted risks, or can be removed. */
function acceptanceLines(head: ReportHead, stream: Screen, t: Texts): readonly string[] {
  const c = coloursFor(stream);
  return acceptanceNotes(head, t).flatMap(({ urgent, label, text }) =>
    wrap(clean(`${label} ${text}`, 2000), columns(stream)).map((line) => (urgent ? c.yellow(line) : line)),
  );
}

const tableRows = 25;

function problemRow(c: Colours, problem: Problem, place: number, width: number, t: Texts): string[] {
  const { severity, doors, doorsTotal, title, checks } = problem;
  const [first = '', ...rest] = broken(clean(doors[0] ?? '', 2000), width - 26);
  const start = `${pad(String(place), 3)}  ${paint(c, severity, pad(t.severities[severity], 8))}  ${pad(t.number(doorsTotal), 9)}  `;
  return [
    `${start}${first}`,
    ...rest.map((line) => `${' '.repeat(26)}${line}`),
    ...wrap(clean(title, 300), width - 6).map((line) => `     ${line}`),
    ...wrap(checks.join(', '), width - 6).map((line) => `     ${c.dim(line)}`),
  ];
}

/** Rows of a section that a terminal shows. */
const sectionRows = 25;

/** What changed between two runs, for people. */
export function differenceText(
  head: ReportHead,
  sections: readonly DifferenceSection[],
  stream: Screen = process.stdout,
  t: Texts = languageInUse().report,
): string {
  const c = coloursFor(stream);
  const width = columns(stream);
  const changes = t.summary.changes(head);
  const lines = [...wrap(`${changes.label} ${changes.text}`, width), ...acceptanceLines(head, stream, t)];
  for (const { title, rows, total } of sections) {
    lines.push('', c.bold(t.difference.section(title, total)));
    for (const row of rows.slice(0, sectionRows)) {
      const [first = '', ...rest] = broken(clean(row.endpoint, 2000), width - 12);
      lines.push(
        `  ${paint(c, row.severity, pad(t.severities[row.severity], 8))}  ${first}`,
        ...rest.map((line) => `            ${line}`),
      );
      lines.push(...wrap(clean(row.title, 300), width - 6).map((line) => `     ${line}`));
      if (row.why !== null) lines.push(...wrap(clean(row.why, 300), width - 6).map((line) => `     ${line}`));
      lines.push(c.dim(`     ${t.terminal.row(row.check, day(row.since), row.fingerprint.slice(0, 12))}`));
    }
    if (total > sectionRows) lines.push(c.dim(`     ${t.terminal.moreRows(total - sectionRows)}`));
  }
  lines.push(...gapLines(head, stream, t));
  return `${lines.join('\n')}\n`;
}

/** What a retest shows, for people. */
export function retestText(
  { findings, of }: Retest,
  head: ReportHead,
  reports: readonly string[],
  stream: Screen = process.stdout,
  t: Texts = languageInUse().report,
): string {
  const words = t.terminal;
  const c = coloursFor(stream);
  const width = columns(stream);
  const lines: string[] = [];
  for (const { outcome, before, endpoint, check, why, fingerprint } of findings.slice(0, tableRows)) {
    const word = outcome === 'fixed' ? c.green : outcome === 'unverified' ? c.yellow : c.red;
    lines.push(
      `${word(pad(t.retest.outcomes[outcome], 21))}  ${paint(c, before.severity, pad(t.severities[before.severity], 8))}  ${check}`,
    );
    lines.push(...broken(clean(endpoint, 2000), width - 5).map((line) => `     ${line}`));
    lines.push(...wrap(clean(why, 300), width - 5).map((line) => `     ${line}`));
    lines.push(c.dim(`     ${fingerprint.slice(0, 12)}`));
  }
  if (findings.length > tableRows) lines.push(c.dim(`     ${words.moreRetested(findings.length - tableRows)}`));
  lines.push('');
  lines.push(
    ...wrap(
      words.testedAgain(findings.length, utc(of.startedAt), t.retest.counts(findings.map(({ outcome }) => outcome))),
      width,
    ),
  );
  lines.push(...wrap(words.requests(head.run.requests), width));
  lines.push(...gapLines(head, stream, t));
  for (const report of reports) lines.push(words.report(report));
  return `${lines.join('\n')}\n`;
}

/** What a run without findings shows: never "no findings" alone where something could not be assessed. */
function noneFound({ summary }: ReportHead, t: Texts): string {
  const unassessed = t.summary.unassessed(summary);
  if (unassessed === '') return t.terminal.noFindings;
  return assessedTotal(summary) === 0 ? unassessed : t.terminal.noFindingsBut(unassessed);
}

/**
 * What a run found, for people, at most 80 columns wide in a pipe: the problems, the worst first, the first 25 of them, each
 * with the number of its endpoints and the worst of them; then the counts.
 */
export function ranking(
  head: ReportHead,
  reports: readonly string[],
  stream: Screen = process.stdout,
  t: Texts = languageInUse().report,
): string {
  const words = t.terminal;
  const c = coloursFor(stream);
  const width = columns(stream);
  const lines: string[] = [];
  const { summary, run, problemsTotal } = head;
  const problemsShown = head.problems.slice(0, tableRows);
  const total = totalOf(summary.findings);
  if (problemsShown.length > 0) {
    const [place = '', severity = '', endpoints = '', worst = ''] = words.columns;
    lines.push(c.dim(`${pad(place, 3)}  ${pad(severity, 8)}  ${pad(endpoints, 9)}  ${worst}`));
    problemsShown.forEach((problem, index) => {
      lines.push(...problemRow(c, problem, index + 1, width, t));
    });
    if (problemsTotal > problemsShown.length)
      lines.push(c.dim(`     ${words.moreProblems(problemsTotal - problemsShown.length)}`));
    lines.push('');
  }
  const found = total === 0 ? noneFound(head, t) : words.findings(total, summary.findings);
  const source = clean(t.vantages.fromNames(run), 200);
  lines.push(...wrap(words.found(found, summary.accepted, problemsTotal, source), width));
  const changes = t.summary.changes(head);
  lines.push(...wrap(`${changes.label} ${changes.text}`, width));
  lines.push(...acceptanceLines(head, stream, t));
  lines.push(...wrap(words.endpoints(summary.endpoints, t.summary.states(summary)), width));
  const notAsked = t.summary.notAsked(summary);
  if (notAsked !== '') lines.push(...wrap(clean(notAsked, 2000), width));
  lines.push(...wrap(words.requests(run.requests), width));
  const narrowed = t.gaps.narrowed(run);
  if (narrowed !== '') lines.push(...wrap(clean(narrowed, 2000), width));
  if (summary.findings.critical > 0 && run.engagement.awareAt === undefined)
    lines.push(...wrap(words.deadlines, width));
  lines.push(...gapLines(head, stream, t));
  for (const report of reports) lines.push(words.report(report));
  return `${lines.join('\n')}\n`;
}
