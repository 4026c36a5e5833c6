// The rows of docs/siem/fields.md: what it says of each field that `send` writes.
import { readFileSync } from 'node:fs';
import { datasets } from '../../src/report/index.js';

/** A field, or with `*` several of one kind. */
export interface DocumentedField {
  readonly name: string;
  readonly documents: readonly string[];
  readonly type: string;
  readonly meaning: string;
}

export const documentedFields: readonly DocumentedField[] = [
  ...readFileSync('docs/siem/fields.md', 'utf8').matchAll(/^\| `([^`]+)` +\| ([a-z, ]+?) +\| (\w+) +\| (.+?) +\|$/gm),
].map(([, name = '', documents = '', type = '', meaning = '']) => ({
  name,
  documents: documents === 'all' ? [...datasets] : documents.split(', '),
  type,
  meaning,
}));

/** The rows about a field: its own, else the one whose `*` stands for the last part of its name. */
export function rowsAbout(field: string): readonly DocumentedField[] {
  const named = documentedFields.filter(({ name }) => name === field);
  if (named.length > 0) return named;
  return documentedFields.filter(({ name }) => {
    const [start = ''] = name.split('*');
    return name.endsWith('.*') && field.startsWith(start) && !field.slice(start.length).includes('.');
  });
}
