// The retest report: what became of each finding, with both dates, both versions and the requests that show it.
import type { Retest, Retested, RetestOutcome, ShownBy } from '../model/retest.js';
import { retestOutcomes } from '../model/retest.js';
import {
  code,
  heading,
  link,
  list,
  paragraph,
  prose,
  section,
  severityWord,
  table,
  terms,
  text,
  within,
  type Block,
  type Text,
  usualClassification,
} from './document.js';
import type { Out } from './format.js';
import { renderHtml } from './html/render.js';
import { jsonLine } from '../text/json-line.js';
import { renderMarkdown } from './markdown/render.js';
import { en } from './texts/en.js';
import { counted, day, listed, utc } from './words.js';

/** Value of `schema` in `retest.json`. */
const schemaName = 'leftopen/retest/1';

/** An outcome in words. */
export const outcomeWords = {
  fixed: 'fixed',
  partly: 'partly fixed',
  'still-open': 'still open',
  unverified: 'could not be verified',
} as const satisfies Record<RetestOutcome, string>;

const sectionTitles = {
  'still-open': 'Still open',
  partly: 'Partly fixed',
  unverified: 'Could not be verified',
  fixed: 'Fixed',
} as const satisfies Record<RetestOutcome, string>;

/** "3 fixed, 1 partly fixed, 1 still open": what a retest says in a line. */
export function retestCounts(findings: readonly Retested[]): string {
  const parts = [...retestOutcomes].reverse().flatMap((outcome) => {
    const total = findings.filter((one) => one.outcome === outcome).length;
    return total === 0 ? [] : [`${total} ${outcomeWords[outcome]}`];
  });
  return parts.length === 0 ? 'nothing was tested' : listed(parts);
}

/** Writes `retest.html`, `retest.md` and `retest.json`; gives their names. */
export async function writeRetest(
  retest: Retest,
  save: (name: string, write: (out: Out) => Promise<void>) => Promise<unknown>,
): Promise<readonly string[]> {
  const name = retest.run.engagement.client?.name ?? retest.run.engagement.id;
  const info = {
    title: `Retest: ${name}, ${day(retest.run.startedAt)}`,
    page: en.page,
    classification: retest.run.engagement.classification ?? usualClassification,
  };
  await save('retest.html', (out) => renderHtml(info, streamed(blocks(retest, name)), out));
  await save('retest.md', (out) => renderMarkdown(info, streamed(blocks(retest, name)), out));
  await save('retest.json', (out) => out.write(`${jsonLine({ schema: schemaName, ...retest })}\n`));
  return ['retest.html', 'retest.md', 'retest.json'];
}

async function* streamed(items: Iterable<Block>): AsyncGenerator<Block> {
  yield* items;
}

function* blocks(retest: Retest, name: string): Generator<Block, void, void> {
  const { run, of, findings } = retest;
  const open = findings.filter(({ outcome }) => outcome === 'still-open' || outcome === 'partly');
  const unknown = findings.filter(({ outcome }) => outcome === 'unverified');
  yield {
    kind: 'title',
    kicker: 'Retest of findings on Elasticsearch, OpenSearch and their dashboards',
    name,
    legal: run.engagement.client?.legalEntity ?? null,
    terms: [
      ['First tested', [text(utc(of.startedAt))]],
      ['Tested again', [text(en.period(run.startedAt, run.endedAt))]],
      ['From', [text(en.vantages.of(run.vantage), 200)]],
      ['Authority', [text(en.title.authorityOf(run.engagement), 300)]],
    ],
  };
  if (!run.finished || run.gaps.length > 0)
    yield* within({ as: 'notice', id: 'gaps', title: 'This retest is incomplete', grave: true }, [
      list(run.gaps.slice(0, 20).map((gap): Text => [text(gap, 600)])),
    ]);
  const severity = open[0]?.now.severity ?? null;
  yield* within(
    {
      as: 'lead',
      id: 'summary',
      severity,
      title: [text(`${counted(findings.length, 'finding')} tested again: ${retestCounts(findings)}.`)],
    },
    [
      paragraph(
        text(
          'Fixed means that a response shows it: the same question was denied, or the version or certificate is good now. Only what these findings need was asked; this is not a new audit.',
        ),
      ),
      unknown.length === 0
        ? null
        : paragraph(text('What could not be verified may still be open: nothing that we saw shows otherwise.')),
      table(
        'All findings',
        ['Result', 'Finding', 'Endpoint', 'Owner', 'First tested', 'Tested again'],
        findings.map((one, i) => [
          [text(outcomeWords[one.outcome])],
          [severityWord(one.before.severity, en.severities), text(' '), link(`#R${i + 1}`, one.check)],
          [code(one.endpoint, 200)],
          [text(one.owner ?? '', 120)],
          [text(when(one.before.at, one.before.version), 120)],
          [text(when(one.now.at, one.now.version), 120)],
        ]),
      ),
    ],
  );
  const numbers = new Map(findings.map((one, i) => [one.id, i + 1]));
  for (const outcome of retestOutcomes) {
    const these = findings.filter((one) => one.outcome === outcome);
    if (these.length === 0) continue;
    yield* section(outcome, sectionTitles[outcome], these.length, []);
    for (const one of these)
      yield* within(
        {
          as: 'problem',
          id: `R${numbers.get(one.id) ?? 0}`,
          severity: one.now.severity ?? one.before.severity,
          title: prose(one.before.title, 400),
          filter: { severity: one.before.severity, owners: one.owner === null ? [] : [one.owner], state: outcome },
        },
        details(one),
      );
  }
  yield* section('runs', 'Runs', null, [
    terms([
      ['First run', [code(of.id), text(`, leftopen ${of.tool.version}, knowledge of ${of.knowledge}`, 200)]],
      ['Retest', [code(run.id), text(`, leftopen ${run.tool.version}, knowledge of ${run.knowledge}`, 200)]],
      ['Requests', [text(`${run.requests}, GET and HEAD only; each is in ledger.jsonl`)]],
    ]),
  ]);
}

function when(at: string | null, version: string | null): string {
  if (at === null) return 'not reached';
  return `${utc(at)}${version === null ? '' : `, version ${version}`}`;
}

function* details(one: Retested): Generator<Block | null, void, void> {
  yield paragraph(
    text(`${sectionTitles[one.outcome]}. `),
    ...prose(one.why, 600),
    one.now.accepted ? text(' The targets file accepts it.') : null,
  );
  yield terms([
    ['Endpoint', [code(one.endpoint, 300), text(one.address === '' ? '' : ` (${one.address})`, 100)]],
    ['Owner', [text(one.owner ?? 'none declared', 120)]],
    ['Then', [text(when(one.before.at, one.before.version), 200)]],
    ['Now', [text(when(one.now.at, one.now.version), 200)]],
    ['Now found', one.now.title === null ? [] : prose(one.now.title, 400)],
    ['Fingerprint', [code(one.fingerprint)]],
  ]);
  yield* requests('Requests that showed it then', one.before.requests);
  yield* requests('Requests that show it now', one.now.requests);
}

function* requests(caption: string, shown: readonly ShownBy[]): Generator<Block, void, void> {
  if (shown.length === 0) return;
  yield heading(4, caption);
  yield table(
    caption,
    ['Request', 'Response', 'When (UTC)', '#Line of the ledger'],
    shown.map(({ request, method, url, at, status }) => [
      [code(`${method} ${url}`, 400)],
      [text(status === null ? 'failed' : String(status))],
      [text(utc(at))],
      [text(String(request))],
    ]),
  );
}
