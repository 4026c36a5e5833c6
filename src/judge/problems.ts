// Groups findings that are one thing to fix.
import type { Problem, Severity } from '../model/finding.js';
import { problemId } from './finding.js';
import { counted } from './words.js';
import type { Sorter } from '../store/sorter.js';

/** What the grouping into problems needs of a finding. Sorted by problem, then endpoint. */
export interface ProblemPart {
  /** Its key. */
  readonly problem: string;
  readonly rank: string;
  readonly endpoint: string;
  readonly url: string;
  readonly owners: readonly string[];
  /** Whether a caller gets in at this endpoint; a problem also lists doors that only tell their version. */
  readonly open: boolean;
  readonly check: string;
  readonly severity: Severity;
  readonly fingerprint: string;
  readonly title: string;
}

/** Problems kept with their doors; all are counted. */
const problemsKept = 1_000;

/** Doors and fingerprints a problem lists. */
const listed = 50;

/** Sort key of a part. */
export function partKey(part: ProblemPart): string {
  return `${part.problem}\u0001${part.endpoint}\u0001${part.rank}`;
}

/** The worst thousand problems, worst first, and how many there are. Memory does not grow with the number of findings. */
export async function problemsOf(parts: Sorter<ProblemPart>): Promise<{ problems: Problem[]; total: number }> {
  const kept: Ranked[] = [];
  let total = 0;
  let current: Gathering | null = null;
  const close = () => {
    if (current === null) return;
    total += 1;
    keep(kept, current.worst.rank, problemFrom(current), problemsKept);
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
  if (part.rank < into.worst.rank) into.worst = part;
  for (const owner of part.owners) into.owners.add(owner);
  into.checks.add(part.check);
  if (part.endpoint !== into.lastEndpoint) {
    into.lastEndpoint = part.endpoint;
    into.doorsTotal += 1;
    if (part.open) into.doorsOpen += 1;
    // Parts of one endpoint come worst first: the first one ranks the door.
    keep(into.doors, part.rank, part.url, listed);
  }
  into.findingsTotal += 1;
  keep(into.findings, part.rank, part.fingerprint, listed);
}

function best(list: Ranked<string>[]): string[] {
  return [...new Set(list.sort(byRank).map((entry) => entry.value))].slice(0, listed);
}

function problemFrom(gathered: Gathering): Problem {
  const { worst, doorsTotal, doorsOpen } = gathered;
  // A title speaks of what is entered: a door that refuses is listed, not counted in it.
  const said = worst.open ? doorsOpen : doorsTotal;
  return {
    id: problemId(worst.problem),
    severity: worst.severity,
    title: said > 1 ? `${worst.title} (${counted(said, 'endpoint', 'endpoints')})` : worst.title,
    because: becauseOf(worst.problem),
    owners: [...gathered.owners].sort(),
    doors: best(gathered.doors),
    doorsTotal,
    doorsOpen,
    checks: [...gathered.checks].sort(),
    findings: best(gathered.findings),
    findingsTotal: gathered.findingsTotal,
  };
}

function becauseOf(key: string): string {
  const colon = key.indexOf(':');
  const rest = key.slice(colon + 1);
  if (key.startsWith('uuid:')) return 'one cluster';
  if (key.startsWith('certificate:')) return 'one certificate';
  if (key.startsWith('key:')) return 'one private key';
  return key.startsWith('behind:') ? `the cluster behind it, ${rest}` : 'one endpoint';
}
