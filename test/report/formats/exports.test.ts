// Formats that other programs read: each is read back by the published schema, or by an independent parser.
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseCsv } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import type { Log } from 'sarif';
import t from 'tap';
import { z } from 'zod';
import type { RunInfo } from '../../../src/model/finding.js';
import { clean, finding, full, nothing, samples, unfinished, type Sample } from '../../support/report-sample.js';
import { written } from '../../support/write.js';

const exported = [
  'tickets',
  'csv',
  'sarif',
  'junit',
  'ecs',
  'defectdojo',
  'sysreptor',
  'prometheus',
  'github',
] as const;
const all = Object.entries(samples);

for (const name of exported) {
  t.test(`${name}: nothing invisible, and no raw text of a hostile target`, async (t) => {
    for (const [which, sample] of all) {
      const text = (await written(name, sample)).replace(/^\uFEFF/, '');
      t.notMatch(text.replaceAll(/[\r\n]/g, ''), /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u, which);
    }
  });
}

t.test('csv', async (t) => {
  for (const [which, sample] of all) {
    const text = await written('csv', sample);
    t.equal(text.charCodeAt(0), 0xfeff, `${which}: a byte order mark`);
    // As spreadsheets and Python's csv read it: any line end outside quotes ends a row. Rows of different lengths throw.
    const rows: string[][] = parseCsv(text, { bom: true, record_delimiter: ['\r\n', '\n', '\r'] });
    t.equal(rows.length, sample.findings.length + 1, which);
    t.ok(
      rows.slice(1).every((row) => row.every((cell) => !/^[=+@\t\r-]/.test(cell))),
      `${which}: no cell is a formula`,
    );
  }
  const [first] = full.findings;
  const [head = [], row = []] = parseCsv(await written('csv', full, { csvDelimiter: ';' }), {
    bom: true,
    delimiter: ';',
  });
  const cell = (name: string): string | undefined => row[head.indexOf(name)];
  t.strictSame(
    [cell('severity'), cell('endpoint'), cell('fingerprint'), cell('title')],
    [first?.severity, first?.endpoint, first?.fingerprint, first?.title],
  );
});

/** The published schema names draft 4 without using any of its keywords. */
function withoutDraft(schema: unknown): object {
  const draft: readonly string[] = ['$schema', 'id'];
  return Object.fromEntries(
    Object.entries(z.record(z.string(), z.unknown()).parse(schema)).filter(([key]) => !draft.includes(key)),
  );
}

t.test('sarif', async (t) => {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const valid = ajv.compile<Log>(withoutDraft(schema));
  const read = async (sample: Sample, sarifAll = false): Promise<Log> => {
    const log: unknown = JSON.parse(await written('sarif', sample, { sarifAll }));
    if (valid(log)) return log;
    throw new Error(JSON.stringify(valid.errors?.slice(0, 3)));
  };
  const bands: Readonly<Record<string, readonly [number, number]>> = {
    critical: [9.1, 10],
    high: [7, 8.9],
    medium: [4, 6.9],
    low: [0.1, 3.9],
    info: [0, 0],
  };
  for (const [which, sample] of all) {
    const log = await read(sample);
    const [run] = log.runs;
    const rules = run?.tool.driver.rules ?? [];
    const results = run?.results ?? [];
    t.equal(results.length, sample.findings.filter(({ accepted }) => accepted === null).length, which);
    for (const rule of rules) {
      const [least, most] = bands[rule.id.split('/')[1] ?? ''] ?? [1, 0];
      const score = Number(rule.properties?.['security-severity']);
      t.ok(score >= least && score <= most, `${which}: ${rule.id} at ${score}`);
    }
    t.ok(
      results.every(({ ruleId, ruleIndex }) => rules[ruleIndex ?? -1]?.id === ruleId),
      `${which}: each result knows its rule`,
    );
    t.ok(
      results.every(
        ({ locations, partialFingerprints }) =>
          (locations?.[0]?.physicalLocation?.region?.startLine ?? 0) > 0 &&
          /^[0-9a-f]{16}:1$/.test(partialFingerprints?.['primaryLocationLineHash'] ?? ''),
      ),
      `${which}: each result has a line and GitHub's hash`,
    );
    t.equal(run?.invocations?.[0]?.executionSuccessful, sample.head.run.finished, which);
  }
  const accepted = clean.findings.filter(({ accepted }) => accepted !== null).length;
  const everything = (await read(clean, true)).runs[0]?.results ?? [];
  t.equal(everything.filter(({ suppressions }) => suppressions?.[0]?.status === 'accepted').length, accepted);
  t.ok(accepted > 0);
  t.match((await read(full)).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation, {
    artifactLocation: { uri: 'audit/targets.yaml' },
    region: { startLine: 21 },
  });
});

t.test('sarif: what a result is against the last run, and what is absent', async (t) => {
  const results = async (
    sample: Sample,
    sarifAll: boolean,
  ): Promise<readonly { readonly baselineState?: string | undefined }[]> =>
    z
      .object({
        runs: z.tuple([z.object({ results: z.array(z.looseObject({ baselineState: z.string().optional() })) })]),
      })
      .parse(JSON.parse(await written('sarif', sample, { sarifAll }))).runs[0].results;
  const { startedAt } = full.head.run;
  const [some] = full.findings;
  if (some === undefined) throw new Error('a sample has findings');
  const { fingerprint, endpoint, target, owner, title, severity } = some;
  const gone = { fingerprint, endpoint, target, owner, title, severity, firstSeen: startedAt, lastSeen: startedAt };
  const goneFindings = (['fixed', 'not-reached'] as const).map((status) => ({
    ...gone,
    ...{ status, cause: 'estate' as const, why: 'why it is so.', check: 'cluster-open', daysOpen: 1, shownBy: [] },
  }));
  const baseline = { run: 'r', startedAt, endedAt: null, tool: '0.1.0', knowledge: '', rejudged: false };
  const compared = { ...full, head: { ...full.head, changes: { ...full.head.changes, baseline, goneFindings } } };
  const all = await results(compared, true);
  t.equal(all.filter(({ baselineState }) => baselineState === 'absent').length, goneFindings.length);
  t.ok(all.every(({ baselineState }) => baselineState !== undefined));
  const shown = await results(compared, false);
  t.ok(shown.every(({ baselineState }) => ['new', 'unchanged', 'updated'].includes(baselineState ?? '')));
  const first = {
    ...full,
    head: { ...full.head, changes: { ...full.head.changes, baseline: null } },
  };
  t.ok((await results(first, true)).every(({ baselineState }) => baselineState === undefined));
});

t.test('sarif: the limit of GitHub is kept, and said', async (t) => {
  const many = Array.from({ length: 25_002 }, (_, i) => finding({ fingerprint: `f${i}` }));
  const log: unknown = JSON.parse(await written('sarif', { ...full, findings: many }));
  const run = z
    .object({
      runs: z.tuple([
        z.object({
          results: z.array(z.unknown()),
          invocations: z.tuple([
            z.object({ toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })) }),
          ]),
        }),
      ]),
    })
    .parse(log).runs[0];
  t.equal(run.results.length, 25_000);
  t.ok(
    run.invocations[0].toolExecutionNotifications.some(({ message }) => message.text.startsWith('2 findings left out')),
  );
});

t.test('junit', async (t) => {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testcase' });
  const suiteSchema = z.object({
    testsuites: z.object({
      testsuite: z.object({
        '@_tests': z.coerce.number(),
        '@_failures': z.coerce.number(),
        '@_errors': z.coerce.number(),
        '@_skipped': z.coerce.number(),
        testcase: z.array(z.record(z.string(), z.unknown())).default([]),
      }),
    }),
  });
  for (const [which, sample] of all) {
    const text = await written('junit', sample);
    t.equal(SyntaxValidator.validate(text), true, which);
    const { testsuite } = suiteSchema.parse(parser.parse(text)).testsuites;
    const having = (key: string): number => testsuite.testcase.filter((each) => key in each).length;
    t.equal(testsuite.testcase.length, sample.endpoints.length, which);
    t.strictSame(
      [testsuite['@_tests'], testsuite['@_failures'], testsuite['@_errors'], testsuite['@_skipped']],
      [sample.endpoints.length, having('failure'), having('error'), having('skipped')],
      which,
    );
    const open = sample.endpoints.filter(({ state, findings }) => state === 'undetermined' && findings.length === 0);
    t.equal(having('error'), open.length, `${which}: undetermined never passes`);
  }
});

t.test('junit: accepted is skipped, also beyond what is named, and the worst is named first', async (t) => {
  const acceptance = { reason: 'a lab', owner: null, approvedBy: 'Ines Brandt', until: '2026-12-31' };
  const [base = full.endpoints[0]] = full.endpoints.filter(({ findings }) => findings.length > 0);
  if (base === undefined) throw new Error('an endpoint');
  const at = (name: string, findings: readonly string[]) => ({
    ...base,
    state: 'open' as const,
    endpoint: `http://${name}:9200`,
    findings,
  });
  const text = await written('junit', {
    ...full,
    findings: [
      finding({ fingerprint: 'worst', severity: 'critical', title: 'The worst' }),
      ...Array.from({ length: 20_000 }, (_, i) => finding({ fingerprint: `other ${i}`, severity: 'low' })),
      finding({ fingerprint: 'half', accepted: null }),
      finding({ fingerprint: 'half', accepted: acceptance }),
      finding({ fingerprint: 'late', accepted: acceptance }),
    ],
    endpoints: [
      at('both.example', ['other 7', 'worst']),
      at('late.example', ['late']),
      at('half.example', ['half']),
      at('mixed.example', ['late', 'other 9']),
    ],
  });
  const [both, late, half, mixed] = text.split('<testcase').slice(1);
  t.match(both, /<failure type="critical" message="critical: The worst/);
  t.match(late, '<skipped');
  t.match(half, '<failure', 'one of two addresses is not accepted');
  t.match(mixed, '<failure');
});

t.test('the key by which a tracker keeps a row is distinct, and stays when an address changes', async (t) => {
  const [base = full.endpoints[0]] = full.endpoints.filter(({ findings }) => findings.length > 0);
  if (base === undefined) throw new Error('an endpoint');
  const fingerprint = 'a1b2c3d4'.repeat(8);
  const keysAt = async (addresses: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> => {
    const sample = {
      ...full,
      findings: addresses.map((address) =>
        finding({ fingerprint, id: `${address} ${fingerprint}`.slice(0, 64), address, accepted: null }),
      ),
      endpoints: addresses.map((address) => ({ ...base, address, findings: [fingerprint] })),
    };
    const log = z
      .object({ runs: z.tuple([z.object({ results: z.array(z.looseObject({ partialFingerprints: z.unknown() })) })]) })
      .parse(JSON.parse(await written('sarif', sample)));
    const dojo = z
      .object({ findings: z.array(z.looseObject({ unique_id_from_tool: z.string() })) })
      .parse(JSON.parse(await written('defectdojo', sample)));
    const junit = await written('junit', sample);
    for (const address of addresses) t.match(junit, `, ${address}</system-out>`, 'its address is in the case');
    return {
      sarif: log.runs[0].results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)),
      defectdojo: dojo.findings.map((each) => each.unique_id_from_tool),
      junit: [...junit.matchAll(/<testcase name="([^"]*)"/g)].map(([, name = '']) => name),
    };
  };
  const before = await keysAt(['192.0.2.1', '192.0.2.2']);
  for (const [which, keys] of Object.entries(before)) t.equal(new Set(keys).size, 2, `${which}: ${keys.join(' ')}`);
  t.strictSame(await keysAt(['192.0.2.7', '192.0.2.8']), before);
  const [first] = Object.entries(await keysAt(['192.0.2.8'])).map(([which, keys]) => [which, keys[0]]);
  t.strictSame(first, ['sarif', before['sarif']?.[0]], 'of two that are one now, the first stays');
});

t.test('sarif: a path is a URI, whatever the file is called', async (t) => {
  const [first] = full.findings;
  const declaredIn = { file: 'audit #1/what?.yaml', line: 3 };
  const text = await written('sarif', { ...full, findings: [finding({ ...first, declaredIn })] });
  t.match(text, '"uri":"audit%20%231/what%3F.yaml"');
});

t.test('ecs: a bulk body, each document created once', async (t) => {
  for (const [which, sample] of all) {
    const lines = (await written('ecs', sample)).trimEnd().split('\n');
    t.equal(lines.length, 2 * (sample.findings.length + sample.endpoints.length + 1), which);
    const actions = lines
      .filter((_, i) => i % 2 === 0)
      .map((line) =>
        z.strictObject({ create: z.strictObject({ _index: z.string(), _id: z.string() }) }).parse(JSON.parse(line)),
      );
    const documents = lines
      .filter((_, i) => i % 2 === 1)
      .map((line) =>
        z
          .looseObject({
            '@timestamp': z.iso.datetime(),
            ecs: z.object({ version: z.string() }),
            event: z.looseObject({ kind: z.string(), category: z.array(z.string()), type: z.array(z.string()) }),
            data_stream: z.object({ type: z.literal('logs'), dataset: z.string(), namespace: z.literal('default') }),
          })
          .parse(JSON.parse(line)),
      );
    t.ok(
      documents.every(
        ({ data_stream }, i) => actions[i]?.create._index === `logs-${data_stream.dataset}-${data_stream.namespace}`,
      ),
      which,
    );
    if (which === 'full') t.equal(new Set(actions.map(({ create }) => create._id)).size, actions.length);
  }
});

// dojo/tools/generic/json_parser.py refuses a finding with any other key.
const dojoKeys = z.strictObject({
  title: z.string().max(511),
  severity: z.enum(['Critical', 'High', 'Medium', 'Low', 'Info']),
  description: z.string().min(1),
  mitigation: z.string(),
  steps_to_reproduce: z.string(),
  severity_justification: z.string(),
  references: z.string(),
  date: z.iso.date(),
  cwe: z.int().optional(),
  cvssv3: z.string(),
  cvssv3_score: z.number(),
  cvssv4: z.string(),
  cvssv4_score: z.number(),
  active: z.boolean(),
  verified: z.boolean(),
  risk_accepted: z.boolean(),
  false_p: z.literal(false),
  static_finding: z.literal(false),
  dynamic_finding: z.literal(true),
  unique_id_from_tool: z.string(),
  vuln_id_from_tool: z.string(),
  component_name: z.string().optional(),
  component_version: z.string().optional(),
  publish_date: z.string(),
  tags: z.array(z.string()),
  endpoints: z.array(z.string()).length(1),
});

t.test('defectdojo', async (t) => {
  const file = z.strictObject({
    name: z.string(),
    type: z.string(),
    version: z.string(),
    description: z.string(),
    dynamic_tool: z.literal(true),
    static_tool: z.literal(false),
    findings: z.array(dojoKeys),
  });
  for (const [which, sample] of all) {
    const { findings } = file.parse(JSON.parse(await written('defectdojo', sample)));
    t.equal(findings.length, sample.findings.length, which);
    t.strictSame(
      findings.map((each) => each.risk_accepted),
      sample.findings.map(({ accepted }) => accepted !== null),
      which,
    );
  }
});

t.test('a run that covers only a part says so where a tracker would close the rest', async (t) => {
  const whole = { ...clean.head.run, finished: true, gaps: [], checks: null };
  const sarif = z.object({
    runs: z.tuple([
      z.object({
        automationDetails: z.object({ id: z.string() }),
        invocations: z.tuple([
          z.object({ toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })) }),
        ]),
      }),
    ]),
  });
  const dojo = z.object({ description: z.string() });
  const seen = async (part: Partial<RunInfo>): Promise<{ category: string; notes: string; description: string }> => {
    const sample = { ...clean, head: { ...clean.head, run: { ...whole, ...part } } };
    const [log] = sarif.parse(JSON.parse(await written('sarif', sample))).runs;
    const notes = log.invocations[0].toolExecutionNotifications.map(({ message }) => message.text).join('\n');
    const { description } = dojo.parse(JSON.parse(await written('defectdojo', sample)));
    return { category: log.automationDetails.id.replace(/[^/]*$/, ''), notes, description };
  };
  const all = await seen({});
  t.notMatch(all.description, /do not close/);
  for (const part of [
    { shard: '3/8' },
    { onlyTargets: ['shop'] },
    { onlyOwner: 'Shop platform' },
    { checks: ['cluster-open'] },
  ] as const) {
    const { category, notes, description } = await seen(part);
    t.match(description, /a part of the estate: do not close old findings/, JSON.stringify(part));
    t.match(notes, /Narrowed|Shard|only/, JSON.stringify(part));
    if ('shard' in part || 'onlyOwner' in part) t.not(category, all.category, 'GitHub closes alerts of a category');
  }
  const gone = { ...clean.head.changes.gone, 'not-reached': 1 };
  const unreached = { ...clean, head: { ...clean.head, run: whole, changes: { ...clean.head.changes, gone } } };
  t.match(JSON.parse(await written('defectdojo', unreached)), { description: /checked: do not close old findings/ });
  t.match((await seen({ gaps: ['stopped'] })).description, /incomplete: do not close old findings/);
  t.not((await seen({ vantage: { ...whole.vantage, name: 'another' } })).category, all.category);
});

t.test('sysreptor: one finding per check and severity, under the names of a design', async (t) => {
  const items = z.array(z.strictObject({ status: z.literal('in-progress'), data: z.record(z.string(), z.unknown()) }));
  for (const [which, sample] of all) {
    const found = items.parse(JSON.parse(await written('sysreptor', sample, { sysreptorFields: { title: 'Titel' } })));
    const groups = new Set(
      sample.findings.map(({ check, severity, accepted }) => `${check} ${severity} ${JSON.stringify(accepted)}`),
    );
    t.equal(found.length, groups.size, which);
    const accepted = found.findIndex(({ data }) => String(data['Titel']).startsWith('Accepted: '));
    const open = sample.findings.filter((one) => one.accepted === null);
    const openGroups = new Set(open.map(({ check, severity }) => `${check} ${severity}`));
    t.equal(accepted, open.length === sample.findings.length ? -1 : openGroups.size, 'accepted ones come last');
    t.ok(
      found.every(({ data }) => typeof data['Titel'] === 'string' && !('title' in data)),
      which,
    );
  }
});

t.test('prometheus: owner, severity and state are the only labels', async (t) => {
  for (const [which, sample] of all) {
    const text = await written('prometheus', sample);
    const lines = text
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    t.ok(
      lines.every((line) =>
        /^leftopen_[a-z_]+(\{(owner="(?:[^"\\\n]|\\[\\"n])*",severity="[a-z]+"|(?:state|term)="[a-z-]+")\})? \d+$/.test(
          line,
        ),
      ),
      which,
    );
    const sum = lines
      .filter((line) => line.startsWith('leftopen_findings{'))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
    t.equal(sum, sample.findings.filter(({ accepted }) => accepted === null).length, which);
  }
  t.match(await written('prometheus', full), full.head.run.gaps.length === 0 ? /last_success/ : /complete 0/);
  t.notMatch(await written('prometheus', unfinished), 'last_success');
});

t.test('github: no host unless asked for', async (t) => {
  const listed = full.findings.filter(({ accepted }) => accepted === null);
  const hosts = new Set(listed.map(({ endpoint }) => new URL(endpoint).hostname));
  const counts = await written('github', full);
  const detailed = await written('github', full, { detail: 'full' });
  for (const host of hosts) t.notOk(counts.includes(host), host);
  t.ok([...hosts].every((host) => detailed.includes(host)));
  t.match(await written('github', unfinished), /incomplete/);
  t.match(counts, `Run ${full.head.run.id} of `, 'a summary that is read late is not one of today');
  const narrowed = { ...full, head: { ...full.head, run: { ...full.head.run, onlyTargets: ['shop'] } } };
  t.match(await written('github', narrowed), 'Narrowed by --target');
  t.match(await written('github', nothing), /no finding/);
});
