// Reads a record as that of a cluster.
import type { EndpointRecord } from '../model/exchange.js';
import type { Access, ClusterFacts, ProcessStart } from '../model/observation.js';
import { readAuthenticity } from './authenticity.js';
import type { ClusterAuthenticity } from './authenticity.js';
import { disowned, readCaller } from './caller.js';
import { readClusterAccess } from './cluster-access.js';
import { readClusterAnswers } from './cluster-answers.js';
import type { ClusterAnswers } from './cluster-answers.js';
import { isMixed, readClusterFacts, readProcessStart } from './cluster-facts.js';
import { readClusterIdentity } from './identity.js';
import type { ClusterIdentity } from './identity.js';
import { reading } from '../catalogue/readings.js';

/** Everything read from a record under the assumption that a cluster answers. */
export interface ClusterReading {
  readonly answers: ClusterAnswers;
  readonly identity: ClusterIdentity;
  readonly authenticity: ClusterAuthenticity;
  readonly access: Access;
  readonly facts: ClusterFacts | null;
  readonly processStartedAt: ProcessStart | null;
}

/** Reads a cluster from a record. The survey decides with it what to ask next, and the judge hears what it says at the end. */
export const readCluster = reading((record: EndpointRecord): ClusterReading => {
  const answers = readClusterAnswers(record);
  const identity = readClusterIdentity(record, answers);
  const authenticity = readAuthenticity(record, answers);
  const mixed = isMixed(record, answers);
  const said = readCaller(record, answers, identity);
  // "knows no login" is read from several answers: of backends that do not agree it holds for none, unless one disowned it
  const holds = said.login !== 'absent' || !mixed || disowned(record, answers).length > 0;
  const caller = holds ? said : { ...said, login: 'unknown' as const };
  return {
    answers,
    identity,
    authenticity,
    access: readClusterAccess({ record, answers, authenticity, caller, mixed }),
    facts: readClusterFacts(answers, mixed),
    processStartedAt: readProcessStart(answers, mixed),
  };
});
