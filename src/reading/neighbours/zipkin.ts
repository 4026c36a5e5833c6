import { parseCount, parseStore, parseVersion } from '../../catalogue/neighbours.js';
import { answerTo, kept, refs } from '../../catalogue/exchanges.js';
import type { NeighbourReader } from '../neighbour-reader.js';

/**
 * Zipkin has no login of its own. Its health prints the address of its store, also with the status 503 while that store is
 * down (wire guide F, R.5).
 */
export const neighbour: NeighbourReader = {
  product: 'zipkin',
  questions: ['zipkin-info', 'zipkin-services', 'zipkin-health'],
  read(record) {
    const info = answerTo(record, 'zipkin-info');
    const services = answerTo(record, 'zipkin-services');
    const health = answerTo(record, 'zipkin-health');
    const version = kept(info, parseVersion);
    const count = kept(services, parseCount);
    const body = health?.answer.body;
    const store = body?.kind === 'json' ? parseStore(body.value) : null;
    if (count === null && store === null) return null;
    return {
      version: version === null ? null : { number: version.version, source: '/info' },
      lists: count === null ? null : { what: 'services', count: count.count },
      data: store === null ? 'unknown' : dataOf(store.store),
      login: store === null ? 'unknown' : store.login ? 'yes' : 'no',
      evidence: refs(version === null ? null : info, count === null ? null : services, store === null ? null : health),
    };
  },
};

function dataOf(store: string): 'cluster' | 'itself' | 'unknown' {
  if (store === 'ElasticsearchStorage') return 'cluster';
  return store === 'InMemoryStorage' ? 'itself' : 'unknown';
}
