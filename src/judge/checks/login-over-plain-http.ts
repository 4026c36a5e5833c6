import type { Check } from '../../model/check.js';
import type { Product } from '../../model/endpoint.js';
import type { Observations } from '../../model/observation.js';
import { neighbourReaders } from '../../reading/registry.generated.js';
import { accessQuestions, dashboardFieldQuestions, rungReason, stakeOfReach } from '../access.js';
import { encryptLogin } from '../remedies.js';
import { closingNotes, moment, names, paragraph, productAndVersion } from '../words.js';

/** The kinds of login that were seen. */
type Facts = { readonly schemes: readonly string[]; readonly byProxy: boolean };

/** Whether something in front of the product asks: where it is refused only in part, or by what is none of the product's walls. */
function proxyAsks({ access, identity }: Observations): boolean {
  return (
    access.guardedBy === 'proxy' ||
    (access.state === 'open' && identity.product !== null && !isDashboard(identity.product))
  );
}

function isDashboard(product: Product): boolean {
  return product === 'kibana' || product === 'opensearch-dashboards';
}

function asker({ byProxy }: Facts, observations: Observations): string {
  const { product } = observations.identity;
  if (product === null) return byProxy ? 'A proxy' : 'A server';
  return byProxy ? `A proxy in front of ${productAndVersion(observations)}` : productAndVersion(observations);
}

/** Refused by the product (or by what could not be told), which did not say whether it wants a secret, a ticket or a rule. */
function loginUntold({ access, dashboard }: Observations): boolean {
  if (access.state !== 'guarded' || (access.guardedBy !== 'product' && access.guardedBy !== 'unknown')) return false;
  if (access.caller.login === 'anonymous' || (dashboard !== null && dashboard.login !== 'asked')) return false;
  return access.loginSchemes.every((scheme) => scheme === 'unknown');
}

/** A login that is asked for over plain HTTP. */
export const check: Check<Facts> = {
  id: 'login-over-plain-http',
  scope: 'endpoint',
  about: 'A login is asked for over plain HTTP, so that passwords cross the network readable.',
  // Also where a proxy asks and what stands behind it could not be identified.
  products: 'any',
  questions: [
    ...new Set([
      ...accessQuestions,
      ...dashboardFieldQuestions,
      ...neighbourReaders.flatMap(({ questions }) => questions),
    ]),
  ],
  cwe: 'CWE-319',
  references: [
    'https://cwe.mitre.org/data/definitions/319.html',
    'https://www.elastic.co/docs/deploy-manage/security/set-up-basic-security-plus-https',
    'https://docs.opensearch.org/latest/security/configuration/tls/',
  ],
  acceptable: false,
  judge(observations) {
    const { access, transport } = observations;
    const { state } = access;
    if (state === 'other-product' || state === 'decoy' || state === 'unreachable') return { verdict: 'not-applicable' };
    if (transport.loginOverPlainHttp)
      return {
        verdict: 'fail',
        facts: { schemes: access.loginSchemes, byProxy: proxyAsks(observations) },
        evidence: transport.evidence,
      };
    if (transport.scheme === 'https') return { verdict: 'pass', evidence: transport.evidence };
    if (loginUntold(observations))
      return {
        verdict: 'undetermined',
        reason: 'it refuses callers over plain HTTP, and which login it wants was not told',
      };
    // Over plain HTTP without a login seen: where something is open or was judged, there is none to protect.
    return state === 'undetermined'
      ? { verdict: 'undetermined', reason: rungReason(observations) }
      : { verdict: 'not-applicable' };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'clear-text-login' }),
  texts: {
    en: {
      pass: 'It was spoken to over TLS.',
      title: (facts, observations) => `${asker(facts, observations)} asks for a login over plain HTTP`,
      summary(facts, observations, context) {
        const schemes = names(facts.schemes, 5);
        return paragraph(
          `On ${moment(observations.at)}, ${facts.byProxy ? 'a proxy at ' : ''}${observations.url} asked for a login over plain HTTP${schemes === null ? '' : ` (${schemes})`}.`,
          'Whoever stands on the way between a user and it can read his password or token, and use it.',
          ...closingNotes(observations, context),
        );
      },
      remedy: (facts, observations) => encryptLogin(observations, facts.byProxy),
    },
  },
};
