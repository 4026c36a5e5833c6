// The port over which nodes speak to each other is reached, and speaks without TLS.
import { reasonWords } from '../../text/reasons.js';
import type { Check } from '../../model/check.js';
import type { AccessReason } from '../../model/observation.js';
import { stakeOfReach } from '../access.js';
import { closeTransport } from '../transport-remedies.js';
import { Caller, moment, paragraph } from '../words.js';

/** The default port of the nodes' own protocol. */
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

export const check: Check<Record<string, never>, never, 'could-be-tls' | 'not-asked'> = {
  id: 'transport-port-reachable',
  scope: 'endpoint',
  about: "The port of the nodes' own protocol (9300) is reachable, without TLS.",
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
      return { verdict: 'undetermined', reason: 'could-be-tls' };
    if (access.state === 'undetermined') return { verdict: 'undetermined', reason: access.reason ?? 'not-asked' };
    // Closed or silent; something that speaks HTTP is not this port.
    return access.state === 'unreachable'
      ? { verdict: 'pass', evidence: access.evidence }
      : { verdict: 'not-applicable' };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'transport-port' }),
  remedy: (_facts, observations) => closeTransport(observations),
  texts: {
    en: {
      title: (_facts, observations, context) =>
        `${Caller(context)} can reach the transport port ${observations.endpoint.port} of ${observations.endpoint.host}, without TLS`,
      summary(_facts, observations) {
        return paragraph(
          `On ${moment(observations.at)}, port ${observations.endpoint.port} of ${observations.endpoint.host} responded to a plain request with the message of Elasticsearch and OpenSearch that this is the port over which their nodes communicate.`,
          'It responded without TLS, so the traffic between nodes, documents included, crosses the network in readable form. A server without a login has none on this port either. Assume that anyone who speaks the protocol can join the cluster and read and change everything. None of that was tried: we sent one request.',
        );
      },
      undetermined: {
        'could-be-tls': ({ access }) =>
          `something listens there (${access.reason === null ? 'it requires a client certificate' : reasonWords[access.reason]}): whether it is a transport port with TLS could not be determined`,
        'not-asked': 'it was not asked',
      },
    },
  },
};
