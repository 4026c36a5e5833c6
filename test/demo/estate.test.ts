import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { estate } from '../../src/demo/estate.js';
import { openEstate, placesOf } from '../../src/demo/serve.js';
import { targetsOf } from '../../src/demo/targets.js';
import { readTargets } from '../../src/engagement/index.js';
import { audit } from '../../src/run/index.js';
import type { EndpointSummary } from '../../src/model/finding.js';

/** What each endpoint of the estate is: the truth of its recording, in words of the record. */
const truth: Readonly<Record<string, Pick<EndpointSummary, 'state' | 'product' | 'access'>>> = {
  clinics: { state: 'open', product: 'elasticsearch', access: 'control' },
  archive: { state: 'open', product: 'elasticsearch', access: 'control' },
  telemetry: { state: 'open', product: 'opensearch', access: 'control' },
  catalogue: { state: 'open', product: 'elasticsearch', access: 'documents' },
  orders: { state: 'open', product: 'opensearch', access: 'documents' },
  claims: { state: 'guarded', product: 'elasticsearch', access: 'guarded' },
  payments: { state: 'guarded', product: 'opensearch', access: 'guarded' },
  parcels: { state: 'guarded', product: 'elasticsearch', access: 'guarded' },
  'parcels-dashboard': { state: 'open', product: 'kibana', access: 'documents' },
  'depots-dashboard': { state: 'open', product: 'opensearch-dashboards', access: 'documents' },
  'claims-dashboard': { state: 'guarded', product: 'kibana', access: 'banner' },
  'payments-dashboard': { state: 'guarded', product: 'opensearch-dashboards', access: 'banner' },
  'lobby-wallboard': { state: 'open', product: 'kibana', access: 'banner' },
  planning: { state: 'guarded', product: null, access: 'guarded' },
  permits: { state: 'open', product: 'elasticsearch', access: 'control' },
  transport: { state: 'guarded', product: 'elasticsearch', access: 'banner' },
  lure: { state: 'decoy', product: null, access: 'silent' },
  intranet: { state: 'other-product', product: null, access: 'silent' },
  spare: { state: 'unreachable', product: null, access: 'silent' },
  retired: { state: 'unreachable', product: null, access: 'silent' },
};

/** The kinds of data that the fields of each open cluster show. */
const held: Readonly<Record<string, string>> = {
  archive: 'bank-account birth-date device email health person-name phone postal-address',
  catalogue: 'email postal-address',
  clinics: 'bank-account birth-date credential device email health person-name phone postal-address',
  'depots-dashboard': 'bank-account email national-id person-name phone postal-address',
  orders: 'bank-account email postal-address',
  'parcels-dashboard': 'email person-name postal-address',
  permits: 'bank-account birth-date device email health national-id person-name phone postal-address',
  telemetry: 'device email person-name phone postal-address',
};

t.test('every endpoint of the estate is identified', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-estate-'));
  const up = await openEstate();
  t.teardown(async () => {
    await up.close();
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'targets.yaml');
  writeFileSync(file, targetsOf(up.demoServers));
  const read = await readTargets(file);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  const result = await audit(read.declaration, {
    out: join(folder, 'reports'),
    failOn: 'high',
    formats: [],
    signal: new AbortController().signal,
  });
  t.equal(result.exitCode, 1);
  t.equal(result.head.run.finished, true);
  t.equal(result.head.summary.bugs, 0);
  const seen = new Map<string, EndpointSummary>();
  for await (const endpoint of result.endpoints()) seen.set(endpoint.target, endpoint);
  t.equal(seen.size, estate.length);
  for (const { target } of estate) t.match(seen.get(target), { ...truth[target] }, target);
  const findings = [];
  for await (const finding of result.findings()) findings.push(finding);
  const classes = findings.flatMap(({ target, classes }) =>
    classes.length === 0
      ? []
      : [
          [
            target,
            classes
              .map((one) => one.class)
              .toSorted()
              .join(' '),
          ],
        ],
  );
  t.same(Object.fromEntries(classes), held);
  const gateways = findings.filter(({ check }) => check === 'dashboard-gateway');
  // A city whose departments all hold the same data would not be much of an example.
  const entered = findings.flatMap(({ contents }) =>
    contents !== null && contents.largest.length > 0 ? [contents] : [],
  );
  const holdings = new Set(entered.map(({ largest }) => largest.map(({ name }) => name).join()));
  const owners = new Set(
    findings.filter(({ contents }) => (contents?.largest.length ?? 0) > 0).map(({ owner }) => owner),
  );
  t.equal(holdings.size, owners.size, 'each owner has indices of their own');
  t.equal(new Set(entered.map(({ documents }) => documents)).size, owners.size, 'and a number of documents');
  t.ok(owners.size > 6);
  const clusters = [...seen.values()].flatMap(({ clusterName }) => clusterName ?? []);
  t.equal(new Set(clusters).size, clusters.length, 'each cluster has its own name');
  t.same(
    findings
      .filter((finding) => /lab-shop|app-logs|credit_card_last4/.test(JSON.stringify(finding)))
      .map(({ id }) => id),
    [],
    'no name of the lab is left',
  );
  t.equal(gateways.length, 1);
  t.match(gateways[0], { target: 'parcels-dashboard', also: [/parcels\.harbour\.test/] });
});

t.test('a second estate has the same ports, so that two runs of the demo compare', async (t) => {
  const first = await openEstate();
  t.teardown(first.close);
  const second = await openEstate();
  t.teardown(second.close);
  const ports = (up: typeof first): unknown => up.demoServers.map(({ demoServer, port }) => [demoServer.target, port]);
  t.same(ports(first), ports(second));
  for (const [ordinal, one] of estate.entries()) t.equal(placesOf(one, ordinal)[0]?.[1], one.port);
  t.end();
});
