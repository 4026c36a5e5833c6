// Matches names of fields with classes of personal data.
import type { DataClass, FieldMatch } from '../model/observation.js';
import {
  aboutWords,
  fieldClasses,
  innocentChinese,
  innocentNames,
  joiningWords,
  machines,
  neutralEndings,
  persons,
  personIndices,
  personTraits,
  revealing,
  things,
  type FieldNames,
} from './field-classes.js';

type Strength = 'strong' | 'weak' | 'ofPerson';

/** What a listed name means. */
interface Meaning {
  readonly class: DataClass | 'innocent';
  readonly strength: Strength;
}

interface Phrase extends Meaning {
  readonly words: readonly string[];
}

interface Word {
  readonly text: string;
  /** Position of its segment in the path. */
  readonly segment: number;
}

/**
 * Characters and words of a name that are looked at, the last ones of a path: a longer one is not a name that a person gave a
 * field.
 */
const longest = 300;
const wordsRead = 16;

const han = /\p{Script=Han}/u;

/** Lower case without accents; `ß` as it is written in names. */
function folded(text: string): string {
  return text.replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The ways a listed name is written: umlauts as a vowel or as two. */
function spellings(name: string): string[] {
  const two = name.replace(/[äöü]/g, (umlaut) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[umlaut] ?? umlaut);
  return [...new Set([folded(name), folded(two)])];
}

const strengths: readonly Strength[] = ['strong', 'weak', 'ofPerson'];

/** All meanings that a listed name may have. */
const meanings: readonly Meaning[] = [
  ...fieldClasses.flatMap(({ id }) => strengths.map((strength): Meaning => ({ class: id, strength }))),
  { class: 'innocent', strength: 'strong' },
];

/** All listed names, and then what is innocent. */
function listedPhrases(): Phrase[] {
  const classed = fieldClasses.flatMap(({ id, names }) =>
    Object.values(names).flatMap((ofLanguage) =>
      strengths.flatMap((strength) =>
        (ofLanguage[strength] ?? '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .flatMap((name) => spellings(name).map((spelt) => ({ class: id, words: spelt.split(/\s+/), strength }))),
      ),
    ),
  );
  const innocent = innocentNames.map((name): Phrase => ({
    class: 'innocent',
    words: folded(name).split(' '),
    strength: 'strong',
  }));
  return [...classed, ...innocent];
}

const personWords = new Set(persons);
const indexWords = new Set(personIndices);
const thingWords = new Set(things);
const joining = new Set(joiningWords);
const neutral = new Set([...neutralEndings, ...joiningWords]);
const about = new Set(aboutWords);
const machineWords = new Set(machines);
const revealingWords = new Set(revealing);

/** What a document says of how long it holds: a part of the document. */
const validityWords = new Set('expiry expiration expires issue issued valid until date'.split(' '));

/** Classes of which a state or a kind reveals as much as the thing itself: `vaccination_status`, `is_pregnant`, `crime_type`. */
const revealingClasses: ReadonlySet<string> = new Set([
  'health',
  'police-court',
  'religion',
  'ethnicity',
  'politics',
  'minor',
] satisfies DataClass[]);

/** Letters of a pinyin word at least: shorter ones are initials (`xm`), which anything may hold. */
const pinyinAtLeast = 6;

/** The single words of listed names. */
function wordsIn({ strong = '', weak = '', ofPerson = '' }: FieldNames): string[] {
  return `${strong}, ${weak}, ${ofPerson}`
    .split(',')
    .flatMap((name) => spellings(name.trim()).flatMap((spelt) => spelt.split(' ')));
}

/** Words that look as if they were made of others and are not. */
const ordinary: ReadonlySet<string> = new Set(
  'facebook facetime placeholder placeholders membership memberships ownership forward backward forwarded macbook notebook guestbook handbook generation generations generate generated generating generator alternation percentage sponsorship partnership relationship scorecard flashcard discard discarded workstation playstation substation lifecycle screenshot snapshot headline baseline timeline'.split(
    ' ',
  ),
);

/** Words of three letters that glued names are made of; any other would take ordinary words apart (`pro` and `file`). */
const shortParts: ReadonlySet<string> = new Set(
  'tel fax dob ssn zip pin mac sim num nro nom nac nam fec cod bic ahv ort plz geb tag kfz pwd key sex age day map url pan sms dni gps lat lon lng mrn icd vin'.split(
    ' ',
  ),
);

/** Shorter words that a glued name may end in. */
const shortEndings: ReadonlySet<string> = new Set(['id', 'no', 'nr', 'ip']);

const wordsAtMost = 4;

/** The listed names, as they are looked up. */
interface Lookup {
  /** Words that a glued name may be taken apart into. */
  readonly known: ReadonlySet<string>;
  /**
   * The shorter ones first, as lines (a number of {@link meanings}, then the words) until a field has their word: as
   * objects all of them take 5 MB, and few are ever met.
   */
  readonly byFirstWord: Map<string, string | readonly Phrase[]>;
  /** Chinese names by their first character, the longest first. */
  readonly byFirstCharacter: ReadonlyMap<string, readonly (readonly [name: string, phrases: readonly Phrase[]])[]>;
}

let made: Lookup | null = null;

/** Made when it is needed first: that takes 0.1 s, and many runs see no field. */
function lookup(): Lookup {
  return (made ??= makeLookup());
}

function makeLookup(): Lookup {
  const phrases = listedPhrases();
  const known = knownWords(phrases);
  const lines = new Map<string, string[]>();
  const chinese = new Map<string, Phrase[]>();
  const apart = phrases.map((each) => takenApart(each, known)).sort((a, b) => a.words.length - b.words.length);
  for (const phrase of apart) {
    const name = phrase.words.join('');
    if (han.test(name)) append(chinese, name, phrase);
    else append(lines, phrase.words[0] ?? '', lineOf(phrase));
  }
  for (const name of innocentChinese.map((each) => each.toLowerCase()))
    chinese.set(name, [{ class: 'innocent', words: [name], strength: 'strong' }]);
  const byFirstCharacter = new Map<string, [string, Phrase[]][]>();
  for (const entry of [...chinese].sort(([a], [b]) => b.length - a.length))
    append(byFirstCharacter, entry[0].charAt(0), entry);
  return {
    known,
    byFirstWord: new Map([...lines].map(([word, list]) => [word, list.join('\n')])),
    byFirstCharacter,
  };
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function knownWords(phrases: readonly Phrase[]): ReadonlySet<string> {
  const words = [...persons, ...things, ...machines, ...neutralEndings, ...aboutWords];
  const known = new Set(
    [
      ...fieldClasses.flatMap(({ names: { pinyin, ...others } }) => [
        ...Object.values(others).flatMap(wordsIn),
        ...wordsIn(pinyin ?? {}).filter((word) => word.length >= pinyinAtLeast),
      ]),
      ...words,
    ].filter((word) => word.length >= 3 && !han.test(word) && !joining.has(word)),
  );
  // A word that is listed within longer names only and is made of others (`firstname`) is not a word of its own.
  const wholes = new Set([...phrases.flatMap((phrase) => (phrase.words.length === 1 ? phrase.words : [])), ...words]);
  for (const word of [...known]) {
    if (wholes.has(word)) continue;
    known.delete(word);
    if (unglued(word, known) === null) known.add(word);
  }
  return known;
}

/** A glued name in known words (`fullname`, `telefonnummer`), the longest first; null where it is not made of them only. */
function unglued(text: string, known: ReadonlySet<string>, most = wordsAtMost): string[] | null {
  const whole = text.length === 3 && most < wordsAtMost ? shortParts.has(text) : known.has(text);
  if (whole || shortEndings.has(text)) return [text];
  if (most === 1 || text.length > 30 * most) return null;
  for (let length = Math.min(text.length - 2, 30); length >= 3; length--) {
    const head = text.slice(0, length);
    if (!known.has(head) || (length === 3 && !shortParts.has(head))) continue;
    const rest = unglued(text.slice(length), known, most - 1);
    if (rest !== null) return [head, ...rest];
    // German joins its words with an `s` or an `n`: `versicherungsnummer`, `krankenkassenstatus`
    const isJoint = length >= 5 && /[sn]/.test(text[length] ?? '');
    const joint = isJoint ? unglued(text.slice(length + 1), known, most - 1) : null;
    if (joint !== null) return [head, ...joint];
  }
  return null;
}

/** A listed name with its own glued words taken apart as those of a field are: `child firstname` is `child first name`. */
function takenApart(phrase: Phrase, known: ReadonlySet<string>): Phrase {
  return phrase.words.length === 1 ? phrase : { ...phrase, words: phrase.words.flatMap((word) => parted(word, known)) };
}

function parted(word: string, known: ReadonlySet<string>): string[] {
  return word.length < 5 || ordinary.has(word) ? [word] : (unglued(word, known) ?? [word]);
}

function lineOf(phrase: Phrase): string {
  const meaning = meanings.findIndex((each) => each.class === phrase.class && each.strength === phrase.strength);
  return `${meaning} ${phrase.words.join(' ')}`;
}

/** What {@link lineOf} wrote, read back. */
function phraseOf(line: string): Phrase {
  const [at, ...words] = line.split(' ');
  const meaning = meanings[Number(at)];
  if (meaning === undefined) throw new Error(`no meaning of that number: ${line}`);
  return { ...meaning, words };
}

/** The names that begin with a word, the shorter ones first. */
function beginningWith(word: string): readonly Phrase[] {
  const { byFirstWord } = lookup();
  const found = byFirstWord.get(word) ?? [];
  if (typeof found !== 'string') return found;
  const phrases = found.split('\n').map(phraseOf);
  byFirstWord.set(word, phrases);
  return phrases;
}

/** The names that begin at a word, the shorter ones first. */
function phrasesAt(words: readonly Word[], start: number): readonly Phrase[] {
  const beginning = beginningWith(words[start]?.text ?? '');
  return beginning.filter((phrase) => phrase.words.every((word, at) => word === words[start + at]?.text));
}

/** The words of one segment: by case, by separators, by digits, and glued words apart. Numbers are left out. */
function wordsOf(segment: string): string[] {
  return segment
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{Script=Han}+)/gu, ' $1 ')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((part) => part !== '')
    .flatMap((part) => (han.test(part) ? [] : partsOf(part)));
}

/** Parts that were taken apart already: the fields of an index, and of one cluster, share most of their words. */
const takenApartAlready = new Map<string, readonly string[]>();
const rememberedAtMost = 5_000;

function partsOf(part: string): readonly string[] {
  const before = takenApartAlready.get(part);
  if (before !== undefined) return before;
  const word = folded(part);
  const parts = parted(word, lookup().known);
  if (takenApartAlready.size === rememberedAtMost) takenApartAlready.clear();
  takenApartAlready.set(part, parts);
  return parts;
}

/** Whether the name of an index refers to persons or to what is theirs: `citizens`, `patient_records`, `passports`. */
export function tellsOfPersons(index: string): boolean {
  return wordsOf(index.slice(0, longest)).some((word) => personWords.has(word)) || classesOfField(index).length > 0;
}

/** The classes that only indices of persons have two of: in such an index a bare `name` or `city` is a person's. */
const ofPersons: ReadonlySet<string> = new Set(['person-name', 'birth-date', 'national-id', 'phone', 'trait']);

/** Names of traits that only persons have. They are of no class, and tell that an index is about persons. */
const traits = new Set(personTraits);

/** The field by which an index shows that it follows the Elastic Common Schema. */
export const commonSchema = 'ecs.version';

/** The first parts of the fields of that schema. Its templates map all of them, whether anything is written there or not. */
const commonSchemaParts: ReadonlySet<string> = new Set(
  'agent client cloud container data_stream destination device dll dns ecs email error event faas file group hash host http labels log network observer orchestrator organization os package process registry related rule server service source span threat tls trace transaction url user user_agent vulnerability'.split(
    ' ',
  ),
);

/** A field with the classes that its name speaks of. */
export interface ClassedField {
  readonly path: string;
  readonly matches: readonly FieldMatch[];
}

/** What else is around a name and says how to read it. */
interface Surroundings {
  /** True where the index holds persons: then what may be a person's is one. */
  readonly inPersons: boolean;
  /** A word that the fields of the index begin with (`pac_nombre`, `pac_curp`), folded: it says nothing; '' for none. */
  readonly prefix: string;
}

const alone: Surroundings = { inPersons: false, prefix: '' };

/** Fields that share a first word, from which on it is taken for a prefix, and the part of all of them that they make up. */
const prefixAtLeast = { fields: 4, part: 0.6 } as const;

/** The word that most fields of an index begin with; '' for none. A word that is a name of its own is not a prefix. */
function prefixOf(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const first = /^(\p{L}{1,12})[_-]/u.exec(path)?.[1];
    if (first !== undefined) counts.set(folded(first), (counts.get(folded(first)) ?? 0) + 1);
  }
  const [word = '', count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return count >= prefixAtLeast.fields && count >= prefixAtLeast.part * paths.length ? word : '';
}

/**
 * The classes of data that the fields of one index speak of, field by field. Fields tell of each other: where two of an
 * index's fields can only be a person's, its bare `name` and `city` are a person's too, and what most of them begin with is
 * a prefix. Of an index made from the template of the Elastic Common Schema the schema's own fields are weak: they are in
 * the mapping, filled or not.
 *
 * @param index name of the index, '' where it is not known
 */
export function classesOfFields(paths: readonly string[], index = ''): ClassedField[] {
  const prefix = prefixOf(paths);
  const named =
    personWords.has(prefix) ||
    wordsOf(index.slice(0, longest)).some((word) => personWords.has(word) || indexWords.has(word));
  const first = paths.map((path) => ({ path, matches: classesOf(path, { inPersons: named, prefix }) }));
  const template = paths.includes(commonSchema);
  const seen = new Set<string>(
    first.flatMap(({ matches }) =>
      matches.filter(({ certainty }) => certainty === 'strong').map((match) => match.class),
    ),
  );
  if (paths.some((path) => traits.has(folded(path.slice(path.lastIndexOf('.') + 1))))) seen.add('trait');
  const persons = !named && !template && [...seen].filter((of) => ofPersons.has(of)).length >= 2;
  const found = persons
    ? paths.map((path) => ({ path, matches: classesOf(path, { inPersons: true, prefix }) }))
    : first;
  return found.map(({ path, matches }) =>
    template && commonSchemaParts.has(path.split('.', 1)[0] ?? '')
      ? { path, matches: matches.map((match) => ({ ...match, certainty: 'weak' })) }
      : { path, matches },
  );
}

/**
 * The classes of data that the name of one field speaks of. The name is read word by word, never as a piece of text, so
 * that `filename`, `hostname` or `email_sent_count` do not match.
 *
 * @param path the field's path, its parts separated by dots
 */
export function classesOfField(path: string): readonly FieldMatch[] {
  return classesOf(path, alone);
}

/** A listed name found in a field's words. */
interface Hit {
  readonly phrase: Phrase;
  readonly start: number;
  /** Behind its last word, and behind the words that only give the form of its value. */
  readonly end: number;
  readonly reach: number;
}

function classesOf(path: string, around: Surroundings): FieldMatch[] {
  const segments = path
    .slice(0, longest)
    .split('.')
    .filter((segment) => segment !== '');
  const words: Word[] = segments
    .flatMap((segment, at) =>
      withoutPrefix(wordsOf(segment), at === 0 ? around.prefix : '').map((text) => ({ text, segment: at })),
    )
    .slice(-wordsRead);
  const found = new Map<DataClass, FieldMatch['certainty']>();
  const add = (of: DataClass, certainty: FieldMatch['certainty']) => {
    if (found.get(of) !== 'strong') found.set(of, certainty);
  };
  const last = segments.at(-1) ?? '';
  if (han.test(last))
    for (const { class: of, strength } of inChinese(folded(last)))
      if (of !== 'innocent') add(of, strength === 'strong' ? 'strong' : 'weak');
  const leaf = segments.length - 1;
  const hits = words
    .flatMap((_, start) =>
      phrasesAt(words, start).map((phrase): Hit => {
        const end = start + phrase.words.length;
        let reach = end;
        const isForm = (text: string) =>
          neutral.has(text) || (revealingClasses.has(phrase.class) && revealingWords.has(text));
        while (reach < words.length && isForm(words[reach]?.text ?? '')) reach += 1;
        return { phrase, start, end, reach };
      }),
    )
    .map((hit) => ({ ...hit, certainty: certaintyOf(hit.phrase, words, hit.start, leaf, around) }));
  for (const hit of hits) {
    const { class: of } = hit.phrase;
    if (hit.certainty === null || of === 'innocent' || found.get(of) === 'strong') continue;
    if (hits.some((other) => silences(other, hit))) continue;
    add(of, hit.certainty);
  }
  // What is below a sensitive thing and means nothing by itself is a part of it: `lab_results.hba1c`.
  if (found.size === 0)
    for (const { phrase, end } of hits) {
      const above = (words[end - 1]?.segment ?? leaf) < leaf && words[end]?.segment !== words[end - 1]?.segment;
      if (above && isPartOf(phrase, words.slice(end))) add(phrase.class, 'weak');
    }
  return [...found].map(([of, certainty]) => ({ class: of, certainty }));
}

/**
 * Whether one name that was found takes the place of another, as the longer one does of the one within it: `id card` with its
 * `no` is not a `card no`, and a `user agent name` no `name`. What says of whom something is (a child) takes the place of
 * nothing.
 */
function silences(other: Hit & { readonly certainty: FieldMatch['certainty'] | null }, hit: Hit): boolean {
  if (other.certainty === null || other.phrase.class === 'minor') return false;
  const within = other.start <= hit.start && hit.end <= other.end && hit.end - hit.start < other.end - other.start;
  const inItsTail = other.start < hit.start && hit.start < other.end && hit.end <= other.reach;
  return within || inItsTail;
}

/** Whether the words below a sensitive thing are a part of it, and not about it. */
function isPartOf(phrase: Phrase, below: readonly Word[]): phrase is Phrase & { readonly class: DataClass } {
  return (
    phrase.strength === 'strong' &&
    revealingClasses.has(phrase.class) &&
    !personWords.has(phrase.words.at(-1) ?? '') &&
    below.every(({ text }) => !about.has(text) && !machineWords.has(text) && !thingWords.has(text))
  );
}

function withoutPrefix(words: readonly string[], prefix: string): readonly string[] {
  return prefix !== '' && words.length > 1 && words[0] === prefix ? words.slice(1) : words;
}

/** How certain the phrase that begins at `start` is; null where its surroundings make it something else. */
function certaintyOf(
  phrase: Phrase,
  words: readonly Word[],
  start: number,
  leaf: number,
  { inPersons }: Surroundings,
): FieldMatch['certainty'] | null {
  if (phrase.class === 'innocent') return 'strong';
  const end = start + phrase.words.length;
  const before = words.slice(0, start).map(({ text }) => text);
  const after = words.slice(end).map(({ text }) => text);
  const revealing = phrase.strength === 'strong' && revealingClasses.has(phrase.class);
  const dated = phrase.strength === 'strong' && phrase.class === 'national-id';
  const isForm = (text: string) =>
    neutral.has(text) || (revealing && revealingWords.has(text)) || (dated && validityWords.has(text));
  const shaped = after.every((text) => isForm(text) || personWords.has(text));
  // A name higher up in the path counts only where nothing but its form is below it: `diagnosis.code`.
  if (words[end - 1]?.segment !== leaf && !shaped) return null;
  if (after.some((text) => !isForm(text) && (about.has(text) || machineWords.has(text)))) return null;
  const first = words.findIndex((word) => word.segment === leaf);
  const opening = words[first]?.text ?? '';
  if (first < start && about.has(opening) && !(revealing && revealingWords.has(opening))) return null;
  const previous = before.findLast((text) => !joining.has(text)) ?? '';
  if (personWords.has(phrase.words[0] ?? '') && machineWords.has(previous)) return null;
  // `patient_phone` says whose it is.
  if (!shaped && personWords.has(phrase.words.at(-1) ?? '')) return null;
  if (phrase.strength === 'strong') return shaped ? 'strong' : 'weak';
  if (!shaped) return null;
  if (isThing(previous)) return null;
  const person = before.some((text, i) => isPerson(text, before[i - 1])) || after.some((text) => personWords.has(text));
  if (phrase.strength === 'weak') return person || inPersons ? 'strong' : 'weak';
  const bare = before.every((text) => neutral.has(text) || text.length === 1);
  return person || (inPersons && bare) ? 'strong' : null;
}

/** A word for a person, unless it is the name of a machine's part: `process.parent`, `service.client`. */
function isPerson(word: string, previous: string | undefined): boolean {
  return personWords.has(word) && !(previous !== undefined && machineWords.has(previous));
}

/** True for a thing that is not a person: what it has a name or an address of is its own. */
function isThing(word: string): boolean {
  return thingWords.has(word) && !personWords.has(word);
}

/** Classes that a person's name stands for, and that it does not pass on to what is that person's. */
const whoseClasses: ReadonlySet<Phrase['class']> = new Set(['person-name', 'health', 'travel'] as const);

/** The names in a Chinese text, from left to right, the longest first: a name within one that was found is not found again. */
function inChinese(text: string): Phrase[] {
  const found: Phrase[] = [];
  for (let at = 0; at < text.length; at++) {
    const match = lookup()
      .byFirstCharacter.get(text.charAt(at))
      ?.find(([name]) => text.startsWith(name, at));
    if (match === undefined) continue;
    // A person before something else only says whose it is: `联系人电话` is a phone.
    const whose = /[人者员客]$/u.test(match[0]) && at + match[0].length < text.length;
    found.push(...match[1].filter(({ class: of }) => !(whose && whoseClasses.has(of))));
    at += match[0].length - 1;
  }
  return found;
}
