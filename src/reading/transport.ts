import type { Scheme } from '../model/endpoint.js';
import type { EndpointRecord, FailureName } from '../model/exchange.js';
import type { LoginScheme, TransportFacts } from '../model/observation.js';
import { readCertificate } from './certificate.js';
import { answersTo, refs } from './exchanges.js';
import { readCors, readOldTls, withoutLastQuestions } from './last-questions.js';
import { readRefusal } from './refusal.js';

/** Logins by which a caller would send a secret. */
const secretSchemes: ReadonlySet<LoginScheme> = new Set(['basic', 'api-key', 'bearer', 'login-page']);

/**
 * How an endpoint was spoken to, and whether it asked for a secret over plain HTTP.
 *
 * @param record all of it, the last questions included
 * @param dashboardLogin positions of answers in which a dashboard showed its login
 */
export function readTransport(record: EndpointRecord, dashboardLogin: readonly number[]): TransportFacts {
  const verdict = withoutLastQuestions(record);
  const answered = answersTo(verdict);
  const asked = answered.filter((each) => {
    if (each.exchange.scheme !== 'http') return false;
    if (dashboardLogin.includes(each.at)) return true;
    return readRefusal(each)?.schemes.some((scheme) => secretSchemes.has(scheme)) ?? false;
  });
  return {
    scheme: schemeOf(verdict),
    tls: record.tls,
    certificate: readCertificate(record),
    oldTls: readOldTls(record),
    cors: readCors(record),
    loginOverPlainHttp: asked.length > 0,
    evidence: refs(...asked),
  };
}

/** Failures by which something showed that it speaks the scheme it was asked over. */
const spoken: ReadonlySet<FailureName> = new Set([
  'tls-client-certificate',
  'tls-name-unknown',
  'tls-version',
  'bad-http',
  'header-too-large',
  'body-too-large',
  'bad-encoding',
  'cut-short',
  'body-timeout',
]);

/** The scheme that was answered last; where none was, the declared one, or else the one that was tried first. */
function schemeOf(record: EndpointRecord): Scheme | null {
  const { exchanges, endpoint, tls } = record;
  const last =
    answersTo(record).at(-1)?.exchange ??
    exchanges.findLast(({ outcome }) => outcome.kind === 'failure' && spoken.has(outcome.failure));
  return last?.scheme ?? (tls === null ? null : 'https') ?? endpoint.scheme ?? exchanges[0]?.scheme ?? null;
}
