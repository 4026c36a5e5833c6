import { readFileSync } from 'node:fs';
import { dataClasses, type DataClass } from '../../src/model/observation.js';
import { classesOfField, classesOfFields } from '../../src/knowledge/field-matcher.js';
import type { ClassedField } from '../../src/knowledge/field-matcher.js';

/** A field name of a labelled list, with the classes that it speaks of by what its source says of it. */
export interface LabelledName {
  readonly path: string;
  readonly classes: readonly DataClass[];
}

/** Names from one source; `index` where they are the fields of one index or table, and what it is called. */
export interface NameBlock {
  readonly source: string;
  readonly index: string | null;
  readonly names: readonly LabelledName[];
}

/** Reads a list: `@ source | index` begins a block, `path = class class` is a name, a path alone an innocent one. */
export function readNames(list: 'tuned' | 'rounds'): NameBlock[] {
  const text = readFileSync(new URL(`field-names/${list}.txt`, import.meta.url), 'utf8');
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
  const classes = labels.split(' ').filter((label) => label !== '');
  return { path, classes: dataClasses.filter((of) => classes.includes(of)) };
}

/** What the matcher says of a block, name by name. */
export function classed({ index, names }: NameBlock): readonly ClassedField[] {
  const paths = names.map(({ path }) => path);
  return index === null
    ? paths.map((path) => ({ path, matches: classesOfField(path) }))
    : classesOfFields(paths, index);
}

/** How well the matcher does on a list, over pairs of name and class: of all matches, and of the strong ones alone. */
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
  let [names, innocent, pairs, found, right, strong, strongRight] = [0, 0, 0, 0, 0, 0, 0];
  for (const block of blocks) {
    const said = classed(block);
    block.names.forEach(({ classes }, i) => {
      names += 1;
      if (classes.length === 0) innocent += 1;
      pairs += classes.length;
      for (const match of said[i]?.matches ?? []) {
        const hit = classes.includes(match.class) ? 1 : 0;
        found += 1;
        right += hit;
        if (match.certainty !== 'strong') continue;
        strong += 1;
        strongRight += hit;
      }
    });
  }
  return {
    names,
    innocent,
    pairs,
    precision: right / found,
    recall: right / pairs,
    strongPrecision: strongRight / strong,
    strongRecall: strongRight / pairs,
  };
}
