// A dashboard that offers a guest login, or lets callers in as an anonymous user of its cluster.
import type { Check } from '../../model/check.js';
import type { GuestFacts } from '../../model/observation.js';
import {
  dashboardDetailQuestions,
  dashboardFieldQuestions,
  dashboardQuestions,
  isGuest,
  reachEvidence,
  rungReason,
  stakeOfReach,
} from '../access.js';
import { closeGuestLogin } from '../remedies.js';
import { whyReachUnknown } from '../texts/en.js';
import {
  aDashboard,
  answeredAs,
  caller,
  Caller,
  contentsPhrase,
  fieldsSpeakOf,
  holds,
  leadsToDataSources,
  names,
  paragraph,
  said,
  searched,
} from '../words.js';

/** `offered`: the login page offers a guest login, which was not used. */
type Facts = { readonly offered: boolean; readonly user: string | null };

/** Who the guest is, as the end of a sentence. */
function guestIs({ user, roles }: GuestFacts): string {
  if (user === null) return 'the server did not report which user a guest is.';
  const list = names(roles, 5);
  return `a guest is its user ${said(user)}${list === null ? '' : `, with the ${roles.length === 1 ? 'role' : 'roles'} ${list}`}.`;
}

export const check: Check<Facts> = {
  id: 'dashboard-anonymous-access',
  scope: 'endpoint',
  about: 'A Kibana or OpenSearch Dashboards instance offers a guest login, or lets callers in as an anonymous user.',
  products: ['kibana', 'opensearch-dashboards'],
  questions: [...dashboardQuestions, ...dashboardFieldQuestions, ...dashboardDetailQuestions],
  cwe: 'CWE-284',
  references: [
    'https://cwe.mitre.org/data/definitions/284.html',
    'https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/kibana-authentication',
    'https://docs.opensearch.org/latest/security/access-control/anonymous-authentication/',
  ],
  acceptable: true,
  judge(observations) {
    const { access, dashboard } = observations;
    // What waits for its first user has no login yet: that is a matter for dashboard-setup-open.
    if (dashboard?.setupOpen === true) return { verdict: 'not-applicable' };
    if (access.state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    if (access.state === 'guarded') return { verdict: 'pass', evidence: access.evidence };
    if (access.state !== 'open' || !isGuest(observations)) return { verdict: 'not-applicable' };
    return {
      verdict: 'fail',
      facts: { offered: dashboard?.login === 'guest-offered', user: access.caller.user },
      evidence: reachEvidence(observations),
    };
  },
  stake: (_facts, observations) => stakeOfReach(observations),
  remedy: (_facts, observations) => closeGuestLogin(observations),
  texts: {
    en: {
      title(facts, observations, context) {
        const contents = contentsPhrase(observations.dashboard?.cluster ?? null);
        const way =
          observations.dashboard?.guest !== null && observations.dashboard?.guest !== undefined
            ? 'can log in as a guest to'
            : 'is logged in as an anonymous user by';
        const offers = facts.offered && (observations.dashboard?.guest ?? null) === null;
        const dashboard = aDashboard(observations);
        if (offers)
          return `${dashboard.charAt(0).toUpperCase()}${dashboard.slice(1)} offers ${caller(context)} a guest login`;
        return `${Caller(context)} ${way} ${aDashboard(observations)}${contents === null ? '' : `, and through it sees ${contents}`}`;
      },
      summary(facts, observations, context) {
        const { access, dashboard } = observations;
        const guest = dashboard?.guest ?? null;
        return paragraph(
          answeredAs(observations, context),
          guest !== null
            ? `It offers a guest login to every caller. The engagement allows us to use it: ${guestIs(guest)}`
            : facts.offered
              ? 'It offers a guest login to every caller. We did not use it, so what a guest can see was not determined.'
              : `It logs callers without credentials in as ${said(facts.user ?? 'an anonymous user')}.`,
          holds(dashboard?.cluster ?? null, 'Such a caller sees'),
          searched(dashboard?.cluster ?? null),
          fieldsSpeakOf(observations),
          leadsToDataSources(observations),
          access.reason === 'guest-sees-nothing'
            ? 'Everything that we requested as the guest was denied: spaces, saved objects and indices.'
            : (access.reaches.documents === 'unknown' || access.reaches.metadata === 'unknown') &&
                !(facts.offered && guest === null)
              ? `What a guest can see was not determined${access.reason === null ? '' : ` (${whyReachUnknown(observations)})`}.`
              : null,
          'This may be intended, for example for a public display. If so, declare it in the targets file.',
        );
      },
    },
  },
};
