// Shards: together they are the estate, each host is in one of them, and always in the same.
import fc from 'fast-check';
import t from 'tap';
import { mostShards, readShard, type Shard } from '../../src/model/series.js';
import { isInShard, serversOf } from '../../src/engagement/shard.js';
import { engagement, placesOf, shortPlace, valid } from './support.js';

const shards = (of: number): readonly Shard[] => Array.from({ length: of }, (_, i): Shard => `${i + 1}/${of}`);

/** Targets of every kind, in the order of these numbers. */
function estate(order: readonly number[], more: readonly string[] = []): string {
  const targets = [
    '  - { id: range, hosts: 10.0.0.0/26, ports: [9200, 5601] }',
    '  - { id: names, hosts: "es-[1-40].acme.example", ports: [9200, 9201], paths: [/, /es] }',
    '  - { id: list, hostsFrom: list.txt, ports: [9200] }',
    '  - { id: single, url: "https://ES-7.acme.example:9443/kibana" }',
    '  - { id: fixed, hosts: [{ name: one.acme.example, address: [10.0.0.9, 10.0.0.70] }, { name: two.acme.example, address: 10.0.0.70 }], ports: [9200] }',
    '  - { id: six, hosts: "2001:db8::/124", ports: [9200] }',
  ];
  return engagement() + ['targets:', ...order.map((i) => targets[i] ?? ''), ...more, ''].join('\n');
}

const files = { 'list.txt': '10.0.0.1\nother.acme.example\nes-3.acme.example\n10.0.1.0/28\n' };

t.test('the shards are the estate, no endpoint twice, and all endpoints of a host in one of them', async (t) => {
  const all = [0, 1, 2, 3, 4, 5];
  const whole = (await placesOf(await valid(t, estate(all), { files }))).map(key);
  t.ok(whole.length > 300);
  for (const of of [1, 2, 3, 8, 64]) {
    const seen: string[] = [];
    const shardOf = new Map<string, Shard>();
    for (const shard of shards(of)) {
      const declaration = await valid(t, estate(all), { files, shard });
      const places = await placesOf(declaration);
      seen.push(...places.map(key));
      for (const { host } of places) {
        t.ok([undefined, shard].includes(shardOf.get(host)), `${host} is in one shard of ${of}`);
        shardOf.set(host, shard);
      }
      t.strictSame(
        places.map(({ ordinal }) => ordinal),
        places.map((_, i) => i),
      );
      t.ok(declaration.atMost() >= places.length);
      t.ok([null, places.length].includes(declaration.count()));
    }
    t.strictSame([...seen].sort(), [...whole].sort(), `${of} shards`);
    const servers = ['one.acme.example', 'two.acme.example', '10.0.0.9'].map((host) => shardOf.get(host));
    t.equal(new Set(servers).size, 1, 'names and the address that the file fixes for them are one server');
  }
});

function key(place: Parameters<typeof shortPlace>[0]): string {
  return `${shortPlace(place)} ${place.address ?? ''}`;
}

t.test('neither the order of the file nor additions move a host', async (t) => {
  const placed = async (yaml: string) =>
    (await placesOf(await valid(t, yaml, { files, shard: '3/8' }))).map(key).sort();
  const before = await placed(estate([0, 1, 2, 3, 4, 5]));
  t.ok(before.length > 20);
  t.strictSame(await placed(estate([5, 3, 1, 4, 0, 2])), before);
  const after = await placed(estate([2, 0, 5, 1, 4, 3], ['  - { id: more, hosts: 192.168.0.0/25, ports: [9200] }']));
  t.ok(after.length > before.length);
  t.strictSame(
    after.filter((place) => !place.startsWith('192.168.')),
    before,
  );
  const { digest } = await valid(t, estate([0]), { files });
  t.equal((await valid(t, estate([0]), { files, shard: '3/8' })).digest, digest, 'all shards share a plan');
});

t.test('any server is in exactly one shard', (t) => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: mostShards }), (server, of) => {
      // Of many parts a few are enough: the remainder of a division is one number.
      const mine = shards(of).filter((shard) => isInShard(server, shard));
      return mine.length === 1;
    }),
    { numRuns: 60 },
  );
  t.equal(isInShard('10.20.30.40', '3/8'), false);
  t.equal(isInShard('10.20.30.40', '5/8'), true, 'hosts stay where earlier versions put them');
  t.end();
});

t.test('names that share fixed addresses are one server, however they are linked', (t) => {
  const servers = serversOf(
    new Map([
      ['a', ['10.0.0.2', '10.0.0.1']],
      ['c', ['10.0.0.4']],
      ['b', ['10.0.0.3', '10.0.0.2']],
      ['d', ['10.0.0.3']],
    ]),
  );
  const of = (name: string) => servers.get(name);
  t.strictSame(['a', 'b', 'd', '10.0.0.1', '10.0.0.2', '10.0.0.3'].map(of), Array(6).fill('10.0.0.1'));
  t.strictSame(['c', '10.0.0.4'].map(of), ['10.0.0.4', '10.0.0.4']);
  t.equal(of('10.0.0.5'), undefined);
  t.end();
});

t.test('invalid shards', (t) => {
  for (const text of ['0/8', '9/8', '3', '3/', '/8', 'a/b', '3/0', '-1/8', '1.5/8', '1/1001', '3/8/2', ''])
    t.equal(readShard(text), null, text);
  t.equal(readShard(' 03/8 '), '3/8');
  t.equal(readShard('1000/1000'), '1000/1000');
  t.end();
});

t.test('a shard without a host is not a mistake', async (t) => {
  const yaml = `${engagement()}targets: [{ id: a, url: "http://10.0.0.1:9200" }]\n`;
  const counts = [];
  for (const shard of shards(8)) counts.push((await valid(t, yaml, { shard })).count());
  t.strictSame([...counts].sort(), [0, 0, 0, 0, 0, 0, 0, 1]);
});
