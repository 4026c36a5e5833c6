// Replaces names in running text.

/** Replaces names where they are separate words; the longest first. */
export function textMask(names: ReadonlyMap<string, string>): (said: string) => string {
  const all = [...names.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  if (all.length === 0) return (said) => said;
  const alternatives = all.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'gu');
  return (said) => said.replace(pattern, (name) => names.get(name) ?? name);
}
