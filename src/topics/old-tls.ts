// Whether an endpoint accepts TLS 1.0 or 1.1, which are out of use (RFC 8996).
import { defineTopic } from '../catalogue/topic.js';
import type { FailureName } from '../model/exchange.js';
import type { EvidenceRefs } from '../model/observation.js';
import { oldTlsVersions, type OldTlsVersion, type Question } from '../model/question.js';
import { tlsNames } from '../text/words.js';

/** Whether a version of TLS that is out of use is accepted. */
export interface OldTlsFacts {
  /** The one that was accepted; null where none was. */
  readonly accepted: OldTlsVersion | null;
  /** Those that were refused by version. */
  readonly refused: readonly OldTlsVersion[];
  /** Why one that was asked could not be determined; null where all were. */
  readonly reason: FailureName | null;
  readonly evidence: EvidenceRefs;
}

/** The questions that offer one old version of TLS. */
const versionQuestions = { TLSv1: 'tls-1-0', 'TLSv1.1': 'tls-1-1' } as const satisfies Record<OldTlsVersion, string>;

/**
 * How OpenSSL 3 refuses versions that its security level forbids though the server is set to speak them, as nginx is on Debian: a
 * fatal alert in answer to the greeting (seen on nginx 1.22 with OpenSSL 3.0).
 */
const refusedByLevel = /ALERT_INTERNAL_ERROR$/;

/** A request over a connection that offers one version only. */
function offering<const Id extends string>(
  id: Id,
  version: OldTlsVersion,
  when: string,
): Question & { readonly id: Id } {
  return {
    id,
    method: 'HEAD',
    path: '/',
    askedOf: ['unknown', 'elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
    why: `Shows whether connections with ${tlsNames[version]}, which is out of use, are still accepted; ${when}.`,
    reveals: `whether ${tlsNames[version]} is accepted`,
    traces:
      'where it is denied, a failed handshake in the log of the server or of what terminates TLS in front of it; where it is accepted and refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
    cost: 'cheap',
    technique: null,
    cap: 1024,
    // As for the root page: with this header Kibana starts no guest session (wire guide D.2 and S).
    headers: { 'kbn-xsrf': 'leftopen' },
    tls: version,
    keep: { headers: [], json: null, text: 0 },
  };
}

export const topic = defineTopic({
  questions: [
    {
      ...offering('tls-1-0', 'TLSv1', 'asked once how far a caller gets is known'),
      when: ({ scheme, access }) => scheme === 'https' && (access.state === 'open' || access.state === 'guarded'),
    },
    {
      ...offering('tls-1-1', 'TLSv1.1', 'asked only where TLS 1.0 was not accepted'),
      // a login wall refuses one request more at most
      when: (_situation, answers) => answers.exchanges('tls-1-0').at(-1)?.exchange.request === 0,
    },
  ],
  phase: 'last',
  order: 80,
  isAbout: () => true,
  /**
   * Which old version of TLS is accepted. A request is sent over a finished handshake only, and such a question offers nothing
   * but its version: that it was sent proves the version, whatever became of it after. A server that speaks no more than an old
   * version shows it in every handshake.
   */
  read(answers): OldTlsFacts | null {
    const asked = oldTlsVersions.flatMap((version) => {
      const last = answers.exchanges(versionQuestions[version]).at(-1);
      return last === undefined ? [] : [{ version, ...last }];
    });
    const spoken = oldTlsVersions.find((version) => version === answers.tls?.protocol);
    const sent = asked.find(({ exchange }) => exchange.request > 0);
    const failed = asked.flatMap(
      ({ version, exchange: { outcome } }): { version: OldTlsVersion; failure: FailureName }[] =>
        outcome.kind === 'failure'
          ? [{ version, failure: refusedByLevel.test(outcome.detail) ? 'tls-version' : outcome.failure }]
          : [],
    );
    if (asked.length === 0 && spoken === undefined) return null;
    return {
      accepted: sent?.version ?? spoken ?? null,
      refused: failed.filter(({ failure }) => failure === 'tls-version').map(({ version }) => version),
      reason: failed.find(({ failure }) => failure !== 'tls-version')?.failure ?? null,
      evidence:
        sent !== undefined ? [sent.at] : spoken !== undefined ? [answers.tls?.at ?? -1] : asked.map(({ at }) => at),
    };
  },
  names: () => [],
  shows: ({ accepted, evidence }, texts) => [[evidence, accepted === null ? null : texts.accepted(accepted)]],
  texts: {
    en: {
      unknown: 'whether it accepts old versions of TLS was not tested',
      accepted: (version: OldTlsVersion): string => `got a response over ${tlsNames[version]}`,
    },
  },
});
