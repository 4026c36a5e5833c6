// Recognises honeypots.
import { decoyMarks, luceneOf, type DecoyMark } from '../knowledge/decoys.js';
import type { Answer, EndpointRecord, KeptBody } from '../model/exchange.js';
import type { Authenticity, DecoyTell, EvidenceRefs } from '../model/observation.js';
import { parseBanner } from '../catalogue/banner.js';
import { fabrications, isClusterError } from './authenticity.js';
import { insideAnswers } from './dashboard-contents.js';
import { answersTo, header, kept, refs, type Answered } from '../catalogue/exchanges.js';
import { memoised } from '../catalogue/memoise.js';

/**
 * Constants of known decoys in a server's own words (wire guide E.2), and answers of a dashboard or its relay that nothing
 * genuine gives. A constant wins over a passed test, unless it is a weak one: what the owner of a
 * real server may have chosen, or a build of its own, counts only together with another sign, and never against a passed test.
 */
export function decoyTells(
  record: EndpointRecord,
  { genuine }: Pick<Authenticity, 'genuine'>,
): {
  readonly tells: readonly DecoyTell[];
  readonly evidence: EvidenceRefs;
} {
  const found = [
    ...answersTo(record).flatMap((answered) => tellsOf(answered).map((tell) => ({ tell, at: answered.at }))),
    ...fabricatedByDashboard(record),
  ];
  const tells = [...new Set(found.map(({ tell }) => tell))];
  const strong = tells.some((tell) => !weakTells.has(tell));
  if (!strong && (genuine === 'yes' || tells.length < 2)) return { tells: [], evidence: [] };
  return { tells, evidence: refs(found.map(({ at }) => at)) };
}

/** Made once for each mark, so that equal ones are the same. */
const tellOfMark: ReadonlyMap<DecoyMark, DecoyTell> = new Map(
  decoyMarks.map((mark) => [mark, { decoy: mark.decoy, value: mark.id }]),
);

function tellsOfMarks(marks: readonly DecoyMark[]): readonly DecoyTell[] {
  return marks.flatMap((mark) => tellOfMark.get(mark) ?? []);
}

const weakTells: ReadonlySet<DecoyTell> = new Set([
  ...tellsOfMarks(decoyMarks.filter(({ weak }) => weak === true)),
  'odd-lucene-version',
]);

/**
 * The questions whose answers the server words by itself. Listings hold names that any writer may have chosen: an index or
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

/**
 * What the server words by itself in an answer: the body of some answers, the reason of an error. A banner that is not valid
 * JSON is a text, and is brought into the form in which kept JSON is written.
 */
function ownWords(body: KeptBody): string {
  if (body.kind === 'error') return body.reason ?? '';
  if (body.kind === 'none') return '';
  return body.kind === 'text' ? body.text.replace(/\s*([:,{}])\s*/g, '$1') : JSON.stringify(body);
}

const bodyTells = marksOf('body', ({ body }) => ownWords(body));
const challengeTells = marksOf('www-authenticate', (answer) => header(answer, 'www-authenticate') ?? '');

function marksOf(
  where: DecoyMark['where'],
  words: (answer: Answer) => string,
): (answer: Answer) => readonly DecoyTell[] {
  const marks = decoyMarks.filter((mark) => mark.where === where);
  return memoised((answer) => {
    const text = words(answer);
    return tellsOfMarks(marks.filter(({ pattern }) => pattern.test(text)));
  });
}

const noTells: readonly DecoyTell[] = [];

function tellsOf(answered: Answered): readonly DecoyTell[] {
  const { answer, exchange } = answered;
  const worded = answer.body.kind === 'error' || wordedByTheServer.has(exchange.question);
  const words = worded ? bodyTells(answer) : noTells;
  const challenge = challengeTells(answer);
  const odd = oddPair(answered);
  if (words.length + challenge.length === 0 && !odd) return noTells;
  return [...words, ...challenge, ...(odd ? (['odd-lucene-version'] as const) : [])];
}

/**
 * Made-up answers about two different random names: a path that cannot exist got what another path got from inside, or the
 * relay of Kibana 4 and 5 described an index that cannot exist or named another one, and nothing of it was proved genuine.
 */
function fabricatedByDashboard(record: EndpointRecord): { readonly tell: DecoyTell; readonly at: number }[] {
  const inside = new Set(insideAnswers(record).map(({ answer }) => answer.sha256));
  const everywhere = answersTo(record, 'dashboard-unknown-path').filter(({ answer }) => inside.has(answer.sha256));
  const relayed = relayKnowsItsIndices(record) ? [] : fabrications(record, ['kibana-proxy-unknown-index']);
  return [
    ...(everywhere.length >= 2 ? everywhere.map(({ at }) => ({ at, tell: 'contents-everywhere' }) as const) : []),
    ...(new Set(relayed.map(({ nonce }) => nonce)).size >= 2 ? relayed : []),
  ];
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
