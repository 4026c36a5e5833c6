// What the report says of endpoints, state by state, and of findings that were accepted.

import type { EndpointSummary, ReportHead } from '../../model/finding.js';
import {
  code,
  list,
  more,
  paragraph,
  prose,
  quiet,
  section,
  severityWord,
  table,
  text,
  within,
  type Block,
  type Row,
  type Text,
} from '../document.js';
import { mostFirst, type EndpointGroup, type EndpointGroups, type Gathered } from '../gather.js';
import { limits } from '../limits.js';
import type { Texts } from '../texts/en.js';
import { utc } from '../words.js';

/** Accepted findings: what is accepted, why, by whom and until when; and the entries that accept them. */
export function* acceptedSection(
  { accepted, acceptedTotal }: Gathered,
  { acceptances = [] }: ReportHead,
  t: Texts,
): Generator<Block, void, void> {
  if (acceptedTotal === 0 && acceptances.length === 0) return;
  const words = t.accepted;
  const entries = acceptances.slice(0, limits.rows);
  yield* section('accepted', words.title, acceptedTotal, [
    paragraph(text(words.intro)),
    accepted.length === 0
      ? null
      : table(
          words.title,
          [words.endpoint, words.finding, words.reason, words.approvedBy, words.until],
          accepted.map((finding) => [
            [code(finding.endpoint, 200)],
            [severityWord(finding.severity, t.severities), text(' '), ...prose(finding.title, 200)],
            [text(finding.accepted?.reason ?? '', 300)],
            [text(finding.accepted?.approvedBy ?? '', 120)],
            [text(finding.accepted?.until ?? '', 30)],
          ]),
        ),
    more(accepted.length, acceptedTotal, 'findings.jsonl', t),
    entries.length === 0
      ? null
      : table(
          words.entries,
          [words.finding, words.riskOwner, words.approvedBy, words.until, words.inThisRun],
          entries.map((entry) => [
            [text(words.what(entry), 300)],
            [text(entry.owner ?? '', 120)],
            [text(entry.approvedBy, 120)],
            [text(entry.until, 30)],
            [text(words.use(entry), 400)],
          ]),
        ),
    more(entries.length, acceptances.length, 'findings.json', t),
  ]);
}

/** How one state is shown. */
interface StateView {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly columns: readonly string[];
  readonly cells: (row: EndpointSummary) => readonly Text[];
  /** What follows on the introduction, as a list. */
  readonly counts?: readonly Text[];
}

/** The endpoints, state by state; a state without an endpoint has no section. */
export function* endpointSections(groups: EndpointGroups, { run }: ReportHead, t: Texts): Generator<Block, void, void> {
  const words = t.endpoints;
  const identity = (row: EndpointSummary): Text => [
    text(row.product === null ? (row.otherProduct ?? t.unknownProduct) : t.product(row), 120),
  ];
  const why = (row: EndpointSummary): Text =>
    row.reasonText === null ? [text(row.reason === null ? '' : t.reasons(row.reason))] : prose(row.reasonText, 300);
  const stateSection = (group: EndpointGroup, view: StateView): Iterable<Block> => sectionOf(group, view, t);
  yield* stateSection(groups.undetermined, {
    id: 'undetermined',
    ...words.undetermined,
    columns: [words.endpoint, words.owner, words.why, words.mayBe],
    cells: (row) => [where(row), owner(row), why(row), identity(row)],
  });
  yield* stateSection(groups.open, {
    id: 'open',
    ...words.open,
    columns: [words.endpoint, words.owner, words.product, words.cluster, words.access],
    cells: (row) => [
      where(row),
      owner(row),
      identity(row),
      [text(row.clusterName ?? '', 100)],
      [text(words.open.level(row))],
    ],
  });
  yield* stateSection(groups.guarded, {
    id: 'guarded',
    title: words.guarded.title,
    intro: words.guarded.intro(run, mostFirst(groups.guarded.guards)),
    columns: [words.endpoint, words.owner, words.product, words.deniedBy, words.login],
    cells: (row) => [
      where(row),
      owner(row),
      [...identity(row), row.access === 'banner' ? quiet(words.guarded.showsBanner) : null],
      [text(row.guardedBy === null ? '' : words.guarded.by(row), 200)],
      [text(words.guarded.logins(row.loginSchemes), 200)],
    ],
  });
  yield* stateSection(groups.decoy, {
    id: 'decoys',
    ...words.decoys,
    columns: [words.endpoint, words.owner, words.posesAs],
    cells: (row) => [where(row), owner(row), why(row)],
  });
  yield* stateSection(groups['other-product'], {
    id: 'other-products',
    ...words.otherProducts,
    columns: [words.endpoint, words.owner, words.what],
    cells: (row) => [where(row), owner(row), identity(row)],
  });
  yield* stateSection(groups.unreachable, {
    id: 'unreachable',
    title: words.unreachable.title,
    intro: words.unreachable.intro(run),
    counts: mostFirst(groups.unreachable.reasons).map(([reason, count]): Text => [
      text(words.unreachable.counts(reason, count)),
    ]),
    columns: [words.endpoint, words.owner, words.why, words.when],
    cells: (row) => [where(row), owner(row), why(row), [text(utc(row.at), 40)]],
  });
}

/** Rows from which on a table is folded. */
const folded = 25;

function* sectionOf(group: EndpointGroup, view: StateView, t: Texts): Generator<Block, void, void> {
  if (group.total === 0) return;
  const { id, title, intro, counts, columns, cells } = view;
  const rows = group.rows.map((row): Row => ({
    cells: cells(row),
    filter: {
      severity: null,
      owners: row.owner === null ? [] : [row.owner],
      state: row.state === 'open' ? t.exposed : t.notExposed,
    },
  }));
  const body = table(title, columns, rows);
  yield* section(id, title, group.total, [
    paragraph(text(intro, 600)),
    counts === undefined ? null : list(counts),
    ...(rows.length > folded ? within({ as: 'fold', summary: t.ofFirst(rows.length, group.total) }, [body]) : [body]),
    more(rows.length, group.total, 'endpoints.jsonl', t),
  ]);
}

function where({ endpoint, address, host }: EndpointSummary): Text {
  return [code(endpoint, 200), address === null || address === host ? null : quiet(` ${address}`, 60)];
}

function owner(row: EndpointSummary): Text {
  return [text(row.owner ?? '', 120)];
}
