import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { fieldClasses } from '../../src/knowledge/field-classes.js';
import { classesOfField, classesOfFields } from '../../src/knowledge/field-matcher.js';
import { dataClasses, dataClassLabels } from '../../src/model/observation.js';
import { measure, readNames, type NameBlock } from './field-names.js';

const lists = ['tuned', 'rounds', 'blind'] as const;
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
    [...readFileSync(`test/knowledge/field-names/${list}.txt`, 'utf8').matchAll(/^.* = (.+)$/gm)].flatMap(
      ([, line = '']) => line.split(/ or | /),
    ),
  );
  t.strictSame(
    [...new Set(labels)].filter((label) => !dataClasses.some((of) => of === label)),
    [],
    'no label is misspelt',
  );
  t.end();
});

const page = readFileSync('docs/stake.md', 'utf8');
const rowsOfPage = page.split('\n').map((line) =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join('|'),
);

/** Measures the names and checks that the page has the row; failures show figures only, so that no miss is read. */
function measureAsOnPage(t: Test, label: string, blocks: readonly NameBlock[]) {
  const { names, innocent, pairs, ...rates } = measure(blocks);
  const percents = Object.values(rates).map((value) => `${(value * 100).toFixed(1)} %`);
  const cells = [label, names, innocent, pairs, ...percents];
  t.ok(rowsOfPage.includes(cells.join('|')), `docs/stake.md has the row | ${cells.join(' | ')} |`);
  return rates;
}

t.test('witnesses of a wedding are no police case, and labels cover what their class holds', (t) => {
  for (const name of ['witness', 'witnesses', 'marriage_witnesses']) t.strictSame(told(name), [], name);
  t.strictSame(told('witness_statement'), ['police-court strong']);
  t.match(told('salary'), ['bank-account strong']);
  t.match(dataClassLabels['bank-account'], /income/);
  t.match(dataClassLabels['national-id'], /document/);
  t.match(dataClassLabels.device, /vehicle/);
  t.end();
});

t.test('precision and recall match the page', (t) => {
  for (const list of ['tuned', 'rounds'] as const) {
    const rates = measureAsOnPage(t, list, readNames(list));
    t.ok(rates.precision >= 0.97, `${list}: what is named is right`);
    t.ok(rates.strongPrecision >= 0.98, `${list}: what is called certain is right`);
    t.ok(rates.recall >= 0.9, `${list}: most is found`);
  }
  t.end();
});

t.test('precision and recall on names without any tuning match the page', (t) => {
  const blind = readNames('blind');
  const rates = measureAsOnPage(t, 'blind', blind);
  t.ok(rates.precision >= 0.97, 'what is named is right');
  t.ok(rates.recall >= 0.89, 'most is found');
  const strict = blind.map((block) => ({ ...block, names: block.names.map((name) => ({ ...name, alsoOk: [] })) }));
  measureAsOnPage(t, 'blind, first class only', strict);
  const known = new Set(
    [...readNames('tuned'), ...readNames('rounds')].flatMap(({ names }) => names.map((n) => n.path)),
  );
  const unseen = blind.map((block) => ({ ...block, names: block.names.filter(({ path }) => !known.has(path)) }));
  measureAsOnPage(t, 'blind, in no other list', unseen);
  for (const language of ['English', 'German', 'French', 'Spanish'])
    measureAsOnPage(
      t,
      `blind, ${language}`,
      blind.filter(({ source }) => source.endsWith(`, ${language}`)),
    );
  t.end();
});

t.test('an equally right class counts as right, and finds its name once', (t) => {
  const of = (classes: NameBlock['names'][0]['classes'], alsoOk: typeof classes) => {
    const names = [{ path: 'child_first_name', classes, alsoOk }];
    const { pairs, precision, recall } = measure([{ source: 'said to be a minor and a name', index: null, names }]);
    return [pairs, precision, recall];
  };
  t.strictSame(of(['minor'], ['person-name']), [1, 1, 1]);
  t.strictSame(of(['phone'], ['minor']), [1, 0.5, 1]);
  t.strictSame(of(['minor'], []), [1, 0.5, 1]);
  t.strictSame(of(['phone'], ['email']), [1, 0, 0]);
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

t.test('a longer name replaces a shorter one within it', (t) => {
  t.strictSame(told('id_card_no'), ['national-id strong'], 'no payment card');
  t.strictSame(told('bank_card_number'), ['bank-account strong'], 'no payment card');
  t.strictSame(told('email.from.address'), ['email strong'], 'no postal address');
  t.strictSame(told('patient.name.family'), ['person-name strong']);
  t.strictSame(told('user_agent.name'), []);
  t.strictSame(told('联系人电话'), ['phone strong'], 'a person before it says whose it is');
  t.strictSame(
    told('child_first_name').sort(),
    ['minor strong', 'person-name strong'],
    'of whom it is, is said besides',
  );
  t.end();
});

t.test('for sensitive data, a status or type says as much as the value', (t) => {
  for (const name of ['health_code_status', 'isPregnant', 'vaccination_type', 'hiv_result', 'lab_results.hba1c'])
    t.strictSame(
      told(name).map((each) => each.split(' ')[0]),
      ['health'],
      name,
    );
  t.strictSame(told('conviction_type'), ['police-court strong']);
  for (const name of ['email_status', 'phone_type', 'address_type', 'password_strength'])
    t.strictSame(told(name), [], name);
  t.end();
});

t.test('names of software, logs, metrics and shops match no class', (t) => {
  for (const name of [
    'user_agent.name',
    'host.name',
    'service.name',
    'file.path',
    'event.category',
    'process.pid',
    'process.parent.name',
    'error.code',
    'card_type',
    'gender_neutral_toilet',
    'health_check_url',
    'email.local_id',
    'file.elf.sections.virtual_address',
    'k8s.pod.name',
    'kubernetes.node.name',
    'race_condition',
    'token_count',
    'gen_ai.usage.output_tokens',
    'child_process.pid',
    'parent_id',
    'minor_version',
    'battery.health',
    'face_count',
    'placeholder.text',
    'facebook_url',
    'membership.level',
  ])
    t.strictSame(told(name), [], name);
  t.end();
});

t.test('spellings: camelCase, snake, kebab, glued, with a prefix of the table', (t) => {
  for (const name of ['dateOfBirth', 'date_of_birth', 'date-of-birth', 'dateofbirth', 'DATEOFBIRTH', 'dtBirthDate'])
    t.strictSame(told(name), ['birth-date strong'], name);
  const of = (paths: string[]) =>
    classesOfFields(paths, 'tbl').map(({ matches }) => matches.map((match) => match.class).join());
  t.strictSame(
    of(['pac_nombres', 'pac_curp', 'pac_direccion', 'pac_fechanac']),
    ['person-name', 'national-id', 'postal-address', 'birth-date'],
    'what most fields begin with says nothing',
  );
  t.strictSame(of(['name', 'gender', 'birthday'])[0], 'person-name', 'a personal trait says what the index holds');
  t.end();
});

t.test('fields of one index support each other', (t) => {
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

t.test('only a bounded part of a name is read', (t) => {
  t.strictSame(told(`${'x'.repeat(300)}.email`), [], 'beyond 300 characters');
  t.strictSame(told(`email_${'x_'.repeat(20)}x`), [], 'of many words the last 16');
  t.strictSame(told(`${'x_'.repeat(20)}email`), ['email strong']);
  t.end();
});

t.test('malicious names are handled like any other', (t) => {
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
