import { readFileSync } from 'node:fs';
import { dataClasses, type DataClass } from '../../src/model/observation.js';
import { classesOfField, classesOfFields } from '../../src/knowledge/field-matcher.js';
import type { ClassedField } from '../../src/knowledge/field-matcher.js';

/** The lists in `field-names/`: two that the matcher was improved with, and one on which nothing may be tuned. */
export type NameList = 'tuned' | 'rounds' | 'blind';

/** A field name of a labelled list, with the classes its source gives it, and those that would be equally right. */
export interface LabelledName {
  readonly path: string;
  readonly classes: readonly DataClass[];
  readonly alsoOk: readonly DataClass[];
}

/** Names from one source; `index` where they are the fields of one index or table, and what it is called. */
export interface NameBlock {
  readonly source: string;
  readonly index: string | null;
  readonly names: readonly LabelledName[];
}

/**
 * Reads a list: `@ source | index` begins a block, `path = class class` is a name, a path alone an innocent one.
 * In `path = class or class`, what follows `or` is equally right. Text before the first block is a note to the reader.
 */
export function readNames(list: NameList): NameBlock[] {
  const text = readFileSync(`test/knowledge/field-names/${list}.txt`, 'utf8');
  return text
    .split(/^@ /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.trim().split('\n');
      const [source = '', index = null] = head.split(' | ');
      return { source, index, names: lines.filter((line) => line !== '').map(readName) };
    });
}

function readName(line: string): LabelledName {
  const [path = '', labels = ''] = line.split(' = ');
  const [classes = [], alsoOk = []] = labels.split(' or ').map((side) => {
    const words = side.split(' ');
    return dataClasses.filter((of) => words.includes(of));
  });
  return { path, classes, alsoOk };
}

/** What the matcher says of a block, name by name. */
export function classed({ index, names }: NameBlock): readonly ClassedField[] {
  const paths = names.map(({ path }) => path);
  return index === null
    ? paths.map((path) => ({ path, matches: classesOfField(path) }))
    : classesOfFields(paths, index);
}

/**
 * How well the matcher does on a list, over pairs of name and class: of all matches, and of the strong ones alone.
 * An equally right class counts as right, and as finding a pair of its name.
 */
export interface Figures {
  readonly names: number;
  readonly innocent: number;
  readonly pairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly strongPrecision: number;
  readonly strongRecall: number;
}

/** Measures the matcher on a list. */
export function measure(blocks: readonly NameBlock[]): Figures {
  let [names, innocent, pairs] = [0, 0, 0];
  const all = { said: 0, right: 0, pairs: 0 };
  const strong = { said: 0, right: 0, pairs: 0 };
  for (const block of blocks) {
    const said = classed(block);
    block.names.forEach(({ classes, alsoOk }, i) => {
      names += 1;
      if (classes.length === 0) innocent += 1;
      pairs += classes.length;
      const matches = said[i]?.matches ?? [];
      const count = (sum: typeof all, some: typeof matches) => {
        const right = some.filter((match) => [...classes, ...alsoOk].includes(match.class)).length;
        sum.said += some.length;
        sum.right += right;
        sum.pairs += Math.min(right, classes.length);
      };
      count(all, matches);
      count(
        strong,
        matches.filter(({ certainty }) => certainty === 'strong'),
      );
    });
  }
  return {
    names,
    innocent,
    pairs,
    precision: all.right / all.said,
    recall: all.pairs / pairs,
    strongPrecision: strong.right / strong.said,
    strongRecall: strong.pairs / pairs,
  };
}
