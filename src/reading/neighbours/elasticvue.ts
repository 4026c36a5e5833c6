import { parseDefaultClusters } from '../../catalogue/neighbours.js';
import { answerTo, kept, refs } from '../../catalogue/exchanges.js';
import type { NeighbourReader } from '../neighbour-reader.js';

/**
 * elasticvue runs in the browser and has no API but a file with clusters, which it answers as JSON where one is laid down
 * and as its page where none is (wire guide R.5): then nothing of it is judged.
 */
export const neighbour: NeighbourReader = {
  product: 'elasticvue',
  questions: ['elasticvue-clusters'],
  read(record) {
    const file = answerTo(record, 'elasticvue-clusters');
    const clusters = kept(file, parseDefaultClusters);
    if (clusters === null) return null;
    return {
      version: null,
      lists: { what: 'clusters', count: clusters.clusters },
      data: 'nowhere',
      login: clusters.login ? 'yes' : 'no',
      evidence: refs(file),
    };
  },
};
