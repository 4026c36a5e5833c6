import { parseCount, parseVersion } from '../../catalogue/neighbours.js';
import { answerTo, kept, refs } from '../../catalogue/exchanges.js';
import type { NeighbourReader } from '../neighbour-reader.js';

/** Solr: a search server of its own, without a login unless a plugin for one is set (wire guide R.5). */
export const neighbour: NeighbourReader = {
  product: 'solr',
  questions: ['solr-system', 'solr-cores'],
  read(record) {
    const system = answerTo(record, 'solr-system');
    const cores = answerTo(record, 'solr-cores');
    const version = kept(system, parseVersion);
    const count = kept(cores, parseCount);
    if (version === null) return null;
    return {
      version: { number: version.version, source: 'system information' },
      lists: count === null ? null : { what: 'cores', count: count.count },
      data: 'itself',
      login: 'unknown',
      evidence: refs(system, count === null ? null : cores),
    };
  },
};
