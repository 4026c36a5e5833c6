import { readFileSync } from 'node:fs';
import t from 'tap';
import { fieldClasses } from '../../src/knowledge/field-classes.js';
import { classesOfField, classesOfFields } from '../../src/knowledge/field-matcher.js';
import { dataClasses, dataClassLabels } from '../../src/model/observation.js';
import { measure, readNames } from './field-names.js';

const lists = ['tuned', 'held-out'] as const;
const told = (path: string) => classesOfField(path).map((match) => `${match.class} ${match.certainty}`);

t.test('each class has a label, sources, and names in every language', (t) => {
  t.strictSame(
    fieldClasses.map(({ id }) => id),
    [...dataClasses],
  );
  for (const { id, sources, names } of fieldClasses) {
    t.ok(dataClassLabels[id].length > 3 && sources.length > 0 && sources.every((source) => source.length > 8), id);
    for (const language of ['en', 'fr', 'de', 'es', 'zh', 'pinyin'] as const)
      t.ok((names[language]?.strong ?? '').length > 1, `${id}: ${language}`);
  }
  t.end();
});

t.test('every listed name is found as its class', (t) => {
  const lost = fieldClasses.flatMap(({ id, names }) =>
    Object.values(names).flatMap(({ strong }) =>
      (strong ?? '')
        .split(', ')
        .map((name) => name.trim())
        .filter((name) => !classesOfField(name.replaceAll(' ', '_')).some((match) => match.class === id)),
    ),
  );
  t.strictSame(lost, []);
  t.end();
});

t.test('the lists: at least 400 names, half of them innocent, each block with its source', (t) => {
  const all = lists.flatMap((list) => readNames(list));
  const names = all.flatMap((block) => block.names);
  t.ok(names.length >= 400);
  t.ok(names.filter(({ classes }) => classes.length === 0).length * 2 >= names.length);
  for (const { source, names: own } of all) t.ok(source.length > 10 && own.length > 0, source);
  const labels = lists.flatMap((list) =>
    [...readFileSync(new URL(`field-names/${list}.txt`, import.meta.url), 'utf8').matchAll(/^.* = (.+)$/gm)].flatMap(
      ([, line = '']) => line.split(' '),
    ),
  );
  t.strictSame(
    [...new Set(labels)].filter((label) => !dataClasses.some((of) => of === label)),
    [],
    'no label is misspelt',
  );
  t.end();
});

t.test('precision and recall, and that the page says them', (t) => {
  const page = readFileSync(new URL('../../docs/stake.md', import.meta.url), 'utf8');
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  for (const list of lists) {
    const { names, innocent, pairs, ...rates } = measure(readNames(list));
    const cells = [list, names, innocent, pairs, ...Object.values(rates).map(percent)].map(String);
    const rows = page.split('\n').map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .filter((cell) => cell !== ''),
    );
    t.ok(
      rows.some((row) => row.join('|') === cells.join('|')),
      `docs/stake.md has the row | ${cells.join(' | ')} |`,
    );
    t.ok(rates.precision >= 0.95, `${list}: what is named is right`);
    t.ok(rates.strongPrecision >= 0.98, `${list}: what is called certain is right`);
    t.ok(rates.recall >= 0.7, `${list}: most is found`);
  }
  t.end();
});

t.test('names are read word by word', (t) => {
  for (const name of [
    'full_name',
    'fullName',
    'FullName',
    'FULLNAME',
    'full-name',
    'customer.full_name',
    'nom_complet',
    'NOM_COMPLET',
    'nomComplet',
  ])
    t.strictSame(told(name), ['person-name strong'], name);
  for (const name of ['prénom', 'prenom', 'PRÉNOM', 'pre\u0301nom'])
    t.strictSame(told(name), ['person-name strong'], name);
  for (const name of ['straße', 'strasse', 'STRASSE']) t.strictSame(told(name), ['postal-address strong'], name);
  for (const name of ['führerschein', 'fuehrerschein', 'fuhrerschein'])
    t.strictSame(told(name), ['national-id strong'], name);
  for (const name of [
    'filename',
    'hostname',
    'username_length',
    'index_name',
    'email_sent_count',
    'product.name',
    'surnameless_total',
  ])
    t.strictSame(told(name), [], name);
  t.strictSame(told('ip_address'), ['device weak'], 'no postal address');
  t.strictSame(told('customer.address.city'), ['postal-address strong']);
  t.strictSame(told('name'), [], 'anything has a name');
  t.strictSame(told('customer.name'), ['person-name strong']);
  t.end();
});

t.test('fields of one index tell of each other', (t) => {
  const of = (paths: string[], index?: string) =>
    classesOfFields(paths, index).map(({ path, matches }) => [
      path,
      ...matches.map((match) => `${match.class} ${match.certainty}`),
    ]);
  t.strictSame(of(['name', 'city']), [['name'], ['city', 'postal-address weak']]);
  t.strictSame(of(['name', 'city'], 'customers'), [
    ['name', 'person-name strong'],
    ['city', 'postal-address strong'],
  ]);
  t.strictSame(of(['name', 'birthday', 'phone'])[0], ['name', 'person-name strong']);
  t.strictSame(of(['product.name', 'birthday', 'phone'])[0], ['product.name'], 'a thing keeps its name');
  const template = of(['ecs.version', 'user.email', 'user.full_name', 'url.password', 'patient.diagnosis', 'name']);
  t.strictSame(template.slice(1), [
    ['user.email', 'email weak'],
    ['user.full_name', 'person-name weak'],
    ['url.password', 'credential weak'],
    ['patient.diagnosis', 'health strong'],
    ['name'],
  ]);
  t.end();
});

t.test('names that somebody made up to do harm are names like any other', (t) => {
  for (const name of [
    '',
    '.',
    '...',
    '__proto__',
    'constructor',
    'a'.repeat(100_000),
    'name'.repeat(5000),
    '身'.repeat(5000),
    '\u202e\u0000',
    '.'.repeat(5000),
  ])
    t.doesNotThrow(() => classesOfField(name), name.slice(0, 20));
  t.strictSame(told('__proto__'), []);
  t.end();
});
