// The first page: what was found, who has to act and when, and what is not known.

import { noFindings } from '../../model/severity.js';
import type { Finding, Problem, ReportHead, Severity } from '../../model/finding.js';
import { severities } from '../../model/finding.js';
import {
  code,
  joined,
  link,
  list,
  note,
  paragraph,
  prose,
  quiet,
  severityWord,
  strong,
  table,
  terms,
  text,
  within,
  heading,
  type Block,
  type Colour,
  type Inline,
  type Text,
} from '../document.js';
import { acceptanceNotes } from '../acceptance.js';
import { changesWords } from '../changes.js';
import { dataClassLabels } from '../../model/observation.js';
import { gravestFirst, sinceHeadline, timed } from '../finding-words.js';
import { exposedRungs, type EndpointGroups, type Gathered, type OwnerRow } from '../gather.js';
import { firstClause, planSteps } from '../steps.js';
import { limits } from '../limits.js';
import { fromWords, hasVantages } from '../vantages.js';
import { vantageFront } from './vantages.js';
import { deadlineOf, notificationDuties } from '../notification.js';
import {
  askedTotal,
  assessedTotal,
  authorityWords,
  counted,
  credentialWords,
  findingsTotal,
  listed,
  narrowedWords,
  notAskedTotal,
  notAskedWords,
  number,
  period,
  rungNames,
  sentence,
  severityCounts,
  stateCounts,
  unassessedHeadline,
  utc,
} from '../words.js';

/** `summary`: the title, the management summary and the list of problems; `full`: all of it. */
export type Extent = 'full' | 'summary';

/** Whose report it is: the client's name, or the engagement's id. */
export function reportName({ run: { engagement } }: ReportHead): string {
  if (engagement.client !== null) return engagement.client.name;
  return engagement.loopbackOnly ? 'This machine (loopback)' : engagement.id;
}

/** Everything up to the table of contents. */
export function* front(
  head: ReportHead,
  gathered: Gathered,
  extent: Extent,
  groups: EndpointGroups | null,
): Generator<Block, void, void> {
  const { run } = head;
  yield {
    kind: 'title',
    kicker: 'Exposure audit of Elasticsearch, OpenSearch and their dashboards',
    name: reportName(head),
    legal: run.engagement.client?.legalEntity ?? null,
    terms: [
      ['Tested', [text(period(run.startedAt, run.endedAt))]],
      ['From', [text(`${fromWords(run)}, as declared; the audit cannot verify it`, 400)]],
      ['Authority', [text(authorityWords(run.engagement), 300)]],
    ],
  };
  yield* gapsNotice(head);
  const narrowed = narrowedWords(run);
  if (narrowed !== '')
    yield* within({ as: 'notice', id: 'narrowed', title: null, grave: false }, [paragraph(text(narrowed))]);
  const { severity, headline } = headlineOf(head, gathered);
  yield* within({ as: 'lead', id: 'summary', severity, title: prose(headline, 400) }, lead(head, gathered));
  yield* vantageFront(head, gathered, groups);
  yield* actions(gathered, extent);
  yield* ownersSection(head, gathered);
  yield* actNow(head, gathered);
  if (groups !== null) yield* accessFigure(head, groups);
}

function* gapsNotice({ run, summary }: ReportHead): Generator<Block, void, void> {
  const gaps = [
    ...run.gaps.slice(0, 50).map((gap): Text => [text(gap, 600)]),
    ...(summary.bugs > 0
      ? [[text(`${counted(summary.bugs, 'check')} failed because of a bug in leftopen; the results are undetermined.`)]]
      : []),
  ];
  if (run.finished && gaps.length === 0) return;
  const title = run.finished ? 'This audit is incomplete' : 'This audit did not finish';
  yield* within({ as: 'notice', id: 'gaps', title, grave: true }, [
    paragraph(
      text(
        run.finished
          ? 'Everything below is correct, but some endpoints could not be assessed.'
          : `This report shows what was known when the audit stopped${run.endedAt === null ? '' : `, at ${utc(run.endedAt)}`}. It says nothing about endpoints that were not yet tested.`,
      ),
    ),
    gaps.length === 0 ? null : list(gaps),
  ]);
}

/** The sentence that a reader takes away. */
export function headlineOf(
  head: ReportHead,
  { details }: Pick<Gathered, 'details'>,
): { readonly severity: Severity | null; readonly headline: string } {
  const { summary, run } = head;
  const worst = details[0];
  const exposed = summary.states.open > 0 || summary.findings.critical > 0 || summary.findings.high > 0;
  if (worst !== undefined && exposed)
    return { severity: worst.problem.severity, headline: sentence(worst.problem.title) };
  if (askedTotal(summary) === 0) return { severity: null, headline: 'Nothing was tested, so nothing was proved.' };
  const { guarded, unreachable, undetermined } = summary.states;
  if (assessedTotal(summary) === 0)
    return {
      severity: null,
      headline: `${unassessedHeadline(summary)}. ${nothingResponded(unreachable, summary.endpoints)} Do not read this as an all-clear.`,
    };
  const unfinished = run.finished ? '' : ' so far, and the audit did not finish';
  const denied = guarded === 0 ? '' : ` ${counted(guarded, 'endpoint')} denied access without credentials.`;
  const minor =
    findingsTotal(summary) === 0
      ? ''
      : ` ${counted(summary.problems, 'problem')} of lower severity ${summary.problems === 1 ? 'needs' : 'need'} attention.`;
  const unknown =
    undetermined + unreachable === 0
      ? ' Only declared endpoints were tested.'
      : ` ${counted(undetermined + unreachable, 'endpoint')} could not be assessed.`;
  return {
    severity: worst?.problem.severity ?? null,
    headline: `Nothing was found open${unfinished}.${denied}${minor}${unknown}`,
  };
}

function* lead(head: ReportHead, gathered: Gathered): Generator<Block | null, void, void> {
  yield paragraph(...totals(head, gathered));
  const changes = changesWords(head);
  yield paragraph(strong(changes.label), text(` ${changes.text}`));
  for (const { label, text: said } of acceptanceNotes(head)) yield paragraph(strong(label), text(` ${said}`, 2000));
  const worst = gathered.details.slice(0, 5);
  if (worst.length > 0) {
    yield heading(3, worst.length === 1 ? 'The problem' : `The ${counted(worst.length, 'worst problem')}`);
    yield list(
      worst.map(({ problem, findings }, i) => ({
        text: worstLine(problem, findings[0] ?? null, i + 1, head),
        code: null,
        id: null,
      })),
      true,
    );
    const rest = head.problemsTotal - worst.length;
    if (rest > 0)
      yield note(
        text('And '),
        link('#problems', counted(rest, 'more problem')),
        ...moreCritical(head, worst.length),
        text(
          `. Problems are ordered by severity${hasVantages(head.run) ? ', then by how near to the internet they were seen' : ''}, then by the number of documents behind them; the kind of data makes no difference.`,
        ),
      );
  }
  yield* exposure(gathered);
  yield paragraph(strong('Not assessed: '), text(notAssessed(head)));
}

/** How many gave no response at all, where none could be assessed. */
function nothingResponded(unreachable: number, endpoints: number): string {
  if (unreachable < endpoints) return 'No endpoint gave a response that shows whether it is exposed.';
  if (endpoints === 1) return 'The one endpoint did not respond.';
  return endpoints === 2
    ? 'Neither of the 2 endpoints responded.'
    : `None of the ${number(endpoints)} endpoints responded.`;
}

/** `15 problems: 7 critical, 1 low · 9 owners · 20 endpoints: …`. */
function totals(head: ReportHead, { owners }: Gathered): Text {
  const { summary } = head;
  const unassessed = unassessedHeadline(summary);
  const counts = bySeverity(head.problems);
  const all = head.problemsTotal <= head.problems.length;
  const problems =
    head.problemsTotal === 0
      ? assessedTotal(summary) === 0
        ? unassessed
        : `No problem was found at ${counted(assessedTotal(summary), 'endpoint')}${unassessed === '' ? '' : `; ${unassessed}`}`
      : `${counted(head.problemsTotal, 'problem')} (${all ? severityCounts(counts) : `${counted(findingsTotal(summary), 'finding')}: ${severityCounts(summary.findings)}`})`;
  const named = owners.filter(({ owner }) => owner !== null).length;
  return [
    strong(problems),
    text(
      `${named === 0 ? '' : ` at ${counted(named, 'owner')}`}. ${counted(summary.endpoints, 'endpoint')}${summary.endpoints === 0 ? '' : `: ${stateCounts(summary)}`}.${
        summary.accepted === 0
          ? ''
          : ` ${counted(summary.accepted, 'accepted finding is', 'accepted findings are')} listed apart.`
      }`,
    ),
  ];
}

function bySeverity(problems: readonly Problem[]): Record<Severity, number> {
  const counts = noFindings();
  for (const { severity } of problems) counts[severity] += 1;
  return counts;
}

/** Problem, host, owner, since when, and where to read on. */
function worstLine(problem: Problem, worst: Finding | null, place: number, head: ReportHead): Text {
  const since = worst === null ? '' : sinceHeadline(worst, head);
  const [endpoint] = problem.doors;
  const more = problem.doorsTotal - 1;
  return [
    severityWord(problem.severity),
    text(' '),
    ...(place === 1 ? [text('The problem above: ')] : [...prose(problem.title, 240), text('. ')]),
    ...(endpoint === undefined ? [] : [code(endpoint, 200), text(more > 0 ? ` and ${number(more)} more` : '')]),
    text(problem.owners.length === 0 ? ', no owner declared. ' : `, owner: ${listed(problem.owners.slice(0, 6))}. `),
    // That it was seen in this run goes without saying.
    /\bfor\b/.test(since) ? strong(since) : null,
    text(' '),
    link(`#P${place}`, `P${place}`),
  ];
}

/** How many critical problems are not among the worst that are listed. */
function moreCritical({ problems }: ReportHead, listed: number): Text {
  const critical = problems.flatMap(({ severity }, i) => (severity === 'critical' && i >= listed ? [i + 1] : []));
  return critical.length === 0
    ? []
    : [text(`, ${number(critical.length)} of them critical (`), ...places(critical), text(')')];
}

/** What is exposed over all problems, what can be destroyed, and what counts may tempt a reader to conclude. */
function* exposure({ atStake, personal }: Gathered): Generator<Block, void, void> {
  const { classes, deletable, noBackup } = atStake;
  const kinds = gravestFirst.flatMap((one) => {
    const where = classes.get(one);
    return where === undefined ? [] : [[text(`${dataClassLabels[one]} (`), ...places(where), text(')')]];
  });
  if (kinds.length > 0)
    yield paragraph(
      strong('What is exposed, over all problems: '),
      text('Field names suggest '),
      ...kinds.flatMap((kind, i) => (i === 0 ? kind : [text(i === kinds.length - 1 ? ' and ' : ', '), ...kind])),
      text('.'),
    );
  if (deletable.length > 0)
    yield paragraph(
      strong('What can be destroyed: '),
      text(`In ${counted(deletable.length, 'problem')} (`),
      ...places(deletable),
      text(') every caller can probably delete data (inferred; we did not try).'),
      ...(noBackup.length === 0
        ? []
        : noBackup.length === deletable.length
          ? [text(' We found no usable snapshot to restore it from.')]
          : [text(' No usable snapshot was found for '), ...places(noBackup), text('.')]),
    );
  if (personal.certain + personal.possible > 0)
    yield paragraph(
      text(
        'Document counts are not head counts; we read no document. Treat the contents as personal data until you have verified otherwise. This audit cannot show whether anyone else has accessed the data.',
      ),
    );
}

/** Problems by their places, with links: `P1–P3, P7 and 4 more`. */
function places(numbers: readonly number[]): Inline[] {
  const runs: { readonly from: number; to: number }[] = [];
  for (const one of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && one === last.to + 1) last.to = one;
    else runs.push({ from: one, to: one });
  }
  const shown = runs.slice(0, mostRuns);
  const rest = runs.slice(mostRuns).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const to = (place: number): Inline => link(`#P${place}`, `P${place}`);
  return [
    ...shown.flatMap((run, i): Inline[] => [
      ...(i === 0 ? [] : [text(', ')]),
      to(run.from),
      ...(run.to === run.from ? [] : [text(run.to === run.from + 1 ? ', ' : '–'), to(run.to)]),
    ]),
    ...(rest === 0 ? [] : [text(` and ${number(rest)} more`)]),
  ];
}

/** Runs of places that are named in one sentence. */
const mostRuns = 8;

function notAssessed({ run, summary }: ReportHead): string {
  const { undetermined, unreachable } = summary.states;
  const unjudged = undetermined - notAskedTotal(summary);
  const gaps = [
    notAskedWords(summary),
    unjudged > 0
      ? `${counted(unjudged, 'endpoint')} could not be judged; do not take ${unjudged === 1 ? 'it' : 'them'} for closed.`
      : '',
    unreachable > 0 ? `${counted(unreachable, 'endpoint')} did not respond to us, and may respond to others.` : '',
    run.vantage.exposure === 'internet' ? '' : 'The internet was not tested.',
    `We also did not test undeclared hosts, ports and paths, or access with credentials. Each result holds for its time and for our address (tested ${credentialWords(run)}).`,
  ];
  return gaps.filter((gap) => gap !== '').join(' ');
}

function* actions(gathered: Gathered, extent: Extent): Generator<Block, void, void> {
  const rows = actionsOf(gathered, extent);
  if (rows.length === 0) return;
  yield* within({ as: 'section', id: 'actions', title: 'What to do', count: null, page: false }, [
    terms(rows.map(({ when, pieces }) => [when, pieces] as const)),
  ]);
}

function* ownersSection(head: ReportHead, gathered: Gathered): Generator<Block, void, void> {
  if (gathered.owners.length === 0) return;
  const title = gathered.ownersOf === 'problems' ? 'Problems by owner' : 'Findings by owner';
  yield* within({ as: 'section', id: 'owners', title, count: null, page: false }, [
    ownerTable(gathered),
    sharedNote(head, gathered),
  ]);
}

/** Why the rows of the table by owner add up to more than the total. */
function sharedNote(head: ReportHead, { ownersOf }: Gathered): Block | null {
  if (ownersOf === 'findings')
    return note(text('A finding that concerns several owners counts once for each of them.'));
  const shared = head.problems.flatMap(({ owners }, i) => (owners.length > 1 ? [i + 1] : []));
  if (shared.length === 0) return null;
  const one = shared.length === 1;
  return note(
    ...places(shared),
    text(
      ` ${one ? 'concerns' : 'concern'} several owners and ${one ? 'counts' : 'count'} once for each of them (${counted(head.problemsTotal, 'problem')} in total).`,
    ),
  );
}

function ownerTable({ owners, ownersOf }: Gathered): Block {
  const used = severities.filter((severity) => owners.some(({ counts }) => counts[severity] > 0));
  const shown = owners.length > limits.owners + 1 ? owners.slice(0, limits.owners) : owners;
  const others = owners.slice(shown.length);
  const row = (name: Text, list: readonly OwnerRow[]): Text[] => {
    const sum = (severity: Severity): number => list.reduce((total, { counts }) => total + counts[severity], 0);
    const cells = used.map((severity) => [text(sum(severity) === 0 ? '–' : number(sum(severity)))]);
    return [name, ...cells, [text(number(used.reduce((total, severity) => total + sum(severity), 0)))]];
  };
  const name = (owner: string | null): Text => (owner === null ? [quiet('no owner declared')] : [text(owner, 120)]);
  return table(
    `${ownersOf === 'problems' ? 'Problems' : 'Findings'} by owner and severity`,
    ['Owner', ...used.map((severity) => `#${severity}`), '#All'],
    [
      ...shown.map((one) => ({
        cells: row(name(one.owner), [one]),
      })),
      ...(others.length === 0 ? [] : [{ cells: row([quiet(counted(others.length, 'other owner'))], others) }]),
    ],
  );
}

/** Exposed problems that begin with something else than saving evidence and blocking access, named one by one. */
const mostOwnBeginnings = 3;

/** What to do this hour, today and this week, over all problems. */
function actionsOf(
  { details, common, personal }: Gathered,
  extent: Extent,
): { readonly when: string; readonly pieces: Text }[] {
  if (details.length === 0) return [];
  const plans = details.map(({ problem, findings }, i) => {
    const steps = planSteps(findings);
    const urgent = steps.some(({ goal }) => goal === 'save-evidence' || goal === 'block-port');
    return { place: i + 1, exposed: isExposed(problem), urgent, steps };
  });
  const urgent = plans.flatMap((one) => (one.exposed && one.urgent ? [one.place] : []));
  const own = plans.filter((one) => one.exposed && !one.urgent);
  const rest = plans.flatMap((one) => (one.exposed ? [] : [one.place]));
  const letters = (['save-evidence', 'block-port'] as const).flatMap((goal): Inline[] => {
    const found = common.find(({ step }) => step.goal === goal);
    return found === undefined ? [] : [link(`#step-${found.letter}`, `step ${found.letter}`)];
  });
  const incident = details.some(({ findings }) => findings.some(({ check }) => check === 'attack-traces'));
  const beginnings =
    own.length > mostOwnBeginnings
      ? [text('Take the first step of '), ...places(own.map(({ place }) => place)), text('.')]
      : own.flatMap(({ place, steps }): Inline[] => {
          const first = steps[0]?.text;
          return first === undefined
            ? []
            : [link(`#P${place}`, `P${place}`), text(`: ${sentence(firstClause(timed(first).text))} `)];
        });
  const open = urgent.length + own.length > 0;
  const row = (when: string, pieces: Text): { readonly when: string; readonly pieces: Text }[] =>
    pieces.length === 0 ? [] : [{ when, pieces }];
  return [
    ...row(
      'This hour',
      urgent.length === 0
        ? []
        : [
            text('Save the evidence, then block access to the exposed endpoints'),
            ...(letters.length === 0 ? [] : [text(' ('), ...joined(letters), text(')')]),
            text(': '),
            ...places(urgent),
            text('.'),
            ...(incident ? [text(' Treat the signs of an attack as a security incident.')] : []),
          ],
    ),
    ...row('Today', [
      ...(personal.certain + personal.possible === 0
        ? []
        : [
            text('Tell your data-protection officer: the shortest '),
            link('#act-now', 'notification deadlines'),
            text(' are 24 hours. '),
          ]),
      ...(urgent.length === 0
        ? []
        : [
            text(
              extent === 'full'
                ? 'Require a login, worst problem first: each problem has its own steps, and a command that proves the fix. '
                : 'Require a login, worst problem first: the full report (report.html) has the steps for each problem, and a command that proves the fix. ',
            ),
          ]),
      ...beginnings,
    ]),
    {
      when: 'This week',
      pieces: [
        ...(rest.length === 0
          ? []
          : [text(`Fix ${open ? 'the other' : 'these'} problems: `), ...places(rest), text('. ')]),
        text(
          open
            ? 'Search the access logs for the entire time without a login. Then run this audit again from the same place.'
            : 'Then run this audit again.',
        ),
      ],
    },
  ];
}

/** A certificate is fixed apart from the endpoints that show it, exposed or not. */
export function isExposed({ doorsOpen, checks }: Problem): boolean {
  return doorsOpen > 0 && checks.some((check) => !check.includes('certificate'));
}

/** The clocks of notification, where personal data may be exposed. */
function* actNow({ run }: ReportHead, { personal }: Gathered): Generator<Block, void, void> {
  if (personal.certain + personal.possible === 0) return;
  const { awareAt = null } = run.engagement;
  const why =
    personal.certain > 0
      ? `Field names suggest personal data at ${counted(personal.certain, 'exposed endpoint')}.`
      : 'We could not rule out personal data in what is exposed.';
  yield* within({ as: 'section', id: 'act-now', title: 'Act now: notification deadlines', count: null, page: false }, [
    paragraph(
      text(
        `${why} Exposure is not yet a confirmed breach: find out from the logs whether anyone copied the data. Deadlines count from the moment your organisation becomes aware of a breach, not from this audit.`,
      ),
    ),
    table(
      'Notification deadlines',
      ['Law', 'Who', 'What', awareAt === null ? 'Deadline' : `Deadline (aware since ${utc(awareAt)})`],
      notificationDuties.map((duty) => {
        const due = awareAt === null ? null : deadlineOf(duty, awareAt);
        return [
          [link(duty.source, duty.law)],
          [text(duty.applies)],
          [text(duty.duty)],
          due === null ? [text(duty.within)] : [strong(utc(due)), text(` (${duty.within})`)],
        ];
      }),
    ),
    note(
      text(
        'Which of these laws apply depends on your organisation and on whose data it is; other laws and contracts may apply too. This is a reminder, not legal advice.',
      ),
    ),
  ]);
}

/** The endpoints as bars: how far a caller gets at the exposed ones, and what became of the others. All of them. */
function* accessFigure({ summary: { states } }: ReportHead, { open }: EndpointGroups): Generator<Block, void, void> {
  if (states.open === 0) return;
  const levels = exposedRungs.map((rung): Bar => [accessBars[rung], open.rungs.get(rung) ?? 0, rungColour[rung]]);
  const known = levels.reduce((sum, [, count]) => sum + count, 0);
  const bars = [
    ...levels,
    ['exposed, level not known', states.open - known, 'neutral'] satisfies Bar,
    ['access denied', states.guarded, 'good'] satisfies Bar,
    ['not assessed', states.undetermined, 'neutral'] satisfies Bar,
    ['not reached', states.unreachable, 'neutral'] satisfies Bar,
    ['other product', states['other-product'], 'neutral'] satisfies Bar,
    ['decoy', states.decoy, 'neutral'] satisfies Bar,
  ].filter(([, count]) => count > 0);
  yield* within({ as: 'section', id: 'levels', title: 'How far callers get', count: null, page: false }, [
    {
      kind: 'figure',
      figure: {
        kind: 'bars',
        rows: bars.map(([label, value, colour]) => ({ label, segments: [{ colour, value }] })),
      },
      caption: 'All endpoints, by what a caller without credentials reaches',
      alt: bars.map(([label, count]) => `${label}: ${number(count)}`).join('; '),
    },
  ]);
}

type Bar = readonly [label: string, count: number, colour: Colour];

const accessBars = {
  control: rungNames.control,
  documents: 'documents',
  metadata: 'names of indices only',
  banner: 'banner or guest login only',
} as const satisfies Record<(typeof exposedRungs)[number], string>;

const rungColour = { control: 'critical', documents: 'high', metadata: 'medium', banner: 'low' } as const;

/** The links to what follows. */
export function contents(head: ReportHead, gathered: Gathered, groups: EndpointGroups): Block {
  const entries = [
    ['problems', 'Problems', head.problemsTotal],
    ['accepted', 'Accepted', gathered.acceptedTotal],
    ['disagreements', 'Disagreements', groups.disagreeing.total],
    ['matrix', 'By vantage', hasVantages(head.run) ? groups.matrix.total : 0],
    ['undetermined', 'Not judged', groups.undetermined.total],
    ['open', 'Exposed', groups.open.total],
    ['guarded', 'Access denied', groups.guarded.total],
    ['decoys', 'Decoys', groups.decoy.total],
    ['other-products', 'Other products', groups['other-product'].total],
    ['unreachable', 'Not reached', groups.unreachable.total],
  ] as const;
  return {
    kind: 'contents',
    entries: [
      ...entries.filter(([, , count]) => count > 0).map(([id, name, count]) => ({ id, name, count })),
      { id: 'coverage', name: 'Coverage and method', count: null },
      { id: 'glossary', name: 'Glossary', count: null },
    ],
  };
}
