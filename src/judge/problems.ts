// Groups findings that are one thing to fix: one cluster, one certificate, or one decision of one owner.
import type { Finding, Problem, Severity } from '../model/finding.js';
import { problemId } from './finding.js';
import { jsonLine } from '../text/json-line.js';
import type { SharedTexts } from './texts/en.js';
import type { Sorter } from '../store/sorter.js';
import { sha256 } from '../text/digest.js';

/** What the grouping into problems needs of a finding. Sorted by problem, then endpoint. */
export interface ProblemPart {
  /** Its key. */
  readonly problem: string;
  readonly rank: string;
  readonly endpoint: string;
  readonly url: string;
  readonly owners: readonly string[];
  /** Whether a caller gets in at this endpoint; a problem also lists endpoints that only show their version. */
  readonly open: boolean;
  readonly check: string;
  readonly severity: Severity;
  readonly fingerprint: string;
  readonly title: string;
  /** As {@link remedyKey}. */
  readonly remedy: string;
}

/** Problems kept with their endpoints; all are counted. */
const problemsKept = 1_000;

/** Endpoints and fingerprints a problem lists. */
const listed = 50;

/** Sort key of a part. */
export function partKey(part: ProblemPart): string {
  return `${part.problem}\u0001${part.endpoint}\u0001${part.rank}`;
}

/** The same for remedies that differ in no more than the host they name. */
export function remedyKey({ remedy, address }: Pick<Finding, 'remedy' | 'address'>, host: string): string {
  const words = JSON.stringify(remedy.steps);
  const own = [host, address].filter((name) => name !== '');
  return sha256(own.reduce((text, name) => text.replaceAll(name, '\u0001'), words));
}

/** Findings that were moved from the problem of their endpoint to that of a decision, by rank. */
type Moved = Sorter<{ readonly problem: string }>;

/** Sorters that {@link regroup} fills. */
export interface Regrouped {
  readonly decisions: Sorter<ProblemPart>;
  /** All findings again, under the problems that they belong to. */
  readonly problems: Sorter<ProblemPart>;
  readonly moved: Moved;
}

/**
 * Findings of several problems in which no caller gets in, and which have the same check, owners and remedy, are one decision:
 * they move to a problem of their own. What lets callers in stays with its cluster or endpoint: there each has contents of its
 * own. Memory does not grow with the number of findings.
 *
 * @param parts all findings, under the problem of their endpoint, cluster or certificate
 */
export async function regroup(parts: Sorter<ProblemPart>, { decisions, problems, moved }: Regrouped): Promise<void> {
  const whole = inGroups(
    parts,
    ({ problem }) => problem,
    newWhole,
    (facts, { open, owners }) => {
      facts.open ||= open;
      for (const owner of owners) facts.owners.add(owner);
    },
  );
  for await (const { item, facts } of whole) {
    if (isOneKey(item) || (facts.open && !isCertificate(item.problem))) problems.add(partKey(item), item);
    else {
      const decision = sha256([item.check, item.remedy, ...[...facts.owners].sort()].join('\n'));
      decisions.add(`${decision}\u0001${partKey(item)}`, item);
    }
  }
  const shared = inGroups(
    decisions,
    (_, key) => key.slice(0, 64),
    newShared,
    (facts, { problem }) => {
      facts.first ??= problem;
      facts.several ||= facts.first !== problem;
    },
  );
  for await (const { item, key, facts } of shared) {
    const part = facts.several ? { ...item, problem: `decision:${key.slice(0, 64)}` } : item;
    problems.add(partKey(part), part);
    if (facts.several) moved.add(part.rank, { problem: part.problem });
  }
}

function newWhole(): { open: boolean; readonly owners: Set<string> } {
  return { open: false, owners: new Set() };
}

function newShared(): { first: string | null; several: boolean } {
  return { first: null, several: false };
}

/** A certificate is fixed apart from the endpoints that show it, open or not. */
function isCertificate(problem: string): boolean {
  return problem.startsWith('certificate:');
}

/** Each shared key is a thing of its own. */
function isOneKey({ problem }: ProblemPart): boolean {
  return problem.startsWith('key:');
}

/** Each item with what holds for all of its group; items of a group come one after another. They are read twice, in step. */
async function* inGroups<Item, Facts>(
  items: Sorter<Item>,
  groupOf: (item: Item, key: string) => string,
  begin: () => Facts,
  add: (facts: Facts, item: Item) => void,
): AsyncGenerator<{ readonly item: Item; readonly key: string; readonly facts: Facts }, void, void> {
  const ahead = items.sorted()[Symbol.asyncIterator]();
  let next = await ahead.next();
  let group: string | null = null;
  let facts = begin();
  for await (const { key, item } of items.sorted()) {
    const own = groupOf(item, key);
    if (own !== group) {
      group = own;
      facts = begin();
      while (next.done !== true && groupOf(next.value.item, next.value.key) === own) {
        add(facts, next.value.item);
        next = await ahead.next();
      }
    }
    yield { item, key, facts };
  }
}

/** The findings, in the order of their ranks, each with the id of the problem that it was moved to; null for its own. */
export async function* withMoved<Line extends { readonly key: string }>(
  findings: AsyncIterable<Line>,
  moved: Moved,
): AsyncGenerator<MovedLine<Line>, void, void> {
  const moves = moved.sorted()[Symbol.asyncIterator]();
  let next = await moves.next();
  for await (const finding of findings) {
    while (next.done !== true && next.value.key < finding.key) next = await moves.next();
    const to = next.done !== true && next.value.key === finding.key ? next.value.item.problem : null;
    yield { finding, problem: to === null ? null : problemId(to) };
  }
}

/** A sorted finding, and the problem that it was moved to. */
interface MovedLine<Line> {
  readonly finding: Line;
  readonly problem: string | null;
}

/** `problem` is the last field of a finding: the last brace of its line ends the finding itself. */
const problemAtEnd = /"problem":"[0-9a-f]{16}"\}$/;

/** A finding's line of JSON with another problem. */
export function lineWithProblem(json: string, problem: string): string {
  if (problemAtEnd.test(json)) return json.replace(problemAtEnd, `"problem":"${problem}"}`);
  const finding: unknown = JSON.parse(json);
  return jsonLine({ ...(typeof finding === 'object' && finding), problem });
}

/** The worst thousand problems, worst first, and how many there are. Memory does not grow with the number of findings. */
export async function problemsOf(
  parts: Sorter<ProblemPart>,
  { problems: texts }: Pick<SharedTexts, 'problems'>,
): Promise<{ problems: Problem[]; total: number }> {
  const kept: Ranked[] = [];
  let total = 0;
  let current: Gathering | null = null;
  const close = () => {
    if (current === null) return;
    total += 1;
    keep(kept, current.worst.rank, problemFrom(current, texts), problemsKept);
  };
  for await (const { item } of parts.sorted()) {
    if (current?.worst.problem !== item.problem) {
      close();
      current = gathering(item);
    }
    gather(current, item);
  }
  close();
  kept.sort(byRank);
  return { problems: kept.slice(0, problemsKept).map((entry) => entry.value), total };
}

interface Ranked<Value = Problem> {
  readonly rank: string;
  readonly value: Value;
}

function byRank(a: { rank: string }, b: { rank: string }): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0;
}

/** Keeps the `most` best-ranked entries; the list is cut only when it has doubled, so that a keep costs little. */
function keep<Value>(list: Ranked<Value>[], rank: string, value: Value, most: number): void {
  list.push({ rank, value });
  if (list.length < 2 * most) return;
  list.sort(byRank);
  list.length = most;
}

interface Gathering {
  worst: ProblemPart;
  /** Whether all findings have the same title. */
  sameTitle: boolean;
  readonly owners: Set<string>;
  readonly checks: Set<string>;
  readonly doors: Ranked<string>[];
  doorsTotal: number;
  doorsOpen: number;
  lastEndpoint: string | null;
  readonly findings: Ranked<string>[];
  findingsTotal: number;
}

function gathering(first: ProblemPart): Gathering {
  return {
    worst: first,
    sameTitle: true,
    owners: new Set(),
    checks: new Set(),
    doors: [],
    doorsTotal: 0,
    doorsOpen: 0,
    lastEndpoint: null,
    findings: [],
    findingsTotal: 0,
  };
}

function gather(into: Gathering, part: ProblemPart): void {
  into.sameTitle &&= part.title === into.worst.title;
  if (part.rank < into.worst.rank) into.worst = part;
  for (const owner of part.owners) into.owners.add(owner);
  into.checks.add(part.check);
  if (part.endpoint !== into.lastEndpoint) {
    into.lastEndpoint = part.endpoint;
    into.doorsTotal += 1;
    if (part.open) into.doorsOpen += 1;
    // Parts of one endpoint come worst first: the first one ranks the endpoint.
    keep(into.doors, part.rank, part.url, listed);
  }
  into.findingsTotal += 1;
  keep(into.findings, part.rank, part.fingerprint, listed);
}

function best(list: Ranked<string>[]): string[] {
  return [...new Set(list.sort(byRank).map((entry) => entry.value))].slice(0, listed);
}

function problemFrom(gathered: Gathering, texts: ProblemTexts): Problem {
  const { worst, doorsTotal, doorsOpen } = gathered;
  return {
    id: problemId(worst.problem),
    severity: worst.severity,
    title: titleOf(gathered, texts),
    because: becauseOf(worst.problem, texts),
    owners: [...gathered.owners].sort(),
    doors: best(gathered.doors),
    doorsTotal,
    doorsOpen,
    checks: [...gathered.checks].sort(),
    findings: best(gathered.findings),
    findingsTotal: gathered.findingsTotal,
  };
}

type ProblemTexts = SharedTexts['problems'];

function titleOf({ worst, sameTitle, doorsTotal, doorsOpen }: Gathering, texts: ProblemTexts): string {
  const decision = worst.problem.startsWith('decision:');
  // Other versions and other certificates need the same fix, and are not what the title names.
  if (decision && !sameTitle) return texts.andSameFix(worst.title, doorsTotal - 1);
  // A title counts the ways in: an endpoint that denies access is listed, not counted.
  const said = worst.open && !decision && !isCertificate(worst.problem) ? doorsOpen : doorsTotal;
  return said > 1 && !isOneKey(worst) ? texts.at(worst.title, said) : worst.title;
}

const because: readonly (readonly [start: string, what: Exclude<keyof ProblemTexts['because'], 'behind'>])[] = [
  ['uuid:', 'cluster'],
  ['certificate:', 'certificate'],
  ['key:', 'key'],
  ['decision:', 'decision'],
];

function becauseOf(key: string, { because: words }: ProblemTexts): string {
  if (key.startsWith('behind:')) return words.behind(key.slice('behind:'.length));
  return words[because.find(([start]) => key.startsWith(start))?.[1] ?? 'endpoint'];
}
