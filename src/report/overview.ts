// `index.html` of an engagement: its runs, what was open over time, the oldest open findings, and who owns them.
import { severities, type Severity } from '../model/severity.js';
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
  usualClassification,
  within,
  type Block,
  type Text,
} from './document.js';
import type { Out } from './format.js';
import { renderHtml } from './html/render.js';
import { en } from './texts/en.js';
import { counted, day, number, utc } from './words.js';

/** Bars of the picture over time, and rows of the table of runs. */
const barsShown = 60;
const runsShown = 400;

/** Writes the page; it needs no script. */
export function writeOverview(overview: Overview, out: Out): Promise<void> {
  return renderHtml(
    { title: `Runs: ${overview.name}`, classification: usualClassification, page: en.page },
    streamed(blocks(overview)),
    out,
    { script: false },
  );
}

/** Writes the page over all engagements of a folder. */
export function writeOverviews(overviews: readonly Overview[], out: Out): Promise<void> {
  return renderHtml(
    { title: 'Runs of all engagements', classification: usualClassification, page: en.page },
    streamed(allBlocks(overviews)),
    out,
    { script: false },
  );
}

async function* streamed(items: Iterable<Block>): AsyncGenerator<Block> {
  yield* items;
}

function total(counts: RunEntry['open']): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0);
}

function countsText(counts: RunEntry['open']): string {
  const parts = severities.filter((severity) => counts[severity] > 0).map((one) => `${number(counts[one])} ${one}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function* blocks({ name, engagement, runs, open }: Overview): Generator<Block, void, void> {
  const newest = runs[0];
  yield {
    kind: 'title',
    kicker: 'Runs of leftopen',
    name,
    legal: null,
    terms: [
      ['Engagement', [code(engagement)]],
      ['Runs', [text(number(runs.length))]],
      ['Last run', [text(newest === undefined ? 'none yet' : utc(newest.startedAt))]],
    ],
  };
  const worst = severities.find((severity) =>
    open.some(({ owners }) => owners.some(([, counts]) => counts[severity] > 0)),
  );
  const all = open.reduce((sum, one) => sum + one.total, 0);
  yield* within(
    {
      as: 'lead',
      id: 'summary',
      severity: worst ?? null,
      title: [text(all === 0 ? 'Nothing is known to be open.' : `${counted(all, 'finding is', 'findings are')} open.`)],
    },
    [
      paragraph(
        text(
          'Counted are findings that were open when last seen, also where the last run could not reach them. Accepted ones are left out.',
        ),
      ),
    ],
  );
  for (const one of open) yield* vantageBlocks(one, runs, open.length > 1);
  yield* section('runs', 'Runs', runs.length, [
    table(
      'Runs, the newest first',
      ['Run', 'From', 'State', '#Endpoints', '#Exposed', '#Problems', '#Open', '#New', '#Worse', '#Fixed', '#Accepted'],
      runs
        .slice(0, runsShown)
        .map((run) => [
          [
            run.present
              ? link(`${run.folder}/report.html`, utc(run.startedAt))
              : quiet(`${utc(run.startedAt)}, deleted`),
          ],
          [text(run.vantage, 120)],
          [text(run.finished ? (run.gaps === 0 ? 'complete' : 'incomplete') : 'did not finish')],
          ...[
            run.endpoints,
            run.exposed,
            run.problems,
            total(run.open),
            run.statuses.new,
            run.statuses.worse + run.statuses.reopened,
            run.gone.fixed,
            run.accepted,
          ].map((count): Text => [text(number(count))]),
        ]),
    ),
    runs.length > runsShown
      ? paragraph(text(`And ${counted(runs.length - runsShown, 'older run')} in runs.jsonl.`))
      : null,
  ]);
}

function* vantageBlocks(
  { vantage, folder, oldest, owners, total: all }: OpenNow,
  runs: readonly RunEntry[],
  several: boolean,
): Generator<Block, void, void> {
  const id = vantage.replace(/[^a-z0-9]+/gi, '-');
  const from = several ? `, from ${vantage}` : '';
  const shown = runs
    .filter((run) => run.vantage === vantage && run.finished)
    .slice(0, barsShown)
    .reverse();
  yield* section(`time-${id}`, `Open over time${from}`, null, [
    {
      kind: 'figure',
      figure: {
        kind: 'bars',
        rows: shown.map((run) => ({
          label: day(run.startedAt),
          segments: severities.map((severity) => ({ colour: severity, value: run.open[severity] })),
        })),
      },
      caption: 'Open findings by severity, one bar for each finished run',
      alt: shown.map((run) => `${day(run.startedAt)}: ${countsText(run.open)}`).join('; '),
    },
  ]);
  if (all === 0) return;
  yield* section(`oldest-${id}`, `The oldest open ones${from}`, all, [
    table(
      'Open findings, those first seen earliest first',
      ['First seen', '#Days since', 'What', 'Endpoint', 'Owner', 'Last seen', 'Fingerprint'],
      oldest.map((one) => [
        [text(day(one.openSince))],
        [text(number(one.daysOpen))],
        [severityWord(one.severity, en.severities), text(' '), ...prose(one.title, 240)],
        [code(one.endpoint, 200)],
        [text(one.owner ?? '', 120)],
        [text(day(one.lastSeen))],
        [code(one.fingerprint.slice(0, 12))],
      ]),
    ),
    all > oldest.length
      ? paragraph(text(`And ${number(all - oldest.length)} more: `), link(`${folder}/report.html`, 'the last report'))
      : null,
  ]);
  const used: readonly Severity[] = severities.filter((severity) => owners.some(([, counts]) => counts[severity] > 0));
  yield* section(`owners-${id}`, `By owner${from}`, null, [
    table(
      'Open findings by owner',
      ['Owner', ...used.map((severity) => `#${severity}`), '#All'],
      owners.map(([owner, counts]) => [
        owner === '' ? [quiet('no owner declared')] : [text(owner, 120)],
        ...used.map((severity): Text => [text(counts[severity] === 0 ? '–' : number(counts[severity]))]),
        [text(number(total(counts)))],
      ]),
    ),
  ]);
}

function* allBlocks(overviews: readonly Overview[]): Generator<Block, void, void> {
  yield {
    kind: 'title',
    kicker: 'Runs of leftopen',
    name: 'All engagements',
    legal: null,
    terms: [['Engagements', [text(number(overviews.length))]]],
  };
  yield* within({ as: 'lead', id: 'summary', severity: null, title: [text(counted(overviews.length, 'engagement'))] }, [
    paragraph(text('This page names several clients: do not hand it to any of them.')),
    table(
      'Engagements',
      ['Engagement', 'For', 'Last run', '#Runs', '#Open', 'Worst', 'Oldest first seen'],
      overviews.map(({ engagement, folder, name, runs, open }) => {
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
          [text(number(open.reduce((sum, one) => sum + one.total, 0)))],
          [worst === undefined ? null : severityWord(worst, en.severities)],
          [text(oldest === undefined ? '' : day(oldest.openSince))],
        ];
      }),
    ),
  ]);
}
