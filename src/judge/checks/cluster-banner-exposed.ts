// A cluster that keeps its indices to itself and tells strangers who it is.
import type { Check } from '../../model/check.js';
import { clusterQuestions, rungReason, stakeOfReach } from '../access.js';
import { closeRest } from '../remedies.js';
import { aCluster, answeredAs, Caller, closingNotes, counted, paragraph, refusedBy } from '../words.js';

/** What beside the banner was told. */
type Facts = { readonly nodes: number | null; readonly refused: boolean };

export const check: Check<Facts> = {
  id: 'cluster-banner-exposed',
  scope: 'endpoint',
  about:
    'An Elasticsearch or OpenSearch cluster tells its name, version or health to a caller whom it refuses the rest.',
  products: ['elasticsearch', 'opensearch'],
  questions: clusterQuestions,
  cwe: 'CWE-200',
  references: ['https://cwe.mitre.org/data/definitions/200.html'],
  acceptable: true,
  judge(observations) {
    const { access, authenticity, identity, cluster } = observations;
    const { state, rung } = access;
    if (state !== 'guarded' && state !== 'undetermined') return { verdict: 'not-applicable' };
    // Of an anonymous user cluster-anonymous-access speaks.
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
  // The rest was refused, or is not this check's to tell.
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), rung: 'banner', documents: 'no' }),
  texts: {
    en: {
      pass: 'It did not tell us its version.',
      title: (_facts, observations, context) =>
        `${Caller(context)} is told name and version of ${aCluster(observations)}`,
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          facts.nodes === null ? null : `It says that it has ${counted(facts.nodes, 'node', 'nodes')}.`,
          facts.refused
            ? refusedBy(observations)
            : `What lies there, and whether it can be reached, was not determined: ${rungReason(observations)}.`,
          'By itself this harms nothing; it tells an attacker which known weaknesses to try.',
          ...closingNotes(observations, context),
        );
      },
      remedy: (_facts, observations) => closeRest(observations),
    },
  },
};
