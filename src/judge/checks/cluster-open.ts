import type { Check } from '../../model/check.js';
import type { Observations } from '../../model/observation.js';
import { reachEvidence, rungReason, stakeOfReach } from '../access.js';
import { closeCluster } from '../remedies.js';
import {
  Caller,
  caller,
  clusterName,
  closingNotes,
  contentsPhrase,
  counted,
  moment,
  names,
  paragraph,
  productAndVersion,
  productNames,
} from '../words.js';

/** What the finding is worded from. */
type Facts = {
  /** Whether the server itself said that it knows no login. */
  readonly noLogin: boolean;
  /** The index a search was permitted on. */
  readonly searched: string | null;
};

/** A cluster that lets a caller without credentials search it, by no user's permission. */
export const check: Check<Facts> = {
  id: 'cluster-open',
  scope: 'endpoint',
  about: 'An Elasticsearch or OpenSearch cluster lets a caller without credentials search its records.',
  products: ['elasticsearch', 'opensearch'],
  questions: [],
  cwe: 'CWE-306',
  references: [
    'https://www.elastic.co/docs/deploy-manage/security',
    'https://docs.opensearch.org/latest/security/',
    'https://cwe.mitre.org/data/definitions/306.html',
  ],
  acceptable: true,
  judge(observations) {
    const { access, cluster } = observations;
    const { state, rung, reaches } = access;
    if (state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    if (state === 'guarded') return { verdict: 'pass', evidence: access.evidence };
    if (state !== 'open') return { verdict: 'not-applicable' };
    // An anonymous user is somebody the server knows: cluster-anonymous-access speaks of him.
    if (access.caller.login === 'anonymous') return { verdict: 'not-applicable' };
    if (rung === 'documents' || rung === 'control')
      return {
        verdict: 'fail',
        facts: { noLogin: access.caller.login === 'absent', searched: cluster?.searchPermittedOn?.index ?? null },
        evidence: reachEvidence(observations),
      };
    return reaches.documents === 'no'
      ? { verdict: 'pass', evidence: access.evidence }
      : { verdict: 'undetermined', reason: rungReason(observations) };
  },
  stake: (_facts, observations) => stakeOfReach(observations),
  texts: {
    en: {
      pass: 'It did not let us search without credentials.',
      title(_facts, observations, context) {
        const { product } = observations.identity;
        const contents = contentsPhrase(observations.cluster);
        return `${Caller(context)} can enter ${product === null ? 'a cluster' : `an ${productNames[product]} cluster`} without a login${contents === null ? '' : `: ${contents}`}`;
      },
      summary(facts, observations, context) {
        const { cluster, access, at, url } = observations;
        const contents = contentsPhrase(cluster);
        const largest = names(cluster?.indices?.list.map((index) => index.name) ?? [], 5, userIndices(observations));
        const permitted = cluster?.searchPermittedOn ?? null;
        return paragraph(
          `On ${moment(at)}, ${url} answered ${caller(context)} as ${productAndVersion(observations)}${clusterName(cluster) === null ? '' : `, cluster ${clusterName(cluster) ?? ''}`}.`,
          contents === null ? null : `It holds ${contents}${largest === null ? '' : `; the largest: ${largest}`}.`,
          permitted === null
            ? null
            : `A search on \`${permitted.index}\` was permitted (size=0${permitted.documents === null ? '' : `, which counted ${counted(permitted.documents, 'record', 'records')}`}); no record was read.`,
          facts.noLogin
            ? 'The server has no login of its own; whether something in front refuses writes was not tested: assume that whoever reaches it can read, change and delete everything.'
            : 'Whether writes are permitted was not tested.',
          access.proof === 'inferred' && access.rung === 'documents'
            ? 'That records can be read is inferred, not shown.'
            : null,
          ...closingNotes(observations, context),
        );
      },
      remedy: (_facts, observations) => closeCluster(observations),
    },
  },
};

function userIndices(observations: Observations): number {
  const indices = observations.cluster?.indices ?? null;
  return indices === null ? 0 : indices.total - indices.system;
}
