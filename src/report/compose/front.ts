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
  type Inline,
  type Text,
} from '../document.js';
import { acceptanceNotes } from '../acceptance.js';
import { changesWords } from '../changes.js';
import { contentsPhrase, sinceHeadline, stakeRows } from '../finding-words.js';
import { exposedRungs, type EndpointGroups, type Gathered, type OwnerRow } from '../gather.js';
import { limits } from '../limits.js';
import { fromWords, hasVantages } from '../vantages.js';
import { vantageFront } from './vantages.js';
import { deadlineOf, notificationDuties } from '../notification.js';
import {
  askedTotal,
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
  rungWords,
  sentence,
  severityCounts,
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
      ['From', [text(fromWords(run), 400)]],
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
  yield* ownersAndActions(gathered);
  yield* actNow(head, gathered);
  if (extent === 'full') yield* figures(head, gathered);
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
  if (unreachable + undetermined === summary.endpoints)
    return {
      severity: null,
      headline: 'No endpoint gave a response that could be assessed. Do not read this as an all-clear.',
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
  const { summary } = head;
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
    if (rest > 0) yield note(text('And '), link('#problems', counted(rest, 'more problem')), text('.'));
  }
  const first = worst[0]?.findings[0];
  if (first !== undefined) yield caution(first, summary.states.open > 0);
  yield paragraph(strong('Not assessed: '), text(notAssessed(head)));
}

/** `15 problems: 7 critical, 1 low · 9 owners · 20 endpoints: …`. */
function totals(head: ReportHead, { owners }: Gathered): Text {
  const { summary } = head;
  const counts = bySeverity(head.problems);
  const all = head.problemsTotal <= head.problems.length;
  const problems =
    head.problemsTotal === 0
      ? 'No problem'
      : `${counted(head.problemsTotal, 'problem')} (${all ? severityCounts(counts) : `${counted(findingsTotal(summary), 'finding')}: ${severityCounts(summary.findings)}`})`;
  const named = owners.filter(({ owner }) => owner !== null).length;
  const { states } = summary;
  const parts = [
    [states.open, 'exposed'],
    [states.guarded, 'denied access'],
    [states.undetermined, 'not assessed'],
    [states.unreachable, 'not reached'],
    [states['other-product'], states['other-product'] === 1 ? 'other product' : 'other products'],
    [states.decoy, states.decoy === 1 ? 'decoy' : 'decoys'],
  ] as const;
  const endpoints = parts.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`);
  return [
    strong(problems),
    text(
      `${named === 0 ? '' : ` of ${counted(named, 'owner')}`}. ${counted(summary.endpoints, 'endpoint')}: ${endpoints.join(', ')}.${
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

/** What counts may tempt a reader to conclude. */
function caution(finding: Finding, open: boolean): Block | null {
  if (
    !open ||
    finding.state !== 'open' ||
    (finding.access !== 'documents' && finding.access !== 'control' && finding.access !== 'metadata')
  )
    return null;
  if (finding.contents?.documents === 0) return null;
  const named = listed(stakeRows(finding).flatMap(({ label, certain }) => (certain ? [label] : [])));
  const phrase = contentsPhrase(finding);
  return paragraph(
    named === '' ? null : strong('What the worst problem exposes: '),
    named === '' ? null : text(`${phrase === null ? '' : `${phrase}. `}Field names suggest ${named}. `),
    text(
      'Document counts are not head counts; we read no document. Treat the contents as personal data until you have verified otherwise. This audit cannot show whether others were there.',
    ),
  );
}

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
    `Hosts, ports and paths that were not declared, and access with credentials. Each result holds for its time and for our address (tested ${credentialWords(run)}).`,
  ];
  return gaps.filter((gap) => gap !== '').join(' ');
}

function* ownersAndActions(gathered: Gathered): Generator<Block, void, void> {
  const actions = actionsOf(gathered);
  if (actions.length > 0) {
    yield* within({ as: 'section', id: 'actions', title: 'What to do', count: null, page: false }, [
      terms(actions.map(({ when, pieces }) => [when, pieces] as const)),
    ]);
  }
  if (gathered.owners.length > 0) {
    yield* within(
      {
        as: 'section',
        id: 'owners',
        title: gathered.ownersOf === 'problems' ? 'Problems by owner' : 'Findings by owner',
        count: null,
        page: false,
      },
      [ownerTable(gathered)],
    );
  }
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
    `${ownersOf === 'problems' ? 'Problems' : 'Findings'} by owner and severity; a problem of several owners counts for each`,
    ['Owner', ...used.map((severity) => `#${severity}`), '#All'],
    [
      ...shown.map((one) => ({
        cells: row(name(one.owner), [one]),
      })),
      ...(others.length === 0 ? [] : [{ cells: row([quiet(counted(others.length, 'other owner'))], others) }]),
    ],
  );
}

/** What to do this hour, today and this week, over all problems. */
function actionsOf({ details, common }: Gathered): { readonly when: string; readonly pieces: Text }[] {
  const open = details.flatMap(({ problem }, i) => (isExposed(problem) ? [i + 1] : []));
  const rest = details.flatMap(({ problem }, i) => (isExposed(problem) ? [] : [i + 1]));
  if (details.length === 0) return [];
  const stepLink = (goal: 'save-evidence' | 'block-port'): Inline | null => {
    const found = common.find(({ step }) => step.goal === goal);
    return found === undefined ? null : link(`#step-${found.letter}`, `step ${found.letter}`);
  };
  const places = (numbers: readonly number[]): Inline[] => {
    const shown = numbers.slice(0, 12).map((place) => link(`#P${place}`, `P${place}`));
    return [
      ...joined(shown),
      ...(numbers.length > shown.length ? [text(` and ${number(numbers.length - shown.length)} more`)] : []),
    ];
  };
  const steps = [stepLink('save-evidence'), stepLink('block-port')].filter((step) => step !== null);
  const incident = details.some(({ findings }) => findings.some(({ check }) => check === 'attack-traces'));
  return [
    ...(open.length === 0
      ? []
      : [
          {
            when: 'This hour',
            pieces: [
              text('Save the evidence, then block access to the exposed endpoints'),
              ...(steps.length === 0 ? [] : [text(' ('), ...joined(steps), text(')')]),
              text(': '),
              ...places(open),
              text('.'),
              ...(incident ? [text(' Treat the signs of an attack as a security incident.')] : []),
            ],
          },
          {
            when: 'Today',
            pieces: [
              text(
                'Require a login on them, worst first: each problem has its own steps, and a command that proves the fix. Decide with your data-protection officer whether to notify.',
              ),
            ],
          },
        ]),
    {
      when: 'This week',
      pieces: [
        ...(rest.length === 0 ? [] : [text('Fix the other problems: '), ...places(rest), text('. ')]),
        text(
          open.length === 0
            ? 'Then run this audit again.'
            : 'Search the access logs for the entire period without a login. Then run this audit again from the same place.',
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
      ? `Field names suggest personal data in ${counted(personal.certain, 'exposed place')}.`
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
        `${awareAt === null ? 'Set awareAt in the engagement of the targets file to have the deadlines calculated. ' : ''}Other laws and contracts may apply. This is a reminder, not legal advice.`,
      ),
    ),
  ]);
}

function* figures(head: ReportHead, { owners, ownersOf }: Gathered): Generator<Block, void, void> {
  const rows = owners.slice(0, limits.owners);
  const exposed = exposedRungs.filter((rung) => head.summary.rungs[rung] > 0);
  if (rows.length === 0 && exposed.length === 0) return;
  yield { kind: 'open', part: { as: 'columns' } };
  if (rows.length > 0)
    yield {
      kind: 'figure',
      figure: {
        kind: 'bars',
        rows: rows.map(({ owner, counts }) => ({
          label: owner ?? 'no owner',
          segments: severities.map((severity) => ({ colour: severity, value: counts[severity] })),
        })),
      },
      caption: `${ownersOf === 'problems' ? 'Problems' : 'Findings'} by owner`,
      alt: rows.map(({ owner, counts }) => `${owner ?? 'no owner'}: ${severityCounts(counts)}`).join('; '),
    };
  if (exposed.length > 0) {
    const value = (rung: (typeof exposedRungs)[number]): number => head.summary.rungs[rung];
    yield {
      kind: 'figure',
      figure: {
        kind: 'bars',
        rows: exposed.map((rung) => ({
          label: rungWords[rung],
          segments: [{ colour: rungColour[rung], value: value(rung) }],
        })),
      },
      caption: 'Endpoints by what a caller without credentials reaches',
      alt: exposed.map((rung) => `${rungWords[rung]}: ${number(value(rung))}`).join('; '),
    };
  }
  yield { kind: 'close', part: { as: 'columns' } };
}

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
