import { parseCount, parseVersion } from '../../catalogue/neighbours.js';
import { answerTo, kept, refs } from '../../catalogue/exchanges.js';
import type { NeighbourReader } from '../neighbour-reader.js';

/** Prometheus: no login unless one is set (since 2.24); it then guards every path. */
export const neighbour: NeighbourReader = {
  product: 'prometheus',
  questions: ['prometheus-build', 'prometheus-jobs'],
  read(record) {
    const build = answerTo(record, 'prometheus-build');
    const jobs = answerTo(record, 'prometheus-jobs');
    const version = kept(build, parseVersion);
    const count = kept(jobs, parseCount);
    if (count === null) return null;
    return {
      version: version === null ? null : { number: version.version, source: 'build information' },
      lists: { what: 'scrape jobs', count: count.count },
      data: 'itself',
      login: 'unknown',
      evidence: refs(version === null ? null : build, jobs),
    };
  },
};
