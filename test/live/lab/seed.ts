import { ask } from './http.js';
import { backupFolder } from './launch.js';
import { registry } from './registry.js';
import { canary, canaryWord, type SearchServer, type SeedName } from './types.js';

/** An invented index: name, field values by document number. */
interface SeedIndex {
  readonly name: string;
  readonly documents: number;
  readonly record: (n: number) => Readonly<Record<string, unknown>>;
  /** The ids of its documents, where they are not their numbers. */
  readonly id?: (n: number) => string;
  /** Write-protected once it is filled. */
  readonly readOnly?: true;
  /** Made empty, with an allocation that no node satisfies. */
  readonly nowhere?: true;
}

const towns = ['Lindau', 'Bregenz', 'Chur', 'Sion', 'Aarau'];
const firstNames = ['Mira', 'Jonas', 'Selma', 'Tarek', 'Ida', 'Luca'];
const lastNames = ['Beispiel', 'Muster', 'Erfunden', 'Probe'];
const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';
const fullName = (n: number): string => `${pick(firstNames, n)} ${pick(lastNames, n >> 1)}`;
const mail = (n: number): string => `person${n}@shop.example`;
const day = (month: string, n: number): string => `2026-${month}-${String((n % 28) + 1).padStart(2, '0')}T08:15:00Z`;

function order(month: string): (n: number) => Readonly<Record<string, unknown>> {
  return (n) => ({
    order_id: `O-${month}-${n}`,
    ordered_at: day(month, n),
    customer_email: mail(n),
    shipping_address: { street: `Uferweg ${n}`, city: pick(towns, n), postal_code: `88${100 + n}` },
    total_amount: 10 + n,
    credit_card_last4: String(1000 + n),
    note: n === 3 ? canary : 'leave at the door',
  });
}

const shop: readonly SeedIndex[] = [
  { name: 'orders-2026.10', documents: 40, record: order('10') },
  { name: 'orders-2026.11', documents: 61, record: order('11') },
  {
    name: 'customers',
    documents: 25,
    record: (n) => ({
      full_name: fullName(n),
      email: mail(n),
      phone: `+41 00 555 ${1000 + n}`,
      date_of_birth: `19${60 + (n % 40)}-04-0${(n % 9) + 1}`,
      address: { street: `Seestrasse ${n}`, city: pick(towns, n) },
      password_hash: `invented-${n}`,
      remarks: n === 7 ? canary : '',
    }),
  },
  {
    name: 'payroll',
    documents: 8,
    record: (n) => ({ employee: fullName(n), iban: `CH00 0000 0000 0000 000${n}`, salary: 60_000 + n, sick_days: n }),
  },
  {
    name: 'app-logs-2026.11',
    documents: 150,
    record: (n) => ({
      '@timestamp': day('11', n),
      level: n % 9 === 0 ? 'ERROR' : 'INFO',
      client_ip: `192.0.2.${n}`,
      message: n === 11 ? `session opened ${canary}` : `GET /cart/${n}`,
    }),
  },
  {
    name: 'products',
    documents: 15,
    record: (n) => ({ sku: `P-${n}`, title: `Article ${n}`, price: 5 + n, in_stock: n % 3 !== 0 }),
  },
];

const wiped: readonly SeedIndex[] = [
  {
    name: 'read_me_to_recover',
    documents: 1,
    record: () => ({
      message: `All your data was backed up. Invented ransom note. ${canary}`,
      contact: 'nobody@ransom.example',
    }),
  },
];

/** Names that look like marks of an attacker only to who does not look closely. */
const innocent: readonly SeedIndex[] = [
  {
    name: 'homeowners',
    documents: 25,
    record: (n) => ({ owner: fullName(n), parcel: `P-${n}`, remarks: n === 7 ? canary : '' }),
    readOnly: true,
  },
  { name: 'hello-world', documents: 3, record: (n) => ({ greeting: `hello ${n}` }) },
  { name: 'readme-templates', documents: 40_000, record: (n) => ({ title: `Template ${n}`, body: 'Read me first.' }) },
];

/** What the bot of July 2020 left: empty indices behind random names, next to what it had not got to yet. */
const meow: readonly SeedIndex[] = [
  ...innocent.slice(0, 2).map(({ name, documents, record }) => ({ name, documents, record })),
  ...['gk01juo8o3', '4hq9vd0ymt', 'z7c2kw1p8e', 'm3xf6tb0ra', '0ujn5l9s2g', 'y8d4eo7qik'].map((prefix) => ({
    name: `${prefix}-meow`,
    documents: 0,
    record: () => ({}),
  })),
];

const manyIndices: readonly SeedIndex[] = Array.from({ length: 5000 }, (_, n) => ({
  name: `tenant-${String(n).padStart(4, '0')}-events`,
  documents: 1,
  record: () => ({ event: 'login', user_email: mail(n) }),
}));

const system: readonly SeedIndex[] = [
  { name: '.kibana_1', documents: 2, record: (n) => ({ type: 'config', config: { buildNum: n } }) },
];

const red: readonly SeedIndex[] = [
  ...shop.slice(0, 3),
  { name: 'archive-2025', documents: 0, record: () => ({}), nowhere: true },
];

/** Every document holds the canary in each of its texts, also as a single short word, and in its id. */
const everywhere: readonly SeedIndex[] = ['citizens', 'visits', '.kibana_1'].map((name) => ({
  name,
  documents: 12,
  record: (n) => ({
    type: 'person',
    title: `${canaryWord} ${n}`,
    tag: canaryWord,
    tags: [canaryWord, `${canaryWord}-${n}`],
    person: { name: canaryWord, address: { street: `${canaryWord} ${n}` } },
    seen: day('11', n),
    visits: n,
  }),
  id: (n) => `${canaryWord}-${n}`,
}));

const seeds: Readonly<Record<SeedName, readonly SeedIndex[]>> = {
  shop,
  none: [],
  system,
  wiped,
  meow,
  innocent,
  registry,
  red,
  canary: everywhere,
  'many-indices': manyIndices,
};

/** Names of the indices that a seed makes. */
export function seedIndices(seed: SeedName): readonly string[] {
  return seeds[seed].map(({ name }) => name);
}

/** Fills a server with its invented data by bulk requests. Rejects when a document is refused. */
export async function sow(server: SearchServer, url: string): Promise<void> {
  const major = Number(server.version.split('.')[0]);
  const typed = server.kind === 'elasticsearch' && major < 7;
  const login = server.security !== 'none';
  const indices = seeds[server.seed];
  const batch = server.seed === 'many-indices' ? 20 : 3;
  for (let from = 0; from < indices.length; from += batch) {
    const some = indices.slice(from, from + batch);
    const made = some.filter(({ documents }) => documents === 0 || server.seed === 'many-indices');
    await Promise.all(made.map(({ name, nowhere }) => makeIndex(server, `${url}/${name}`, nowhere === true)));
    const lines = some.flatMap(({ name, documents, record, id = String }) =>
      Array.from({ length: documents }, (_, n) => {
        const head = { index: { _index: name, ...(typed ? { _type: 'record' } : {}), _id: id(n) } };
        return `${JSON.stringify(head)}\n${JSON.stringify(record(n))}\n`;
      }),
    );
    if (lines.length === 0) continue;
    const answer = await ask(`${url}/_bulk`, {
      method: 'POST',
      body: lines.join(''),
      login,
      type: 'application/x-ndjson',
    });
    if (answer.status !== 200 || answer.body.includes('"errors":true')) {
      throw new Error(`${server.name}: the seed was refused: ${answer.status} ${answer.body.slice(0, 500)}`);
    }
  }
  // A shard that no node holds would keep the refresh waiting.
  const filled = indices.filter(({ nowhere }) => nowhere !== true).map(({ name }) => name);
  if (filled.length > 0 && filled.length < 50)
    await ask(`${url}/${filled.join(',')}/_refresh`, { method: 'POST', login });
  else if (filled.length > 0) await ask(`${url}/_refresh`, { method: 'POST', login });
  for (const { name, readOnly } of indices)
    if (readOnly === true) await put(server, `${url}/${name}/_settings`, { 'index.blocks.read_only': true });
  if (server.backups !== undefined) await backUp(server, url, server.backups);
  if (server.remotes !== undefined) await link(server, url, server.remotes);
}

/** The name of the snapshot repository of a server that has one. */
export const repository = 'nightly';

/** Registers a repository on disk, and takes a snapshot into it. */
async function backUp(server: SearchServer, url: string, backups: 'taken' | 'never'): Promise<void> {
  await put(server, `${url}/_snapshot/${repository}`, { type: 'fs', settings: { location: backupFolder(server) } });
  if (backups === 'taken') await put(server, `${url}/_snapshot/${repository}/first?wait_for_completion=true`, {});
}

/** Links a cluster to others, as `cluster.remote.*`. A link that cannot be made stays, unconnected. */
async function link(server: SearchServer, url: string, remotes: Readonly<Record<string, string>>): Promise<void> {
  const remote = Object.fromEntries(Object.entries(remotes).map(([name, address]) => [name, { seeds: [address] }]));
  await put(server, `${url}/_cluster/settings`, { persistent: { cluster: { remote } } });
}

async function put(server: SearchServer, url: string, body: object): Promise<void> {
  const done = await ask(url, { method: 'PUT', body: JSON.stringify(body), login: server.security !== 'none' });
  if (done.status !== 200)
    throw new Error(`${server.name}: ${url} was refused: ${done.status} ${done.body.slice(0, 300)}`);
}

/** One shard without a copy: what thousands of indices cost the least. */
async function makeIndex(server: SearchServer, url: string, nowhere: boolean): Promise<void> {
  const settings = { number_of_shards: 1, number_of_replicas: 0, 'translog.durability': 'async' };
  if (!nowhere) return put(server, url, { settings });
  await put(server, `${url}?wait_for_active_shards=0`, {
    settings: { ...settings, 'routing.allocation.require.box': 'x' },
  });
}
