// Finds findings of a run by the beginning of their fingerprint or id.
import { messages } from '../messages/index.js';
import type { Finding } from '../model/finding.js';
import { UserMistake } from '../store/mistake.js';
import type { ReadRecord } from './open-record.js';

/** Characters of a prefix at least. */
const leastPrefix = 8;

/**
 * A prefix of a fingerprint or id, as typed.
 *
 * @throws UserMistake when it is too short, or not hexadecimal
 */
export function fingerprintPrefix(text: string): string {
  const prefix = text.trim().toLowerCase();
  if (/^[0-9a-f]{8,64}$/.test(prefix)) return prefix;
  throw new UserMistake(messages().runs.finding.notAFingerprint(text, leastPrefix));
}

/**
 * The findings that each prefix means: those of one fingerprint (several where a name has several addresses), or the one of an id.
 *
 * @param prefixes as {@link fingerprintPrefix} gives them
 * @throws UserMistake when one of them means none, or findings of several fingerprints
 */
export async function findingsMeant(
  record: Pick<ReadRecord, 'folder' | 'findings'>,
  prefixes: readonly string[],
): Promise<readonly Finding[]> {
  const meant = new Map(prefixes.map((prefix) => [prefix, new Map<string, Finding>()]));
  for await (const finding of record.findings()) {
    for (const [prefix, found] of meant)
      if (finding.fingerprint.startsWith(prefix) || finding.id.startsWith(prefix)) found.set(finding.id, finding);
  }
  const all = new Map<string, Finding>();
  for (const [prefix, found] of meant) {
    const fingerprints = [...new Set([...found.values()].map(({ fingerprint }) => fingerprint))];
    if (fingerprints.length === 0) throw new UserMistake(messages().runs.finding.none(record.folder, prefix));
    if (fingerprints.length > 1)
      throw new UserMistake(messages().runs.finding.several(prefix, fingerprints.length, fingerprints.slice(0, 5)));
    for (const [id, finding] of found) all.set(id, finding);
  }
  return [...all.values()];
}
