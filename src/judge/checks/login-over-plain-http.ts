// A login that is asked for over plain HTTP.
import type { Check } from '../../model/check.js';
import type { LoginAsker, LoginScheme, Observations } from '../../model/observation.js';
import { questionsOfCompanions } from '../topics.js';
import { accessQuestions, besideQuestions, dashboardFieldQuestions, rungReason, stakeOfReach } from '../access.js';
import { encryptLogin } from '../remedies.js';
import { loginWords } from '../../text/words.js';
import { moment, paragraph, productAndVersion } from '../words.js';

/** The kinds of login that were seen, and what asked for one. */
type Facts = { readonly schemes: readonly LoginScheme[]; readonly by: readonly LoginAsker[] };

/** What asks, for a title; what is at the address is not always known. */
function asker(by: LoginAsker, observations: Observations): string {
  const unnamed = observations.identity.product === null;
  const product = productAndVersion(observations);
  switch (by) {
    case 'product':
      return product;
    case 'proxy':
      return unnamed ? 'a proxy' : `a proxy in front of ${product}`;
    case 'cluster':
      return `a cluster behind ${product}`;
    case 'unknown':
      return unnamed ? product : `${product}, or something in front of it,`;
  }
}

function askers({ by }: Facts, observations: Observations): string {
  const words = by.map((one) => asker(one, observations)).join(' and ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${by.length > 1 ? 'ask' : 'asks'}`;
}

/** How we know what asks, as sentences. */
function knownBy({ by }: Facts, { identity }: Observations): string {
  const words: Readonly<Record<LoginAsker, string>> = {
    product: 'It is the product\u2019s own login',
    proxy: 'The login appears to come from a proxy in front of it',
    cluster: 'It is the login of a cluster, or of what protects one, passed on to callers at this address',
    unknown:
      identity.product === null
        ? 'What asks for it could not be determined'
        : 'Whether it or something in front of it asks could not be determined',
  };
  return `${by.map((one) => words[one]).join('. ')}.`;
}

/** Denied by the product (or by something unknown), which did not show what kind of login it wants. */
function loginUntold({ access, dashboard }: Observations): boolean {
  if (access.state !== 'guarded' || (access.guardedBy !== 'product' && access.guardedBy !== 'unknown')) return false;
  if (access.caller.login === 'anonymous' || (dashboard !== null && dashboard.login !== 'asked')) return false;
  return access.loginSchemes.every((scheme) => scheme === 'unknown');
}

export const check: Check<Facts, never, 'login-not-shown'> = {
  id: 'login-over-plain-http',
  scope: 'endpoint',
  about: 'A login is requested over plain HTTP, so passwords cross the network in readable form.',
  // Also where a proxy asks and what is behind it could not be identified.
  products: 'any',
  questions: [
    ...besideQuestions,
    ...new Set([...accessQuestions, ...dashboardFieldQuestions, ...questionsOfCompanions]),
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
    if (transport.plainLogin !== null)
      return { verdict: 'fail', facts: transport.plainLogin, evidence: transport.evidence };
    if (transport.scheme === 'https') return { verdict: 'pass', evidence: transport.evidence };
    if (loginUntold(observations)) return { verdict: 'undetermined', reason: 'login-not-shown' };
    // Over plain HTTP without a login: there is none to protect.
    return state === 'undetermined'
      ? { verdict: 'undetermined', reason: rungReason(observations) }
      : { verdict: 'not-applicable' };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'clear-text-login' }),
  remedy: (facts, observations) => encryptLogin(observations, facts.by),
  texts: {
    en: {
      title: (facts, observations) => `${askers(facts, observations)} for a login over plain HTTP`,
      summary(facts, observations) {
        const schemes = loginWords(facts.schemes);
        return paragraph(
          `On ${moment(observations.at)}, ${observations.url} asked us for a login over plain HTTP${schemes === '' ? '' : ` (${schemes})`}.`,
          knownBy(facts, observations),
          'Anyone on the network path can read users\u2019 passwords and tokens and reuse them.',
        );
      },
      undetermined: {
        'login-not-shown': 'it denies access over plain HTTP, and did not show which login it wants',
      },
    },
  },
};
