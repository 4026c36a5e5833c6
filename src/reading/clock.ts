// Compares the clock of a server with ours.
import type { EndpointRecord } from '../model/exchange.js';
import type { ClockFacts } from '../model/observation.js';
import { answersTo, header, refs } from '../catalogue/exchanges.js';
import type { Answered } from '../catalogue/exchanges.js';
import { nodeStatistics } from '../topics/clients.js';

/** Answers whose `Date` is kept: those that tell a start. */
const dated = ['nodes', 'dashboard-status', 'http-clients', 'http-clients-full'] as const;

/** Headers that something in front adds: a `Date` next to them is its own (nginx replaces that of what it relays). */
const proxyHeaders = [
  'server',
  'via',
  'x-cache',
  'cf-ray',
  'x-amz-cf-id',
  'x-amzn-requestid',
  'x-backend-server',
  'x-cloud-request-id',
  'x-found-handling-cluster',
] as const;

/**
 * How the clock of what answers compares with ours. A node that gives the time in its statistics is the source itself; else a
 * `Date` header counts, which Kibana sends and Elasticsearch and OpenSearch never do (measured on 1.7 to 9.4 and 1.3 to 3.6):
 * on their answers it may be that of something in front. The instant is put in the middle of the exchange.
 *
 * @param node name of the node that answered, where that is known
 */
export function readClock(record: EndpointRecord, node: string | null): ClockFacts | null {
  return nodeClock(record, node) ?? dateHeader(record);
}

function nodeClock(record: EndpointRecord, name: string | null): ClockFacts | null {
  const statistics = nodeStatistics(record);
  if (statistics === null) return null;
  const { nodes, nodesTotal } = statistics.value;
  const own = nodes.filter((each) => nodesTotal === 1 || (name !== null && each.name === name));
  const now = own.length === 1 ? own[0]?.now : undefined;
  if (now === undefined || now <= 0) return null;
  return { of: 'node', proxy: null, ...compare(statistics.answered, now, 0) };
}

function dateHeader(record: EndpointRecord): ClockFacts | null {
  const found = answersTo(record, ...dated).flatMap((answered) => {
    const date = Date.parse(header(answered.answer, 'date') ?? '');
    // What comes out of a cache is dated when it went in.
    return Number.isNaN(date) || header(answered.answer, 'age') !== null ? [] : [{ answered, date }];
  });
  // The quickest exchange says it best.
  const best = found.toSorted((a, b) => a.answered.exchange.ms - b.answered.exchange.ms)[0];
  if (best === undefined) return null;
  const { answered, date } = best;
  const front = proxyHeaders.find((name) => header(answered.answer, name) !== null);
  // The header counts whole seconds and cuts the rest off.
  const compared = compare(answered, date + 500, 500);
  if (front === undefined) return { of: 'endpoint', proxy: null, ...compared };
  const named = header(answered.answer, 'server') ?? header(answered.answer, 'via');
  return { of: 'proxy', proxy: named?.slice(0, 60) ?? null, ...compared };
}

function compare(answered: Answered, theirs: number, grain: number): Omit<ClockFacts, 'of' | 'proxy'> {
  const { at, ms } = answered.exchange;
  return {
    aheadSeconds: Math.round((theirs - (Date.parse(at) + ms / 2)) / 1000),
    withinSeconds: Math.ceil((grain + ms / 2) / 1000),
    evidence: refs(answered),
  };
}
