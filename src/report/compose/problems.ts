// One section for each problem: ways in, contents, since when, evidence, and one plan for all of its findings.

import type { Evidence, Finding, Problem, ReportHead, RunInfo } from '../../model/finding.js';
import type { IndexFacts } from '../../model/observation.js';
import { rungs } from '../../model/endpoint.js';
import {
  code,
  heading,
  joined,
  link,
  list,
  more,
  note,
  paragraph,
  prose,
  section,
  severityWord,
  strong,
  table,
  terms,
  text,
  within,
  type Block,
  type Filterable,
  type ListItem,
  type Text,
} from '../document.js';
import {
  contentsPhrase,
  copyPhrase,
  indicesByGravity,
  notShown,
  sinceDetails,
  sinceHeadline,
  stakeNote,
  stakeRecords,
  stakeRows,
  timed,
} from '../finding-words.js';
import type { Gathered, ProblemDetails } from '../gather.js';
import { firstClause, planSteps, stepKey, type CommonStep } from '../steps.js';
import { limits } from '../limits.js';
import { hasVantages, seenFromNames } from '../vantages.js';
import {
  bytes,
  capital,
  contactWords,
  counted,
  cvssBand,
  day,
  listed,
  number,
  productWords,
  proofWords,
  rungNames,
  rungWords,
  sentence,
  utc,
} from '../words.js';
import { isExposed } from './front.js';

/** Steps that several problems share, given once. */
export function* commonStepsSection({ common }: Gathered): Generator<Block, void, void> {
  if (common.length === 0) return;
  yield* section('steps', 'Steps that several problems share', null, [
    list(
      common.map(({ letter, step, problems }): ListItem => {
        const { when, text: words } = timed(step.text);
        return {
          text: [
            strong(`Step ${letter}. `),
            when === null ? null : strong(`${when}: `),
            ...prose(words, 1000),
            text(` (${counted(problems, 'problem')})`),
          ],
          code: step.code === null ? null : { text: step.code, language: step.language ?? 'text' },
          id: `step-${letter}`,
        };
      }),
    ),
  ]);
}

/** The problems with a section of their own. */
export function* problemSections(head: ReportHead, gathered: Gathered): Generator<Block, void, void> {
  const { details, common } = gathered;
  if (head.problemsTotal === 0) return;
  yield {
    kind: 'open',
    part: { as: 'section', id: 'problems', title: 'Problems, worst first', count: head.problemsTotal, page: false },
  };
  const owners = [...new Set(head.problems.flatMap((problem) => problem.owners))].sort();
  yield { kind: 'filter', owners: owners.slice(0, 500), states: ['exposed', 'not exposed'] };
  for (const [i, one] of details.entries()) yield* problemSection(one, i + 1, head, common);
  yield { kind: 'close', part: { as: 'section', id: 'problems', title: '', count: null, page: false } };
}

/** Problems without a section of their own, a row each. */
export function* restOfProblems(head: ReportHead, { details }: Gathered): Generator<Block, void, void> {
  const rest = head.problems.slice(details.length, limits.problems);
  if (rest.length === 0) return;
  yield* section(
    details.length === 0 ? 'problems' : 'more-problems',
    details.length === 0 ? 'Problems, worst first' : 'Further problems',
    head.problemsTotal - details.length,
    [
      table(
        'Problems',
        ['Number', 'Severity', 'Problem', 'Owner', 'Endpoint'],
        rest.map((problem, i) => ({
          id: `P${details.length + i + 1}`,
          filter: filterOf(problem),
          cells: [
            [strong(`P${details.length + i + 1}`)],
            [severityWord(problem.severity)],
            prose(problem.title, 300),
            [text(listed(problem.owners), 200)],
            endpointsOf(problem, 1),
          ],
        })),
      ),
      more(details.length + rest.length, head.problemsTotal, 'findings.json'),
      details.length > 0
        ? null
        : note(text('The full report (report.html) has the evidence, the steps and the proof for each problem.')),
    ],
  );
}

function filterOf(problem: Problem): Filterable {
  return {
    severity: problem.severity,
    owners: problem.owners,
    state: isExposed(problem) ? 'exposed' : 'not exposed',
  };
}

function endpointsOf({ doors, doorsTotal }: Problem, most: number): Text {
  const shown = doors.slice(0, most);
  const rest = doorsTotal - shown.length;
  return [...joined(shown.map((door) => code(door, 300))), text(rest > 0 ? ` and ${number(rest)} more` : '')];
}

function* problemSection(
  details: ProblemDetails,
  place: number,
  head: ReportHead,
  common: readonly CommonStep[],
): Generator<Block, void, void> {
  const { problem, findings } = details;
  const [worst] = findings;
  const evidence = new EvidenceNumbers();
  // The numbers are given in the order in which the findings name their evidence.
  for (const finding of findings) evidence.add(finding);
  yield* within(
    {
      as: 'problem',
      id: `P${place}`,
      severity: problem.severity,
      title: [strong(`P${place}`), text(' '), severityWord(problem.severity), text(' '), ...prose(problem.title, 300)],
      filter: filterOf(problem),
    },
    worst === undefined
      ? [more(0, problem.findingsTotal, 'findings.jsonl')]
      : problemBlocks(details, worst, evidence, head, common),
  );
}

function* problemBlocks(
  { problem, findings }: ProblemDetails,
  worst: Finding,
  evidence: EvidenceNumbers,
  head: ReportHead,
  common: readonly CommonStep[],
): Generator<Block | null, void, void> {
  yield facts(problem, findings, worst, head.run);
  if (worst.check === 'dashboard-gateway') yield gatewayFigure(worst);
  yield heading(4, 'What we found');
  const said = new Set<string>();
  const same = findings.filter(({ check }) => check === worst.check);
  yield paragraph(...prose(once(worst.summary, said), 2500), text(` [${evidence.range(...same)}]`));
  const others = findings.slice(1).filter((finding) => finding.check !== worst.check);
  if (others.length > 0) yield list(others.map((finding) => otherFinding(finding, evidence, said)));
  // The title of a shared certificate or key says this.
  if (same.length > 1 && problem.doorsTotal > 1 && !/certificate|key/.test(problem.because))
    yield note(text(`${capital(problem.because)}: the same was found at ${counted(problem.doorsTotal, 'endpoint')}.`));
  if (problem.findingsTotal > findings.length) yield more(findings.length, problem.findingsTotal, 'findings.jsonl');
  yield* whenAndWhat(worst, head);
  yield* plan(findings, common);
  yield* evidenceFold(evidence);
}

function facts(problem: Problem, findings: readonly Finding[], worst: Finding, run: RunInfo): Block {
  const { v4 } = worst.cvss;
  const band = cvssBand(v4.score);
  const level = worst.since.what === 'seen' ? null : worst.access;
  return terms([
    [
      problem.doorsTotal === 1 ? 'Endpoint' : `Endpoints (${number(problem.doorsTotal)})`,
      [
        ...endpointsOf(problem, limits.endpoints),
        ...(problem.doorsTotal > limits.endpoints
          ? [text(': all are in '), code('findings.jsonl'), text(', under problem '), code(problem.id)]
          : []),
      ],
    ],
    [
      'Also concerns',
      joined(
        worst.also
          .filter((url) => !problem.doors.includes(url))
          .slice(0, 10)
          .map((url) => code(url, 300)),
      ),
    ],
    ['Product', [text(listed([...new Set(findings.map(productWords))].slice(0, 6)), 400)]],
    [
      problem.owners.length > 1 ? 'Owners' : 'Owner',
      [text(problem.owners.length === 0 ? 'none declared' : listed(problem.owners), 600)],
    ],
    ['Contact', [text(contactWords(problem.owners, run), 600)]],
    ['Environment', [text(worst.environment ?? '', 60)]],
    ['Seen from', hasVantages(run) ? [text(listed(seenFromNames(worst)), 300)] : []],
    [
      'Access level',
      level === null
        ? []
        : [
            text(
              `${rungs.indexOf(level)} of 5, ${rungNames[level]}: ${rungWords[level]} (${proofWords(level, worst.proof)}${level === 'control' && worst.since.setting === 'no-login' ? ': the server has no login' : ''})`,
            ),
          ],
    ],
    [
      'Severity',
      [
        text(
          v4.score === 0
            ? `${problem.severity}; CVSS does not rate this`
            : `${problem.severity}; CVSS 4.0 base score ${v4.score.toFixed(1)}`,
        ),
        text(
          v4.score === 0 || band === problem.severity
            ? ''
            : ` (${band}). The two differ because the score rates the weakness alone; our severity also counts what is exposed and from where.`,
        ),
      ],
    ],
  ]);
}

function gatewayFigure(worst: Finding): Block {
  const cluster = worst.also[0] ?? 'the cluster behind it';
  return {
    kind: 'figure',
    figure: {
      kind: 'chain',
      boxes: [
        { title: 'Anyone', note: 'no credentials', state: 'caller' },
        { title: 'Dashboard', note: `${worst.endpoint}: no login`, state: 'open' },
        { title: 'Cluster', note: `${cluster}: locked`, state: 'locked' },
      ],
    },
    caption: 'The dashboard opens what the cluster keeps locked',
    alt: `A caller without credentials reaches the dashboard at ${worst.endpoint}, which has no login. The dashboard passes requests on to the cluster at ${cluster}, which denies access when asked directly.`,
  };
}

/** The sentences of a text that were not said before in this section. */
function once(words: string, said: Set<string>): string {
  return words
    .split(/(?<=[.!?]) (?=[A-Z`\d])/)
    .filter((one) => {
      if (said.has(one)) return false;
      said.add(one);
      return true;
    })
    .join(' ');
}

function otherFinding(finding: Finding, evidence: EvidenceNumbers, said: Set<string>): Text {
  return [
    severityWord(finding.severity),
    text(' '),
    ...prose(sentence(finding.title), 300),
    text(' '),
    ...prose(once(finding.summary, said), 1500),
    text(` [${evidence.range(finding)}]`),
  ];
}

function* whenAndWhat(worst: Finding, head: ReportHead): Generator<Block | null, void, void> {
  if (worst.since.what !== 'seen') {
    yield heading(4, 'Since when');
    yield paragraph(strong(sinceHeadline(worst, head)), text(' '), ...prose(sinceDetails(worst.since, head), 1500));
    yield timeline(worst, head);
  }
  const phrase = contentsPhrase(worst);
  const indices = indicesByGravity(worst);
  if (phrase === null && indices.length === 0) return;
  yield heading(4, 'Contents');
  yield paragraph(
    text(
      `${capital(phrase ?? 'Totals were not shown')}. Document counts are not head counts. ${copyPhrase(worst) ?? ''}`,
    ),
  );
  yield* indexTable(indices, worst);
  const rows = stakeRows(worst);
  if (rows.length === 0) return;
  yield table(
    'What field names suggest',
    ['Kind of data', 'Fields', 'Indices', '#Documents'],
    rows.map((row) => [
      [text(`${row.label}${row.certain ? '' : ' (possibly)'}`)],
      names(row.fields, row.fieldsTotal),
      names(row.indices, row.indicesTotal),
      [text(stakeRecords(row))],
    ]),
  );
  yield note(text(stakeNote));
}

/** Rows of the table of indices; those beyond are named below it. */
const mostIndices = 6;

function* indexTable(indices: readonly IndexFacts[], { contents }: Finding): Generator<Block, void, void> {
  if (indices.length === 0) return;
  const shown = indices.slice(0, mostIndices);
  const rest = indices.slice(mostIndices);
  // A column of which nothing was shown is left out.
  const cell = (used: boolean, value: string | null): Text => (used ? [text(value ?? notShown)] : []);
  const [sized, dated, tallied] = [
    indices.some((index) => index.bytes !== null),
    indices.some(({ createdAt }) => createdAt !== null),
    indices.some((index) => index.documents !== null),
  ];
  yield table(
    'Indices, the most sensitive first',
    ['Index', '#Documents', '#Size', 'Created'],
    shown.map((index) => [
      [code(index.name, 160)],
      cell(tallied, index.documents === null ? null : number(index.documents)),
      cell(sized, index.bytes === null ? null : bytes(index.bytes)),
      cell(dated, index.createdAt === null ? null : day(index.createdAt)),
    ]),
  );
  const unnamed = (contents?.indices ?? 0) - indices.length;
  if (rest.length > 0)
    yield note(
      text(`And ${number(rest.length)} more: `),
      ...rest.flatMap((index, i) => [
        text(i === 0 ? '' : '; '),
        code(index.name, 160),
        text(index.documents === null ? '' : `, ${counted(index.documents, 'document')}`),
      ]),
      text(unnamed > 0 ? `; and ${number(unnamed)} that are not named here.` : '.'),
    );
  else if (unnamed > 0) yield note(text(`Names are shown for ${number(indices.length)} of them only.`));
}

function names(list: readonly string[], total: number): Text {
  const shown = list.slice(0, limits.fields);
  const rest = total - shown.length;
  return [...joined(shown.map((name) => code(name, 120))), text(rest > 0 ? ` and ${number(rest)} more` : '')];
}

const settingLabels = {
  'no-login': 'without a login',
  'anonymous-user': 'anonymous user',
  'guest-login': 'guest login',
} as const satisfies Record<NonNullable<Finding['since']['setting']>, string>;

function timeline({ since }: Finding, head: ReportHead): Block | null {
  const now = head.run.endedAt ?? head.run.startedAt;
  const points = [
    { label: 'oldest index', at: since.oldestDataAt },
    { label: 'cluster exists', at: since.clusterBornBy },
    {
      label: settingLabels[since.setting ?? 'no-login'],
      at: since.setting === null ? null : since.configuredOpenSince,
    },
    { label: 'first seen', at: since.seenOpenSince < head.run.startedAt ? since.seenOpenSince : null },
  ].flatMap(({ label, at }) => (at === null || Number.isNaN(Date.parse(at)) || at >= now ? [] : [{ label, at }]));
  if (points.length < 2) return null;
  const all = [...points.sort((a, b) => (a.at < b.at ? -1 : 1)), { label: 'this audit', at: now }];
  return {
    kind: 'figure',
    figure: { kind: 'timeline', points: all },
    caption: 'Timeline',
    alt: all.map(({ label, at }) => `${day(at)}: ${label}`).join('; '),
  };
}

function* plan(findings: readonly Finding[], common: readonly CommonStep[]): Generator<Block | null, void, void> {
  const steps = planSteps(findings);
  yield heading(4, 'How to fix it');
  const known = new Map(common.map((one) => [stepKey(one.step), one]));
  const items = steps.map((step): ListItem => {
    const shared = known.get(stepKey(step));
    const { when, text: words } = timed(step.text);
    const start = when === null ? null : strong(`${when}: `);
    if (shared !== undefined)
      return {
        text: [
          start,
          text(`${firstClause(words)} (`),
          link(`#step-${shared.letter}`, `step ${shared.letter}`),
          text(').'),
        ],
        code: null,
        id: null,
      };
    return {
      text: [start, ...prose(words, 1000)],
      code: step.code === null ? null : { text: step.code, language: step.language ?? 'text' },
      id: null,
    };
  });
  yield list(items, true);
  yield heading(4, 'How to prove it (run from where the audit was made)');
  // What a finding asks for counts only where the plan has its steps.
  const planned = new Set(steps.map(stepKey));
  const proofs = new Map<string, string>();
  for (const { remedy } of findings) {
    const own = remedy.steps.filter(({ goal }) => goal === 'upgrade');
    if (own.length > 0 && !own.some((step) => planned.has(stepKey(step))) && proofs.size > 0) continue;
    if (!proofs.has(remedy.verify.command)) proofs.set(remedy.verify.command, remedy.verify.expect);
  }
  for (const [command, expect] of [...proofs].slice(0, 3)) {
    yield { kind: 'code', text: command, language: 'shell', max: 2000 };
    yield note(text('Expected: '), ...prose(sentence(expect), 600));
  }
}

/** The responses that a section rests on, numbered once for all of its findings. */
class EvidenceNumbers {
  readonly #numbers = new Map<string, number>();
  readonly items: Evidence[] = [];

  add({ evidence }: Finding): void {
    for (const item of evidence) {
      if (this.#numbers.has(keyOf(item))) continue;
      this.items.push(item);
      this.#numbers.set(keyOf(item), this.items.length);
    }
  }

  /** The numbers of the evidence of findings: `E1–E4, E9`. */
  range(...findings: readonly Finding[]): string {
    const items = findings.flatMap(({ evidence }) => evidence);
    const numbers = [...new Set(items.flatMap((item) => this.#numbers.get(keyOf(item)) ?? []))].sort((a, b) => a - b);
    const runs: [number, number][] = [];
    for (const one of numbers) {
      const last = runs.at(-1);
      if (last !== undefined && one === last[1] + 1) last[1] = one;
      else runs.push([one, one]);
    }
    return runs.map(([from, to]) => (from === to ? `E${from}` : `E${from}–E${to}`)).join(', ');
  }
}

function keyOf({ run = '', request }: Evidence): string {
  return `${run} ${request}`;
}

function* evidenceFold({ items }: EvidenceNumbers): Generator<Block | null, void, void> {
  if (items.length === 0) return;
  const shown = items.slice(0, limits.evidence);
  yield* within(
    {
      as: 'fold',
      summary: `Evidence: ${counted(items.length, 'response')} (E1${items.length > 1 ? `–E${number(items.length)}` : ''}), each with its line in ledger.jsonl`,
    },
    [
      list(
        shown.map((item, i): ListItem => ({
          text: [
            strong(`E${i + 1} `),
            code(`${item.method} ${item.url}`, 400),
            text(`: ${item.status ?? item.failure ?? 'no response'}. `),
            ...prose(capital(sentence(item.shows)), 300),
            text(
              ` ${utc(item.at)}, ledger request ${number(item.request)}${item.run === undefined ? '' : ` of ${item.run}`}.`,
            ),
          ],
          code: item.excerpt === '' ? null : { text: item.excerpt, language: 'text' },
          id: null,
        })),
      ),
      more(shown.length, items.length, 'findings.jsonl'),
      note(
        text(
          'leftopen shortens and reorders these excerpts; the hashes in findings.jsonl are those of the full bodies.',
        ),
      ),
    ],
  );
}
