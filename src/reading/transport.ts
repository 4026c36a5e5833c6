import type { EndpointRecord } from '../model/exchange.js';
import type { LoginScheme, TransportFacts } from '../model/observation.js';
import { answersTo, refs } from './exchanges.js';
import { readRefusal } from './refusal.js';

/** Logins by which a caller would send a secret. */
const secretSchemes: ReadonlySet<LoginScheme> = new Set(['basic', 'api-key', 'bearer', 'login-page']);

/**
 * How an endpoint was spoken to, and whether it asked for a secret over plain HTTP.
 *
 * @param dashboardLogin positions of answers in which a dashboard showed its login
 */
export function readTransport(record: EndpointRecord, dashboardLogin: readonly number[]): TransportFacts {
  const answered = answersTo(record);
  const asked = answered.filter((each) => {
    if (each.exchange.scheme !== 'http') return false;
    if (dashboardLogin.includes(each.at)) return true;
    return readRefusal(each)?.schemes.some((scheme) => secretSchemes.has(scheme)) ?? false;
  });
  return {
    scheme: answered.at(-1)?.exchange.scheme ?? record.exchanges.at(-1)?.scheme ?? record.endpoint.scheme,
    tls: record.tls,
    loginOverPlainHttp: asked.length > 0,
    evidence: refs(...asked),
  };
}
