import type { EndpointRecord } from '../model/exchange.js';
import type { Authenticity } from '../model/observation.js';
import { parseBanner } from '../catalogue/banner.js';
import { parseSearch } from '../catalogue/cluster.js';
import { parseListing } from '../catalogue/listing.js';
import { answersTo, header, kept, refs, said } from './exchanges.js';
import type { Answered } from './exchanges.js';
import { clusterQuestions, listers } from './cluster-answers.js';
import type { ClusterAnswers } from './cluster-answers.js';

/** One test of one answer. */
interface Test {
  /** Tests of one kind on different paths: one that is passed outweighs one that is failed, for it is the server's own. */
  readonly kind: 'unknown-parameter' | 'unknown-index' | 'columns' | 'named-path' | 'size-zero';
  readonly result: 'passed' | 'failed';
  /** What a failure means, as a phrase for the report. */
  readonly tell: string;
  readonly at: number;
}

/** Authenticity of a cluster with what is still worth testing. */
export interface ClusterAuthenticity extends Authenticity {
  /** Kinds of tests that were passed, and those that were failed and not passed elsewhere. */
  readonly passed: ReadonlySet<Test['kind']>;
  readonly failed: ReadonlySet<Test['kind']>;
}

/** The first words of errors that Elasticsearch and OpenSearch write as plain strings, by line. */
const plainErrors =
  /^(?:no handler found for uri \[|No handler found for uri \[|Incorrect HTTP method for uri \[|[A-Za-z]*Exception\[|No feature for name \[|No endpoint or operation is available at \[)/;

/** True where an error is one of Elasticsearch's or OpenSearch's own, of any line: an envelope, or before 1.4 a bare text. */
export function isClusterError({ answer }: Answered): boolean {
  const { body } = answer;
  if (body.kind === 'text') return !body.html && plainErrors.test(body.text);
  if (body.kind !== 'error') return false;
  return /^[a-z_]+_exception$/.test(body.type ?? '') || plainErrors.test(body.reason ?? '');
}

/** A web page in the place of what was asked for: a cluster writes none. */
export function isPage({ answer }: Answered): boolean {
  return answer.status === 200 && answer.body.kind === 'text' && answer.body.html;
}

/** An answer out of a cache says nothing of how the server reads a question. */
function cached({ answer }: Answered): boolean {
  return Number(header(answer, 'age') ?? 0) > 0 || /\bhit\b/i.test(header(answer, 'x-cache') ?? '');
}

/**
 * The lines that refuse unknown parameters: since 5.0, and every OpenSearch (wire guide E.3.1, R.6.2). Null when no version
 * is claimed that could be read.
 */
function claimsStrictness(answers: ClusterAnswers): boolean | null {
  const banner = answers.banners[0]?.value;
  const version = banner?.version.number ?? answers.nodes?.value.nodes[0]?.version;
  if (banner?.version.distribution !== undefined || /opensearch/i.test(banner?.tagline ?? '')) return true;
  const major = /^(\d+)\./.exec(version ?? '')?.[1];
  return major === undefined ? null : Number(major) >= 5;
}

/** The questions with a parameter that cannot exist, one per path that a proxy may leave open. */
const parameterQuestions = [
  'unknown-parameter',
  'cat-unknown-parameter',
  'aliases-unknown-parameter',
  'health-unknown-parameter',
  'stats-unknown-parameter',
] as const;

function parameterTests(record: EndpointRecord, strict: boolean | null): Test[] {
  return answersTo(record, ...parameterQuestions).flatMap((answered): Test[] => {
    const name = `leftopen_${answered.exchange.blanks['nonce'] ?? ''}`;
    const { at, answer } = answered;
    if (answer.status === 400 && isClusterError(answered) && said(answer).includes(`[${name}]`))
      return [{ kind: 'unknown-parameter', result: 'passed', tell: '', at }];
    const answeredAnyway = kept(answered, parseBanner) !== null || kept(answered, parseListing) !== null;
    if (strict !== true || !answeredAnyway || cached(answered)) return [];
    const tell = 'accepts a parameter that does not exist, which the version it claims refuses by name';
    return [{ kind: 'unknown-parameter', result: 'failed', tell, at }];
  });
}

function indexTests(record: EndpointRecord): Test[] {
  return answersTo(record, 'unknown-index', 'cat-unknown-index').flatMap((answered): Test[] => {
    const name = `leftopen-${answered.exchange.blanks['nonce'] ?? ''}`;
    const { at, answer } = answered;
    // a page comes from a site in front, which answers so whatever no rule sends to the cluster: nothing was tested
    if (isPage(answered)) return [];
    if (answer.status === 200) {
      const tell = 'answers 200 for an index with a random name, which cannot exist';
      return [{ kind: 'unknown-index', result: 'failed', tell, at }];
    }
    if (!isClusterError(answered)) return [];
    const missing = answer.status === 404 || (answer.status === 400 && /^no handler found/i.test(said(answer)));
    if (!missing) return [];
    const resource = answer.body.kind === 'error' ? answer.body.resource : null;
    if (resource === name || said(answer).includes(name))
      return [{ kind: 'unknown-index', result: 'passed', tell: '', at }];
    const tell = 'says that an index is missing, and names another one than was asked for';
    return [{ kind: 'unknown-index', result: 'failed', tell, at }];
  });
}

function columnTests(record: EndpointRecord): Test[] {
  return answersTo(record, ...listers).flatMap((answered): Test[] => {
    const foreign = kept(answered, parseListing)?.foreign ?? [];
    if (foreign.length === 0) return [];
    const tell = `lists columns that nobody asked for (${foreign.join(', ')})`;
    return [{ kind: 'columns', result: 'failed', tell, at: answered.at }];
  });
}

function searchTests(record: EndpointRecord): Test[] {
  return answersTo(record, 'size-zero-search').flatMap((answered): Test[] =>
    (kept(answered, parseSearch)?.returned ?? 0) > 0
      ? [
          {
            kind: 'size-zero',
            result: 'failed',
            tell: 'returns documents to a search that asked for none',
            at: answered.at,
          },
        ]
      : [],
  );
}

function pathOnly(text: string): string {
  return text.split('?', 1)[0] ?? '';
}

/** A proxy may add or take a folder in front; what is named must be the end of what was asked, or the reverse. */
function pathTests(record: EndpointRecord, answers: ClusterAnswers): Test[] {
  const refusals = answers.refusals.flatMap(({ value, answered }): Test[] => {
    if (value.namedPath === null) return [];
    const named = pathOnly(value.namedPath);
    const asked = pathOnly(answered.exchange.path);
    if (asked.endsWith(named) && (named !== '/' || asked === `${answered.exchange.basePath}/`)) return [];
    if (named.endsWith(asked)) return [];
    const tell = 'refuses with the path of another request than the one that was made';
    return [{ kind: 'named-path', result: 'failed', tell, at: answered.at }];
  });
  const urls = answersTo(record, ...clusterQuestions).flatMap((answered): Test[] => {
    const uri = /^(?:no handler found|Incorrect HTTP method) for uri \[([^\]?]*)/i.exec(said(answered.answer))?.[1];
    if (uri === undefined) return [];
    const asked = pathOnly(answered.exchange.path);
    if (asked.endsWith(uri) || uri.endsWith(asked)) return [];
    return [
      {
        kind: 'named-path',
        result: 'failed',
        tell: 'reports an error for another path than was asked',
        at: answered.at,
      },
    ];
  });
  return [...refusals, ...urls];
}

/**
 * Is the cluster genuine? The tests of wire guide R.6: an unknown index is 404 and echoed, an unknown parameter is refused by
 * name from 5.0 on, the listing has no foreign column, a refusal names the path that was asked. Refused questions prove
 * nothing either way, and neither does a page of a site in front. `yes` needs a test that was passed and none that was failed.
 */
export function readAuthenticity(record: EndpointRecord, answers: ClusterAnswers): ClusterAuthenticity {
  const tests = [
    ...parameterTests(record, claimsStrictness(answers)),
    ...indexTests(record),
    ...columnTests(record),
    ...searchTests(record),
    ...pathTests(record, answers),
  ];
  const passed = new Set(tests.filter(({ result }) => result === 'passed').map(({ kind }) => kind));
  const failures = tests.filter(({ result, kind }) => result === 'failed' && !passed.has(kind));
  return {
    genuine: failures.length > 0 ? 'no' : passed.size > 0 ? 'yes' : 'unknown',
    tells: [...new Set(failures.map(({ tell }) => tell))],
    evidence: refs((failures.length > 0 ? failures : tests).map(({ at }) => at)),
    passed,
    failed: new Set(failures.map(({ kind }) => kind)),
  };
}
