// Distinguishes a genuine cluster from fabricated answers.
import type { EndpointRecord } from '../model/exchange.js';
import type { Authenticity, DecoyTell, InFront } from '../model/observation.js';
import {
  parseIndexDescription,
  parseIndexUuids,
  parseKeys,
  testColumns,
  testFields,
} from '../catalogue/authenticity.js';
import { parseBanner } from '../catalogue/banner.js';
import { parseListing } from '../catalogue/listing.js';
import { answersTo, header, kept, refs, said } from '../catalogue/exchanges.js';
import { exchangesIn } from '../catalogue/readings.js';
import type { Answered } from '../catalogue/exchanges.js';
import { indexTests, listers, parameterTests } from './cluster-answers.js';
import { readRefusal } from './refusal.js';
import type { ClusterAnswers } from './cluster-answers.js';

/** What a genuine server did that no canned answer does. One is enough (docs/verdicts.md). */
export type PassedTest =
  /** An error of its own names the random index that was asked for. */
  | 'unknown-index'
  /** It refused a parameter with a random name, by that name (since 5.0). */
  | 'unknown-parameter'
  /** The two errors of a server that is set to say little (`http.detailed_errors.enabled: false`), where each belongs. */
  | 'terse-errors'
  /** It listed just the random subset of columns that was asked for. */
  | 'columns'
  /** It gave just the random subset of its banner that was asked for. */
  | 'fields'
  /** Two different listers agree on the random ids of its indices. */
  | 'uuids';

/** Authenticity of a cluster with what was tested. */
export interface ClusterAuthenticity extends Authenticity {
  readonly passed: ReadonlySet<PassedTest>;
  /** Questions on which a test was passed: an empty list counts only where its own path was tested. */
  readonly passedOn: ReadonlySet<string>;
  /** Different random names about which answers were made up: two of them, and no passed test, make a decoy. */
  readonly fabricated: number;
}

/** The first words of errors that Elasticsearch and OpenSearch write as plain strings, by line. */
const plainErrors =
  /^(?:no handler found for uri \[|No handler found for uri \[|Incorrect HTTP method for uri \[|[A-Za-z]*Exception\[|No ElasticsearchException found|No OpenSearchException found|No feature for name \[|No endpoint or operation is available at \[)/;

/** True where an error is one of Elasticsearch's or OpenSearch's own, of any line: an envelope, or before 1.4 a bare text. */
export function isClusterError({ answer }: Answered): boolean {
  const { body } = answer;
  if (body.kind === 'text') return !body.html && plainErrors.test(body.text);
  if (body.kind !== 'error') return false;
  return /^[a-z_]+_exception$/.test(body.type ?? '') || plainErrors.test(body.reason ?? '');
}

/** The random name that a question carries; '' for none. */
function nonceOf({ exchange }: Answered): string {
  return exchange.blanks['nonce'] ?? '';
}

interface Test {
  readonly kind: PassedTest;
  readonly at: number;
}

/** An answer about something that cannot exist, or that was never asked. */
export interface Fabrication {
  /** The random name it is about. */
  readonly nonce: string;
  readonly tell: DecoyTell;
  readonly at: number;
}

/** An error about a route, which names the path that was asked and no index. */
const routing = /^(?:no handler found|incorrect HTTP method)\b/i;

/** A banner of 0.90, which answers its errors about routes for the name of an index. */
function isBeforeOne({ banners }: ClusterAnswers): boolean {
  return banners.some(({ value }) => value.version.number.startsWith('0.'));
}

function passedByEcho(record: EndpointRecord, answers: ClusterAnswers): Test[] {
  const parameters = answersTo(record, ...parameterTests).filter(
    (each) =>
      each.answer.status === 400 && isClusterError(each) && said(each.answer).includes(`[leftopen_${nonceOf(each)}]`),
  );
  const indices = answersTo(record, ...indexTests).filter((each) => {
    const { answer } = each;
    // a demand for a login names what was asked before anything was looked up
    if (answer.status < 400 || answer.status === 401 || !isClusterError(each)) return false;
    // that no route leads there any server says that echoes paths; 0.90 alone has none for the name of an index
    if (routing.test(said(answer)) && !isBeforeOne(answers)) return false;
    const name = `leftopen-${nonceOf(each)}`;
    return (answer.body.kind === 'error' && answer.body.resource === name) || said(answer).includes(name);
  });
  return [
    ...parameters.map(({ at }) => ({ kind: 'unknown-parameter', at }) as const),
    ...indices.map(({ at }) => ({ kind: 'unknown-index', at }) as const),
  ];
}

/**
 * `http.detailed_errors.enabled: false`: up to 6.x an unknown index is `IndexNotFoundException[no such index]` without its
 * name, and a refused parameter `No ElasticsearchException found`. Both, where the same path without it gave an answer, are the
 * server's own (seen on 5.6 and 6.8; 2.x knows no refused parameter).
 */
function passedTersely(record: EndpointRecord, answers: ClusterAnswers): Test[] {
  const missing = answersTo(record, ...indexTests).find(
    ({ answer }) => answer.status === 404 && /^IndexNotFoundException\[no such index\]$/.test(said(answer)),
  );
  const refused = answersTo(record, 'unknown-parameter').find(
    ({ answer }) => answer.status === 400 && /^No ElasticsearchException found$/.test(said(answer)),
  );
  if (missing === undefined || refused === undefined || answers.banners.length === 0) return [];
  return [
    { kind: 'terse-errors', at: missing.at },
    { kind: 'terse-errors', at: refused.at },
  ];
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

/** Obedience: what was asked for is a random subset of what the server has, and just that was given. */
function passedByObedience(record: EndpointRecord): Test[] {
  const obeyed = (question: 'cat-columns' | 'root-fields', blank: string, all: readonly string[]): Answered[] =>
    answersTo(record, question).filter((answered) => {
      const wanted = (answered.exchange.blanks[blank] ?? '').split(',');
      const given = kept(answered, parseKeys);
      return given !== null && wanted.length < all.length && same(given.keys, wanted);
    });
  return [
    ...obeyed('cat-columns', 'columns', testColumns).map(({ at }) => ({ kind: 'columns', at }) as const),
    ...obeyed('root-fields', 'fields', testFields).map(({ at }) => ({ kind: 'fields', at }) as const),
  ];
}

/**
 * An id of an index as Elasticsearch draws it: 128 random bits in URL-safe base64 (common/UUIDs.java). One such id in 50 has no
 * digit, and one in 50,000 has letters of one case only.
 */
function looksRandom(uuid: string): boolean {
  return /^[\w-]{22}$/.test(uuid) && /[a-z]/.test(uuid) && /[A-Z]/.test(uuid) && new Set(uuid).size >= 10;
}

/** Two listers that are asked in different ways agree on most ids that both give: an index may be made anew in between. */
function passedByAgreement(record: EndpointRecord): Test[] {
  const listed = answersTo(record, ...listers).find((each) => kept(each, parseListing)?.uuids !== undefined);
  const second = answersTo(record, 'index-uuids').at(-1);
  const some = listed === undefined ? undefined : kept(listed, parseListing)?.uuids;
  const others = second === undefined ? null : kept(second, parseIndexUuids);
  if (listed === undefined || second === undefined || some === undefined || others === null) return [];
  const common = Object.keys(some).filter((name) => name in others);
  const ids = common.filter((name) => some[name] === others[name]).map((name) => some[name] ?? '');
  const random = ids.filter(looksRandom).length;
  if (random <= common.length / 2 || new Set(ids).size < ids.length) return [];
  return [
    { kind: 'uuids', at: listed.at },
    { kind: 'uuids', at: second.at },
  ];
}

function pathOnly(text: string): string {
  return text.split('?', 1)[0] ?? '';
}

/** A proxy may add or take a folder in front: what is named must be the end of what was asked, or the reverse. */
function isSamePath(named: string, { exchange }: Answered): boolean {
  const asked = pathOnly(exchange.path);
  return (asked.endsWith(named) && (named !== '/' || asked === `${exchange.basePath}/`)) || named.endsWith(asked);
}

/** A name that an index can have: one that was masked on the way does not count. */
function isIndexName(name: string): boolean {
  return /^[^\s*?"<>|,#\\/:]+$/.test(name) && !/^(?:x{3,}|_na_|\[?redacted\]?)$/i.test(name);
}

/** The same name but for one character: a bad line, and nothing made up. */
function isDamaged(name: string, asked: string): boolean {
  const differing = Array.from(asked, (character, at) => character !== name[at]).filter((differs) => differs);
  return name.length === asked.length && differing.length === 1;
}

/** The index that an error of a cluster says is missing. */
export const missingIndex = /\bno such index \[([^\]]+)\]|IndexMissingException\[\[([^\]]+)\]/;
/** The path that an error of a cluster says was asked. */
const namedPath = /\b(?:for uri|REST request) \[([^\]]*)\]/;

/**
 * Answers that no proxy, cache, gateway or CDN in front of a genuine server gives: an index with a random name is described,
 * or an error in a cluster's envelope names an index or a path that was never sent.
 */
export function fabrications(record: EndpointRecord, questions: readonly string[]): Fabrication[] {
  return answersTo(record, ...questions).flatMap((answered): Fabrication[] => {
    const nonce = nonceOf(answered);
    const { answer, at } = answered;
    if (nonce === '') return [];
    if (answer.status === 200) {
      const described = kept(answered, parseIndexDescription)?.described ?? [];
      return described.some((name) => name.includes(nonce)) ? [{ nonce, at, tell: 'random-index-described' }] : [];
    }
    if (!isClusterError(answered)) return [];
    const words = said(answer);
    const index = missingIndex.exec(words);
    const missing = index?.[1] ?? index?.[2] ?? (answer.body.kind === 'error' ? answer.body.resource : null);
    const path = namedPath.exec(words)?.[1];
    const named = path === undefined ? null : pathOnly(path);
    if (named !== null && !isSamePath(named, answered) && !isDamaged(named, pathOnly(answered.exchange.path)))
      return [{ nonce, at, tell: 'error-for-other-path' }];
    const isIndexError =
      index !== null || (answer.body.kind === 'error' && answer.body.type === 'index_not_found_exception');
    if (
      isIndexError &&
      missing !== null &&
      isIndexName(missing) &&
      !isDamaged(missing, `leftopen-${nonce}`) &&
      !missing.includes(nonce) &&
      !pathOnly(answered.exchange.path).includes(missing)
    )
      return [{ nonce, at, tell: 'other-index-missing' }];
    return [];
  });
}

/** An answer out of a cache that says so. */
function cached({ answer }: Answered): boolean {
  return Number(header(answer, 'age') ?? 0) > 0 || /\bhit\b/i.test(header(answer, 'x-cache') ?? '');
}

/**
 * The lines that refuse unknown parameters: since 5.0, and every OpenSearch (wire guide E.3.1, R.6.2). False when no version
 * is claimed that could be read.
 */
function claimsStrictness(answers: ClusterAnswers): boolean {
  const banner = answers.banners[0]?.value;
  const version = banner?.version.number ?? answers.nodes?.value.nodes[0]?.version;
  if (banner?.version.distribution !== undefined || /opensearch/i.test(banner?.tagline ?? '')) return true;
  return Number(/^(\d+)\./.exec(version ?? '')?.[1] ?? 0) >= 5;
}

/** What something in front does to questions and answers, by what a genuine server would have done otherwise. */
function inFront(record: EndpointRecord, answers: ClusterAnswers): { readonly what: InFront; readonly at: number }[] {
  const ignored = claimsStrictness(answers)
    ? answersTo(record, ...parameterTests).filter(
        (each) => kept(each, parseBanner) !== null || kept(each, parseListing) !== null,
      )
    : [];
  const foreign = answersTo(record, ...listers).filter((each) => (kept(each, parseListing)?.foreign.length ?? 0) > 0);
  const replaced = answersTo(record, ...indexTests, ...parameterTests).filter(
    // a page that denies access replaces nothing
    (each) =>
      each.answer.status >= 400 &&
      each.answer.body.kind === 'text' &&
      each.answer.body.html &&
      readRefusal(each) === null,
  );
  const turned = answersTo(record, ...indexTests).filter(
    (each) => each.answer.status === 200 && kept(each, parseIndexDescription) === null,
  );
  const asBrowser = answersTo(record, 'cat-indices-as-browser').filter((each) => kept(each, parseListing) !== null);
  return [
    ...asBrowser.map(({ at }) => ({ what: 'agent-denied', at }) as const),
    ...[...ignored, ...foreign].map((each) => ({ what: cached(each) ? 'cached' : 'query-lost', at: each.at }) as const),
    ...replaced.map(({ at }) => ({ what: 'errors-replaced', at }) as const),
    ...turned.map(({ at }) => ({ what: 'errors-as-success', at }) as const),
  ];
}

/**
 * Is the cluster genuine? `yes` needs one passed test, `no` two made-up answers about two different random names and no
 * passed test. A lost query, a cached answer, replaced or terse errors say nothing either way (docs/verdicts.md).
 */
export function readAuthenticity(record: EndpointRecord, answers: ClusterAnswers): ClusterAuthenticity {
  const tests = [
    ...passedByEcho(record, answers),
    ...passedTersely(record, answers),
    ...passedByObedience(record),
    ...passedByAgreement(record),
  ];
  const made = fabrications(record, [...indexTests, ...parameterTests]);
  const passed = new Set(tests.map(({ kind }) => kind));
  const fabricated = new Set(made.map(({ nonce }) => nonce)).size;
  const genuine = passed.size > 0 ? 'yes' : fabricated >= 2 ? 'no' : 'unknown';
  const front = inFront(record, answers);
  return {
    genuine,
    tells: genuine === 'no' ? [...new Set(made.map(({ tell }) => tell))] : [],
    inFront: [...new Set(front.map(({ what }) => what))],
    evidence: refs(...(genuine === 'no' ? made : [...tests, ...front]).map(({ at }) => [at])),
    passed,
    // the tests looked at the answers at these places
    passedOn: new Set(tests.flatMap(({ at }) => exchangesIn(record)[at]?.question ?? [])),
    fabricated,
  };
}
