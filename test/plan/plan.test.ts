import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { catalogue } from '../../src/catalogue/index.js';
import { products } from '../../src/model/endpoint.js';
import { formatPlan, formatPlanned } from '../../src/cli/plan-page.js';
import { checkPlanLock, plannedEndpoints, planOf, writePlanLock } from '../../src/plan/index.js';
import { audited, declared, engagement, serve, wall } from '../run/support.js';

const text = `${engagement.trimEnd()}
  client: { name: Acme, legalEntity: Acme Holding SAS }
  window: { from: 2026-11-01, to: 2999-11-30, weekly: ["Mon-Fri 20:00-06:00"], timeZone: Europe/Paris }
  techniques: { documentCounts: false }
  limits: { concurrency: 10, requestsPerSecond: 5, requestsPerEndpoint: 20, connectTimeoutMs: 2000 }
  scope: { include: ["*.acme.test", 10.0.0.0/8, localhost, 127.0.0.0/8], exclude: [10.1.2.3] }
targets:
  - { id: range, hosts: [10.1.0.0/16], ports: [9200] }
  - { id: named, hosts: ["es-[01-03].acme.test"], ports: [9200, 9201], paths: [/, /es] }
`;

t.test('a plan says what would be asked, and sends nothing', async (t) => {
  const declaration = await declared(t, text);
  const plan = await planOf(declaration, { resolve: false, first: 7 });
  const expected = 65_536 - 1 + 12;
  t.equal(plan.endpoints.total ?? plan.endpoints.atMost, expected);
  t.equal(plan.endpoints.first.length, 7);
  t.equal(plan.questions.length, catalogue.length, 'each question of the catalogue');
  t.ok(plan.questions.every(({ why, reveals }) => why !== '' && reveals !== ''));
  t.match(
    plan.questions.find(({ technique }) => technique === 'documentCounts'),
    { on: false },
  );
  t.match(
    plan.techniques.find(({ name }) => name === 'documentCounts'),
    { on: false, default: true },
  );
  t.strictSame(
    plan.questionsByProduct.map(({ product }) => product),
    [...products, 'unknown'].sort(),
  );
  t.match(plan.totals, {
    requestsTypical: expected * 3,
    requestsWorst: expected * 20,
    peakRequestsPerSecond: 5,
    peakConnections: 10,
    secondsTypical: Math.ceil((expected * 3) / 5),
    secondsSilent: Math.ceil((Math.ceil(expected / 10) * 2000) / 1000),
  });
  t.match(plan.userAgent, /engagement ACME-1; contact jean@acme\.example/);
  t.strictSame(JSON.parse(JSON.stringify(plan)), plan, 'it is JSON');

  const page = formatPlan(plan);
  for (const said of [
    /AUDIT Acme Acme Holding SAS/,
    /Authority Jeanne Moreau, CISO, as owner/,
    /LOA-1, signed on 2026-10-20/,
    /only Mon 20:00-Tue 06:00.*\(Europe\/Paris\)/,
    /Egress +192\.0\.2\.7/,
    /documentCounts off .*by default on/,
    /GET \/_cat\/indices/,
    /at most|never above/,
    /65,540 more: plan --endpoints/,
    new RegExp(plan.digest),
  ]) {
    t.match(page.replace(/\s+/g, ' '), said);
  }
  t.ok(
    page.split('\n').every((line) => line.length <= 100 || !/ \S+ /.test(line.trim())),
    'it fits 100 columns where words can be broken',
  );
});

t.test("the totals know owners' limits, addresses and transport ports", async (t) => {
  const totals = async (yaml: string) => (await planOf(await declared(t, yaml), { resolve: false, first: 0 })).totals;
  const owners = (limits: string, range: string) => `engagement: { id: x, limits: { connectTimeoutMs: 1000 } }
owners: { slow: { limits: { ${limits} } } }
targets:
  - { id: a, hosts: [${range}], ports: [9200], owner: slow }
  - { id: b, hosts: [127.9.9.9], ports: [9200] }
`;
  t.match(await totals(owners('requestsPerSecond: 0.1', '127.1.0.0/28')), {
    requestsTypical: 51,
    secondsTypical: 480,
    secondsSilent: 160,
    peakRequestsPerSecond: null,
  });
  t.match(await totals(owners('concurrency: 1', '127.1.0.0/28')), {
    secondsTypical: Math.ceil(16 * 0.3),
    secondsSilent: 16,
    peakConnections: 2,
  });
  t.match(
    await totals(owners('requestsPerSecond: 1', '127.0.0.0/9')),
    { secondsTypical: 8_388_608 * 3, secondsSilent: 8_388_608 },
    'an owner of more than can be counted one by one',
  );
  const hosts = (limits: string, owner = '') => `engagement: { id: x, limits: { connectTimeoutMs: 1000, ${limits} } }
owners: { one: { limits: { perAddress: 1 } } }
targets: [{ id: a, hosts: [127.1.0.0/30], ports: [9200, 9201, 9202, 9203, 9204, 9205]${owner} }]
`;
  t.match(await totals(hosts('perAddress: 2')), { secondsSilent: 3 });
  t.match(await totals(hosts('perAddress: 2', ', owner: one')), { secondsSilent: 6 });
  t.match(await totals(hosts('perAddress: 2, requestsPerSecond: 10')), { peakRequestsPerSecond: 10 });
  t.match(
    await totals(`engagement: { id: x, techniques: { transportPort: true }, limits: { requestsPerEndpoint: 20 } }
targets: [{ id: a, hosts: [127.1.0.0/30], ports: [9200] }]
`),
    { requestsTypical: 4 * 3 + 4, requestsWorst: 4 * 20 + 4 * 2 },
    'one question for each transport port',
  );
});

t.test('every endpoint can be listed, however many', async (t) => {
  const declaration = await declared(
    t,
    `targets: [{ id: a, hosts: ["127.1.0.0/22", localhost], ports: [9200, 9300], paths: [/, /es] }]`,
  );
  const listed = [];
  for await (const endpoint of plannedEndpoints(declaration, { resolve: false })) listed.push(endpoint);
  t.equal(listed.length, 1025 * 4);
  t.equal(new Set(listed.map(({ url }) => url)).size, listed.length, 'each once');
  t.equal((await planOf(declaration, { resolve: false })).endpoints.total, listed.length);
  const [first] = listed;
  t.equal(first === undefined ? '' : formatPlanned(first), 'localhost:9200 [a]');
});

t.test('with look-ups, it shows each address and what the scope excludes', async (t) => {
  const declaration = await declared(
    t,
    `${engagement.trimEnd()}
  scope: { include: [localhost, 127.0.0.1, no-such-name.acme.test] }
targets: [{ id: a, hosts: [localhost, no-such-name.acme.test], ports: [9200] }]`,
  );
  const plan = await planOf(declaration, { resolve: true });
  t.ok(plan.endpoints.first.some(({ url, address }) => url.endsWith('localhost:9200') && address === '127.0.0.1'));
  t.match(
    plan.endpoints.first.find(({ url }) => url.includes('no-such-name')),
    { address: null, refused: /name/ },
  );
});

t.test('with look-ups, it leaves out what the run leaves out: the addresses of excluded names', async (t) => {
  const declaration = await declared(
    t,
    `engagement:\n  id: A\n  scope: { exclude: [localhost] }\ntargets: [{ id: a, hosts: [127.0.0.1, 127.83.9.1], ports: [9200] }]`,
  );
  const refused = async (resolve: boolean) =>
    (await planOf(declaration, { resolve })).endpoints.first.map(({ refused }) => refused);
  t.match(await refused(true), [/address is excluded/, null]);
  t.strictSame(await refused(false), [null, null], 'its address is not known without a look-up');
});

t.test('a lock refuses any difference, and says which', async (t) => {
  const folder = t.testdir({});
  const lock = join(folder, 'plan.lock');
  const { port } = await serve(t, wall);
  copyFileSync('test/net/fixtures/ca.pem', join(folder, 'ca.pem'));
  const small = `${engagement.trimEnd()}
  limits: { concurrency: 10 }
targets: [{ id: a, url: "http://127.0.0.1:${port}" }]`;
  await writePlanLock(await declared(t, small, folder), lock);
  await checkPlanLock(await declared(t, small, folder), lock);
  const run = await audited(await declared(t, small, folder), join(folder, 'out'), { planLock: lock });
  t.equal(run.result.head.run.finished, true);

  const differences = [
    ['limits', small.replace('concurrency: 10', 'concurrency: 11'), /the limits changed/],
    ['targets', small.replace('id: a,', 'id: b,'), /the targets changed/],
    ['a port', small.replace(`:${port}"`, ':1"'), /hosts, ports, paths/],
    ['techniques', small.replace('  limits', '  techniques: { names: false }\n  limits'), /the techniques changed/],
    [
      'the window',
      small.replace('  limits', '  window: { from: 2026-01-01, to: 2999-01-01 }\n  limits'),
      /the window changed/,
    ],
    ['who authorised it', small.replace('Jeanne Moreau', 'Jim Moreau'), /who authorised it changed/],
    ['the authorisation', small.replace('LOA-1', 'LOA-2'), /the authorisation changed/],
    ['contacts', small.replace('Jean Martin', 'Joan Martin'), /the contacts changed/],
    ['the egress', small.replace('192.0.2.7', '192.0.2.8'), /the vantage or its egress address changed/],
    ['the client', small.replace('  limits', '  client: { name: ACME }\n  limits'), /the client changed/],
    ['an authority', `tls: { authorities: ca.pem }\n${small}`, /the authorities or the client certificate changed/],
    ['the scope', small.replace('  limits', '  scope: { exclude: [127.0.0.9] }\n  limits'), /the scope changed/],
  ] as const;
  for (const [name, changed, message] of differences) {
    const refused = checkPlanLock(await declared(t, changed, folder), lock);
    await t.rejects(refused, { name: 'UserMistake', message }, name);
  }
  const before = readFileSync(lock, 'utf8');
  await t.rejects(writePlanLock(await declared(t, small, folder), lock), {
    name: 'UserMistake',
    message: /exists already.*name another file/,
  });
  t.equal(readFileSync(lock, 'utf8'), before, 'an agreed lock stays');
  const forged = join(folder, 'forged.lock');
  writeFileSync(forged, before.replace(/"digest": ?"[0-9a-f]{64}"/, `"digest":"${'0'.repeat(64)}"`));
  await t.rejects(checkPlanLock(await declared(t, small, folder), forged), { message: /changed after it was written/ });
  const other = JSON.stringify({ ...JSON.parse(readFileSync(lock, 'utf8')), digest: '0'.repeat(64) });
  writeFileSync(lock, other.replace(/"catalogue":"[^"]+"/, '"catalogue":"x"'));
  await t.rejects(audited(await declared(t, small, folder), folder, { planLock: lock }), {
    name: 'UserMistake',
    message: /leftopen's catalogue of questions changed/,
  });
  writeFileSync(lock, '{}');
  await t.rejects(checkPlanLock(await declared(t, small, folder), lock), { message: /is not a plan lock/ });
  await t.rejects(checkPlanLock(await declared(t, small, folder), join(folder, 'none')), { message: /no such file/ });
  await t.rejects(writePlanLock(await declared(t, small, folder), join(folder, 'no', 'x')), { name: 'UserMistake' });
});
