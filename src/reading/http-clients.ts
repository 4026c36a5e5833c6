import type { EndpointRecord } from '../model/exchange.js';
import type { ClientsFacts } from '../model/observation.js';
import { parseClients } from '../catalogue/http-clients.js';
import type { KeptClients } from '../catalogue/http-clients.js';
import { instant } from '../text/words.js';
import { answersTo, kept, refs } from '../catalogue/exchanges.js';
import type { Found } from './cluster-answers.js';

/** Who was connected, as the cluster says; null where it was not asked, or did not answer at all. */
export function readClients(record: EndpointRecord): ClientsFacts | null {
  const answered = answersTo(record, 'http-clients', 'http-clients-full').at(-1) ?? null;
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
}

/** The kept statistics themselves, for the clocks of the nodes in them. */
export function nodeStatistics(record: EndpointRecord): Found<KeptClients> | null {
  const answered = answersTo(record, 'http-clients', 'http-clients-full').at(-1) ?? null;
  const value = kept(answered, parseClients);
  return answered === null || value === null ? null : { value, answered };
}
