// A cluster that keeps its indices to itself and shows every caller what it is.
import type { Check } from '../../model/check.js';
import { clusterQuestions, rungReason, stakeOfReach } from '../access.js';
import { closeRest } from '../remedies.js';
import { whyReachUnknown } from '../texts/en.js';
import { aCluster, answeredAs, Caller, counted, paragraph, refusedBy } from '../words.js';

/** What was shown in addition to the banner. */
type Facts = { readonly nodes: number | null; readonly refused: boolean };

export const check: Check<Facts> = {
  id: 'cluster-banner-exposed',
  scope: 'endpoint',
  about:
    'An Elasticsearch or OpenSearch cluster shows its name, version or health to callers that it denies everything else.',
  products: ['elasticsearch', 'opensearch'],
  questions: clusterQuestions,
  cwe: 'CWE-200',
  references: ['https://cwe.mitre.org/data/definitions/200.html'],
  acceptable: true,
  judge(observations) {
    const { access, authenticity, identity, cluster } = observations;
    const { state, rung } = access;
    if (state !== 'guarded' && state !== 'undetermined') return { verdict: 'not-applicable' };
    // An anonymous user is a matter for cluster-anonymous-access.
    const told = state === 'guarded' || access.reason === 'anonymous-reach-unknown';
    if (rung === 'banner' && access.caller.login === 'anonymous' && told) return { verdict: 'not-applicable' };
    // A banner that was seen stays seen, even where the rest could not be determined; but it must be a real server's.
    const proved = rung === 'banner' && (state === 'guarded' || authenticity.genuine === 'yes');
    if (proved)
      return {
        verdict: 'fail',
        facts: { nodes: cluster?.nodes ?? null, refused: state === 'guarded' },
        evidence: [...identity.evidence, ...access.evidence],
      };
    if (state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    return { verdict: 'pass', evidence: access.evidence };
  },
  // The rest was denied, or belongs to another check.
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), rung: 'banner', documents: 'no' }),
  remedy: (_facts, observations) => closeRest(observations),
  texts: {
    en: {
      title: (_facts, observations, context) =>
        `${Caller(context)} can read the name and version of ${aCluster(observations)}`,
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          facts.nodes === null ? null : `It reports ${counted(facts.nodes, 'node', 'nodes')}.`,
          facts.refused
            ? refusedBy(observations)
            : `Whether its contents can be reached was not determined: ${whyReachUnknown(observations)}.`,
          'By itself this does no harm, but it shows attackers which known vulnerabilities to try.',
        );
      },
    },
  },
};
