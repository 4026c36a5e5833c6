// What a report of a merged run adds: findings by vantage, the matrix of endpoints, where vantages disagree, and the sources.
import type { ReportHead } from '../../model/finding.js';
import { severities } from '../../model/severity.js';
import {
  code,
  link,
  more,
  note,
  paragraph,
  quiet,
  section,
  table,
  text,
  within,
  type Block,
  type Row,
  type Text,
} from '../document.js';
import type { EndpointGroups, Gathered } from '../gather.js';
import { limits } from '../limits.js';
import { contradictionWords, hasVantages, vantagesOf, viewWords } from '../vantages.js';
import { counted, number, period, vantageWords } from '../words.js';

/** For the first page: how many findings each vantage saw, and how many only it did. */
export function* vantageFront(
  { run }: ReportHead,
  { byVantage }: Gathered,
  groups: EndpointGroups | null,
): Generator<Block, void, void> {
  if (!hasVantages(run)) return;
  const used = severities.filter((severity) => [...byVantage.values()].some(({ counts }) => counts[severity] > 0));
  const rows = vantagesOf(run).map((vantage): Text[] => {
    const row = byVantage.get(vantage.name);
    const sum = used.reduce((total, severity) => total + (row?.counts[severity] ?? 0), 0);
    return [
      [text(vantage.name, 120), quiet(vantage.egress === null ? '' : ` ${vantage.egress}`, 60)],
      ...used.map((severity) => [text(number(row?.counts[severity] ?? 0))]),
      [text(number(sum))],
      [text(number(row?.only ?? 0))],
    ];
  });
  const disagreeing = groups?.disagreeing.total ?? 0;
  yield* section('vantages', 'Findings by vantage', null, [
    table(
      'Findings by the vantage that saw them, at the severity that it gives them',
      ['Vantage', ...used.map((severity) => `#${severity}`), '#All', '#Only here'],
      rows,
    ),
    disagreeing === 0
      ? null
      : paragraph(
          text(`The vantages disagree on ${counted(disagreeing, 'endpoint')}: `),
          link('#disagreements', 'see where'),
          text('.'),
        ),
  ]);
}

/** The endpoints as each vantage saw them. */
export function* vantageSections(
  { run }: ReportHead,
  { matrix, disagreeing }: EndpointGroups,
): Generator<Block, void, void> {
  if (!hasVantages(run)) return;
  const vantages = vantagesOf(run);
  if (disagreeing.total > 0)
    yield* section('disagreements', 'Where the vantages disagree', disagreeing.total, [
      table(
        'Endpoints on which the vantages disagree',
        ['Endpoint', 'Owner', 'How'],
        disagreeing.rows.map((row): Text[] => [
          [code(row.endpoint, 200), row.address === null ? null : quiet(` ${row.address}`, 60)],
          [text(row.owner ?? '', 120)],
          [text(contradictionWords(row).join(' '), 800)],
        ]),
      ),
      more(disagreeing.rows.length, disagreeing.total, 'endpoints.jsonl'),
    ]);
  const rows = matrix.rows.map((row): Row => ({
    cells: [
      [code(row.endpoint, 200), row.address === null || row.address === row.host ? null : quiet(` ${row.address}`, 60)],
      [text(row.owner ?? '', 120)],
      ...vantages.map(({ name }) => [text(viewWords(row.vantages?.find(({ vantage }) => vantage === name)), 120)]),
    ],
    filter: {
      severity: null,
      owners: row.owner === null ? [] : [row.owner],
      state: row.state === 'open' ? 'exposed' : 'not exposed',
    },
  }));
  const body = table('Endpoints by vantage', ['Endpoint', 'Owner', ...vantages.map(({ name }) => name)], rows);
  yield* section('matrix', 'Endpoints by vantage', matrix.total, [
    paragraph(
      text(
        'What each vantage was given without credentials. Everywhere else in this report an endpoint is listed once, as the furthest that any vantage got.',
      ),
    ),
    ...(rows.length > 25 ? within({ as: 'fold', summary: `The first ${number(rows.length)}` }, [body]) : [body]),
    more(rows.length, matrix.total, 'endpoints.jsonl'),
  ]);
}

/** The runs that were merged. */
export function* sourcesSection({ run }: ReportHead): Generator<Block, void, void> {
  const { sources } = run;
  if (sources === undefined) return;
  yield* section('sources', 'Merged from', sources.length, [
    table(
      'The runs that this report was merged from',
      ['Run', 'Vantage', 'Shard', 'Time', '#Requests', 'Digest (SHA-256 of its SHA256SUMS)'],
      sources
        .slice(0, limits.rows)
        .map((source): Text[] => [
          [code(source.run, 120)],
          [text(`${source.vantage.name}: ${vantageWords(source.vantage)}`, 200)],
          [text(source.shard ?? '')],
          [text(period(source.startedAt, source.endedAt))],
          [text(number(source.requests))],
          [code(source.digest, 64)],
        ]),
    ),
    note(
      text('Each source has its own ledger and journal: '),
      code('leftopen verify --digest'),
      text(' shows that it is the one named here.'),
    ),
  ]);
}
