// One section for each problem: ways in, contents, since when, evidence, and one plan for all of its findings.

import type { Evidence, Finding, Problem, RemedyStep, ReportHead, RunInfo } from '../../model/finding.js';
import type { IndexFacts } from '../../model/observation.js';
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
  type Inline,
  type ListItem,
  type Text,
} from '../document.js';
import { indicesByGravity, lastingOf, reportTime, stakeRows } from '../finding-facts.js';
import { sameAs, type Gathered, type ProblemDetails } from '../gather.js';
import { firstClause, planSteps, stepKey, type CommonStep } from '../steps.js';
import { limits } from '../limits.js';
import type { Texts } from '../texts/en.js';
import { hasVantages, seenFromNames } from '../vantages.js';
import { capital, cvssBand, day, sentence } from '../words.js';
import { isExposed } from './front.js';

/** Steps that several problems share, given once. */
export function* commonStepsSection({ common }: Gathered, t: Texts): Generator<Block, void, void> {
  if (common.length === 0) return;
  yield* section('steps', t.steps.title, null, [
    list(
      common.map(({ letter, step, problems }) => ({
        text: [
          strong(t.steps.named(letter)),
          timeOf(step, t),
          ...prose(step.text, 1000),
          text(t.steps.problems(problems)),
        ],
        code: blockOf(step),
        id: `step-${letter}`,
      })),
    ),
  ]);
}

function timeOf({ when }: RemedyStep, t: Texts): Inline | null {
  return when === undefined ? null : strong(`${t.actions.times[when]}: `);
}

function blockOf({ code: lines, language }: RemedyStep): NonNullable<ListItem['code']> | null {
  return lines === null ? null : { text: lines, language: language ?? 'text' };
}

/** The problems with a section of their own. */
export function* problemSections(head: ReportHead, gathered: Gathered, t: Texts): Generator<Block, void, void> {
  const { details, common } = gathered;
  if (head.problemsTotal === 0) return;
  yield {
    kind: 'open',
    part: { as: 'section', id: 'problems', title: t.problems.title, count: head.problemsTotal, page: false },
  };
  const owners = [...new Set(head.problems.flatMap((problem) => problem.owners))].sort();
  yield { kind: 'filter', owners: owners.slice(0, 500), states: [t.exposed, t.notExposed] };
  for (const [i, one] of details.entries()) yield* problemSection(one, i + 1, head, common, t);
  yield { kind: 'close', part: { as: 'section', id: 'problems', title: '', count: null, page: false } };
}

/** Problems without a section of their own, a row each. */
export function* restOfProblems(head: ReportHead, { details }: Gathered, t: Texts): Generator<Block, void, void> {
  const rest = head.problems.slice(details.length, limits.problems);
  if (rest.length === 0) return;
  yield* section(
    details.length === 0 ? 'problems' : 'more-problems',
    details.length === 0 ? t.problems.title : t.problems.further,
    head.problemsTotal - details.length,
    [
      table(
        t.problems.caption,
        [t.problems.number, t.problems.severity, t.problems.problem, t.problems.owner, t.problems.endpoint],
        rest.map((problem, i) => ({
          id: `P${details.length + i + 1}`,
          filter: filterOf(problem, t),
          cells: [
            [strong(`P${details.length + i + 1}`)],
            [severityWord(problem.severity, t.severities)],
            prose(problem.title, 300),
            [text(t.listed(problem.owners), 200)],
            endpointsOf(problem, 1, t),
          ],
        })),
      ),
      more(details.length + rest.length, head.problemsTotal, 'findings.json', t),
      details.length > 0 ? null : note(text(t.problems.seeFullReport)),
    ],
  );
}

function filterOf(problem: Problem, t: Texts): Filterable {
  return {
    severity: problem.severity,
    owners: problem.owners,
    state: isExposed(problem) ? t.exposed : t.notExposed,
  };
}

function endpointsOf({ doors, doorsTotal }: Problem, most: number, t: Texts): Text {
  const shown = doors.slice(0, most);
  const rest = doorsTotal - shown.length;
  return [...joined(shown.map((door) => code(door, 300))), text(rest > 0 ? t.andMore(rest) : '')];
}

function* problemSection(
  details: ProblemDetails,
  place: number,
  head: ReportHead,
  common: readonly CommonStep[],
  t: Texts,
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
      title: [
        strong(`P${place}`),
        text(' '),
        severityWord(problem.severity, t.severities),
        text(' '),
        ...prose(problem.title, 300),
      ],
      filter: filterOf(problem, t),
    },
    worst === undefined
      ? [more(0, problem.findingsTotal, 'findings.jsonl', t)]
      : problemBlocks(details, worst, evidence, head, common, t),
  );
}

function* problemBlocks(
  { problem, findings, counts }: ProblemDetails,
  worst: Finding,
  evidence: EvidenceNumbers,
  head: ReportHead,
  common: readonly CommonStep[],
  t: Texts,
): Generator<Block | null, void, void> {
  yield facts(problem, findings, worst, head.run, t);
  if (worst.check === 'dashboard-gateway') yield gatewayFigure(worst, t);
  yield heading(4, t.problem.found);
  const said = new Set<string>();
  const same = findings.filter(({ check }) => check === worst.check);
  yield paragraph(...prose(once(worst.summary, said), 2500), text(` [${evidence.range(...same)}]`));
  const others = findings.slice(1).filter((finding) => finding.check !== worst.check);
  if (others.length > 0)
    yield list(others.map((finding) => otherFinding(finding, counts.get(sameAs(finding)) ?? 1, evidence, said, t)));
  // The title of a shared certificate or key says this.
  if (same.length > 1 && problem.doorsTotal > 1 && !/certificate|key/.test(problem.because))
    yield note(text(t.problem.sameAt(problem.because, problem.doorsTotal)));
  const described = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (problem.findingsTotal > described) yield more(described, problem.findingsTotal, 'findings.jsonl', t);
  yield* whenAndWhat(worst, head, t);
  yield* plan(findings, common, t);
  yield* evidenceFold(evidence, t);
}

function facts(problem: Problem, findings: readonly Finding[], worst: Finding, run: RunInfo, t: Texts): Block {
  const { score } = worst.cvss.v4;
  return terms([
    [
      t.problem.endpoints(problem.doorsTotal),
      [
        ...endpointsOf(problem, limits.endpoints, t),
        ...(problem.doorsTotal > limits.endpoints ? t.problem.allIn(code('findings.jsonl'), code(problem.id)) : []),
      ],
    ],
    [
      t.problem.also,
      joined(
        worst.also
          .filter((url) => !problem.doors.includes(url))
          .slice(0, 10)
          .map((url) => code(url, 300)),
      ),
    ],
    [t.problem.product, [text(t.listed([...new Set(findings.map(t.product))].slice(0, 6)), 400)]],
    [
      t.problem.owners(problem.owners.length),
      [text(problem.owners.length === 0 ? t.noneDeclared : t.listed(problem.owners), 600)],
    ],
    [t.problem.contact, [text(t.problem.contactOf(problem.owners, run), 600)]],
    [t.problem.environment, [text(worst.environment ?? '', 60)]],
    [t.problem.seenFrom, hasVantages(run) ? [text(t.listed(seenFromNames(worst)), 300)] : []],
    [t.problem.access, worst.since.what === 'seen' ? [] : [text(t.problem.accessLevel(worst))]],
    [t.problem.severity, [text(t.problem.severityLine(problem.severity, score, cvssBand(score)))]],
  ]);
}

function gatewayFigure(worst: Finding, t: Texts): Block {
  const { gateway } = t.problem;
  const cluster = worst.also[0] ?? gateway.unnamed;
  return {
    kind: 'figure',
    figure: {
      kind: 'chain',
      boxes: [
        { ...gateway.caller, state: 'caller' },
        { ...gateway.dashboard(worst.endpoint), state: 'open' },
        { ...gateway.cluster(cluster), state: 'locked' },
      ],
    },
    caption: gateway.caption,
    alt: gateway.alt(worst.endpoint, cluster),
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

function otherFinding(
  finding: Finding,
  endpoints: number,
  evidence: EvidenceNumbers,
  said: Set<string>,
  t: Texts,
): Text {
  return [
    severityWord(finding.severity, t.severities),
    text(' '),
    ...prose(sentence(finding.title), 300),
    text(endpoints > 1 ? ` ${t.problem.foundAt(endpoints)} ` : ' '),
    ...prose(once(finding.summary, said), 1500),
    text(` [${evidence.range(finding)}]`),
  ];
}

function* whenAndWhat(worst: Finding, head: ReportHead, t: Texts): Generator<Block | null, void, void> {
  if (worst.since.what !== 'seen') {
    yield heading(4, t.problem.sinceWhen);
    yield paragraph(
      strong(t.problem.lasting(lastingOf(worst, head))),
      text(' '),
      ...prose(t.problem.sinceDetails(worst.since, head), 1500),
    );
    yield timeline(worst, head, t);
  }
  const phrase = t.problem.contentsOf(worst);
  const indices = indicesByGravity(worst);
  if (phrase === null && indices.length === 0) return;
  yield heading(4, t.problem.contents);
  yield paragraph(text(t.problem.contentsLine(phrase, worst)));
  yield* indexTable(indices, worst, t);
  const rows = stakeRows(worst);
  if (rows.length === 0) return;
  const { data } = t.problem;
  yield table(
    data.caption,
    [data.kind, data.fields, data.indices, `#${data.documents}`],
    rows.map(({ documents, atLeast, ...row }) => [
      [text(row.certain ? t.dataClasses[row.class] : data.possibly(t.dataClasses[row.class]))],
      names(row.fields, row.fieldsTotal, t),
      names(row.indices, row.indicesTotal, t),
      [text(documents === null ? t.notShown : atLeast ? data.atLeast(documents) : t.number(documents))],
    ]),
  );
  yield note(text(data.note));
}

/** Rows of the table of indices; those beyond are named below it. */
const mostIndices = 6;

function* indexTable(indices: readonly IndexFacts[], { contents }: Finding, t: Texts): Generator<Block, void, void> {
  if (indices.length === 0) return;
  const words = t.problem.indices;
  const shown = indices.slice(0, mostIndices);
  const rest = indices.slice(mostIndices);
  // A column of which nothing was shown is left out.
  const cell = (used: boolean, value: string | null): Text => (used ? [text(value ?? t.notShown)] : []);
  const [sized, dated, tallied] = [
    indices.some((index) => index.bytes !== null),
    indices.some(({ createdAt }) => createdAt !== null),
    indices.some((index) => index.documents !== null),
  ];
  yield table(
    words.caption,
    [words.index, `#${words.documents}`, `#${words.size}`, words.created],
    shown.map((index) => [
      [code(index.name, 160)],
      cell(tallied, index.documents === null ? null : t.number(index.documents)),
      cell(sized, index.bytes === null ? null : t.size(index.bytes)),
      cell(dated, index.createdAt === null ? null : day(index.createdAt)),
    ]),
  );
  const unnamed = (contents?.indices ?? 0) - indices.length;
  if (rest.length > 0)
    yield note(
      text(words.more(rest.length)),
      ...rest.flatMap((index, i) => [
        text(i === 0 ? '' : '; '),
        code(index.name, 160),
        text(index.documents === null ? '' : words.documentsOf(index.documents)),
      ]),
      text(unnamed > 0 ? words.unnamed(unnamed) : '.'),
    );
  else if (unnamed > 0) yield note(text(words.namedOnly(indices.length)));
}

function names(list: readonly string[], total: number, t: Texts): Text {
  const shown = list.slice(0, limits.fields);
  const rest = total - shown.length;
  return [...joined(shown.map((name) => code(name, 120))), text(rest > 0 ? t.andMore(rest) : '')];
}

function timeline({ since }: Finding, head: ReportHead, t: Texts): Block | null {
  const words = t.problem.timeline;
  const now = reportTime(head);
  const points = [
    { label: words.oldestIndex, at: since.oldestDataAt },
    { label: words.clusterExists, at: since.clusterBornBy },
    {
      label: words.settings[since.setting ?? 'no-login'],
      at: since.setting === null ? null : since.configuredOpenSince,
    },
    { label: words.firstSeen, at: since.seenOpenSince < head.run.startedAt ? since.seenOpenSince : null },
  ].flatMap(({ label, at }) => (at === null || Number.isNaN(Date.parse(at)) || at >= now ? [] : [{ label, at }]));
  if (points.length < 2) return null;
  const all = [...points.sort((a, b) => (a.at < b.at ? -1 : 1)), { label: words.thisAudit, at: now }];
  return {
    kind: 'figure',
    figure: { kind: 'timeline', points: all },
    caption: words.caption,
    alt: all.map(({ label, at }) => `${day(at)}: ${label}`).join('; '),
  };
}

function* plan(
  findings: readonly Finding[],
  common: readonly CommonStep[],
  t: Texts,
): Generator<Block | null, void, void> {
  const steps = planSteps(findings);
  yield heading(4, t.problem.fix);
  const known = new Map(common.map((one) => [stepKey(one.step), one]));
  const items = steps.map((step): ListItem => {
    const shared = known.get(stepKey(step));
    if (shared === undefined) return { text: [timeOf(step, t), ...prose(step.text, 1000)], code: blockOf(step) };
    const reference = link(`#step-${shared.letter}`, t.actions.step(shared.letter));
    return { text: [timeOf(step, t), ...t.steps.see(firstClause(step.text), reference)] };
  });
  yield list(items, true);
  yield heading(4, t.problem.prove);
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
    yield note(text(t.problem.expected), ...prose(sentence(expect), 600));
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

function* evidenceFold({ items }: EvidenceNumbers, t: Texts): Generator<Block | null, void, void> {
  if (items.length === 0) return;
  const shown = items.slice(0, limits.evidence);
  yield* within({ as: 'fold', summary: t.problem.evidence(items.length) }, [
    list(
      shown.map((item, i): ListItem => ({
        text: [
          strong(`E${i + 1} `),
          code(`${item.method} ${item.url}`, 400),
          text(
            `: ${item.status ?? (item.failure === null ? t.problem.noResponse : t.problem.failure(item.failure))}. `,
          ),
          ...prose(capital(sentence(item.shows)), 300),
          text(t.problem.request(item.at, item.request, item.run)),
        ],
        code: item.excerpt === '' ? null : { text: item.excerpt, language: 'text' },
      })),
    ),
    more(shown.length, items.length, 'findings.jsonl', t),
  ]);
}
