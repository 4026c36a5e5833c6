// Signs of an attack, read from names, counts and dates of indices.
import { attackMark, wordBehindRandom } from '../knowledge/attack-marks.js';
import type { AttackMark } from '../knowledge/attack-marks.js';
import type { AttackSign, IndexFacts, IndicesFacts, TraceFacts } from '../model/observation.js';

/** Creations within so many milliseconds of each other were made by a machine. */
const burstWithin = 600_000;

/** A cluster whose own indices are older than the mark by so much held something before. */
const livedBefore = 3_600_000;

/** Documents in an index that holds a note and nothing else. */
export const fewDocuments = 5;

/**
 * Looks for what attackers leave: names that are known, with few records in them, newer than every other index, made in a
 * burst, or the only ones that are left. Weak alone, strong together; no record is opened. Null where the indices were not
 * listed by name, or only in part and without a mark: then nothing follows. `none` with signs means that what would decide
 * was not shown.
 *
 * - `strong`: a name that only attackers give, together with one more sign; or a name that others may give, with a
 *   record or few in it, as the only index left in a cluster that held something before.
 * - `suspected`: a name that only attackers give, alone; one that others may give, with few records, newer than all
 *   others or the only one left; several empty indices of random names, made in a burst.
 */
export function readTraces(indices: IndicesFacts | null): TraceFacts | null {
  if (indices === null || indices.marked === null) return null;
  const { marked, complete } = indices;
  if (!complete && marked.total === 0) return null;
  const bearers = indices.list
    .filter((index) => !index.system)
    .map(bearerOf)
    .filter((found) => found !== null);
  const strong = bearers.filter(({ mark }) => mark?.telling === 'strong');
  const weak = bearers.filter(({ mark }) => mark?.telling === 'weak');
  const random = randomOnes(bearers);
  const counting = strong.length > 0 ? strong : weak.length > 0 ? weak : random;
  if (marked.total === 0 || counting.length === 0) return { ...nothing, evidence: indices.evidence };

  const others = indices.total - indices.system - marked.total;
  const nothingElse = complete && others === 0;
  const newest = isNewest(counting, marked.newestOtherAt);
  const burst = isBurst(counting);
  const short = counting.every(({ index }) => index.documents !== null && index.documents <= fewDocuments);
  const noted = short && counting.some(({ index }) => (index.documents ?? 0) > 0);
  const grade = (): TraceFacts['incident'] => {
    if (strong.length > 0) return strong.length > 1 || nothingElse || newest || burst ? 'strong' : 'suspected';
    if (weak.length > 0) {
      if (!noted) return 'none';
      if (nothingElse) return heldBefore(indices, counting) ? 'strong' : 'suspected';
      return newest ? 'suspected' : 'none';
    }
    return burst && (newest || nothingElse) ? 'suspected' : 'none';
  };
  const incident = grade();
  const told = createdOf(counting) !== null && counting.every(({ index }) => index.documents !== null);
  // all that could speak for it was shown, and does not
  if (incident === 'none' && told && complete) return { ...nothing, evidence: indices.evidence };
  const signs: readonly (AttackSign | false)[] = [
    strong.length > 0 ? 'known-name' : weak.length > 0 ? 'weak-name' : 'random-prefix',
    short && (noted ? 'few-documents' : 'no-documents'),
    newest && 'newest',
    burst && 'burst',
    nothingElse && 'nothing-else',
  ];
  return {
    incident,
    signs: signs.filter((sign) => sign !== false),
    indices: counting.slice(0, 10).map(({ index }) => index),
    // only a part of the marked ones is kept by name; where all kept ones share a kind, all of them count
    total: counting.length === bearers.length ? Math.max(marked.total, counting.length) : counting.length,
    campaigns: [...new Set(counting.flatMap(({ mark }) => mark?.campaign ?? []))].sort(),
    evidence: indices.evidence,
  };
}

const nothing: Omit<TraceFacts, 'evidence'> = { incident: 'none', signs: [], indices: [], total: 0, campaigns: [] };

interface Bearer {
  readonly index: IndexFacts;
  readonly mark: AttackMark | null;
  /** The word behind a random prefix, where the name has no known mark. */
  readonly word: string | null;
}

function bearerOf(index: IndexFacts): Bearer | null {
  const mark = attackMark(index.name, index.documents);
  const empty = index.documents !== null && index.documents <= 1;
  const word = mark === null && empty ? wordBehindRandom(index.name) : null;
  return mark === null && word === null ? null : { index, mark, word };
}

/** The largest family of names with the same word behind a random prefix, three at least. */
function randomOnes(bearers: readonly Bearer[]): readonly Bearer[] {
  const families = new Map<string, Bearer[]>();
  for (const bearer of bearers) {
    if (bearer.word === null) continue;
    families.set(bearer.word, [...(families.get(bearer.word) ?? []), bearer]);
  }
  const largest = [...families.values()].toSorted((a, b) => b.length - a.length)[0];
  return largest !== undefined && largest.length >= 3 ? largest : [];
}

function createdOf(bearers: readonly Bearer[]): number[] | null {
  const dates = bearers.map(({ index }) => Date.parse(index.createdAt ?? ''));
  return dates.length > 0 && dates.every((date) => Number.isFinite(date)) ? dates : null;
}

function isNewest(bearers: readonly Bearer[], newestOtherAt: string | null): boolean {
  const created = createdOf(bearers);
  return created !== null && newestOtherAt !== null && Math.min(...created) > Date.parse(newestOtherAt);
}

function isBurst(bearers: readonly Bearer[]): boolean {
  const created = createdOf(bearers);
  return created !== null && created.length >= 3 && Math.max(...created) - Math.min(...created) <= burstWithin;
}

/** Whether indices of the cluster's own are older than the marks: then it was not new when they came. */
function heldBefore(indices: IndicesFacts, bearers: readonly Bearer[]): boolean {
  const created = createdOf(bearers);
  const own = indices.list.flatMap(({ system, createdAt }) =>
    system && createdAt !== null ? [Date.parse(createdAt)] : [],
  );
  return created !== null && own.length > 0 && Math.min(...created) - Math.min(...own) > livedBefore;
}
