// How an endpoint was spoken to, and whether it asks for a login over plain HTTP.
import type { Scheme } from '../model/endpoint.js';
import { unreadableHttp } from '../model/exchange.js';
import type { EndpointRecord, FailureName } from '../model/exchange.js';
import type { LoginAsker, LoginScheme, TransportFacts } from '../model/observation.js';
import { readCertificate } from './certificate.js';
import { fromDashboard } from './dashboard-identity.js';
import type { LoginShown } from './dashboard-login.js';
import { readRedirect } from './dashboard-redirect.js';
import { answersTo, header, refs, type Answered } from '../catalogue/exchanges.js';
import { withoutLastQuestions } from './last-questions.js';
import { readRefusal, showsProxy, type Refusal } from './refusal.js';

/** Logins by which a caller would send a secret. */
const secretSchemes: ReadonlySet<LoginScheme> = new Set(['basic', 'api-key', 'bearer', 'login-page']);

/** An answer that asked for a secret. */
interface Asked {
  readonly answered: Answered;
  readonly by: LoginAsker;
  readonly schemes: readonly LoginScheme[];
}

/**
 * How an endpoint was spoken to, and who asked for a secret over plain HTTP.
 *
 * @param record all of it, the last questions included
 * @param dashboard the answers in which logins showed themselves to a dashboard's reader; null where none was identified
 */
export function readTransport(record: EndpointRecord, dashboard: readonly LoginShown[] | null): TransportFacts {
  const verdict = withoutLastQuestions(record);
  const answered = answersTo(verdict);
  const asked = answered
    .filter(({ exchange }) => exchange.scheme === 'http')
    .flatMap((each) => askedIn(each, record, dashboard) ?? []);
  return {
    scheme: schemeOf(verdict),
    tls: record.tls,
    certificate: readCertificate(record),
    plainLogin:
      asked.length === 0
        ? null
        : {
            by: [...new Set(asked.map(({ by }) => by))].sort(),
            schemes: distinct(asked.flatMap((one) => one.schemes)),
          },
    evidence: refs(...asked.map((one) => one.answered)),
  };
}

function distinct(schemes: readonly LoginScheme[]): readonly LoginScheme[] {
  return [...new Set(schemes)];
}

function askedIn(answered: Answered, record: EndpointRecord, dashboard: readonly LoginShown[] | null): Asked | null {
  const refusal = readRefusal(answered);
  const shown = dashboard?.filter(({ at }) => at === answered.at) ?? [];
  const schemes = [...(refusal?.schemes ?? []), ...shown.flatMap(({ scheme }) => scheme ?? [])];
  const secret = schemes.filter((scheme) => secretSchemes.has(scheme));
  if (secret.length === 0) return null;
  return { answered, by: shown[0]?.by ?? askerOf(answered, record, refusal, dashboard !== null), schemes: secret };
}

/** What wrote a refusal, by its own words and marks: a challenge without any may come from anything. */
function askerOf(answered: Answered, record: EndpointRecord, refusal: Refusal | null, beside: boolean): LoginAsker {
  // next to a dashboard, a cluster was asked at another path
  if (refusal?.by === 'product') return beside ? 'cluster' : 'product';
  if (refusal?.kind === 'login-redirect' && toItself(answered, record)) return beside ? 'product' : 'unknown';
  return refusal?.kind === 'login-redirect' || showsProxy(answered) ? 'proxy' : 'unknown';
}

/**
 * A redirect to a login page of the same endpoint, in the spelling of a dashboard's own: with its header it is the
 * dashboard's, whatever path was asked (recorded: `/elasticsearch/…` of Kibana 7.12.1 and 8.12.2), and without one it may be.
 */
function toItself(answered: Answered, { endpoint }: EndpointRecord): boolean {
  if (fromDashboard(answered)) return true;
  const location = header(answered.answer, 'location');
  if (location === null || showsProxy(answered)) return false;
  return readRedirect(location, endpoint, answered.exchange.scheme).kind === 'login';
}

/** Failures by which something showed that it speaks the scheme it was asked over. */
const spoken: ReadonlySet<FailureName> = new Set<FailureName>([
  'tls-client-certificate',
  'tls-name-unknown',
  'tls-version',
  ...unreadableHttp,
]);

/** The scheme of the last answer; where none was, the declared one, or else the one that was tried first. */
function schemeOf(record: EndpointRecord): Scheme | null {
  const { exchanges, endpoint, tls } = record;
  const last =
    answersTo(record).at(-1)?.exchange ??
    exchanges.findLast(({ outcome }) => outcome.kind === 'failure' && spoken.has(outcome.failure));
  return last?.scheme ?? (tls === null ? null : 'https') ?? endpoint.scheme ?? exchanges[0]?.scheme ?? null;
}
