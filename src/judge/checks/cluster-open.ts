// A cluster that lets a caller without credentials search it, by no user's permission.
import type { Check } from '../../model/check.js';
import {
  besideQuestions,
  clusterFieldQuestions,
  clusterQuestions,
  reachEvidence,
  rungReason,
  stakeOfReach,
} from '../access.js';
import { closeCluster } from '../remedies.js';
import {
  aCluster,
  answeredAs,
  calledUser,
  Caller,
  contentsPhrase,
  fieldsSpeakOf,
  holds,
  holesInWall,
  paragraph,
  said,
  searched,
} from '../words.js';

/** `noLogin`: the server itself reports that it has no login. */
type Facts = { readonly noLogin: boolean };

const assumeAll =
  'whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.';

export const check: Check<Facts> = {
  id: 'cluster-open',
  scope: 'endpoint',
  about: 'An Elasticsearch or OpenSearch cluster lets a caller without credentials search its documents.',
  products: ['elasticsearch', 'opensearch'],
  questions: [...clusterQuestions, ...clusterFieldQuestions, ...besideQuestions],
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/docs/deploy-manage/security',
    'https://docs.opensearch.org/latest/security/',
  ],
  acceptable: true,
  needs: ['open'],
  guarded: 'pass',
  judge(observations) {
    const { access } = observations;
    // An anonymous user is a user: that is a matter for cluster-anonymous-access.
    if (access.caller.login === 'anonymous') return { verdict: 'not-applicable' };
    if (access.rung === 'documents' || access.rung === 'control')
      return {
        verdict: 'fail',
        facts: { noLogin: access.caller.login === 'absent' },
        evidence: [...reachEvidence(observations), ...observations.refused.evidence],
      };
    return access.reaches.documents === 'no'
      ? { verdict: 'pass', evidence: access.evidence }
      : { verdict: 'undetermined', reason: rungReason(observations) };
  },
  stake: (_facts, observations) => stakeOfReach(observations),
  remedy: (_facts, observations) => closeCluster(observations),
  texts: {
    en: {
      title(_facts, observations, context) {
        const contents = contentsPhrase(observations.cluster);
        return `${Caller(context)} can enter ${aCluster(observations)} without a login${contents === null ? '' : `: ${contents}`}`;
      },
      summary(facts, observations, context) {
        const { cluster, access, power } = observations;
        return paragraph(
          answeredAs(observations, context),
          calledUser(observations),
          holesInWall(observations),
          holds(cluster, 'It contains'),
          searched(cluster),
          fieldsSpeakOf(observations),
          facts.noLogin
            ? `The server has no login of its own; ${assumeAll}`
            : power?.ground?.kind === 'role'
              ? `The role ${said(power.ground.role)} has every privilege there; ${assumeAll}`
              : 'Writing was not tested.',
          access.rung === 'documents' && access.proof === 'inferred'
            ? 'Inferred, not shown: documents can be read.'
            : null,
        );
      },
    },
  },
};
