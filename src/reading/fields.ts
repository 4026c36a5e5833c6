// What names of fields tell of what an index holds.
import { kindOf } from '../catalogue/index-names.js';
import { parseFields, type KeptFields } from '../catalogue/fields.js';
import { classesOfFields } from '../knowledge/field-matcher.js';
import type { EndpointRecord } from '../model/exchange.js';
import {
  allIndices,
  dataClasses,
  type Access,
  type ClassedFields,
  type ClassTotal,
  type ClusterFacts,
  type DataClass,
  type FieldsFacts,
} from '../model/observation.js';
import { answersTo, kept, refs, type Answered } from '../catalogue/exchanges.js';
import { memoised } from '../catalogue/memoise.js';

/** Questions that show fields of several indices by name, and of the one that they were asked of. */
const ofSeveral = ['mapping', 'mapping-more', 'kibana-proxy-mapping', 'kibana-data-view', 'dashboards-mapping'];
const ofOne = ['field-caps', 'dashboard-fields', 'kibana-index-mapping', 'dashboard-all-fields'];

/**
 * Examples that are carried: fields of a class in one index, and indices of a class. Every class is named, and all are counted.
 */
const fieldsAtMost = 20;
const indicesAtMost = 8;

type KeptIndex = KeptFields['indices'][number];

/** The fields that an answer shows, each index under its name; null where it shows none. */
export function fieldsOf(answered: Answered): readonly KeptIndex[] | null {
  const found = kept(answered, parseFields);
  if (found === null) return null;
  const { question, blanks } = answered.exchange;
  const asked = question === 'dashboard-all-fields' ? allIndices : (blanks['index'] ?? '');
  const named = found.indices.map((index) => (index.name === '' ? { ...index, name: asked } : index));
  const shown = named.filter(({ fields }) => fields.length > 0);
  return shown.length === 0 ? null : shown;
}

/**
 * Reads what kind of data is there from the names of fields: of the cluster, or of the one behind a dashboard. Null where
 * nothing is open, or no field was shown.
 */
export function readFields(record: EndpointRecord, access: Access, cluster: ClusterFacts | null): FieldsFacts | null {
  if (access.state !== 'open') return null;
  const answers = answersTo(record, ...ofSeveral, ...ofOne).flatMap((answered) => {
    const shown = fieldsOf(answered);
    return shown === null ? [] : [{ answered, shown }];
  });
  const indices = new Map(answers.flatMap(({ shown }) => shown.map((index) => [index.name, index] as const)));
  if (indices.size === 0) return null;
  const counts = new Map(cluster?.indices?.list.map(({ name, documents }) => [name, documents]));
  const searched = cluster?.searchPermittedOn ?? null;
  const countOf = (name: string) => counts.get(name) ?? (searched?.index === name ? searched.documents : null);
  const found = [...indices.values()].flatMap((index) => classesOf(index, countOf(index.name)));
  const own = cluster?.indices ?? null;
  const views = answers.some(({ answered }) => answered.exchange.question === 'kibana-data-view');
  const ofAll = indices.has(allIndices);
  const ownIndices = own === null || views ? null : own.total - own.system;
  const ownKinds = own === null || views ? null : own.kinds;
  const classes = dataClasses.map((of) => found.filter((entry) => entry.class === of).sort(certainThenLargest));
  return {
    indices: [...indices.keys()],
    looked: {
      // one list over all indices leaves none out; a data view may be a pattern over any number of them
      indices: (ofAll ? ownIndices : null) ?? indices.size,
      indicesTotal: ownIndices,
      kinds: (ofAll ? ownKinds : null) ?? new Set([...indices.keys()].map(kindOf)).size,
      kindsTotal: ownKinds,
    },
    total: [...indices.values()].reduce((sum, { total }) => sum + total, 0),
    complete:
      own?.complete === true &&
      indices.size === own.total - own.system &&
      own.list.every(({ name, system }) => system || indices.has(name)) &&
      answers.every(({ answered }) => !answered.answer.truncated) &&
      [...indices.values()].every(({ total, fields }) => total === fields.length),
    totals: classes.flatMap((entries) => totalOf(entries)),
    classes: classes.flatMap((entries) =>
      entries.slice(0, indicesAtMost).map((entry) => ({ ...entry, fields: entry.fields.slice(0, fieldsAtMost) })),
    ),
    evidence: refs(...answers.map(({ answered }) => answered)),
  };
}

function certainThenLargest(a: ClassedFields, b: ClassedFields): number {
  return (
    Number(b.certainty === 'strong') - Number(a.certainty === 'strong') ||
    (b.documents ?? -1) - (a.documents ?? -1) ||
    (a.index < b.index ? -1 : 1)
  );
}

/** What all indices with one class have together; nothing for none. */
function totalOf(entries: readonly ClassedFields[]): ClassTotal[] {
  const [first] = entries;
  if (first === undefined) return [];
  const same = entries.filter(({ certainty }) => certainty === first.certainty);
  const counts = same.flatMap(({ documents }) => documents ?? []);
  return [
    {
      class: first.class,
      certainty: first.certainty,
      indices: same.length,
      fields: same.reduce((sum, { fieldsTotal }) => sum + fieldsTotal, 0),
      documents: counts.length === 0 ? null : counts.reduce((sum, one) => sum + one, 0),
      atLeast: counts.length < same.length,
    },
  ];
}

type ClassesFound = Omit<ClassedFields, 'documents'>;

/** The classes of a list of fields by the name of the index that has them. */
const classedFields = memoised<KeptIndex['fields'], Map<string, readonly ClassesFound[]>>(() => new Map());

/** The classes in one index. */
function classesOf({ name, fields }: KeptIndex, documents: number | null): ClassedFields[] {
  const known = classedFields(fields);
  const found = known.get(name) ?? classesFound(name, fields);
  known.set(name, found);
  return found.map(({ class: of, index, fields: paths, fieldsTotal, certainty }) => ({
    class: of,
    index,
    fields: paths,
    fieldsTotal,
    documents,
    certainty,
  }));
}

/** Where a class has a certain name, the uncertain ones are left out. */
function classesFound(name: string, fields: KeptIndex['fields']): ClassesFound[] {
  const byClass = new Map<DataClass, { readonly strong: string[]; readonly weak: string[] }>();
  const paths = fields.map(([path]) => path);
  for (const { path, matches } of classesOfFields(paths, name)) {
    for (const { class: of, certainty } of matches) {
      const found = byClass.get(of) ?? { strong: [], weak: [] };
      found[certainty].push(path);
      byClass.set(of, found);
    }
  }
  return dataClasses.flatMap((of) => {
    const found = byClass.get(of);
    if (found === undefined) return [];
    const certainty = found.strong.length > 0 ? 'strong' : 'weak';
    return [{ class: of, index: name, fields: found[certainty], fieldsTotal: found[certainty].length, certainty }];
  });
}
