import { decoyMarks, luceneOf, type DecoyMark } from '../knowledge/decoys.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { EvidenceRefs } from '../model/observation.js';
import { parseBanner } from '../catalogue/banner.js';
import { parseListing } from '../catalogue/listing.js';
import { isClusterError } from './authenticity.js';
import { insideAnswers } from './dashboard-contents.js';
import { fromDashboard } from './dashboard-identity.js';
import { answersTo, header, kept, refs, type Answered } from './exchanges.js';

/**
 * Signs of fabricated answers that need no comparison with what was asked: constants of known decoys (wire guide E.2),
 * versions that never went together (E.3.4), and dashboards that answer paths which cannot exist. Each tell is one phrase.
 * A weak one counts beside another only: a cluster may bear that name, and a build of its own another Lucene.
 */
export function decoyTells(record: EndpointRecord): {
  readonly tells: readonly string[];
  readonly evidence: EvidenceRefs;
} {
  const found = answersTo(record).flatMap((answered) => tellsOf(answered, record).map((tell) => ({ tell, answered })));
  const tells = [...new Set(found.map(({ tell }) => tell))];
  if (tells.length === 1 && tells.every((tell) => weakTells.has(tell))) return { tells: [], evidence: [] };
  return {
    tells,
    evidence: refs(...found.map(({ answered }) => answered)),
  };
}

function tellOfMark({ id, decoy }: Pick<DecoyMark, 'id' | 'decoy'>): string {
  return `a constant of ${decoy} (${id})`;
}

const oddPairTell = 'the version and its Lucene version never went together';

const weakTells: ReadonlySet<string> = new Set([
  ...decoyMarks.filter(({ weak }) => weak === true).map(tellOfMark),
  oddPairTell,
]);

/**
 * The questions whose answers the server words by itself. Listings hold names that whoever may write has chosen: an index or
 * an alias named like a decoy's constant must not hide an open cluster.
 */
const wordedByTheServer: ReadonlySet<string> = new Set([
  'root',
  'cluster-health',
  'cluster-stats',
  'nodes',
  'security-authenticate',
  'unknown-parameter',
  'kibana-proxy-banner',
]);

/** What the server words by itself in an answer: the body of some answers, the reason of an error. */
function ownWords({ answer: { body }, exchange }: Answered): string {
  if (body.kind === 'error') return body.reason ?? '';
  return wordedByTheServer.has(exchange.question) && body.kind !== 'none' ? JSON.stringify(body) : '';
}

function tellsOf(answered: Answered, record: EndpointRecord): string[] {
  const { answer, exchange } = answered;
  const body = ownWords(answered);
  const challenge = header(answer, 'www-authenticate') ?? '';
  const tells = decoyMarks
    .filter(({ where, pattern }) => pattern.test(where === 'body' ? body : challenge))
    .map(tellOfMark);
  if (oddPair(answered)) tells.push(oddPairTell);
  const everything = exchange.question === 'dashboard-unknown-path' && answer.status >= 200 && answer.status < 300;
  // A page without the dashboard's own header comes from a site in front of it.
  const again = insideAnswers(record).some((inside) => inside.answer.sha256 === answer.sha256);
  if (everything && (fromDashboard(answered) || again))
    tells.push('a dashboard that answers a path which cannot exist');
  return [...tells, ...relayTells(answered)];
}

/** True when the cluster behind the relay of Kibana 4 and 5 said by name that an index which cannot exist is missing. */
export function relayKnowsItsIndices(record: EndpointRecord): boolean {
  return answersTo(record, 'kibana-proxy-unknown-index').some((answered) => {
    const name = `leftopen-${answered.exchange.blanks['nonce'] ?? ''}`;
    const { body, status } = answered.answer;
    if (status !== 404 || body.kind !== 'error' || !isClusterError(answered)) return false;
    return body.resource === name || (body.reason ?? '').includes(name);
  });
}

/** The checks of wire guide R.6 on what comes through the relay of Kibana 4 and 5. */
function relayTells(answered: Answered): string[] {
  const { answer, exchange } = answered;
  const tells: string[] = [];
  if (exchange.question === 'kibana-proxy-unknown-index') {
    const name = `leftopen-${exchange.blanks['nonce'] ?? ''}`;
    const page = answer.body.kind === 'text' && answer.body.html && !fromDashboard(answered);
    if (answer.status >= 200 && answer.status < 300 && !page)
      tells.push('an index that cannot exist was answered with success');
    const { body } = answer;
    if (answer.status === 404 && body.kind === 'error' && body.type === 'index_not_found_exception') {
      if (body.resource !== name && !(body.reason ?? '').includes(name))
        tells.push('the name of an unknown index was not echoed');
    }
  }
  if (exchange.question.startsWith('kibana-proxy-cat-')) {
    if ((kept(answered, parseListing)?.foreign.length ?? 0) > 0)
      tells.push('a listing has columns that nobody asked for');
  }
  return tells;
}

/** A banner of Elasticsearch (forks and serverless have numbers of their own) whose Lucene version belongs to another line. */
function oddPair(answered: Answered): boolean {
  const banner = kept(answered, parseBanner);
  if (banner === null || banner.tagline !== 'You Know, for Search' || banner.version.distribution !== undefined)
    return false;
  const { number, lucene_version: lucene, build_flavor: flavor } = banner.version;
  if (flavor === 'serverless') return false;
  const known = luceneOf.find(({ line }) => line.test(number));
  return known !== undefined && lucene !== undefined && /^\d/.test(lucene) && !known.lucene.test(lucene);
}
