// `report` renders a record as it was judged, next to it, and leaves the record alone.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { render } from '../../src/run/index.js';
import { hashFile } from '../../src/store/files.js';
import { UserMistake } from '../../src/store/mistake.js';
import { verifyFolder } from '../../src/store/verify.js';
import { audited, declared, recorded } from './support.js';

t.test('formats of a record, with sums of their own', async (t) => {
  const folder = t.testdir({});
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const { result } = await audited(
    await declared(t, `targets: [{ id: a, url: "${url}" }]`, folder),
    join(folder, 'out'),
    {
      formats: ['html', 'csv'],
    },
  );
  const before = await verifyFolder(result.folder);
  const now = () => new Date('2026-11-24T10:00:00Z');
  const rendered = await render(result.folder, { formats: ['html', 'csv', 'json', 'tickets'], now });
  t.equal(rendered.folder, join(result.folder, 'exports', '2026-11-24T10-00-00Z'));
  t.strictSame(readdirSync(rendered.folder).sort(), [...rendered.files, 'SHA256SUMS', 'run.json'].sort());
  for (const file of ['report.html', 'findings.csv', 'findings.json'])
    t.equal(
      await hashFile(join(rendered.folder, file)),
      await hashFile(join(result.folder, file)),
      `${file} is the same`,
    );
  t.strictSame(await verifyFolder(rendered.folder), {
    ...(await verifyFolder(rendered.folder)),
    changed: [],
    missing: [],
    added: [],
  });
  t.strictSame(await verifyFolder(result.folder), before, 'the sums of the run hold as they did');
  await t.rejects(render(result.folder, { formats: ['docx'] }), UserMistake);

  appendFileSync(join(result.folder, 'findings.jsonl'), readFileSync(join(result.folder, 'findings.jsonl')));
  await t.rejects(render(result.folder, { formats: ['csv'] }), { message: /findings\.jsonl was changed/ });
  await t.rejects(render(folder, { formats: ['csv'] }), { message: /not a run folder/ });
});

t.test('an owner gets its own endpoints alone', async (t) => {
  const folder = t.testdir({});
  const [open, other] = [await recorded(t, 'opensearch/3.6.0-open'), await recorded(t, 'elasticsearch/7.10.2-open')];
  const { result } = await audited(
    await declared(
      t,
      `owners:
  search: { name: Search team, contact: { name: Ann, email: ann@acme.example } }
  data: { name: Data/é, contact: { name: Bob, email: bob@acme.example } }
targets:
  - { id: a-secret-of-search, url: "${open}", owner: search }
  - { id: a-secret-of-data, url: "${other}", owner: data }
  - { id: no-owner, url: "${open}/none" }
`,
      folder,
    ),
    join(folder, 'out'),
    { formats: [] },
  );
  const formats = ['html', 'md', 'json', 'findings-jsonl', 'endpoints-jsonl', 'tickets', 'csv', 'ecs', 'sarif'];
  const [own, another] = [new URL(open).host, new URL(other).host];
  const read = (at: string, files: readonly string[]): string =>
    [...files, 'run.json'].map((file) => readFileSync(join(at, file), 'utf8')).join('\n');
  for (const owner of ['search', 'Search team', 'search TEAM']) {
    const { folder: at, files } = await render(result.folder, { formats, owner });
    const text = read(at, files);
    t.ok(text.includes(own));
    for (const secret of [another, 'Data/', 'bob@acme', 'a-secret-of-data', 'no-owner'])
      t.notOk(text.includes(secret), `${owner}: ${secret}`);
    const page = readFileSync(join(at, 'report.md'), 'utf8');
    t.match(page, /^- Requests: \d+ to these endpoints$/m, 'no totals of the entire run');
    t.match(page, new RegExp(`^- Ports: \`${new URL(open).port}\`$`, 'm'), 'its own port alone');
    t.notMatch(page, /^- Scope:/m);
    t.ok(text.includes('ann@acme.example'), 'the contact is in the report');
    const head = summaryOf(readFileSync(join(at, 'findings.json'), 'utf8'));
    t.match(head.summary, { endpoints: 1, states: { open: 1 } });
    t.equal(head.problemsTotal, head.problems.length);
    t.equal(
      Object.values(head.summary.findings).reduce((sum, count) => sum + count, 0),
      readFileSync(join(at, 'findings.jsonl'), 'utf8').trimEnd().split('\n').length,
    );
    t.strictSame(await verifyFolder(at), { ...(await verifyFolder(at)), changed: [], missing: [], added: [] });
  }
  const { folder: all, files } = await render(result.folder, { formats: ['csv', 'json'], byOwner: true });
  const folders = readdirSync(all).sort();
  t.equal(folders.length, 2, 'one for each owner');
  t.equal(files.length, 4);
  for (const name of folders) {
    const text = readFileSync(join(all, name, 'findings.csv'), 'utf8');
    t.equal(text.includes(own), name.startsWith('Search'));
    t.equal(text.includes(another), name.startsWith('Data'));
  }
  await t.rejects(render(result.folder, { formats, owner: 'ops' }), { message: /its owners: Data\/é, Search team/ });
});

t.test('what two owners share is in the report of each, and every count with it', async (t) => {
  const folder = t.testdir();
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const { hostname, port } = new URL(url);
  const { result } = await audited(
    await declared(
      t,
      `targets:
  - { id: range, hosts: "${hostname}/32", ports: [${port}], owner: Network team }
  - { id: one, url: "${url}", owner: Search team }`,
      folder,
    ),
    join(folder, 'out'),
    { formats: [] },
  );
  const formats = ['json', 'endpoints-jsonl', 'junit', 'csv'];
  const of = async (owner: string) => {
    const { folder: at } = await render(result.folder, { formats, owner });
    const text = (file: string) => readFileSync(join(at, file), 'utf8');
    const { summary } = summaryOf(text('findings.json'));
    t.match(summary, { endpoints: 1, states: { open: 1 } }, owner);
    t.match(text('junit.xml'), /<failure/, owner);
    t.equal(text('endpoints.jsonl').trimEnd().split('\n').length, 1, owner);
    return summary.findings;
  };
  t.strictSame(await of('Network team'), await of('Search team'));
});

t.test('a finding that names an endpoint of another owner makes it none of theirs', async (t) => {
  const folder = t.testdir();
  const cluster = await recorded(t, 'elasticsearch/7.17.9-closed');
  const dashboard = await recorded(t, 'kibana/7.17.5-open');
  const { result } = await audited(
    await declared(
      t,
      `targets:
  - { id: cluster, url: "${cluster}", owner: Data }
  - { id: dashboard, url: "${dashboard}", owner: Web, fronts: cluster }`,
      folder,
    ),
    join(folder, 'out'),
    { formats: [] },
  );
  const { folder: at } = await render(result.folder, { formats: ['json', 'findings-jsonl'], owner: 'Data' });
  t.match(readFileSync(join(at, 'findings.jsonl'), 'utf8'), '"dashboard-gateway"');
  t.match(summaryOf(readFileSync(join(at, 'findings.json'), 'utf8')).summary, {
    endpoints: 1,
    states: { open: 0, guarded: 1 },
  });
});

function summaryOf(text: string) {
  return z
    .object({
      summary: z.object({
        endpoints: z.number(),
        states: z.record(z.string(), z.number()),
        findings: z.record(z.string(), z.number()),
      }),
      problems: z.array(z.unknown()),
      problemsTotal: z.number(),
    })
    .parse(JSON.parse(text));
}
