import type { EndpointRecord, FailureName } from '../model/exchange.js';
import type { CorsFacts, OldTlsFacts } from '../model/observation.js';
import { oldTlsVersions, type OldTlsVersion } from '../model/question.js';
import { questionById } from '../catalogue/index.js';
import { answerTo, header, refs } from '../catalogue/exchanges.js';

/** The questions that offer one old version of TLS. */
const versionQuestions = { TLSv1: 'tls-1-0', 'TLSv1.1': 'tls-1-1' } as const satisfies Record<OldTlsVersion, string>;

/**
 * How OpenSSL 3 refuses versions that its security level forbids though the server is set to speak them, as nginx is on Debian: a
 * fatal alert in answer to the greeting (seen on nginx 1.22 with OpenSSL 3.0).
 */
const refusedByLevel = /ALERT_INTERNAL_ERROR$/;

const lastQuestions: ReadonlySet<string> = new Set(['cors', ...Object.values(versionQuestions)]);

/**
 * The record without what is asked last, when it is known how far a caller gets: those questions are put in other ways than the
 * rest (another TLS version, a foreign origin), and how they end says nothing of who answers or whom it lets in.
 */
export function withoutLastQuestions(record: EndpointRecord): EndpointRecord {
  const first = record.exchanges.findIndex(({ question }) => lastQuestions.has(question));
  return first === -1 ? record : { ...record, exchanges: record.exchanges.slice(0, first) };
}

/**
 * Which old version of TLS is accepted. A request is sent over a finished handshake only, and such a question offers nothing
 * but its version: that it was sent proves the version, whatever became of it after. A server that speaks no more than an old
 * version shows it in every handshake.
 */
export function readOldTls(record: EndpointRecord): OldTlsFacts | null {
  const asked = oldTlsVersions.flatMap((version) => {
    const at = record.exchanges.findLastIndex(({ question }) => question === versionQuestions[version]);
    const exchange = record.exchanges[at];
    return exchange === undefined ? [] : [{ version, at, exchange }];
  });
  const spoken = oldTlsVersions.find((version) => version === record.tls?.protocol);
  const sent = asked.find(({ exchange }) => exchange.request > 0);
  const failed = asked.flatMap(
    ({ version, exchange: { outcome } }): { version: OldTlsVersion; failure: FailureName }[] =>
      outcome.kind === 'failure'
        ? [{ version, failure: refusedByLevel.test(outcome.detail) ? 'tls-version' : outcome.failure }]
        : [],
  );
  if (asked.length === 0 && spoken === undefined) return null;
  const secure = record.exchanges.findIndex(({ scheme, request }) => scheme === 'https' && request > 0);
  return {
    accepted: sent?.version ?? spoken ?? null,
    refused: failed.filter(({ failure }) => failure === 'tls-version').map(({ version }) => version),
    reason: failed.find(({ failure }) => failure !== 'tls-version')?.failure ?? null,
    evidence: sent !== undefined ? [sent.at] : spoken !== undefined ? [secure] : asked.map(({ at }) => at),
  };
}

/** What was answered to the invented origin; null where that is not known. */
export function readCors(record: EndpointRecord): CorsFacts | null {
  const answered = answerTo(record, 'cors');
  // Something in front that fails says nothing of the server behind it.
  if (answered === null || answered.answer.status >= 500) return null;
  const allowed = header(answered.answer, 'access-control-allow-origin')?.trim() ?? null;
  const asked = questionById('cors').headers['origin'];
  return {
    allows: allowed === '*' ? 'any' : allowed?.toLowerCase() === asked ? 'echoed' : 'no',
    credentials: header(answered.answer, 'access-control-allow-credentials')?.trim().toLowerCase() === 'true',
    evidence: refs(answered),
  };
}
