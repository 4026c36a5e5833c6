// The port over which nodes speak to each other is reached, and speaks without TLS.
import type { Check } from '../../model/check.js';
import type { AccessReason, Observations } from '../../model/observation.js';
import { stakeOfReach } from '../access.js';
import { closeTransport } from '../transport-remedies.js';
import { caller, closingNotes, moment, paragraph, reasonText } from '../words.js';

/** The port of the nodes' own protocol, unless it was set otherwise. */
const usualPort = 9300;

/** How a port that speaks the protocol over TLS ends a plain request: as many others do (wire guide, section A.4). */
const couldBeTls: readonly (AccessReason | null)[] = [
  'closed-without-answer',
  'reset',
  'response-timeout',
  'tls-client-certificate',
  'tls-failed',
  'not-http',
];

export const check: Check<Record<string, never>> = {
  id: 'transport-port-reachable',
  scope: 'endpoint',
  about: "The port of the nodes' own protocol (9300) is reached, without TLS.",
  products: 'any',
  questions: ['root'],
  cwe: 'CWE-668',
  references: [
    'https://cwe.mitre.org/data/definitions/668.html',
    'https://www.elastic.co/docs/deploy-manage/security/set-up-basic-security',
    'https://docs.opensearch.org/latest/security/configuration/tls/',
  ],
  acceptable: false,
  judge(observations) {
    const { access, endpoint } = observations;
    if (access.reason === 'transport-port') return { verdict: 'fail', facts: {}, evidence: access.evidence };
    if (endpoint.port !== usualPort) return { verdict: 'not-applicable' };
    if (couldBeTls.includes(access.reason) || access.guardedBy === 'client-certificate')
      return { verdict: 'undetermined', reason: couldNotBeTold(observations) };
    if (access.state === 'undetermined')
      return {
        verdict: 'undetermined',
        reason: access.reason === null ? 'it was not asked' : reasonText(access.reason),
      };
    // Refused or silent; something that answers HTTP is no transport.
    return access.state === 'unreachable'
      ? { verdict: 'pass', evidence: access.evidence }
      : { verdict: 'not-applicable' };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'transport-port' }),
  texts: {
    en: {
      pass: 'Nothing answered us there.',
      title: (_facts, observations, context) =>
        `The transport port ${observations.endpoint.port} of ${observations.endpoint.host} is reached by ${caller(context)}, without TLS`,
      summary(_facts, observations, context) {
        return paragraph(
          `On ${moment(observations.at)}, port ${observations.endpoint.port} of ${observations.endpoint.host} answered a plain request of ours with the text by which Elasticsearch and OpenSearch say that this is the port over which their nodes speak to each other.`,
          'It answered without TLS: what nodes say to each other, documents among it, crosses the network readable. A server without a login of its own has none here either: whoever speaks the protocol must be assumed able to join the cluster, read and change all of it. None of that was tried; no more than one request was sent.',
          ...closingNotes(observations, context),
        );
      },
      remedy: (_facts, observations) => closeTransport(observations),
    },
  },
};

function couldNotBeTold({ access }: Observations): string {
  const how = access.reason === null ? 'it wants a client certificate' : reasonText(access.reason);
  return `something listens there (${how}): whether it is a transport port with TLS could not be told`;
}
