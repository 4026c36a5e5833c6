import t from 'tap';
import { classesOfFields } from '../../src/knowledge/field-matcher.js';
import { dataClasses, type DataClass } from '../../src/model/observation.js';
import { registry } from '../live/lab/registry.js';

/** Paths of the leaves of a record, as a mapping would have them. */
function paths(record: object, above = ''): string[] {
  return Object.entries(record).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? paths(value, `${above}${name}.`)
      : [`${above}${name}`],
  );
}

t.test("the lab's registers: every class is recognised for certain, each in its index", (t) => {
  const seen = new Set<DataClass>();
  for (const { name, classes, record } of registry) {
    const found = classesOfFields(paths(record(0)), name).flatMap(({ matches }) =>
      matches.flatMap((match) => (match.certainty === 'strong' ? [match.class] : [])),
    );
    t.strictSame([...new Set(found)].sort(), [...classes].sort(), name);
    for (const of of found) seen.add(of);
  }
  t.strictSame([...seen].sort(), [...dataClasses].sort());
  t.end();
});
