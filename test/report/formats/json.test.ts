import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { z } from 'zod';
import type { EndpointSummary, Finding, Problem, RunInfo, SeverityRow, Summary } from '../../../src/model/finding.js';
import type { AcceptanceState } from '../../../src/model/acceptance.js';
import type { Changes } from '../../../src/model/history.js';
import { formats } from '../../../src/report/index.js';
import { jsonLine } from '../../../src/text/json-line.js';
import type * as schemas from '../../support/record-schemas.js';
import { recordJsonSchemas } from '../../support/record-schemas.js';
import { full, hostile, hostileTexts, samples } from '../../support/report-sample.js';
import { written } from '../../support/write.js';

// A map with fixed keys is written with `propertyNames`, which strictRequired does not know.
const strict = { strict: true, strictRequired: false };

type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value;
// A field that may be absent on one side and is unknown on the other is a difference too, which assignability passes over.
type Whole<Value> = Value extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]-?: Whole<Value[Key]> }
    : Value;
type Assignable<One, Other> = [One, Other] extends [Other, One] ? true : false;
type Same<One, Other> = Assignable<Frozen<One>, Frozen<Other>> & Assignable<Whole<One>, Whole<Other>>;
interface Document {
  readonly schema: 'leftopen/findings/1';
  readonly run: RunInfo;
  readonly summary: Summary;
  readonly severityTable: readonly SeverityRow[];
  readonly changes: Changes;
  readonly acceptances?: readonly AcceptanceState[];
  readonly problemsTotal: number;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

t.test('the schemas match the types', (t) => {
  // The compiler refuses `true` here when a schema and its type differ in any field.
  const same: [
    Same<z.infer<typeof schemas.findingSchema>, Finding>,
    Same<z.infer<typeof schemas.endpointSchema>, EndpointSummary>,
    Same<z.infer<typeof schemas.runSchema>, RunInfo>,
    Same<z.infer<typeof schemas.documentSchema>, Document>,
  ] = [true, true, true, true];
  t.same(same, [true, true, true, true]);
  t.end();
});

t.test('the schemas shipped are the ones written from the types', (t) => {
  for (const [file, schema] of Object.entries(recordJsonSchemas())) {
    const path = `schema/${file}`;
    if (process.env['TAP_SNAPSHOT'] === '1') writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
    t.same(parse(readFileSync(path, 'utf8')), parse(JSON.stringify(schema)), `${file} (npx tap --snapshot writes it)`);
  }
  t.end();
});

for (const further of ['allowed', 'refused'] as const) {
  t.test(`every sample keeps to the schemas, further fields ${further}`, async (t) => {
    const validators = new Map(
      Object.entries(recordJsonSchemas(further)).map(([file, schema]) => [
        file,
        new Ajv2020({ ...strict, allErrors: true }).compile(schema),
      ]),
    );
    const valid = (file: string, values: readonly unknown[]): void => {
      const validate = validators.get(file);
      t.same(
        values.flatMap((value) => (validate?.(value) === true ? [] : [validate?.errors])),
        [],
        file,
      );
    };
    for (const sample of Object.values(samples)) {
      valid('findings.schema.json', [parse(await written('json', sample))]);
      valid('run.schema.json', [sample.head.run]);
      valid('finding.schema.json', lines(await written('findings-jsonl', sample)).map(parse));
      valid('endpoint.schema.json', lines(await written('endpoints-jsonl', sample)).map(parse));
    }
  });
}

t.test('the page describes every field, and names those that may be left out', (t) => {
  const page = readFileSync('docs/formats.md', 'utf8');
  const section = (title: string): string => new RegExp(`^### ${title}\\n([^]*?)^#`, 'm').exec(page)?.[1] ?? '';
  const optional = new Set<string>();
  for (const [title, file, elsewhere] of [
    ['A finding', 'finding', /^$/],
    ['An endpoint', 'endpoint', /^$/],
    ['The run', 'run', /^$/],
    ['', 'findings', /^(findings\[\]|run)\./],
  ] as const) {
    for (const { path, required } of fieldsOf(recordJsonSchemas()[`${file}.schema.json`], '')) {
      if (title !== '' && !/[.[]/.test(path)) t.ok(section(title).replaceAll('[]`', '`').includes(`\`${path}\``), path);
      // Of whatever was accepted, the owner may be left out.
      if (!required && !path.endsWith('.owner') && !elsewhere.test(path)) optional.add(path);
    }
  }
  for (const { name, file } of formats) t.ok(page.includes(`\`${file}\``), `${name}: ${file}`);
  const named = section('Fields that only some records have').matchAll(/`([^`]+)`/g);
  t.same(new Set([...named].map(([, name = '']) => name)), optional.add('owner').add('findings.json'));
  t.end();
});

t.test('a schema rejects invalid records', (t) => {
  const validate = new Ajv2020(strict).compile(recordJsonSchemas()['finding.schema.json'] ?? true);
  const finding = full.findings[0];
  t.ok(validate(finding));
  t.ok(validate({ ...finding, later: 1 }), 'a field that a later version adds');
  t.notOk(validate({ ...finding, severity: 'dreadful' }));
  t.notOk(validate({ ...finding, port: 70_000 }));
  t.notOk(validate({ ...finding, evidence: undefined }));
  t.end();
});

t.test('the documents carry the record, in its order', async (t) => {
  t.same(JSON.parse(await written('json', full)), {
    schema: 'leftopen/findings/1',
    run: full.head.run,
    summary: full.head.summary,
    severityTable: full.head.severityTable,
    changes: full.head.changes,
    acceptances: full.head.acceptances,
    problemsTotal: full.head.problemsTotal,
    problems: full.head.problems,
    findings: full.findings,
  });
  t.same(lines(await written('findings-jsonl', full)).map(parse), full.findings);
  t.same(lines(await written('endpoints-jsonl', full)).map(parse), full.endpoints);
  t.same(
    formats.map(({ name, file }) => [name, file]),
    [
      ['csv', 'findings.csv'],
      ['defectdojo', 'defectdojo.json'],
      ['ecs', 'ecs.ndjson'],
      ['endpoints-jsonl', 'endpoints.jsonl'],
      ['findings-jsonl', 'findings.jsonl'],
      ['github', 'github-summary.md'],
      ['html', 'report.html'],
      ['json', 'findings.json'],
      ['junit', 'junit.xml'],
      ['md', 'report.md'],
      ['prometheus', 'leftopen.prom'],
      ['sarif', 'leftopen.sarif'],
      ['summary', 'summary.html'],
      ['sysreptor', 'sysreptor.json'],
      ['tickets', 'tickets.ndjson'],
    ],
  );
});

t.test('hostile text stays the same text, and shows a terminal nothing but visible characters', async (t) => {
  for (const text of hostileTexts) {
    t.equal(parse(jsonLine(text)), text);
    t.notMatch(jsonLine(text), /[^\P{C}\p{Cn}]/u);
  }
  t.equal(jsonLine({ a: '\u202e\u{e0041}\u009b' }), String.raw`{"a":"\u202e\udb40\udc41\u009b"}`);
  for (const name of ['json', 'findings-jsonl', 'endpoints-jsonl']) {
    t.notMatch((await written(name, hostile)).replaceAll('\n', ''), /[^\P{C}\p{Cn}]/u, name);
  }
});

/** The fields of a schema, those within others by their path. */
function fieldsOf(schema: unknown, within: string): { readonly path: string; readonly required: boolean }[] {
  const { properties, required, items, anyOf } = z
    .object({
      properties: z.record(z.string(), z.unknown()).default({}),
      required: z.array(z.string()).default([]),
      items: z.unknown().optional(),
      anyOf: z.array(z.unknown()).default([]),
    })
    .parse(schema);
  return [
    ...Object.entries(properties).flatMap(([name, field]) => {
      const path = within === '' ? name : `${within}.${name}`;
      return [{ path, required: required.includes(name) }, ...fieldsOf(field, path)];
    }),
    ...(items === undefined ? [] : fieldsOf(items, `${within}[]`)),
    ...anyOf.flatMap((one) => fieldsOf(one, within)),
  ];
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
