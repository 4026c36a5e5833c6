import { parseCount } from '../../catalogue/neighbours.js';
import { answerTo, kept, refs } from '../../catalogue/exchanges.js';
import type { NeighbourReader } from '../neighbour-reader.js';

/** Jaeger has no login of its own, and answers every path it does not know with its page (wire guide R.5). */
export const neighbour: NeighbourReader = {
  product: 'jaeger',
  questions: ['jaeger-services'],
  read(record) {
    const services = answerTo(record, 'jaeger-services');
    const count = kept(services, parseCount);
    if (count === null) return null;
    return {
      version: null,
      lists: { what: 'services', count: count.count },
      data: 'unknown',
      login: 'unknown',
      evidence: refs(services),
    };
  },
};
