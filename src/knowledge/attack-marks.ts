// Names of indices that attackers leave behind.
/** A name that attackers are known to give to the index they leave behind. */
export interface AttackMark {
  readonly id: string;
  /** What is known under this name, one phrase. */
  readonly campaign: string;
  /** The full name: `homeowners`, `hello-world` and `readme-templates` do not match. */
  readonly pattern: RegExp;
  /** `strong`: only attackers call an index so; `weak`: others may. */
  readonly telling: 'strong' | 'weak';
  /** Records in it at most: notes are short, and the owner's data may have the name too. */
  readonly documents: number;
  readonly source: string;
}

/** Names of indices that attackers left on open clusters, as reported. Index names have no capitals. */
export const attackMarks: readonly AttackMark[] = [
  {
    id: 'meow',
    campaign: 'the bot of July 2020 that overwrote open databases and asked for nothing ("Meow")',
    pattern: /^(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,14}-meow$/,
    telling: 'strong',
    documents: 5,
    source: 'BleepingComputer, "New Meow attack has deleted almost 4,000 unsecured databases", July 2020',
  },
  {
    id: 'night-lion',
    campaign: 'the wiping of April 2020 that left the name of a security company',
    pattern: /^nightlionsecurity\.com$/,
    telling: 'strong',
    documents: 5,
    source: 'ZDNet, "A hacker has wiped, defaced more than 15,000 Elasticsearch servers", April 2020',
  },
  {
    id: 'read-me-to-recover',
    campaign: 'the ransom notes of 2022 and later on open Elasticsearch servers',
    pattern: /^read[_-]?me[_-]to[_-](?:recover|restore|get)(?:[_-][a-z0-9]+)*$/,
    telling: 'strong',
    documents: 100,
    source:
      'Secureworks, "Unsecured Elasticsearch data replaced with ransom note", June 2022 (index read_me_to_recover_database); the same note on MongoDB is READ_ME_TO_RECOVER_YOUR_DATA',
  },
  {
    id: 'read-me',
    campaign: 'ransom notes on open databases since 2017',
    pattern: /^(?:read[_-]me|please[_-]?read(?:[_-]?(?:me|this|it))?)$/,
    telling: 'strong',
    documents: 5,
    source: 'Niall Merrigan and Victor Gevers on the wave of January 2017; seen as `read_me` with one record since',
  },
  {
    id: 'data-is-safe',
    campaign: 'the ransom note left in the police database of Shanghai in 2022',
    pattern: /^(?:all[_-])?your[_-]data[_-]is[_-](?:safe|backed[_-]up|encrypted)(?:[_-][a-z0-9]+)*$/,
    telling: 'strong',
    documents: 100,
    source: 'reports on the Shanghai police database, July 2022 (your_data_is_safe)',
  },
  {
    id: 'contact-for-your-data',
    campaign: 'the ransom note left in the police database of Shanghai in 2022',
    pattern: /^contact(?:[_-]us)?[_-]for[_-]your[_-]data(?:[_-][a-z0-9]+)*$/,
    telling: 'strong',
    documents: 100,
    source: 'reports on the Shanghai police database, July 2022 (contact_for_your_data…)',
  },
  {
    id: 'recover-your-data',
    campaign: 'ransom notes on open databases since 2017',
    pattern: /^(?:how[_-]to[_-])?(?:recover|restore)[_-]your[_-](?:data|database|db)$/,
    telling: 'weak',
    documents: 5,
    source: 'the notes on MongoDB of the same hands (RECOVER_YOUR_DATA)',
  },
  {
    id: 'warning',
    campaign: 'the ransom notes of January 2017, with nothing else left',
    pattern: /^(?:warning|readme)$/,
    telling: 'weak',
    documents: 5,
    source: 'Percona, "Elasticsearch Ransomware", January 2017 (index warning)',
  },
];

/** The mark of a name and its number of records (null: not known), or null. */
export function attackMark(name: string, documents: number | null): AttackMark | null {
  return attackMarks.find((mark) => mark.pattern.test(name) && (documents ?? 0) <= mark.documents) ?? null;
}

/** A prefix that no person would choose (letters and digits, not the hexadecimal of an id), and a word. */
const randomPrefix = /^(?=[a-z]*\d)(?=\d*[a-z])(?![0-9a-f]+[-_])[a-z0-9]{8,16}[-_]([a-z]{3,20})$/;

/**
 * What names have in common that differ by a random prefix only: the word behind it; null for a name of another form. Of
 * one such name nothing follows; of several empty ones it does (see `reading/attack-traces.ts`).
 */
export function wordBehindRandom(name: string): string | null {
  return randomPrefix.exec(name)?.[1] ?? null;
}
