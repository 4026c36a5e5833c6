// A cluster that treats a caller without credentials as an anonymous user, and shows that user something.
import type { Check } from '../../model/check.js';
import type { Observations } from '../../model/observation.js';
import { rungs } from '../../model/endpoint.js';
import {
  besideQuestions,
  clusterFieldQuestions,
  clusterQuestions,
  reachEvidence,
  rungReason,
  stakeOfReach,
} from '../access.js';
import { closeAnonymousUser } from '../remedies.js';
import { searchRefusedOn } from '../observed.js';
import {
  aCluster,
  answeredAs,
  Caller,
  contentsPhrase,
  counted,
  fieldsSpeakOf,
  holds,
  names,
  paragraph,
  said,
  searched,
} from '../words.js';

/** The user and the roles that the server says a caller without credentials has. */
type Facts = { readonly user: string | null; readonly roles: readonly string[]; readonly rolesTotal: number };

/** What is shown, and where only a part of it may be searched, which part that is. */
function shownOf(observations: Observations, contents: string): string {
  const permitted = observations.cluster?.searchPermittedOn ?? null;
  if (permitted === null || searchRefusedOn(observations).length === 0) return contents;
  const found = permitted.documents === null ? '' : ` (${counted(permitted.documents, 'document', 'documents')})`;
  const { indices } = observations.cluster ?? { indices: null };
  const own = indices === null ? null : indices.total - indices.system;
  return `${said(permitted.index)}${found}${own === null ? '' : `, one of ${counted(own, 'index', 'indices')} listed`}`;
}

function searchesRefused(observations: Observations): string | null {
  const list = names(searchRefusedOn(observations), 5);
  return list === null
    ? null
    : `Searches on ${list} were denied: it lists more than it allows to be read. The other indices were not tried.`;
}

/** What the roles or the privileges of the anonymous user allow beyond reading, as a predicate; null where they do not. */
function powerOf({ access, power }: Observations): string | null {
  if (power?.ground?.kind === 'role')
    return `can read, change and delete everything, as an anonymous user with the role ${said(power.ground.role)}, in`;
  if (power === null || power.writes.length === 0 || access.reaches.documents === 'yes') return null;
  return `can add documents to ${names(power.writes, 3) ?? 'indices'}, as an anonymous user, in`;
}

/** What the privileges of the anonymous user allow to be written, as a sentence; null where the server named none. */
function writesOf({ power }: Observations): string | null {
  const list = names(power?.writes ?? [], 5);
  return list === null
    ? null
    : `The server reports that this user may add or change documents in ${list}; that was not tried.`;
}

export const check: Check<Facts> = {
  id: 'cluster-anonymous-access',
  scope: 'endpoint',
  about: 'An Elasticsearch or OpenSearch cluster has an anonymous user that sees something.',
  products: ['elasticsearch', 'opensearch'],
  questions: [...clusterQuestions, ...clusterFieldQuestions, ...besideQuestions],
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
    // What was shown remains true, however far the rest of its roles reaches.
    const judged = state === 'open' || state === 'guarded' || access.reason === 'anonymous-reach-unknown';
    if (state === 'undetermined' && (!judged || rung !== 'banner'))
      return { verdict: 'undetermined', reason: rungReason(observations) };
    if (!judged) return { verdict: 'not-applicable' };
    if (caller.login === 'anonymous' && rungs.indexOf(rung) >= rungs.indexOf('banner'))
      return {
        verdict: 'fail',
        facts: { user: caller.user, roles: caller.roles.slice(0, 10), rolesTotal: caller.roles.length },
        evidence: [...reachEvidence(observations), ...observations.refused.evidence],
      };
    // Where there is no login at all, another check applies.
    return state === 'guarded' ? { verdict: 'pass', evidence: access.evidence } : { verdict: 'not-applicable' };
  },
  stake: (_facts, observations) => stakeOfReach(observations),
  remedy: (_facts, observations) =>
    closeAnonymousUser(observations, rungs.indexOf(observations.access.rung) >= rungs.indexOf('documents')),
  texts: {
    en: {
      title(_facts, observations, context) {
        const { rung } = observations.access;
        const contents = contentsPhrase(observations.cluster);
        const mayDo = powerOf(observations);
        if (mayDo !== null) return `${Caller(context)} ${mayDo} ${aCluster(observations)}`;
        const reach = {
          silent: 'is logged in as an anonymous user by',
          guarded: 'is logged in as an anonymous user by',
          banner: 'sees version and health, as an anonymous user, of',
          metadata: 'can list the indices, as an anonymous user, of',
          documents: 'can search, as an anonymous user, in',
          control: 'can search, as an anonymous user with every privilege, in',
        }[rung];
        return `${Caller(context)} ${reach} ${aCluster(observations)}${rung === 'banner' || contents === null ? '' : `: ${shownOf(observations, contents)}`}`;
      },
      summary(facts, observations, context) {
        const { cluster, access } = observations;
        const roles = names(facts.roles, 5, facts.rolesTotal);
        return paragraph(
          answeredAs(observations, context),
          `It treats callers without credentials as its user ${said(facts.user ?? 'anonymous')}${roles === null ? '' : `, with the ${facts.rolesTotal === 1 ? 'role' : 'roles'} ${roles}`}.`,
          access.rung === 'banner'
            ? 'That user saw version and health, and no index name.'
            : holds(cluster, 'That user sees'),
          searched(cluster),
          fieldsSpeakOf(observations),
          searchesRefused(observations),
          access.reaches.documents === 'unknown' ? 'Whether that user can read documents was not determined.' : null,
          access.rung === 'documents' && access.proof === 'inferred'
            ? 'Inferred: documents can be read, because the server lists that privilege of the user. We did not search.'
            : null,
          writesOf(observations),
          writesOf(observations) === null
            ? 'Filters by document or field may hide a part. Writing was not tested.'
            : 'Filters by document or field may hide a part.',
        );
      },
    },
  },
};
