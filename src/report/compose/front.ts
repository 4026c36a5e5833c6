// The first page: what was found, who has to act and when, and what is not known.

import { noFindings, totalOf } from '../../model/severity.js';
import type { Finding, Problem, RemedyStep, ReportHead, Severity } from '../../model/finding.js';
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
import { gravestFirst, lastingOf } from '../finding-facts.js';
import { exposedRungs, type EndpointGroups, type Gathered, type OwnerRow } from '../gather.js';
import { firstClause, planSteps } from '../steps.js';
import { limits } from '../limits.js';
import type { Texts } from '../texts/en.js';
import { hasVantages } from '../vantages.js';
import { vantageFront } from './vantages.js';
import { deadlineOf, notificationDuties } from '../notification.js';
import { capital, sentence, utc } from '../words.js';

/** `summary`: the title, the management summary and the list of problems; `full`: all of it. */
export type Extent = 'full' | 'summary';

/** Whose report it is: the client's name, or the engagement's id. */
export function reportName({ run: { engagement } }: ReportHead, t: Texts): string {
  if (engagement.client !== null) return engagement.client.name;
  return engagement.loopbackOnly ? t.title.thisMachine : engagement.id;
}

/** Everything up to the table of contents. */
export function* front(
  head: ReportHead,
  gathered: Gathered,
  extent: Extent,
  groups: EndpointGroups | null,
  t: Texts,
): Generator<Block, void, void> {
  const { run } = head;
  yield {
    kind: 'title',
    kicker: t.title.kicker,
    name: reportName(head, t),
    legal: run.engagement.client?.legalEntity ?? null,
    terms: [
      [t.title.tested, [text(t.period(run.startedAt, run.endedAt))]],
      [t.title.from, [text(t.title.fromAsDeclared(run), 400)]],
      [t.title.authority, [text(t.title.authorityOf(run.engagement), 300)]],
    ],
  };
  yield* gapsNotice(head, t);
  const narrowed = t.gaps.narrowed(run);
  if (narrowed !== '')
    yield* within({ as: 'notice', id: 'narrowed', title: null, grave: false }, [paragraph(text(narrowed))]);
  const { severity, headline } = headlineOf(head, gathered, t);
  yield* within({ as: 'lead', id: 'summary', severity, title: prose(headline, 400) }, lead(head, gathered, t));
  yield* vantageFront(head, gathered, groups, t);
  yield* actions(gathered, extent, t);
  yield* ownersSection(head, gathered, t);
  yield* actNow(head, gathered, t);
  if (groups !== null) yield* pictures(head, gathered, groups, t);
}

function* gapsNotice({ run, summary }: ReportHead, t: Texts): Generator<Block, void, void> {
  const gaps = [
    ...run.gaps.slice(0, 50).map((gap): Text => prose(capital(sentence(gap)), 600)),
    ...(summary.bugs > 0 ? [[text(t.gaps.bugs(summary.bugs))]] : []),
  ];
  if (run.finished && gaps.length === 0) return;
  const title = run.finished ? t.gaps.incomplete : t.gaps.unfinished;
  yield* within({ as: 'notice', id: 'gaps', title, grave: true }, [
    paragraph(text(run.finished ? t.gaps.incompleteMeans(summary) : t.gaps.unfinishedMeans(run.endedAt))),
    gaps.length === 0 ? null : list(gaps),
  ]);
}

/** Whether the worst problem is the headline; otherwise the headline is good news. */
function isExposing({ summary: { states, findings } }: ReportHead): boolean {
  return states.open > 0 || findings.critical > 0 || findings.high > 0;
}

/** The sentence that a reader takes away. */
export function headlineOf(
  head: ReportHead,
  { details }: Pick<Gathered, 'details'>,
  t: Texts,
): { readonly severity: Severity | null; readonly headline: string } {
  const worst = details[0];
  if (worst !== undefined && isExposing(head))
    return { severity: worst.problem.severity, headline: sentence(worst.problem.title) };
  return { severity: worst?.problem.severity ?? null, headline: t.summary.goodNews(head) };
}

function* lead(head: ReportHead, gathered: Gathered, t: Texts): Generator<Block | null, void, void> {
  const all = head.problemsTotal <= head.problems.length;
  const named = gathered.owners.filter(({ owner }) => owner !== null).length;
  const found = t.summary.problemsFound(head, all ? bySeverity(head.problems) : null);
  yield paragraph(found === '' ? null : strong(found), text(t.summary.totals(head, named, found)));
  const changes = t.summary.changes(head);
  yield paragraph(strong(changes.label), text(` ${changes.text}`));
  for (const { label, text: said } of acceptanceNotes(head, t)) yield paragraph(strong(label), text(` ${said}`, 2000));
  const worst = gathered.details.slice(0, 5);
  if (worst.length > 0) {
    yield heading(3, t.summary.worst(worst.length, head.problemsTotal));
    const isHeadline = isExposing(head);
    yield list(
      worst.map(({ problem, findings }, i) =>
        worstLine(problem, findings[0] ?? null, i + 1, head, t, isHeadline && i === 0),
      ),
      true,
    );
    const rest = head.problemsTotal - worst.length;
    const critical = head.problems.flatMap(({ severity }, i) =>
      severity === 'critical' && i >= worst.length ? [i + 1] : [],
    );
    if (rest > 0) yield note(...t.summary.more(rest, places(critical, t), critical.length, hasVantages(head.run)));
  }
  yield* exposure(gathered, t);
  yield paragraph(strong(t.summary.notAssessedLabel), text(t.summary.notAssessed(head)));
}

function bySeverity(problems: readonly Problem[]): Record<Severity, number> {
  const counts = noFindings();
  for (const { severity } of problems) counts[severity] += 1;
  return counts;
}

/** Problem, host, owner, since when, and where to read on. */
function worstLine(
  problem: Problem,
  worst: Finding | null,
  place: number,
  head: ReportHead,
  t: Texts,
  isHeadline: boolean,
): Text {
  const lasting = worst === null ? null : lastingOf(worst, head);
  const [endpoint] = problem.doors;
  const more = problem.doorsTotal - 1;
  return [
    severityWord(problem.severity, t.severities),
    text(' '),
    ...(isHeadline ? [text(t.summary.theHeadline)] : [...prose(problem.title, 240), text('. ')]),
    ...(endpoint === undefined ? [] : [code(endpoint, 200), text(more > 0 ? t.andMore(more) : '')]),
    text(t.summary.ofOwners(problem.owners)),
    // That it was seen in this run goes without saying.
    ...(lasting === null || lasting.kind === 'seen-on' ? [] : [text(' '), strong(t.problem.lasting(lasting))]),
    text(' '),
    link(`#P${place}`, `P${place}`),
  ];
}

/** What is exposed over all problems, what can be destroyed, and what counts may tempt a reader to conclude. */
function* exposure({ atStake, personal }: Gathered, t: Texts): Generator<Block, void, void> {
  const { classes, deletable, noBackup } = atStake;
  const kinds = gravestFirst.flatMap((one) => {
    const where = classes.get(one);
    return where === undefined ? [] : [{ label: t.dataClasses[one], where: places(where, t) }];
  });
  if (kinds.length > 0) yield paragraph(strong(t.summary.exposed), ...t.summary.kinds(kinds));
  if (deletable.length > 0)
    yield paragraph(
      strong(t.summary.destroyable),
      ...t.summary.destroyableIn(
        deletable.length,
        places(deletable, t),
        noBackup.length === deletable.length ? null : places(noBackup, t),
      ),
    );
  if (personal.certain + personal.possible > 0) yield paragraph(text(t.summary.mayBePersonal));
}

/** Problems by their places, with links: `P1–P3, P7 and 4 more`. */
function places(numbers: readonly number[], t: Texts): Inline[] {
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
    ...(rest === 0 ? [] : [text(t.andMore(rest))]),
  ];
}

/** Runs of places that are named in one sentence. */
const mostRuns = 8;

function* actions(gathered: Gathered, extent: Extent, t: Texts): Generator<Block, void, void> {
  const rows = actionsOf(gathered, extent, t).filter(([, pieces]) => pieces.length > 0);
  if (rows.length === 0) return;
  yield* within({ as: 'section', id: 'actions', title: t.actions.title, count: null, page: false }, [terms(rows)]);
}

function* ownersSection(head: ReportHead, gathered: Gathered, t: Texts): Generator<Block, void, void> {
  if (gathered.owners.length === 0) return;
  const { title } = t.owners[gathered.ownersOf];
  yield* within({ as: 'section', id: 'owners', title, count: null, page: false }, [
    ownerTable(gathered, t),
    sharedNote(head, gathered, t),
  ]);
}

/** Why the rows of the table by owner add up to more than the total. */
function sharedNote(head: ReportHead, { ownersOf }: Gathered, t: Texts): Block | null {
  if (ownersOf === 'findings') return note(text(t.owners.sharedFindings));
  const shared = head.problems.flatMap(({ owners }, i) => (owners.length > 1 ? [i + 1] : []));
  if (shared.length === 0) return null;
  return note(...t.owners.sharedProblems(places(shared, t), shared.length, head.problemsTotal));
}

/** The worst owners, and the others, which are counted together. */
function ownersShown(owners: readonly OwnerRow[]): Record<'shown' | 'others', readonly OwnerRow[]> {
  const shown = owners.length > limits.owners + 1 ? owners.slice(0, limits.owners) : owners;
  return { shown, others: owners.slice(shown.length) };
}

function sumOf(owners: readonly OwnerRow[]): Record<Severity, number> {
  const sum = noFindings();
  for (const { counts } of owners) for (const severity of severities) sum[severity] += counts[severity];
  return sum;
}

function ownerTable({ owners, ownersOf }: Gathered, t: Texts): Block {
  const used = severities.filter((severity) => owners.some(({ counts }) => counts[severity] > 0));
  const { shown, others } = ownersShown(owners);
  const row = (name: Text, counts: OwnerRow['counts']): Text[] => {
    const cells = used.map((severity) => [text(counts[severity] === 0 ? '–' : t.number(counts[severity]))]);
    return [name, ...cells, [text(t.number(totalOf(counts)))]];
  };
  const name = (owner: string | null): Text => (owner === null ? [quiet(t.noOwnerDeclared)] : [text(owner, 120)]);
  return table(
    t.owners[ownersOf].caption,
    [t.owners.owner, ...used.map((severity) => `#${t.severities[severity]}`), `#${t.owners.all}`],
    [
      ...shown.map((one) => ({
        cells: row(name(one.owner), one.counts),
      })),
      ...(others.length === 0 ? [] : [{ cells: row([quiet(t.owners.others(others.length))], sumOf(others)) }]),
    ],
  );
}

/** First steps other than saving evidence and blocking access that are named one by one. */
const mostOwnBeginnings = 3;

/** A problem as the plan over all of them sees it. */
interface Planned {
  readonly place: number;
  readonly steps: readonly RemedyStep[];
}

/** The first steps of problems, this hour or later: problems that begin alike are named together. */
function beginnings(plans: readonly Planned[], thisHour: boolean, t: Texts): Inline[] {
  const alike = new Map<string, number[]>();
  for (const {
    place,
    steps: [first],
  } of plans) {
    if (first === undefined || (first.when === 'this-hour') !== thisHour) continue;
    const clause = firstClause(first.text);
    alike.set(clause, [...(alike.get(clause) ?? []), place]);
  }
  const found = [...alike];
  if (found.length > mostOwnBeginnings)
    return t.actions.firstSteps(
      places(
        found.flatMap(([, of]) => of).sort((a, b) => a - b),
        t,
      ),
    );
  return found.flatMap(([clause, of]) => [...places(of, t), text(`: ${sentence(clause)} `)]);
}

/** What to do this hour, today and this week, over all problems. */
function actionsOf({ details, common, personal }: Gathered, extent: Extent, t: Texts): (readonly [string, Text])[] {
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
    return found === undefined ? [] : [link(`#step-${found.letter}`, t.actions.step(found.letter))];
  });
  const incident = details.some(({ findings }) => findings.some(({ check }) => check === 'attack-traces'));
  const open = urgent.length + own.length > 0;
  return [
    [
      t.actions.times['this-hour'],
      [
        ...(urgent.length === 0
          ? []
          : [
              ...t.actions.saveAndBlock(joined(letters), places(urgent, t)),
              text(`${incident ? t.actions.incident : ''} `),
            ]),
        ...beginnings(own, true, t),
      ],
    ],
    [
      t.actions.times.today,
      [
        ...(personal.certain + personal.possible === 0 ? [] : t.actions.dataProtection()),
        ...(urgent.length === 0 ? [] : [text(t.actions.requireLogin[extent])]),
        ...beginnings(own, false, t),
      ],
    ],
    [
      t.actions.times['this-week'],
      [
        ...(rest.length === 0 ? [] : t.actions.fix(places(rest, t), open)),
        text(open ? t.actions.searchLogs : t.actions.again),
      ],
    ],
  ];
}

/** A certificate is fixed apart from the endpoints that show it, exposed or not. */
export function isExposed({ doorsOpen, checks }: Problem): boolean {
  return doorsOpen > 0 && checks.some((check) => !check.includes('certificate'));
}

/** The clocks of notification, where personal data may be exposed. */
function* actNow({ run }: ReportHead, { personal }: Gathered, t: Texts): Generator<Block, void, void> {
  if (personal.certain + personal.possible === 0) return;
  const { awareAt = null } = run.engagement;
  const { duties } = t;
  const why = personal.certain > 0 ? duties.certain(personal.certain) : duties.possible;
  yield* within({ as: 'section', id: 'act-now', title: duties.title, count: null, page: false }, [
    paragraph(text(`${why} ${duties.notYetABreach}`)),
    table(
      duties.caption,
      [duties.law, duties.who, duties.what, duties.deadline(awareAt)],
      notificationDuties.map((one) => {
        const { law, applies, duty, within: deadline } = duties.each[one.id];
        const due = awareAt === null ? null : deadlineOf(one, awareAt);
        return [
          [link(one.source, law)],
          [text(applies)],
          [text(duty)],
          due === null ? [text(deadline)] : [strong(utc(due)), text(` (${deadline})`)],
        ];
      }),
    ),
    note(text(duties.noAdvice)),
  ]);
}

/** Endpoints by access and owners by severity, where anything is exposed. */
function* pictures(
  head: ReportHead,
  gathered: Gathered,
  groups: EndpointGroups,
  t: Texts,
): Generator<Block, void, void> {
  if (head.summary.states.open === 0) return;
  yield* within({ as: 'section', id: 'pictures', title: t.pictures.title, count: null, page: false }, [
    accessFigure(head, groups, t),
    ownersFigure(gathered, t),
  ]);
}

/** All endpoints as bars: how far a caller gets at the exposed ones, and what became of the others. */
function accessFigure({ summary: { states } }: ReportHead, { open }: EndpointGroups, t: Texts): Block {
  const levels = exposedRungs.map((rung): Bar => [t.pictures.bars[rung], open.rungs.get(rung) ?? 0, rungColour[rung]]);
  const known = levels.reduce((sum, [, count]) => sum + count, 0);
  const other = (['undetermined', 'unreachable', 'other-product', 'decoy'] as const).map((state): Bar => [
    t.pictures.bars[state],
    states[state],
    'neutral',
  ]);
  const bars = [
    ...levels,
    [t.pictures.bars.unknown, states.open - known, 'neutral'] satisfies Bar,
    [t.pictures.bars.guarded, states.guarded, 'good'] satisfies Bar,
    ...other,
  ].filter(([, count]) => count > 0);
  return {
    kind: 'figure',
    figure: {
      kind: 'bars',
      rows: bars.map(([label, value, colour]) => ({ label, segments: [{ colour, value }] })),
    },
    caption: t.pictures.levels,
    alt: bars.map(([label, count]) => `${label}: ${t.number(count)}`).join('; '),
  };
}

/** What each owner has to fix, by severity; null where there is one owner only. */
function ownersFigure({ owners, ownersOf }: Gathered, t: Texts): Block | null {
  if (owners.length < 2) return null;
  const { shown, others } = ownersShown(owners);
  const rows = [
    ...shown.map(({ owner, counts }) => ({ label: owner ?? t.noOwnerDeclared, counts })),
    ...(others.length === 0 ? [] : [{ label: t.owners.others(others.length), counts: sumOf(others) }]),
  ];
  return {
    kind: 'figure',
    figure: {
      kind: 'bars',
      rows: rows.map(({ label, counts }) => ({
        label,
        segments: severities.map((severity) => ({ colour: severity, value: counts[severity] })),
      })),
    },
    caption: t.owners[ownersOf].caption,
    alt: rows.map(({ label, counts }) => `${label}: ${t.severityCounts(counts)}`).join('; '),
  };
}

type Bar = readonly [label: string, count: number, colour: Colour];

const rungColour = { control: 'critical', documents: 'high', metadata: 'medium', banner: 'low' } as const;

/** The links to what follows. */
export function contents(head: ReportHead, gathered: Gathered, groups: EndpointGroups, t: Texts): Block {
  const entries = [
    ['problems', head.problemsTotal],
    ['accepted', gathered.acceptedTotal],
    ['disagreements', groups.disagreeing.total],
    ['matrix', hasVantages(head.run) ? groups.matrix.total : 0],
    ['undetermined', groups.undetermined.total],
    ['open', groups.open.total],
    ['guarded', groups.guarded.total],
    ['decoys', groups.decoy.total],
    ['other-products', groups['other-product'].total],
    ['unreachable', groups.unreachable.total],
  ] as const;
  return {
    kind: 'contents',
    entries: [
      ...entries.filter(([, count]) => count > 0).map(([id, count]) => ({ id, name: t.contents[id], count })),
      ...(['coverage', 'glossary'] as const).map((id) => ({ id, name: t.contents[id], count: null })),
    ],
  };
}
