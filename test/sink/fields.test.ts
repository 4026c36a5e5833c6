// docs/siem/fields.md describes every field that is sent, with its type, and no other.
import t from 'tap';
import { documentedFields, rowsAbout } from './documented-fields.js';
import { typesSent } from './types-sent.js';

t.test('every field that is sent has one row, with its documents and its type', async (t) => {
  const types = await typesSent(t);
  const described = new Set<string>();
  for (const [dataset, fields] of types) {
    for (const [field, [type]] of fields) {
      const about = rowsAbout(field);
      t.equal(about.length, 1, `${field} is described once`);
      const [row] = about;
      t.ok(row?.documents.includes(dataset), `${field} is in ${dataset}`);
      t.equal(row?.type, type, `${field}: type`);
      described.add(`${row?.name ?? ''} ${dataset}`);
    }
  }
  t.strictSame(
    documentedFields
      .flatMap(({ name, documents }) => documents.map((dataset) => `${name} ${dataset}`))
      .filter((row) => !described.has(row)),
    [],
    'what is described is sent',
  );
  t.ok(documentedFields.every(({ meaning }) => meaning.length > 3));
});
