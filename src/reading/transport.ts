import type { EndpointRecord } from '../model/exchange.js';
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
    scheme: answered.at(-1)?.exchange.scheme ?? verdict.exchanges.at(-1)?.scheme ?? record.endpoint.scheme,
    tls: record.tls,
    certificate: readCertificate(record),
    oldTls: readOldTls(record),
    cors: readCors(record),
    loginOverPlainHttp: asked.length > 0,
    evidence: refs(...asked),
  };
}
