// The retest report: what became of each finding, with both dates, both versions and the requests that show it.
import type { Retest, Retested, ShownBy } from '../model/retest.js';
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
} from './document.js';
import type { Out } from './format.js';
import { renderHtml } from './html/render.js';
import { jsonLine } from '../text/json-line.js';
import { renderMarkdown } from './markdown/render.js';
import type { Texts } from './texts/en.js';
import { capital, day, sentence, utc } from './words.js';

/** Value of `schema` in `retest.json`. */
const schemaName = 'leftopen/retest/1';

/** Writes `retest.html`, `retest.md` and `retest.json`; gives their names. */
export async function writeRetest(
  retest: Retest,
  save: (name: string, write: (out: Out) => Promise<void>) => Promise<unknown>,
  t: Texts,
): Promise<readonly string[]> {
  const name = retest.run.engagement.client?.name ?? retest.run.engagement.id;
  const info = {
    title: t.retest.document(name, day(retest.run.startedAt)),
    page: t.page,
    classification: retest.run.engagement.classification ?? t.confidential,
  };
  await save('retest.html', (out) => renderHtml(info, blocks(retest, name, t), out));
  await save('retest.md', (out) => renderMarkdown(info, blocks(retest, name, t), out));
  await save('retest.json', (out) => out.write(`${jsonLine({ schema: schemaName, ...retest })}\n`));
  return ['retest.html', 'retest.md', 'retest.json'];
}

function* blocks(retest: Retest, name: string, t: Texts): Generator<Block, void, void> {
  const words = t.retest;
  const { run, of, findings } = retest;
  const open = findings.filter(({ outcome }) => outcome === 'still-open' || outcome === 'partly');
  const unknown = findings.filter(({ outcome }) => outcome === 'unverified');
  yield {
    kind: 'title',
    kicker: words.kicker,
    name,
    legal: run.engagement.client?.legalEntity ?? null,
    terms: [
      [words.firstTested, [text(utc(of.startedAt))]],
      [words.testedAgain, [text(t.period(run.startedAt, run.endedAt))]],
      [t.title.from, [text(t.vantages.of(run.vantage), 200)]],
      [t.title.authority, [text(t.title.authorityOf(run.engagement), 300)]],
    ],
  };
  if (!run.finished || run.gaps.length > 0)
    yield* within({ as: 'notice', id: 'gaps', title: words.incomplete, grave: true }, [
      list(run.gaps.slice(0, 20).map((gap): Text => prose(capital(sentence(gap)), 600))),
    ]);
  const severity = open[0]?.now.severity ?? null;
  yield* within(
    {
      as: 'lead',
      id: 'summary',
      severity,
      title: [text(words.headline(findings.map(({ outcome }) => outcome)))],
    },
    [
      paragraph(text(words.whatFixedMeans)),
      unknown.length === 0 ? null : paragraph(text(words.unverified)),
      table(
        words.all,
        [words.endpoint, words.result, words.finding, words.owner, words.firstTested, words.testedAgain],
        findings.map((one, i) => [
          [code(one.endpoint, 200)],
          [text(words.outcomes[one.outcome])],
          [severityWord(one.before.severity, t.severities), text(' '), link(`#R${i + 1}`, one.check)],
          [text(one.owner ?? '', 120)],
          [text(words.when(one.before.at, one.before.version), 120)],
          [text(words.when(one.now.at, one.now.version), 120)],
        ]),
      ),
    ],
  );
  const numbers = new Map(findings.map((one, i) => [one.id, i + 1]));
  for (const outcome of retestOutcomes) {
    const these = findings.filter((one) => one.outcome === outcome);
    if (these.length === 0) continue;
    yield* section(outcome, capital(words.outcomes[outcome]), these.length, []);
    for (const one of these)
      yield* within(
        {
          as: 'problem',
          id: `R${numbers.get(one.id) ?? 0}`,
          severity: one.now.severity ?? one.before.severity,
          title: prose(one.before.title, 400),
          filter: { severity: one.before.severity, owners: one.owner === null ? [] : [one.owner], state: outcome },
        },
        details(one, t),
      );
  }
  yield* section('runs', words.runs, null, [
    terms([
      [words.firstRun, words.tool(code(of.id), of.tool.version, of.knowledge)],
      [words.retest, words.tool(code(run.id), run.tool.version, run.knowledge)],
      [words.requests, [text(words.requestsOf(run.requests))]],
    ]),
  ]);
}

function* details(one: Retested, t: Texts): Generator<Block | null, void, void> {
  const words = t.retest;
  yield paragraph(
    text(`${capital(words.outcomes[one.outcome])}. `),
    ...prose(one.why, 600),
    one.now.accepted ? text(words.accepted) : null,
  );
  yield terms([
    [words.endpoint, [code(one.endpoint, 300), text(one.address === '' ? '' : ` (${one.address})`, 100)]],
    [words.owner, [text(one.owner ?? t.noneDeclared, 120)]],
    [words.then, [text(words.when(one.before.at, one.before.version), 200)]],
    [words.now, [text(words.when(one.now.at, one.now.version), 200)]],
    [words.nowFound, one.now.title === null || one.now.title === one.before.title ? [] : prose(one.now.title, 400)],
    [words.fingerprint, [code(one.fingerprint)]],
  ]);
  yield* requests(words.shownThen, one.before.requests, t);
  yield* requests(words.shownNow, one.now.requests, t);
}

function* requests(caption: string, shown: readonly ShownBy[], t: Texts): Generator<Block, void, void> {
  if (shown.length === 0) return;
  const words = t.retest;
  yield heading(4, caption);
  yield table(
    caption,
    [words.request, words.response, words.at, `#${words.line}`],
    shown.map(({ request, method, url, at, status }) => [
      [code(`${method} ${url}`, 400)],
      [text(status === null ? words.failed : String(status))],
      [text(utc(at))],
      [text(String(request))],
    ]),
  );
}
