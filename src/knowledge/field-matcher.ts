import type { DataClass, FieldMatch } from '../model/observation.js';
import {
  aboutWords,
  fieldClasses,
  innocentChinese,
  joiningWords,
  neutralEndings,
  persons,
  things,
} from './field-classes.js';

type Strength = 'strong' | 'weak' | 'ofPerson';

interface Phrase {
  readonly class: DataClass;
  readonly words: readonly string[];
  readonly strength: Strength;
}

interface Word {
  readonly text: string;
  /** Position of the path's segment it stands in. */
  readonly segment: number;
}

/** Characters of a name that are looked at: a longer one is no name that somebody gave a field. */
const longest = 300;

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

const phrases: readonly Phrase[] = fieldClasses.flatMap(({ id, names }) =>
  Object.values(names).flatMap((ofLanguage) =>
    (['strong', 'weak', 'ofPerson'] as const).flatMap((strength) =>
      (ofLanguage[strength] ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .flatMap((name) => spellings(name).map((spelt) => ({ class: id, words: spelt.split(/\s+/), strength }))),
    ),
  ),
);

const byFirstWord = new Map<string, Phrase[]>();
const chinesePhrases: Phrase[] = [];
for (const phrase of phrases) {
  const [first = ''] = phrase.words;
  if (han.test(first)) chinesePhrases.push(phrase);
  else byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), phrase]);
}

const personWords = new Set(persons);
const thingWords = new Set(things);
const joining = new Set(joiningWords);
const neutral = new Set([...neutralEndings, ...joiningWords]);
const about = new Set(aboutWords);

/** Words that a glued name may be taken apart into. */
const known: ReadonlySet<string> = new Set(
  [...phrases.flatMap(({ words }) => words), ...persons, ...things, ...neutralEndings, ...aboutWords].filter(
    (word) => word.length >= 3 && !han.test(word),
  ),
);

/** Shorter words that a glued name may end in. */
const shortEndings: ReadonlySet<string> = new Set(['id', 'no', 'nr', 'ip']);

const wordsAtMost = 4;

/** A glued name in known words (`fullname`, `telefonnummer`), the longest first; null where it is not made of them only. */
function unglued(text: string, most = wordsAtMost): string[] | null {
  if (known.has(text) || shortEndings.has(text)) return [text];
  if (most === 1) return null;
  for (let length = Math.min(text.length - 2, 30); length >= 3; length--) {
    const head = text.slice(0, length);
    if (!known.has(head)) continue;
    const rest = unglued(text.slice(length), most - 1);
    if (rest !== null) return [head, ...rest];
  }
  return null;
}

/** The words of one segment: by case, by separators, by digits, and glued words apart. Numbers are left out. */
function wordsOf(segment: string): string[] {
  return segment
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{Script=Han}+)/gu, ' $1 ')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((part) => part !== '')
    .flatMap((part) => {
      if (han.test(part)) return [part];
      const word = folded(part);
      return word.length < 5 ? [word] : (unglued(word) ?? [word]);
    });
}

/** Whether the name of an index tells of persons or of what is theirs: `citizens`, `patient_records`, `passports`. */
export function tellsOfPersons(index: string): boolean {
  return wordsOf(index.slice(0, longest)).some((word) => personWords.has(word)) || classesOfField(index).length > 0;
}

/** The classes that only indices of persons have two of: in such an index a bare `name` or `city` is a person's. */
const ofPersons: ReadonlySet<DataClass> = new Set(['person-name', 'birth-date', 'national-id', 'phone']);

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

/**
 * The classes of data that the fields of one index speak of, field by field. Fields tell of each other: where two of an
 * index's fields can only be a person's, its bare `name` and `city` are a person's too. Of an index made from the template
 * of the Elastic Common Schema the schema's own fields are weak: they stand in the mapping, filled or not.
 *
 * @param index name of the index, '' where it is not known
 */
export function classesOfFields(paths: readonly string[], index = ''): ClassedField[] {
  const named = wordsOf(index.slice(0, longest)).some((word) => personWords.has(word));
  const first = paths.map((path) => ({ path, matches: classesOf(path, named) }));
  const template = paths.includes(commonSchema);
  const seen = new Set(
    first.flatMap(({ matches }) =>
      matches.filter(({ certainty }) => certainty === 'strong').map((match) => match.class),
    ),
  );
  const persons = !named && !template && [...seen].filter((of) => ofPersons.has(of)).length >= 2;
  const found = persons ? paths.map((path) => ({ path, matches: classesOf(path, true) })) : first;
  return found.map(({ path, matches }) =>
    template && commonSchemaParts.has(path.split('.', 1)[0] ?? '')
      ? { path, matches: matches.map((match) => ({ ...match, certainty: 'weak' })) }
      : { path, matches },
  );
}

/**
 * The classes of data that the name of one field speaks of. The name is read word by word, never as a piece of text, so
 * that `filename`, `hostname` or `email_sent_count` are none.
 *
 * @param path the field's path, its parts separated by dots
 */
export function classesOfField(path: string): readonly FieldMatch[] {
  return classesOf(path, false);
}

/** @param inPersons true where the index holds persons: then what may be a person's is one */
function classesOf(path: string, inPersons: boolean): FieldMatch[] {
  const segments = path
    .slice(0, longest)
    .split('.')
    .filter((segment) => segment !== '');
  const words: Word[] = segments.flatMap((segment, at) => wordsOf(segment).map((text) => ({ text, segment: at })));
  const leaf = segments.length - 1;
  const found = new Map<DataClass, FieldMatch['certainty']>();
  const add = (phrase: Phrase, certainty: FieldMatch['certainty'] | null) => {
    if (certainty === null || found.get(phrase.class) === 'strong') return;
    found.set(phrase.class, certainty);
  };
  words.forEach((word, start) => {
    if (han.test(word.text)) {
      if (word.segment !== leaf) return;
      for (const phrase of inChinese(word.text)) add(phrase, phrase.strength === 'strong' ? 'strong' : 'weak');
      return;
    }
    for (const phrase of byFirstWord.get(word.text) ?? []) {
      if (phrase.words.every((each, i) => words[start + i]?.text === each))
        add(phrase, certaintyOf(phrase, words, start, leaf, inPersons));
    }
  });
  return [...found].map(([of, certainty]) => ({ class: of, certainty }));
}

/** How certain the phrase that begins at `start` is; null where its surroundings make it something else. */
function certaintyOf(
  phrase: Phrase,
  words: readonly Word[],
  start: number,
  leaf: number,
  inPersons: boolean,
): FieldMatch['certainty'] | null {
  const end = start + phrase.words.length;
  const before = words.slice(0, start).map(({ text }) => text);
  const after = words.slice(end).map(({ text }) => text);
  const shaped = after.every((text) => neutral.has(text) || personWords.has(text));
  // A name higher up in the path counts only where nothing but its form stands below it: `diagnosis.code`.
  const segment = words[end - 1]?.segment ?? -1;
  if (segment !== leaf && !(segment === leaf - 1 && shaped)) return null;
  if (after.some((text) => about.has(text))) return null;
  const first = words.findIndex((word) => word.segment === leaf);
  if (first < start && about.has(words[first]?.text ?? '')) return null;
  if (phrase.strength === 'strong') return shaped ? 'strong' : 'weak';
  if (!shaped) return null;
  const previous = before.findLast((text) => !joining.has(text)) ?? '';
  if (isThing(previous)) return null;
  const person = before.some((text) => personWords.has(text)) || after.some((text) => personWords.has(text));
  if (phrase.strength === 'weak') return person || inPersons ? 'strong' : 'weak';
  const bare = before.every((text) => neutral.has(text));
  return person || (inPersons && bare) ? 'strong' : null;
}

/** True for a thing that is no person: what it has a name or an address of is its own. */
function isThing(word: string): boolean {
  return thingWords.has(word) && !personWords.has(word);
}

function inChinese(text: string): Phrase[] {
  const rest = innocentChinese.reduce((left, innocent) => left.replaceAll(innocent, ' '), text);
  return chinesePhrases.filter(({ words }) => rest.includes(words.join('')));
}
