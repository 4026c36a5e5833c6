// Finds the known words that a mistyped one may have been, for "did you mean".

/**
 * The candidate nearest to the word, for "did you mean": by edit distance (a swap of neighbours counts as one), letter case
 * aside, and only if less than half of the word would have to change; null otherwise.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const from = word.slice(0, 64).toLowerCase();
  let best: string | null = null;
  let least = Math.min(4, Math.ceil(from.length / 2));
  for (const candidate of candidates) {
    const distance = editDistance(from, candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 4) return 5;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (line[column - 1] ?? 0) + 1,
        (above[column] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      line.push(cost);
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
}

/** Suggestions that are given at most. */
const most = 3;

/**
 * What the word may have been: the nearest by spelling, else those that contain it or are contained in it, else those of which
 * one part (`gateway` of `dashboard-gateway`) is near. The first few; none where nothing is near.
 */
export function likelyMeant(word: string, candidates: readonly string[]): readonly string[] {
  const meant = nearest(word, candidates);
  const lower = word.toLowerCase();
  const around = candidates.filter((one) => lower.length > 2 && (one.includes(lower) || lower.includes(one)));
  const likely = meant !== null ? [meant] : around.length > 0 ? around : withPartNear(lower, candidates);
  return likely.slice(0, most);
}

function withPartNear(word: string, candidates: readonly string[]): readonly string[] {
  const partsOf = (one: string): readonly string[] => one.split(/[^a-z0-9]+/i).filter((part) => part.length > 3);
  const part = nearest(word, candidates.flatMap(partsOf));
  return part === null ? [] : candidates.filter((one) => partsOf(one).includes(part));
}
