// `index.html` of an engagement: its runs, what was open over time, the oldest open findings, and who owns them.
import { severities, totalOf, type Severity } from '../model/severity.js';
import type { OpenNow, Overview, RunEntry } from '../model/overview.js';
import {
  code,
  link,
  paragraph,
  prose,
  quiet,
  section,
  severityWord,
  table,
  text,
  within,
  type Block,
  type Text,
} from './document.js';
import type { Out } from './format.js';
import { renderHtml } from './html/render.js';
import type { Texts } from './texts/en.js';
import { day, number, utc } from './words.js';

/** Bars of the picture over time, and rows of the table of runs. */
const barsShown = 60;
const runsShown = 400;

/** Writes the page; it needs no script. */
export function writeOverview(overview: Overview, out: Out, t: Texts): Promise<void> {
  return renderHtml(
    { title: t.overview.documentOf(overview.name), classification: t.confidential, page: t.page },
    blocks(overview, t),
    out,
    { script: false },
  );
}

/** Writes the page over all engagements of a folder. */
export function writeOverviews(overviews: readonly Overview[], out: Out, t: Texts): Promise<void> {
  return renderHtml(
    { title: t.overview.documentOfAll, classification: t.confidential, page: t.page },
    allBlocks(overviews, t),
    out,
    { script: false },
  );
}

function* blocks({ name, engagement, runs, open, openTotal }: Overview, t: Texts): Generator<Block, void, void> {
  const words = t.overview;
  const newest = runs[0];
  const several = new Set(runs.map(({ vantage }) => vantage)).size > 1;
  yield {
    kind: 'title',
    kicker: words.kicker,
    name,
    legal: null,
    terms: [
      [words.engagement, [code(engagement)]],
      [words.runs, [text(number(runs.length))]],
      [words.from, several || newest === undefined ? [] : [text(newest.vantage, 120)]],
      [words.lastRun, [text(newest === undefined ? words.noneYet : utc(newest.startedAt))]],
    ],
  };
  const worst = severities.find((severity) =>
    open.some(({ owners }) => owners.some(([, counts]) => counts[severity] > 0)),
  );
  yield* within(
    {
      as: 'lead',
      id: 'summary',
      severity: worst ?? null,
      title: [text(words.headline(openTotal))],
    },
    [paragraph(text(words.counted))],
  );
  for (const one of open) yield* vantageBlocks(one, runs, open.length > 1, t);
  yield* section('runs', words.runs, runs.length, [
    table(
      words.runsCaption,
      [
        words.run,
        words.from,
        words.state,
        `#${words.endpoints}`,
        `#${words.exposed}`,
        `#${words.problems}`,
        `#${words.open}`,
        words.changes,
        `#${words.accepted}`,
      ],
      runs.slice(0, runsShown).map((run) => [
        [
          run.present
            ? link(`${run.folder}/report.html`, utc(run.startedAt))
            : quiet(words.deleted(utc(run.startedAt))),
        ],
        // The one vantage of all runs is named at the head of the page.
        several ? [text(run.vantage, 120)] : [],
        [text(words.states[stateOf(run)])],
        ...[run.endpoints, run.exposed, run.problems, totalOf(run.open)].map((count): Text => [text(number(count))]),
        [text(words.changed(run.statuses.new, run.statuses.worse + run.statuses.reopened, run.gone.fixed))],
        [text(run.accepted === 0 ? '' : number(run.accepted))],
      ]),
    ),
    runs.length > runsShown ? paragraph(text(words.olderRuns(runs.length - runsShown))) : null,
  ]);
}

function stateOf({ finished, gaps, narrowed }: RunEntry): keyof Texts['overview']['states'] {
  if (!finished) return 'unfinished';
  if (gaps > 0) return 'incomplete';
  return narrowed === true ? 'narrowed' : 'complete';
}

function* vantageBlocks(
  { vantage, folder, oldest, owners, total: all }: OpenNow,
  runs: readonly RunEntry[],
  several: boolean,
  t: Texts,
): Generator<Block, void, void> {
  const words = t.overview;
  const id = vantage.replace(/[^a-z0-9]+/gi, '-');
  const from = several ? words.fromVantage(vantage) : '';
  const shown = runs
    .filter((run) => run.vantage === vantage && run.finished)
    .slice(0, barsShown)
    .reverse();
  yield* section(`time-${id}`, `${words.overTime}${from}`, null, [
    {
      kind: 'figure',
      figure: {
        kind: 'bars',
        rows: shown.map((run) => ({
          label: day(run.startedAt),
          segments: severities.map((severity) => ({ colour: severity, value: run.open[severity] })),
        })),
      },
      caption: words.overTimeCaption,
      alt: shown.map((run) => `${day(run.startedAt)}: ${t.severityCounts(run.open)}`).join('; '),
    },
  ]);
  if (all === 0) return;
  yield* section(`oldest-${id}`, `${words.oldest}${from}`, all, [
    table(
      words.oldestCaption,
      [words.finding, words.owner, words.firstSeen, `#${words.days}`, words.lastSeen, words.fingerprint],
      oldest.map((one) => [
        [
          severityWord(one.severity, t.severities),
          text(' '),
          ...prose(one.title, 240),
          text(' '),
          code(one.endpoint, 200),
        ],
        [text(one.owner ?? '', 120)],
        [text(day(one.openSince))],
        [text(number(one.daysOpen))],
        [text(day(one.lastSeen))],
        [code(one.fingerprint.slice(0, 12))],
      ]),
    ),
    all > oldest.length ? paragraph(...words.more(all - oldest.length, folder)) : null,
  ]);
  const used: readonly Severity[] = severities.filter((severity) => owners.some(([, counts]) => counts[severity] > 0));
  yield* section(`owners-${id}`, `${words.byOwner}${from}`, null, [
    table(
      words.byOwnerCaption,
      [words.owner, ...used.map((severity) => `#${t.severities[severity]}`), `#${words.all}`],
      owners.map(([owner, counts]) => [
        owner === '' ? [quiet(t.noOwnerDeclared)] : [text(owner, 120)],
        ...used.map((severity): Text => [text(counts[severity] === 0 ? '–' : number(counts[severity]))]),
        [text(number(totalOf(counts)))],
      ]),
    ),
  ]);
}

function* allBlocks(overviews: readonly Overview[], t: Texts): Generator<Block, void, void> {
  const words = t.overview;
  yield {
    kind: 'title',
    kicker: words.kicker,
    name: words.allEngagements,
    legal: null,
    terms: [[words.engagements, [text(number(overviews.length))]]],
  };
  yield* within(
    { as: 'lead', id: 'summary', severity: null, title: [text(words.engagementsCounted(overviews.length))] },
    [
      paragraph(text(words.severalClients)),
      table(
        words.engagements,
        [
          words.engagement,
          words.client,
          words.lastRun,
          `#${words.runs}`,
          `#${words.open}`,
          words.worst,
          words.oldestFirstSeen,
        ],
        overviews.map(({ engagement, folder, name, runs, open, openTotal }) => {
          const counts = open.map(({ owners }) => owners).flat();
          const worst = severities.find((severity) => counts.some(([, one]) => one[severity] > 0));
          const [oldest] = open
            .flatMap((one) => one.oldest.slice(0, 1))
            .sort((a, b) => (a.openSince < b.openSince ? -1 : 1));
          return [
            [link(`${folder}/index.html`, engagement)],
            [text(name, 120)],
            [text(runs[0] === undefined ? '' : utc(runs[0].startedAt))],
            [text(number(runs.length))],
            [text(number(openTotal))],
            [worst === undefined ? null : severityWord(worst, t.severities)],
            [text(oldest === undefined ? '' : day(oldest.openSince))],
          ];
        }),
      ),
    ],
  );
}
