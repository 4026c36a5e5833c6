// Parts of sentences that several messages share, in English, and what they are given.
import type { seriesName } from '../../model/series.js';

/** A run among others: its vantage, shard, and whether it was merged. */
export type Series = Parameters<typeof seriesName>[0];

/** Ends what is said before an audit or a sending begins. */
export const nothingSent = 'Nothing was sent.';

/** What a mistyped word may have been: `did you mean \`a\` or \`b\`?`. */
export function meantBy(words: readonly string[]): string {
  return `did you mean ${words.map((word) => `\`${word}\``).join(' or ')}?`;
}
