// What a report of a merged run adds: findings by vantage, the matrix of endpoints, where vantages disagree, and the sources.
import type { ReportHead } from '../../model/finding.js';
import { severities } from '../../model/severity.js';
import {
  code,
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
import type { Texts } from '../texts/en.js';
import { hasVantages, vantagesOf } from '../vantages.js';

/** For the first page: how many findings each vantage saw, and how many only it did. */
export function* vantageFront(
  { run }: ReportHead,
  { byVantage }: Gathered,
  groups: EndpointGroups | null,
  t: Texts,
): Generator<Block, void, void> {
  if (!hasVantages(run)) return;
  const words = t.vantages;
  const used = severities.filter((severity) => [...byVantage.values()].some(({ counts }) => counts[severity] > 0));
  const rows = vantagesOf(run).map((vantage): Text[] => {
    const row = byVantage.get(vantage.name);
    const sum = used.reduce((total, severity) => total + (row?.counts[severity] ?? 0), 0);
    return [
      [text(vantage.name, 120), quiet(vantage.egress === null ? '' : ` ${vantage.egress}`, 60)],
      ...used.map((severity) => [text(t.number(row?.counts[severity] ?? 0))]),
      [text(t.number(sum))],
      [text(t.number(row?.only ?? 0))],
    ];
  });
  const disagreeing = groups?.disagreeing.total ?? 0;
  yield* section('vantages', words.title, null, [
    table(
      words.caption,
      [words.vantage, ...used.map((severity) => `#${t.severities[severity]}`), `#${words.all}`, `#${words.onlyHere}`],
      rows,
    ),
    disagreeing === 0 ? null : paragraph(...words.disagree(disagreeing)),
  ]);
}

/** The endpoints as each vantage saw them. */
export function* vantageSections(
  { run }: ReportHead,
  { matrix, disagreeing }: EndpointGroups,
  t: Texts,
): Generator<Block, void, void> {
  if (!hasVantages(run)) return;
  const words = t.vantages;
  const vantages = vantagesOf(run);
  if (disagreeing.total > 0)
    yield* section('disagreements', words.disagreements, disagreeing.total, [
      table(
        words.disagreementsCaption,
        [words.endpoint, words.owner, words.how],
        disagreeing.rows.map((row): Text[] => [
          [code(row.endpoint, 200), row.address === null ? null : quiet(` ${row.address}`, 60)],
          [text(row.owner ?? '', 120)],
          [
            text(
              (row.contradictions ?? []).map((kind) => words.contradiction(kind, row.vantages ?? [])).join(' '),
              800,
            ),
          ],
        ]),
      ),
      more(disagreeing.rows.length, disagreeing.total, 'endpoints.jsonl', t),
    ]);
  const rows = matrix.rows.map((row): Row => ({
    cells: [
      [code(row.endpoint, 200), row.address === null || row.address === row.host ? null : quiet(` ${row.address}`, 60)],
      [text(row.owner ?? '', 120)],
      ...vantages.map(({ name }) => [text(words.view(row.vantages?.find(({ vantage }) => vantage === name)), 120)]),
    ],
    filter: {
      severity: null,
      owners: row.owner === null ? [] : [row.owner],
      state: row.state === 'open' ? t.exposed : t.notExposed,
    },
  }));
  const body = table(words.matrix, [words.endpoint, words.owner, ...vantages.map(({ name }) => name)], rows);
  yield* section('matrix', words.matrix, matrix.total, [
    paragraph(text(words.matrixIntro)),
    ...(rows.length > 25 ? within({ as: 'fold', summary: t.ofFirst(rows.length, matrix.total) }, [body]) : [body]),
    more(rows.length, matrix.total, 'endpoints.jsonl', t),
  ]);
}

/** The runs that were merged. */
export function* sourcesSection({ run }: ReportHead, t: Texts): Generator<Block, void, void> {
  const { sources } = run;
  if (sources === undefined) return;
  const words = t.vantages;
  yield* section('sources', words.sources, sources.length, [
    table(
      words.sourcesCaption,
      [words.run, words.vantage, words.shard, words.time, `#${words.requests}`, words.digest],
      sources
        .slice(0, limits.rows)
        .map((source): Text[] => [
          [code(source.run, 120)],
          [text(`${source.vantage.name}: ${words.of(source.vantage)}`, 200)],
          [text(source.shard ?? '')],
          [text(t.period(source.startedAt, source.endedAt))],
          [text(t.number(source.requests))],
          [code(source.digest, 64)],
        ]),
    ),
    note(...words.sourcesNote(code('leftopen verify --digest'))),
  ]);
}
