import { parseCount, parseVersion } from '../../catalogue/neighbours.js';
import { answerTo, kept, refs } from '../../catalogue/exchanges.js';
import type { NeighbourReader } from '../neighbour-reader.js';

/**
 * ZincSearch always has a login; what lets callers in without one is a proxy in front that logs them in. Its version it
 * tells everybody (zincsearch pkg/routes/routes.go@bce72e4e).
 */
export const neighbour: NeighbourReader = {
  product: 'zincsearch',
  questions: ['zincsearch-version', 'zincsearch-indices'],
  read(record) {
    const told = answerTo(record, 'zincsearch-version');
    const indices = answerTo(record, 'zincsearch-indices');
    const version = kept(told, parseVersion);
    const count = kept(indices, parseCount);
    if (count === null) return null;
    return {
      version: version === null ? null : { number: version.version.replace(/^v/, ''), source: '/version' },
      lists: { what: 'indices', count: count.count },
      data: 'itself',
      login: 'unknown',
      evidence: refs(version === null ? null : told, indices),
    };
  },
};
