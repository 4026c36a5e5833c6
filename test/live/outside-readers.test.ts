import { rmSync } from 'node:fs';
import http from 'node:http';
import t, { type Test } from 'tap';
import { auditUrls, filesHolding, placeOf, type Allowed, type AuditedUrls } from '../audited.js';
import { down, serverNamed, upAll, urlOf } from './lab/lab.js';
import { runningPid } from './lab/process.js';

/** A client of a cluster, as it shows itself. */
interface Visitor {
  /** Its own address on loopback. */
  readonly from: string;
  readonly agent: string;
  /** What it, or a proxy before it, says of its address. */
  readonly forwarded?: string;
  readonly path: string;
}

/** What visitors ask for: it must appear in no output. */
const asked = 'CANARY-ASKED-FOR';

const visitors: readonly Visitor[] = [
  { from: '127.0.0.7', agent: 'Mozilla/5.0 zgrab/0.x', path: '/' },
  { from: '127.0.0.8', agent: 'python-requests/2.32.5', forwarded: '198.51.100.23', path: `/_count?q=${asked}` },
  { from: '127.0.0.9', agent: 'shop-backend/1.0', path: '/_cluster/health' },
];

const copier: Visitor = {
  from: '127.0.0.10',
  agent: 'elasticdump',
  forwarded: '203.0.113.77, 10.9.8.7',
  path: `/_search?size=1&q=*:*&preference=${asked}`,
};

function visit(url: string, { from, agent, forwarded, path }: Visitor): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': agent, ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) };
    http
      .get(`${url}${path}`, { localAddress: from, headers, agent: false }, (answer) => {
        answer.resume().on('end', () => {
          resolve(answer.statusCode ?? 0);
        });
      })
      .on('error', reject);
  });
}

async function audited(t: Test, url: string, allowed: Allowed | null): Promise<AuditedUrls> {
  const result = await auditUrls([url], {}, allowed);
  t.teardown(() => {
    rmSync(result.folder, { recursive: true });
  });
  t.equal(result.bugs, 0, 'no check of ours threw');
  return result;
}

const readers: Allowed = { techniques: ['outsideReaders'] };

/** Elasticsearch that keeps a list of its clients, and a proxy through which one of them comes. */
const servers = [
  { name: 'elasticsearch-7.17.9-open', through: 'nginx-base-path' },
  { name: 'elasticsearch-8.16.3-open', through: null },
  { name: 'elasticsearch-9.4.3-open', through: null },
];

const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');

for (const { name, through } of servers) {
  const skip = wanted.length > 0 && !wanted.some((part) => name.includes(part));
  void t.test(`${name}: who was connected`, { skip }, async (t) => {
    const needed = [name, ...(through === null ? [] : [through])].map(serverNamed);
    const before = needed.filter((server) => runningPid(server.name) !== null);
    t.teardown(() => Promise.all(needed.filter((server) => !before.includes(server)).map(down)));
    await upAll(needed);
    const url = urlOf(serverNamed(name));
    const of = (result: AuditedUrls) => result.endpoints.get(placeOf(url));
    const finding = (result: AuditedUrls) => of(result)?.findings.find(({ check }) => check === 'outside-readers');

    if (before.length === 0) {
      const quiet = await audited(t, url, readers);
      t.equal(finding(quiet), undefined, 'only this audit and the lab itself');
      t.notOk(
        of(quiet)?.summary.undetermined.some(({ check }) => check === 'outside-readers'),
        'which is a verdict',
      );
    }

    for (const visitor of visitors) t.equal(await visit(url, visitor), 200, visitor.agent);
    const proxy = through === null ? null : serverNamed(through);
    const way = proxy === null ? url : `${new URL(urlOf(proxy)).origin}${proxy.basePath ?? ''}`;
    t.equal(await visit(way, copier), 200, copier.agent);

    const without = await audited(t, url, null);
    t.equal(finding(without), undefined, 'no finding without the technique');
    t.match(
      of(without)?.summary.undetermined.find(({ check }) => check === 'outside-readers')?.reason,
      /was not asked/,
    );
    t.notOk(
      without.ledger.some((line) => line.url.includes('/_nodes/stats')),
      'and no question',
    );

    const found = await audited(t, url, readers);
    const told = finding(found);
    t.match(told, { severity: 'high', severityRow: 'visited-host' });
    t.match(told?.title, /^A program that copies indices \(elasticdump\) and others used an? \S/);
    for (const said of [
      /203\.0\.113\.0\/24 \(by X-Forwarded-For\) as `elasticdump`, a program that copies indices: \d+ requests?,/,
      /198\.51\.100\.0\/24 \(by X-Forwarded-For\) as `python-requests\/2\.32\.5`/,
      /an inside address as `Mozilla\/5\.0 zgrab\/0\.x`, a scanner/,
      /Its shards count [\d,]+ search(es)?, [1-9][\d,]* of which fetched documents/,
    ])
      t.match(told?.summary, said);
    t.notMatch(told?.summary, /shop-backend|`leftopen/, 'neither inside applications nor this audit');
    for (const secret of [asked, '203.0.113.77', '198.51.100.23', '127.0.0.7', '127.0.0.10', '10.9.8.7'])
      t.strictSame(filesHolding(found.folder, secret), [], `${secret} is in no file of the run`);
    const urls = found.ledger.map((line) => line.url);
    const statistics = urls.findIndex((each) => each.includes('/_nodes/stats'));
    t.ok(
      statistics >= 0 && statistics < urls.findIndex((each) => each.includes('/_count')),
      'asked before our own search',
    );

    const full = await audited(t, url, { ...readers, fullAddresses: true });
    t.match(finding(full)?.summary, /203\.0\.113\.77 \(by X-Forwarded-For\)/);
    for (const secret of [asked, '127.0.0.7', '127.0.0.10', '10.9.8.7'])
      t.strictSame(filesHolding(full.folder, secret), [], `${secret} is in no file, full addresses or not`);

    const since = of(found)?.findings.find(({ check }) => check === 'cluster-open')?.since;
    t.match(since?.configured, {
      strength: 'strong',
      reasoning: /by its own clock, which agrees with ours/,
    });
    t.match(since?.clockAhead, { of: 'node', corrected: false });
    t.ok(
      Date.parse(since?.clusterBornBy ?? '') <= Date.parse(since?.seenOpenSince ?? ''),
      'it was born before it was asked',
    );
  });
}
