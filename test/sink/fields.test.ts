// docs/siem/fields.md describes every field that is sent, with its type, and no other.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { datasets } from '../../src/report/index.js';
import { typesSent } from './types-sent.js';

const rows = [
  ...readFileSync('docs/siem/fields.md', 'utf8').matchAll(/^\| `([^`]+)` +\| ([a-z, ]+?) +\| (\w+) +\| (.+?) +\|$/gm),
].map(([, name = '', documents = '', type = '', meaning = '']) => ({
  name,
  documents: documents === 'all' ? [...datasets] : documents.split(', '),
  type,
  meaning,
}));

/** Whether a row is about a field: `*` stands for the last part of its name. */
function isAbout(row: string, field: string): boolean {
  if (!row.endsWith('.*')) return row === field;
  const [start] = row.split('*');
  return field.startsWith(start ?? '') && !field.slice(start?.length).includes('.');
}

t.test('every field that is sent has one row, with its documents and its type', async (t) => {
  const types = await typesSent(t);
  const described = new Set<string>();
  for (const [dataset, fields] of types) {
    for (const [field, [type]] of fields) {
      const named = rows.filter(({ name }) => name === field);
      const about = named.length > 0 ? named : rows.filter(({ name }) => isAbout(name, field));
      t.equal(about.length, 1, `${field} is described once`);
      const [row] = about;
      t.ok(row?.documents.includes(dataset), `${field} is in ${dataset}`);
      t.equal(row?.type, type, `${field}: type`);
      described.add(`${row?.name ?? ''} ${dataset}`);
    }
  }
  t.strictSame(
    rows
      .flatMap(({ name, documents }) => documents.map((dataset) => `${name} ${dataset}`))
      .filter((row) => !described.has(row)),
    [],
    'what is described is sent',
  );
  t.ok(rows.every(({ meaning }) => meaning.length > 3));
});
