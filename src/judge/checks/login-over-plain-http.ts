// A login that is asked for over plain HTTP.
import type { Check } from '../../model/check.js';
import type { LoginAsker, Observations } from '../../model/observation.js';
import { questionsOfCompanions } from '../topics.js';
import { accessQuestions, besideQuestions, dashboardFieldQuestions, rungReason, stakeOfReach } from '../access.js';
import { encryptLogin } from '../remedies.js';
import { closingNotes, moment, names, paragraph, productAndVersion } from '../words.js';

/** The kinds of login that were seen, and who asked for one. */
type Facts = { readonly schemes: readonly string[]; readonly by: readonly LoginAsker[] };

/** One who asks, for a title; what stands at the address is not always known. */
function asker(by: LoginAsker, observations: Observations): string {
  const unnamed = observations.identity.product === null;
  const product = productAndVersion(observations);
  switch (by) {
    case 'product':
      return product;
    case 'proxy':
      return unnamed ? 'a proxy' : `a proxy in front of ${product}`;
    case 'cluster':
      return `what guards a cluster that is reached at the address of ${product}`;
    case 'unknown':
      return unnamed ? product : `something in front of ${product}, or it itself,`;
  }
}

function askers({ by }: Facts, observations: Observations): string {
  const words = by.map((one) => asker(one, observations)).join(' and ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${by.length > 1 ? 'ask' : 'asks'}`;
}

/** How it is known who asked, as a sentence. */
function knownBy({ by }: Facts, { identity }: Observations): string {
  const words: Readonly<Record<LoginAsker, string>> = {
    product: 'its own login wrote what we saw',
    proxy: 'what we saw bears the marks of a proxy, or leads to a login of its own',
    cluster: 'what we saw is the refusal of a cluster, or of what guards one, that reached us at this address',
    unknown:
      identity.product === null
        ? 'what we saw does not tell who wrote it'
        : 'what we saw does not tell whether it or something in front of it wrote it',
  };
  return `Who asks: ${by.map((one) => words[one]).join('; ')}.`;
}

/** Refused by the product (or by what could not be told), which did not say whether it wants a secret, a ticket or a rule. */
function loginUntold({ access, dashboard }: Observations): boolean {
  if (access.state !== 'guarded' || (access.guardedBy !== 'product' && access.guardedBy !== 'unknown')) return false;
  if (access.caller.login === 'anonymous' || (dashboard !== null && dashboard.login !== 'asked')) return false;
  return access.loginSchemes.every((scheme) => scheme === 'unknown');
}

export const check: Check<Facts> = {
  id: 'login-over-plain-http',
  scope: 'endpoint',
  about: 'A login is asked for over plain HTTP, so that passwords cross the network readable.',
  // Also where a proxy asks and what stands behind it could not be identified.
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
      title: (facts, observations) => `${askers(facts, observations)} for a login over plain HTTP`,
      summary(facts, observations, context) {
        const schemes = names(facts.schemes, 5);
        return paragraph(
          `On ${moment(observations.at)}, we were asked for a login over plain HTTP at ${observations.url}${schemes === null ? '' : ` (${schemes})`}.`,
          knownBy(facts, observations),
          'Whoever stands on the way between a user and it can read his password or token, and use it.',
          ...closingNotes(observations, context),
        );
      },
      remedy: (facts, observations) => encryptLogin(observations, facts.by),
    },
  },
};
