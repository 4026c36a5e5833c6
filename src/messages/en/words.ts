// Parts of sentences that several messages share, in English.

/** What a mistyped word may have been: `did you mean \`a\` or \`b\`?`. */
export function meantBy(words: readonly string[]): string {
  return `did you mean ${words.map((word) => `\`${word}\``).join(' or ')}?`;
}
