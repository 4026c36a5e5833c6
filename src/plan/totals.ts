// Sums over the endpoints of a plan.
import type { Declaration, OwnerRules, Share } from '../engagement/index.js';
import type { Limits } from '../model/engagement.js';
import type { Place } from '../model/endpoint.js';
import { shardParts } from '../model/series.js';
import type { Question } from '../model/question.js';

/** Sums over all endpoints; one address for a name. The controls are no part of them. */
export interface PlanTotals {
  /** A login wall on every endpoint: three requests each, one for a transport port. */
  readonly requestsTypical: number;
  /** No endpoint ever gets more. */
  readonly requestsWorst: number;
  /** Bodies read at most, if every answer filled its cap. */
  readonly bytesWorst: number;
  /** null: no limit besides the connections. */
  readonly peakRequestsPerSecond: number | null;
  readonly peakConnections: number;
  /** If everything answers within a tenth of a second, and no hours have to be waited for. */
  readonly secondsTypical: number;
  /** If no address answers at all, and each is waited for to the limit. */
  readonly secondsSilent: number;
}

/** What one owner has in the declaration: the bounds of time come from the owner that needs longest. */
interface Load {
  readonly limits: OwnerRules['limits'];
  endpoints: number;
  transport: number;
  /** Endpoints on the one address that has most; counted where a limit is set on it. */
  busiest: number;
}

/** How the endpoints lie. */
export interface Loads {
  /** null where only an upper bound is known. */
  readonly total: number | null;
  readonly atMost: number;
  /** By owner; endpoints without one are an owner without limits. */
  readonly owners: readonly Load[];
  readonly all: Load;
}

/** Requests a recognised login wall takes (survey budget). */
const typicalRequests = 3;

/** Seconds an answer takes where nothing is known yet. */
const typicalSeconds = 0.1;

/** The one question for a transport port, and a second try of it. */
const transportWorst = 2;

/** Up to here the places are made and counted; some seconds for 300,000. Beyond, what the groups add up to must do. */
const countable = 300_000;

const noLimits: OwnerRules['limits'] = { concurrency: null, perAddress: null, requestsPerSecond: null };

/** Counts what the limits bite on. */
export async function loadsOf(declaration: Declaration): Promise<Loads> {
  const atMost = declaration.atMost();
  const parts = declaration.shard === null ? 1 : shardParts(declaration.shard).of;
  return atMost / parts <= countable
    ? countedLoads(declaration)
    : sharedLoads(declaration, declaration.count(), atMost);
}

/** Loads to add to: of all endpoints, and of the owner of a place. */
function emptyLoads(declaration: Declaration) {
  const owners = new Map<OwnerRules | null, Load>();
  const all: Load = { limits: noLimits, endpoints: 0, transport: 0, busiest: 0 };
  const loadOf = (targets: Place['targets']): Load => {
    const owner = declaration.ownerOf({ targets });
    const load = owners.get(owner) ?? { limits: owner?.limits ?? noLimits, endpoints: 0, transport: 0, busiest: 0 };
    owners.set(owner, load);
    return load;
  };
  return { owners, all, loadOf };
}

async function countedLoads(declaration: Declaration): Promise<Loads> {
  const { owners, all, loadOf } = emptyLoads(declaration);
  const onAddress = new Map<Load, Map<string, number>>();
  for await (const { host, address, targets, transport } of declaration.places()) {
    for (const load of [all, loadOf(targets)]) {
      load.endpoints += 1;
      if (transport === true) load.transport += 1;
      if (load !== all && load.limits.perAddress === null) continue;
      const counts = onAddress.get(load) ?? new Map<string, number>();
      onAddress.set(load, counts);
      const count = (counts.get(address ?? host) ?? 0) + 1;
      counts.set(address ?? host, count);
      load.busiest = Math.max(load.busiest, count);
    }
  }
  const total = all.endpoints;
  return { total, atMost: total, owners: [...owners.values()], all };
}

function sharedLoads(declaration: Declaration, total: number | null, atMost: number): Loads {
  const { owners, all, loadOf } = emptyLoads(declaration);
  const most = total ?? atMost;
  const add = (load: Load, { endpoints, transport, portPaths }: Share): void => {
    load.endpoints = Math.min(most, load.endpoints + endpoints);
    load.transport = Math.min(most, load.transport + transport);
    load.busiest = Math.max(load.busiest, portPaths);
  };
  for (const share of declaration.shares()) {
    add(all, share);
    add(loadOf([share.target]), share);
  }
  return { total, atMost, owners: [...owners.values()], all: { ...all, endpoints: most } };
}

/**
 * What the endpoints come to under the limits of the engagement and of their owners.
 *
 * @param asked the questions that may be put
 */
export function totalsOf({ owners, all }: Loads, asked: readonly Pick<Question, 'cap'>[], limits: Limits): PlanTotals {
  const caps = asked.map(({ cap }) => cap).sort((a, b) => b - a);
  const capsOf = (requests: number): number => sum(caps.slice(0, requests));
  const others = all.endpoints - all.transport;
  const transportMost = Math.min(transportWorst, limits.requestsPerEndpoint);
  const ownRates = sum(owners.map((owner) => owner.limits.requestsPerSecond ?? Infinity));
  const ownCrowds = sum(owners.map((owner) => Math.min(owner.endpoints, owner.limits.concurrency ?? Infinity)));
  const rate = Math.min(limits.requestsPerSecond ?? Infinity, ownRates);
  const loads = [{ ...all, limits }, ...owners];
  const slowest = (requests: (load: Load) => number, secondsEach: number): number =>
    Math.ceil(Math.max(...loads.map((load) => secondsOf(load, requests(load), secondsEach))));
  return {
    requestsTypical: requestsOf(all),
    requestsWorst: others * limits.requestsPerEndpoint + all.transport * transportMost,
    bytesWorst: others * capsOf(limits.requestsPerEndpoint) + all.transport * capsOf(transportMost),
    peakRequestsPerSecond: rate === Infinity ? null : rate,
    peakConnections: Math.min(limits.concurrency, ownCrowds),
    secondsTypical: slowest(requestsOf, typicalRequests * typicalSeconds),
    secondsSilent: slowest(({ endpoints }) => endpoints, limits.connectTimeoutMs / 1000),
  };
}

function requestsOf({ endpoints, transport }: Load): number {
  return (endpoints - transport) * typicalRequests + transport;
}

/** The longest of what the pace, the crowd and the connections to one address ask for. */
function secondsOf({ endpoints, busiest, limits }: Load, requests: number, secondsEach: number): number {
  const byPace = limits.requestsPerSecond === null ? 0 : requests / limits.requestsPerSecond;
  const turns = Math.max(
    Math.ceil(endpoints / (limits.concurrency ?? Infinity)),
    Math.ceil(busiest / (limits.perAddress ?? Infinity)),
  );
  return Math.max(byPace, turns * secondsEach);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
