import { readdirSync, readFileSync } from 'node:fs';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { formatPlan } from '../../src/cli/plan-page.js';
import { planOf } from '../../src/plan/index.js';
import { audited, declared, engagement, recorded, serve, wall } from './support.js';

const find = '/api/saved_objects/_find?type=data-source';
const listing = '/api/directquery/dsl/cat.indices/dataSourceMDSId=';

const rows = [
  { health: 'green', status: 'open', index: 'archive-2019', 'docs.count': '1234', 'store.size': '5.2mb' },
  { health: 'green', status: 'open', index: 'archive-2020', 'docs.count': '6', 'store.size': '7kb' },
];

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'osd-name': 'osd' });
  response.end(JSON.stringify(body));
}

/** A recorded OpenSearch Dashboards 2.19.2 whose saved objects name these data sources; gives its port and the ids that were listed. */
async function dashboardWith(
  t: Test,
  sourcesOf: () => Readonly<Record<string, string>>,
): Promise<{ readonly port: number; readonly listed: string[] }> {
  const behind = await recorded(t, 'opensearch-dashboards/2.19.2-data-sources');
  const listed: string[] = [];
  const { port } = await serve(t, (incoming: IncomingMessage, response) => {
    const path = incoming.url ?? '';
    if (path.startsWith(listing)) {
      listed.push(path.slice(listing.length).replace(/\?.*$/, ''));
      json(response, rows);
      return;
    }
    if (path.startsWith(find)) {
      const saved = Object.entries(sourcesOf()).map(([id, endpoint]) => ({
        id,
        type: 'data-source',
        attributes: { title: `Title ${id}`, endpoint, auth: { type: 'username_password' } },
      }));
      json(response, { page: 1, per_page: 50, total: saved.length, saved_objects: saved });
      return;
    }
    const onward = request(
      new URL(path, behind),
      { method: incoming.method ?? 'GET', headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    onward.end();
  });
  return { port, listed };
}

async function auditOf(t: Test, allowed: boolean) {
  const cluster = await serve(t, wall);
  const sources: Record<string, string> = {};
  const dashboard = await dashboardWith(t, () => sources);
  Object.assign(sources, {
    address: `http://127.41.0.2:${cluster.port}`,
    name: `https://es.acme.test:${cluster.port}/`,
    'fixed-address': `http://127.41.0.4:${cluster.port}`,
    'other-port': 'http://127.41.0.2:9',
    'name-other-port': 'http://es.acme.test:9',
    excluded: `http://127.41.1.2:${cluster.port}`,
    elsewhere: 'https://10.1.2.3:9200',
    'other-name': `http://elsewhere.acme.test:${cluster.port}`,
    'own-machine': `http://localhost:${cluster.port}`,
  });
  const yaml = `${engagement.trimEnd()}
  client: { name: Acme, legalEntity: Acme Holding SAS }
  window: { from: 2026-01-01, to: 2999-11-30 }
  scope: { include: [127.41.0.0/16], exclude: [127.41.1.2] }
  vantage: { name: inside, exposure: internal }
  techniques: { dataSourceListing: ${allowed} }
targets:
  - { id: wall, url: "http://127.41.0.1:${dashboard.port}" }
  - { id: plain, url: "http://127.41.0.2:${cluster.port}" }
  - { id: range, hosts: [127.41.1.0/30], ports: [${cluster.port}] }
  - { id: named, hosts: [{ name: es.acme.test, address: 127.41.0.3 }, { name: old.acme.test, address: 127.41.0.4 }], ports: [${cluster.port}] }
`.replace(/\n {2}vantage: .*outside.*/, '');
  const folder = t.testdir({});
  const declaration = await declared(t, yaml, folder);
  const plan = await planOf(declaration, { resolve: false });
  const run = await audited(declaration, join(folder, 'out'));
  const ledger = readdirSync(run.result.folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /ledger.*\.jsonl$/.test(file))
    .map((file) => readFileSync(join(run.result.folder, file), 'utf8'))
    .join('');
  const texts = run.findings
    .filter(({ check }) => check === 'dashboard-gateway' || check === 'dashboard-open')
    .map(({ summary }) => summary)
    .join('\n');
  return { plan, listed: dashboard.listed, ledger, texts, port: cluster.port };
}

t.test('without the technique no data source is listed, and the plan says so', async (t) => {
  const { plan, listed, ledger, texts } = await auditOf(t, false);
  t.match(
    plan.techniques.find(({ name }) => name === 'dataSourceListing'),
    { on: false, default: false },
  );
  t.strictSame(listed, [], 'nothing is asked of the clusters behind');
  t.notMatch(ledger, 'dataSourceMDSId');
  t.match(texts, /data sources lead to 9 further clusters/, 'they are still named');
  t.notMatch(texts, /archive-2019|Through `Title/);
});

t.test('with the technique only what is declared at that port and in scope is listed', async (t) => {
  const { plan, listed, ledger, texts, port } = await auditOf(t, true);
  t.match(
    plan.techniques.find(({ name }) => name === 'dataSourceListing'),
    { on: true },
  );
  t.match(formatPlan(plan).replace(/\s+/g, ' '), 'GET /api/directquery/dsl/cat.indices/dataSourceMDSId=');
  t.strictSame([...listed].sort(), ['address', 'fixed-address', 'name']);
  for (const id of listed) t.match(ledger, `dataSourceMDSId=${id}`, `the ledger has the listing of ${id}`);
  t.match(texts, /Through `Title address` it listed 2 indices of that cluster with 1,240 documents/);
  const undeclared = /The dashboard leads to (.*?), which were not declared/.exec(texts)?.[1] ?? '';
  t.match(undeclared, '`10.1.2.3:9200`');
  t.match(undeclared, '`127.41.0.2:9`', 'a declared host at another port was not declared');
  t.match(undeclared, / and 2 more$/, 'and says how many more there are');
  for (const asked of ['127.41.0.2', '127.41.0.3', '127.41.0.4', 'es.acme.test'])
    t.notMatch(undeclared, `\`${asked}:${port}\``, `${asked} was asked`);
});
