// Who was connected to an open cluster: clients from outside, and scanners, among those of the last minutes.
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { answersTo, kept, refs, type Answered } from '../catalogue/exchanges.js';
import { defineTopic } from '../catalogue/topic.js';
import type { EvidenceRefs } from '../model/observation.js';
import { instant } from '../text/words.js';
import { agentMark } from '../knowledge/user-agents.js';
import { isFrom } from '../knowledge/version.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Json } from '../model/json.js';
import { plain } from '../catalogue/banner.js';
import { entries, optionalNumber, optionalText } from '../catalogue/parse.js';

/** Connections of one network, way and program, counted together. */
export interface ClientFacts {
  /** The full address, or its network (/24, /48); null for an address of an inside network. */
  readonly address: string | null;
  /** Whether `address` was named by X-Forwarded-For, which callers can set to anything, and not by the connection. */
  readonly forwarded: boolean;
  /** What the program calls itself. */
  readonly agent: string | null;
  /** The run of leftopen that its X-Opaque-Id names. */
  readonly run: string | null;
  readonly connections: number;
  readonly requests: number;
  /** First connection and last request, UTC ISO 8601, by the server's clock. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

/** Who was connected to a cluster: those connected now, and those who left within five minutes. */
export interface ClientsFacts {
  /** `given`; `none`: no list was in the answer; `refused`: it was not answered with statistics; `cut`: longer than is read. */
  readonly list: 'given' | 'none' | 'refused' | 'cut';
  /** The most telling kinds, outside addresses first. */
  readonly kinds: readonly ClientFacts[];
  /** All kinds there were. */
  readonly kindsTotal: number;
  /** Connections listed. */
  readonly connections: number;
  /** Connections since the nodes started; null where not said. */
  readonly opened: number | null;
  /** Milliseconds that the longest-running node has run. */
  readonly uptimeMs: number | null;
  /** Searches, fetches of documents and scrolls that the shards counted, before this survey's own search. */
  readonly searches: number | null;
  readonly fetches: number | null;
  readonly scrolls: number | null;
  readonly evidence: EvidenceRefs;
}

/** What is asked of `_nodes/stats`, by name: never `last_uri`, which contains other people's searches. */
export const clientsPath = `/_nodes/stats/http,jvm,indices/search?filter_path=${[
  'name',
  'jvm.timestamp',
  'jvm.uptime_in_millis',
  'http.current_open',
  'http.total_opened',
  ...[
    'agent',
    'remote_address',
    'x_forwarded_for',
    'x_opaque_id',
    'opened_time_millis',
    'last_request_time_millis',
    'request_count',
  ].map((field) => `http.clients.${field}`),
  ...['query_total', 'fetch_total', 'scroll_total'].map((field) => `indices.search.${field}`),
]
  .map((field) => `nodes.*.${field}`)
  .join(',')}`;

/** Kinds of clients kept at most: those that tell most. All are counted. */
const kindsKept = 100;

/** Nodes whose clocks are kept at most. */
const nodesKept = 100;

const kind = z.object({
  /** The full address, or its network; absent for an address of an inside network, which we do not need. */
  address: z.string().optional(),
  /** True when the address was named by X-Forwarded-For and not by the connection. */
  forwarded: z.boolean().optional(),
  agent: z.string().optional(),
  /** Id of a run of leftopen that X-Opaque-Id names. */
  run: z.string().optional(),
  connections: z.number(),
  requests: z.number(),
  /** Milliseconds since 1970, by the server's clock. */
  first: z.number().optional(),
  last: z.number().optional(),
});

const clients = z.object({
  nodes: z.array(
    z.object({
      name: z.string().optional(),
      /** Milliseconds since 1970 when it answered, by its own clock. */
      now: z.number().optional(),
      uptimeMs: z.number().optional(),
      opened: z.number().optional(),
    }),
  ),
  nodesTotal: z.number(),
  /** Connections since the nodes started, and those open now. */
  opened: z.number().optional(),
  open: z.number().optional(),
  searches: z.number().optional(),
  fetches: z.number().optional(),
  scrolls: z.number().optional(),
  /** False where no node gives a list of its clients. */
  listed: z.boolean(),
  /** Connections listed. */
  connections: z.number(),
  /** Distinct kinds of clients, of which `list` holds the most telling. */
  kinds: z.number(),
  list: z.array(kind),
});

/** The clients of a cluster as kept. */
export type KeptClients = z.infer<typeof clients>;

/** Reads kept clients back; null for any other value. */
export function parseClients(value: unknown): KeptClients | null {
  const parsed = clients.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const optionalObject = <T extends z.ZodRawShape>(shape: T) => z.object(shape).optional().catch(undefined);

const node = z.object({
  name: optionalText(200),
  jvm: optionalObject({ timestamp: optionalNumber, uptime_in_millis: optionalNumber }),
  http: optionalObject({
    current_open: optionalNumber,
    total_opened: optionalNumber,
    clients: z.array(z.unknown()).optional().catch(undefined),
  }),
  indices: optionalObject({
    search: optionalObject({ query_total: optionalNumber, fetch_total: optionalNumber, scroll_total: optionalNumber }),
  }),
});

const client = z.object({
  agent: optionalText(200),
  remote_address: optionalText(100),
  x_forwarded_for: optionalText(1000),
  x_opaque_id: optionalText(100),
  opened_time_millis: optionalNumber,
  last_request_time_millis: optionalNumber,
  request_count: optionalNumber,
});

/** The id of a run, as every request of it carries it. Other ids are third parties' own words and are not kept. */
const runId = /^leftopen-\d{8}T\d{6}Z-[0-9a-f]{8}$/;

const clientsShape = z.object({ nodes: z.looseObject({}) });

/**
 * Keeps of `_nodes/stats` who was connected: connections of the same network, program and run counted together. Addresses
 * of inside networks are not kept, the others as networks.
 *
 * @param full keeps their full addresses
 */
export function keepClients(full: boolean): (body: unknown) => Json | null {
  return (body) => {
    const outer = clientsShape.safeParse(body);
    if (!outer.success) return null;
    const nodes = entries(outer.data.nodes).flatMap(([, value]) => {
      const parsed = node.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    });
    if (!nodes.some(({ http }) => http?.total_opened !== undefined)) return null;
    const lists = nodes.flatMap(({ http }) => (http?.clients === undefined ? [] : [http.clients]));
    const kinds = new Map<string, Kind>();
    let connections = 0;
    for (const item of lists.flat()) {
      const parsed = client.safeParse(item);
      if (!parsed.success) continue;
      connections += 1;
      addTo(kinds, kindOf(parsed.data, full));
    }
    return plain({
      nodes: nodes.slice(0, nodesKept).map(({ name, jvm, http }) => ({
        name,
        now: jvm?.timestamp,
        uptimeMs: jvm?.uptime_in_millis,
        opened: http?.total_opened,
      })),
      nodesTotal: nodes.length,
      opened: sum(nodes.map(({ http }) => http?.total_opened)),
      open: sum(nodes.map(({ http }) => http?.current_open)),
      searches: sum(nodes.map(({ indices }) => indices?.search?.query_total)),
      fetches: sum(nodes.map(({ indices }) => indices?.search?.fetch_total)),
      scrolls: sum(nodes.map(({ indices }) => indices?.search?.scroll_total)),
      listed: lists.length > 0,
      connections,
      kinds: kinds.size,
      list: [...kinds.values()].sort(mostTelling).slice(0, kindsKept),
    } satisfies KeptClients);
  };
}

type Kind = z.infer<typeof kind>;

function kindOf(of: z.infer<typeof client>, full: boolean): Kind {
  const outside = outsideAddress(of.remote_address, of.x_forwarded_for);
  const run = of.x_opaque_id !== undefined && runId.test(of.x_opaque_id) ? of.x_opaque_id : undefined;
  return {
    ...(outside !== null && { address: full ? outside.address.toString() : networkOf(outside.address) }),
    ...(outside?.forwarded === true && { forwarded: true }),
    ...(of.agent !== undefined && { agent: of.agent }),
    ...(run !== undefined && { run }),
    connections: 1,
    requests: of.request_count ?? 0,
    ...(of.opened_time_millis !== undefined && { first: of.opened_time_millis }),
    ...(of.last_request_time_millis !== undefined && { last: of.last_request_time_millis }),
  };
}

function addTo(kinds: Map<string, Kind>, one: Kind): void {
  const key = JSON.stringify([one.address, one.forwarded, one.agent, one.run]);
  const known = kinds.get(key);
  kinds.set(
    key,
    known === undefined
      ? one
      : {
          ...one,
          connections: known.connections + 1,
          requests: known.requests + one.requests,
          ...ends('first', Math.min, known.first, one.first),
          ...ends('last', Math.max, known.last, one.last),
        },
  );
}

function ends(
  name: 'first' | 'last',
  pick: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): Partial<Pick<Kind, 'first' | 'last'>> {
  if (a === undefined && b === undefined) return {};
  return { [name]: pick(a ?? b ?? 0, b ?? a ?? 0) };
}

/** Outside addresses first, then programs that look for open servers, then the busiest. Total. */
function mostTelling(a: Kind, b: Kind): number {
  return (
    weight(b) - weight(a) ||
    b.requests - a.requests ||
    (JSON.stringify([a.address, a.agent, a.run]) < JSON.stringify([b.address, b.agent, b.run]) ? -1 : 1)
  );
}

function weight({ address, agent }: Kind): number {
  return (address === undefined ? 0 : 2) + (agentMark(agent ?? null)?.strength === 'strong' ? 1 : 0);
}

/** Networks whose addresses do not come from elsewhere. */
const insideRanges: ReadonlySet<string> = new Set([
  'unspecified',
  'broadcast',
  'multicast',
  'linkLocal',
  'loopback',
  'carrierGradeNat',
  'private',
  'uniqueLocal',
]);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * The nearest address of another network: the connection's own, or, where that is an inside one (a proxy), the first from
 * the right in X-Forwarded-For, each written there by the one to its right. Null where all are inside.
 */
function outsideAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
): { readonly address: Address; readonly forwarded: boolean } | null {
  const own = addressOf(remote);
  if (own !== null && !insideRanges.has(own.range())) return { address: own, forwarded: false };
  for (const part of (forwardedFor ?? '').split(',').slice(-20).reverse()) {
    const address = addressOf(part);
    if (address !== null && !insideRanges.has(address.range())) return { address, forwarded: true };
  }
  return null;
}

/** An address alone, with a port, or in brackets with one; IPv4 in IPv6 counts as IPv4. Null for anything else. */
function addressOf(text: string | undefined): Address | null {
  const trimmed = text?.trim() ?? '';
  const bare =
    /^\[([^\]]+)\](?::\d{1,5})?$/.exec(trimmed)?.[1] ?? trimmed.replace(/^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/, '$1');
  // Four integers, or colons: other spellings that a parser may know do not count as addresses here.
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare) && !bare.includes(':')) return null;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/** The network an address belongs to: /24 of IPv4, /48 of IPv6. */
function networkOf(address: Address): string {
  const [length, parsed] = address.kind() === 'ipv4' ? [24, ipaddr.IPv4] : [48, ipaddr.IPv6];
  return `${parsed.networkAddressFromCIDR(`${address.toString()}/${length}`).toString()}/${length}`;
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}

/** Wire guide G, R.2. */
export const topic = defineTopic({
  questions: [
    /** Who was there? Elasticsearch 7.13 and later. Wire guide G, R.2. */
    {
      id: 'http-clients',
      method: 'GET',
      path: clientsPath,
      askedOf: ['elasticsearch'],
      why: 'Shows which clients were connected in the last minutes, and how many connections and searches there were since the start: whether outsiders use the open cluster.',
      reveals:
        'networks (/24, /48) of clients from outside, names of client programs, counts of connections and searches; the paths they asked for are not asked for',
      traces: '',
      cost: 'moderate',
      technique: 'outsideReaders',
      cap: 2 * 1024 * 1024,
      headers: {},
      keep: { headers: ['date'], json: keepClients(false), text: 200 },
      when: ({ techniques, mayMonitor, version }) => !techniques.fullAddresses && mayMonitor && isFrom(version, 7, 13),
    },
    /** Put in the place of `http-clients` where full addresses may be kept. */
    {
      id: 'http-clients-full',
      method: 'GET',
      path: clientsPath,
      askedOf: ['elasticsearch'],
      why: 'The same as http-clients, put in its place where the full addresses of outside clients may be kept, so that their owners can be asked.',
      reveals:
        'full addresses of clients from outside, names of client programs, counts of connections and searches; the paths they asked for are not asked for',
      traces: '',
      cost: 'moderate',
      technique: 'fullAddresses',
      cap: 2 * 1024 * 1024,
      headers: {},
      keep: { headers: ['date'], json: keepClients(true), text: 200 },
      when: ({ techniques, mayMonitor, version }) => techniques.outsideReaders && mayMonitor && isFrom(version, 7, 13),
    },
  ],
  phase: 'before-count',
  order: 10,
  isAbout: ({ cluster }) => cluster !== null,
  read(answers): ClientsFacts | null {
    const answered = answers.last('http-clients', 'http-clients-full');
    if (answered === null) return null;
    const value = kept(answered, parseClients);
    const evidence = refs(answered);
    if (value === null) {
      return {
        list: answered.answer.truncated ? 'cut' : 'refused',
        kinds: [],
        kindsTotal: 0,
        connections: 0,
        opened: null,
        uptimeMs: null,
        searches: null,
        fetches: null,
        scrolls: null,
        evidence,
      };
    }
    const uptimes = value.nodes.flatMap(({ uptimeMs }) => uptimeMs ?? []);
    return {
      list: answered.answer.truncated ? 'cut' : value.listed ? 'given' : 'none',
      kinds: value.list.map(({ address, forwarded, agent, run, connections, requests, first, last }) => ({
        address: address ?? null,
        forwarded: forwarded === true,
        agent: agent ?? null,
        run: run ?? null,
        connections,
        requests,
        firstAt: instant(first),
        lastAt: instant(last),
      })),
      kindsTotal: value.kinds,
      connections: value.connections,
      opened: value.opened ?? null,
      uptimeMs: uptimes.length === 0 ? null : Math.max(...uptimes),
      searches: value.searches ?? null,
      fetches: value.fetches ?? null,
      scrolls: value.scrolls ?? null,
      evidence,
    };
  },
  orCut: true,
  names: () => [],
  shows: ({ list, evidence }, texts) => [[evidence, list === 'refused' ? null : texts.connected]],
  texts: {
    en: {
      unknown:
        'who was connected was not asked: that needs the technique outsideReaders, a version from 7.13 on, and a caller who is shown the nodes',
      connected: 'shows who was connected',
    },
  },
});

/** The kept statistics themselves, for the clocks of the nodes in them. */
export function nodeStatistics(
  record: EndpointRecord,
): { readonly value: KeptClients; readonly answered: Answered } | null {
  const answered = answersTo(record, 'http-clients', 'http-clients-full').at(-1) ?? null;
  const value = kept(answered, parseClients);
  return answered === null || value === null ? null : { value, answered };
}
