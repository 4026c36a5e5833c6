// What the report says of endpoints, state by state, and of findings that were accepted.

import { reasonWords } from '../../text/reasons.js';
import { loginWords } from '../../text/words.js';
import type { AcceptanceState } from '../../model/acceptance.js';
import type { EndpointSummary, ReportHead } from '../../model/finding.js';
import { acceptedWhat } from '../acceptance.js';
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
import { fromWords } from '../vantages.js';
import {
  counted,
  deniedBy,
  guardWords,
  identityWords,
  number,
  openIntro,
  proofWords,
  rungNames,
  rungNote,
  utc,
} from '../words.js';

/** Accepted findings: what is accepted, why, by whom and until when; and the entries that accept them. */
export function* acceptedSection(
  { accepted, acceptedTotal }: Gathered,
  { acceptances = [] }: ReportHead,
): Generator<Block, void, void> {
  if (acceptedTotal === 0 && acceptances.length === 0) return;
  const entries = acceptances.slice(0, limits.rows);
  yield* section('accepted', 'Accepted findings', acceptedTotal, [
    paragraph(text('The targets file accepts these. They are listed, not counted.')),
    accepted.length === 0
      ? null
      : table(
          'Accepted findings',
          ['Endpoint', 'What', 'Reason', 'Approved by', 'Until (UTC)'],
          accepted.map((finding) => [
            [code(finding.endpoint, 200)],
            [severityWord(finding.severity), text(' '), ...prose(finding.title, 200)],
            [text(finding.accepted?.reason ?? '', 300)],
            [text(finding.accepted?.approvedBy ?? '', 120)],
            [text(finding.accepted?.until ?? '', 30)],
          ]),
        ),
    more(accepted.length, acceptedTotal, 'findings.jsonl'),
    entries.length === 0
      ? null
      : table(
          'Accepted risks of the targets file',
          ['What', 'Owner of the risk', 'Approved by', 'Until (UTC)', 'In this run'],
          entries.map((entry) => [
            [text(acceptedWhat(entry), 300)],
            [text(entry.owner ?? '', 120)],
            [text(entry.approvedBy, 120)],
            [text(entry.until, 30)],
            [text(useWords(entry), 400)],
          ]),
        ),
    more(entries.length, acceptances.length, 'findings.json'),
  ]);
}

/** What became of an entry in this run. */
function useWords({ term, use, findings, worse, why }: AcceptanceState): string {
  const ends = { 'in-force': null, 'ends-soon': 'ends within 30 days', expired: 'has expired' }[term];
  const does = {
    'in-use': findings === 0 ? null : `covers ${counted(findings, 'finding')}`,
    stale: `nothing is left to accept: ${why ?? ''}`,
    'not-reached': `not known: ${why ?? ''}`,
    unmatched: why,
  }[use];
  const left = worse === 0 ? null : `no longer covers ${counted(worse, 'finding')} that got worse`;
  return [ends, does, left].filter((part) => part !== null).join('; ');
}

/** How one state is shown. */
interface StateView {
  readonly id: string;
  readonly title: string;
  readonly intro: Text;
  readonly columns: readonly string[];
  readonly cells: (row: EndpointSummary) => readonly Text[];
  /** What follows on the introduction, as a list. */
  readonly counts?: readonly Text[];
}

/** The endpoints, state by state; a state without an endpoint has no section. */
export function* endpointSections(groups: EndpointGroups, head: ReportHead): Generator<Block, void, void> {
  const from = fromWords(head.run);
  const guards = mostFirst(groups.guarded.guards).map(([guard, count]) => `${number(count)} by ${guardWords(guard)}`);
  yield* stateSection(groups.undetermined, {
    id: 'undetermined',
    title: 'Endpoints that could not be judged',
    intro: [text('Do not take these for closed: what they would respond is not known, for the reason given.')],
    columns: ['Endpoint', 'Owner', 'Why', 'What it may be'],
    cells: (row) => [where(row), owner(row), why(row), identity(row)],
  });
  yield* stateSection(groups.open, {
    id: 'open',
    title: 'Exposed endpoints',
    intro: [text(openIntro)],
    columns: ['Endpoint', 'Owner', 'Product', 'Cluster', 'Access level'],
    cells: (row) => [
      where(row),
      owner(row),
      identity(row),
      [text(row.clusterName ?? '', 100)],
      [
        text(
          `${rungNames[row.access]} (${proofWords(row.access, row.proof)})${rungNote(row)}${row.mixed ? '; responses of several backends' : ''}`,
        ),
      ],
    ],
  });
  yield* stateSection(groups.guarded, {
    id: 'guarded',
    title: 'Endpoints that denied access',
    intro: [
      text(
        `Tested without credentials from ${from}${guards.length > 0 ? `: ${guards.join(', ')}` : ''}. Each result holds for its time and for that address.`,
        400,
      ),
    ],
    columns: ['Endpoint', 'Owner', 'Product', 'Denied by', 'Login'],
    cells: (row) => [
      where(row),
      owner(row),
      [...identity(row), row.access === 'banner' ? quiet('; shows its banner') : null],
      [text(row.guardedBy === null ? '' : deniedBy(row), 200)],
      [text(loginWords(row.loginSchemes), 200)],
    ],
  });
  yield* stateSection(groups.decoy, {
    id: 'decoys',
    title: 'Decoys',
    intro: [
      text('These gave fabricated responses, as a honeypot does. They are not findings; find out who set them up.'),
    ],
    columns: ['Endpoint', 'Owner', 'What it poses as, and how that shows'],
    cells: (row) => [where(row), owner(row), why(row)],
  });
  yield* stateSection(groups['other-product'], {
    id: 'other-products',
    title: 'Other products',
    intro: [text('Something else responds here; it was not judged.')],
    columns: ['Endpoint', 'Owner', 'What it is'],
    cells: (row) => [where(row), owner(row), identity(row)],
  });
  yield* stateSection(groups.unreachable, {
    id: 'unreachable',
    title: 'Endpoints that could not be reached',
    intro: [text(`Not reached from ${from}; others may reach them.`, 400)],
    counts: mostFirst(groups.unreachable.reasons).map(([name, count]): Text => [
      text(`${number(count)}: ${reasonWords[name]}`),
    ]),
    columns: ['Endpoint', 'Owner', 'Why', 'When (UTC)'],
    cells: (row) => [where(row), owner(row), why(row), [text(utc(row.at), 40)]],
  });
}

/** Rows from which on a table is folded. */
const folded = 25;

function* stateSection(group: EndpointGroup, view: StateView): Generator<Block, void, void> {
  if (group.total === 0) return;
  const { id, title, intro, counts, columns, cells } = view;
  const rows = group.rows.map((row): Row => ({
    cells: cells(row),
    filter: {
      severity: null,
      owners: row.owner === null ? [] : [row.owner],
      state: row.state === 'open' ? 'exposed' : 'not exposed',
    },
  }));
  const body = table(title, columns, rows);
  const summary =
    group.total > rows.length
      ? `The first ${number(rows.length)} of ${number(group.total)}`
      : `All ${number(group.total)}`;
  yield* section(id, title, group.total, [
    paragraph(...intro),
    counts === undefined ? null : list(counts),
    ...(rows.length > folded ? within({ as: 'fold', summary }, [body]) : [body]),
    more(rows.length, group.total, 'endpoints.jsonl'),
  ]);
}

function where({ endpoint, address, host }: EndpointSummary): Text {
  return [code(endpoint, 200), address === null || address === host ? null : quiet(` ${address}`, 60)];
}

function owner(row: EndpointSummary): Text {
  return [text(row.owner ?? '', 120)];
}

function identity(row: EndpointSummary): Text {
  return [text(identityWords(row), 120)];
}

function why(row: EndpointSummary): Text {
  if (row.reasonText !== null) return prose(row.reasonText, 300);
  return [text(row.reason === null ? '' : reasonWords[row.reason])];
}
