import type { Check } from '../../model/check.js';
import { rungs } from '../../model/endpoint.js';
import { clusterQuestions, reachEvidence, rungReason, stakeOfReach } from '../access.js';
import { closeAnonymousUser } from '../remedies.js';
import {
  aCluster,
  answeredAs,
  Caller,
  closingNotes,
  contentsPhrase,
  holds,
  names,
  paragraph,
  searched,
} from '../words.js';

/** The user and the roles that the server says a caller without credentials has. */
type Facts = { readonly user: string | null; readonly roles: readonly string[]; readonly rolesTotal: number };

/** A cluster that makes somebody of a caller without credentials, and lets that somebody see something. */
export const check: Check<Facts> = {
  id: 'cluster-anonymous-access',
  scope: 'endpoint',
  about: 'An Elasticsearch or OpenSearch cluster has an anonymous user whose roles reach something.',
  products: ['elasticsearch', 'opensearch'],
  questions: clusterQuestions,
  cwe: 'CWE-284',
  references: [
    'https://cwe.mitre.org/data/definitions/284.html',
    'https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/anonymous-access',
    'https://docs.opensearch.org/latest/security/access-control/anonymous-authentication/',
  ],
  acceptable: true,
  judge(observations) {
    const { access } = observations;
    const { state, caller, rung } = access;
    if (state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    if (state !== 'open' && state !== 'guarded') return { verdict: 'not-applicable' };
    if (caller.login === 'anonymous' && rungs.indexOf(rung) >= rungs.indexOf('banner'))
      return {
        verdict: 'fail',
        facts: { user: caller.user, roles: caller.roles.slice(0, 10), rolesTotal: caller.roles.length },
        evidence: reachEvidence(observations),
      };
    // Where it is open to nobody in particular, another check speaks.
    return state === 'guarded' ? { verdict: 'pass', evidence: access.evidence } : { verdict: 'not-applicable' };
  },
  stake: (_facts, observations) => stakeOfReach(observations),
  texts: {
    en: {
      pass: 'It did not make an anonymous user of us that reaches anything.',
      title(_facts, observations, context) {
        const { rung } = observations.access;
        const contents = contentsPhrase(observations.cluster);
        const reach = {
          silent: 'is let in as an anonymous user by',
          guarded: 'is let in as an anonymous user by',
          banner: 'sees version and health, as an anonymous user, of',
          metadata: 'sees the names of what lies in, as an anonymous user,',
          documents: 'can search, as an anonymous user,',
          control: 'can search, as an anonymous user with every right,',
        }[rung];
        return `${Caller(context)} ${reach} ${aCluster(observations)}${rung === 'banner' || contents === null ? '' : `: ${contents}`}`;
      },
      summary(facts, observations, context) {
        const { cluster, access } = observations;
        const roles = names(facts.roles, 5, facts.rolesTotal);
        return paragraph(
          answeredAs(observations, context),
          `It calls such a caller \`${facts.user ?? 'anonymous'}\`${roles === null ? '' : `, with the roles ${roles}`}.`,
          access.rung === 'banner'
            ? 'That user saw version and health, and no name of an index.'
            : holds(cluster, 'That user was shown'),
          searched(cluster),
          access.reaches.documents === 'unknown' ? 'Whether that user can read records was not determined.' : null,
          access.rung === 'documents' && access.proof === 'inferred'
            ? 'That records can be read is inferred, not shown.'
            : null,
          'Filters by record or field may hide a part of it; what it may write was not tested.',
          ...closingNotes(observations, context),
        );
      },
      remedy: (_facts, observations) =>
        closeAnonymousUser(observations, rungs.indexOf(observations.access.rung) >= rungs.indexOf('documents')),
    },
  },
};
