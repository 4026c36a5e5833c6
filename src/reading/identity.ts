// Which product a cluster is, and in which version.
import type { Product } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Identity, VersionFact } from '../model/observation.js';
import { isClusterError } from './authenticity.js';
import { recognised } from './other-product.js';
import { answerTo, header, refs, said } from '../catalogue/exchanges.js';
import type { Answered } from '../catalogue/exchanges.js';
import { answersOfCluster } from './cluster-answers.js';
import type { ClusterAnswers } from './cluster-answers.js';

/** The identity of a cluster, with its major version where one is known. */
export interface ClusterIdentity extends Identity {
  readonly major: number | null;
}

/** The number that `compatibility.override_main_response_version` puts in the place of the true one (wire guide A.2, R.2). */
const overriddenNumber = '7.10.2';

const versionNumber = /^\d{1,4}(?:\.\d{1,4}){1,3}(?:[-+.][0-9A-Za-z.+-]{1,30})?$/;

/** What headers alone say: `X-OpenSearch-Version` since 3.4 and `Warning: 299` name the exact version of any answer. */
interface Declared {
  readonly product: 'elasticsearch' | 'opensearch';
  readonly distribution: string | null;
  readonly number: string;
  readonly source: string;
  readonly answered: Answered;
}

function declaredVersion(all: readonly Answered[]): Declared | null {
  for (const answered of all) {
    const own = /^[a-z][\w.-]*\/(\S+)(?: \(([^)]*)\))?$/i.exec(header(answered.answer, 'x-opensearch-version') ?? '');
    if (own?.[1] !== undefined && versionNumber.test(own[1])) {
      const distribution = own[2] ?? null;
      return { product: 'opensearch', distribution, number: own[1], source: 'X-OpenSearch-Version header', answered };
    }
    const warned =
      /\b299 (Elasticsearch|OpenSearch)-(\d[\w.]*(?:-(?:SNAPSHOT|alpha\d*|beta\d*|rc\d*))*)-[0-9a-f]{7,40}\b/.exec(
        header(answered.answer, 'warning') ?? '',
      );
    if (warned?.[2] !== undefined) {
      const product = warned[1] === 'OpenSearch' ? 'opensearch' : 'elasticsearch';
      return { product, distribution: null, number: warned[2], source: 'Warning header', answered };
    }
  }
  return null;
}

interface Guess {
  readonly product: Product;
  readonly orItsFork?: boolean;
  /** The name of a fork that is neither. */
  readonly otherProduct?: string;
  readonly distribution: string | null;
  readonly evidence: Answered;
}

/** The family by the banner, and the distribution as said: forks of either carry new names. */
function byBanner(answers: ClusterAnswers, declared: Declared | null): Guess | null {
  const found = answers.banners[0];
  if (found === undefined) return null;
  const { version } = found.value;
  const product = familyOf(found, declared);
  const { distribution: ownName } = version;
  if (product === null && ownName !== undefined) {
    const otherProduct = recognised(found.answered)?.name ?? ownName;
    return { product: 'elasticsearch', orItsFork: true, otherProduct, distribution: ownName, evidence: found.answered };
  }
  if (product === null) return null;
  const unsaid = product === 'opensearch' ? (declared?.distribution ?? 'opensearch') : (version.build_flavor ?? null);
  return { product, distribution: version.distribution ?? unsaid, evidence: found.answered };
}

/**
 * What a banner says it descends from: by its tagline, then by the keys around it. `distribution` is a key of OpenSearch,
 * `build_flavor` one of Elasticsearch (wire guide A.1, A.2). Null for a fork that gives a name and a tagline of its own: its
 * numbers are its own too (Easysearch).
 */
function familyOf({ value, answered }: ClusterAnswers['banners'][number], declared: Declared | null): Product | null {
  const { version, tagline = '' } = value;
  if (/^The OpenSearch Project/.test(tagline) || version.distribution === 'opensearch') return 'opensearch';
  if (/^You Know, for Search$/.test(tagline)) return 'elasticsearch';
  if (declared !== null) return declared.product;
  if (version.distribution === undefined || version.build_flavor !== undefined || namesElastic(answered))
    return 'elasticsearch';
  return tagline === '' ? 'opensearch' : null;
}

/** True where an answer carries Elasticsearch's own header (7.14 and later). OpenSearch never sends it. */
function namesElastic({ answer }: Answered): boolean {
  return header(answer, 'x-elastic-product') === 'Elasticsearch';
}

/**
 * The family by the version numbers of the nodes: the lines of the two hardly overlap (1.0 to 1.3, 2.0 to 2.4 do) before
 * OpenSearch comes to 5. From then on, what Elasticsearch alone has decides: a flavour of its nodes, and its header.
 */
function byVersion(number: string, all: readonly Answered[], nodes: ClusterAnswers['nodes']): Product {
  const [major = 0, minor = 0] = number.split('.').map(Number);
  if (nodes?.value.plugins.some((plugin) => plugin.startsWith('opensearch-')) === true) return 'opensearch';
  const flavored = nodes?.value.nodes.some(({ flavor }) => flavor !== undefined) === true;
  if (flavored || all.some(namesElastic)) return 'elasticsearch';
  if (major >= 5) {
    // the flavour came with 6.3, the header with 7.14
    const wouldSay = nodes === null ? major > 7 || (major === 7 && minor >= 14) : major >= 7;
    return wouldSay ? 'opensearch' : 'elasticsearch';
  }
  if (major === 3 || major === 4) return 'opensearch';
  if (major === 2) return minor > 4 || !speaksOldHeaders(all) ? 'opensearch' : 'elasticsearch';
  if (major === 1) return minor > 3 || speaksOldHeaders(all) ? 'elasticsearch' : 'opensearch';
  return 'elasticsearch';
}

/** Elasticsearch up to 5 puts what an error is about into headers as well, OpenSearch never does (wire guide R.4). */
function speaksOldHeaders(all: readonly Answered[]): boolean {
  return all.some(({ answer }) => header(answer, 'es.index') !== null || header(answer, 'es.resource.id') !== null);
}

/**
 * The first OpenSearch still refuses in the name of Open Distro; the page that it answers before any login is its own (wire
 * guide B.1, B.3).
 */
function byRefusal(answers: ClusterAnswers): Guess | null {
  if (answers.securityHealth !== null)
    return { product: 'opensearch', distribution: null, evidence: answers.securityHealth.answered };
  const found = answers.refusals.find(({ value }) => value.product !== null);
  const product = found?.value.product;
  return found === undefined || product === null || product === undefined
    ? null
    : { product, distribution: found.value.distribution, evidence: found.answered };
}

/** Words of errors that Elasticsearch wrote before OpenSearch came of it: names of its classes, and of pages not found. */
const oldWords = /^[A-Za-z]*Exception\[|^No feature for name \[|^No endpoint or operation is available at \[/;

/** Errors of this family: some that only one of the two can have written, and what both write alike. */
function byError(record: EndpointRecord, all: readonly Answered[]): Guess | null {
  const own = all.find(namesElastic);
  if (own !== undefined) return { product: 'elasticsearch', distribution: null, evidence: own };
  const authinfo = answerTo(record, 'plugins-security-authinfo');
  if (authinfo?.answer.status === 200) return { product: 'opensearch', distribution: 'opensearch', evidence: authinfo };
  const error =
    all.find((each) => isClusterError(each) && oldWords.test(said(each.answer))) ?? all.find(isClusterError);
  if (error === undefined) return null;
  const older = speaksOldHeaders(all) || oldWords.test(said(error.answer));
  return { product: 'elasticsearch', orItsFork: !older, distribution: null, evidence: error };
}

/**
 * Which cluster product answers, in which distribution and version, and how sure. A version to come or a new name of a
 * distribution ends as its family. The number of serverless is a placeholder and never given; that of an overridden
 * OpenSearch is replaced by its nodes' (wire guide A.1, A.2, R.1.8, R.2).
 */
export function readClusterIdentity(record: EndpointRecord, answers: ClusterAnswers): ClusterIdentity {
  const all = answersOfCluster(record);
  const declared = declaredVersion(all);
  const nodeVersions = answers.nodes?.value.nodes.flatMap(({ version }) => version ?? []) ?? [];
  const statedVersions = nodeVersions.length > 0 ? nodeVersions : (answers.stats?.value.nodes?.versions ?? []);
  const statedBy = nodeVersions.length > 0 ? answers.nodes : answers.stats;
  const stated = statedVersions.filter((number) => versionNumber.test(number)).toSorted(byNumber)[0];
  const banner = byBanner(answers, declared);
  const guess: Guess | null =
    banner ??
    (declared === null ? null : { ...declared, evidence: declared.answered }) ??
    byRefusal(answers) ??
    (stated === undefined || statedBy === null
      ? null
      : {
          product: byVersion(stated, all, answers.nodes),
          distribution: null,
          evidence: statedBy.answered,
        }) ??
    byError(record, all);
  const version = readVersion(answers, guess?.product ?? null, declared, stated, nodeVersions.length > 0);
  return {
    product: guess?.product ?? null,
    ...(guess?.orItsFork === true && { orItsFork: true }),
    distribution: readDistribution(answers, guess),
    version,
    otherProduct: guess?.otherProduct ?? null,
    major: majorOf(version, answers),
    evidence: refs(
      guess?.evidence,
      declared?.answered,
      stated !== undefined && version.number === stated ? statedBy?.answered : null,
    ),
  };
}

/** Versions in the order in which they came out: 9.4.3 before 12.3.0. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/**
 * The major version where it says which pages there are; null for placeholders and for numbers of a fork's own: Elasticsearch
 * never said a distribution, had no 3 and 4, and before 6 neither a flavour nor what it is compatible with (wire guide A.1).
 */
function majorOf({ number, certainty }: VersionFact, answers: ClusterAnswers): number | null {
  const major = Number(/^(\d+)\./.exec(number ?? '')?.[1] ?? Number.NaN);
  if (certainty === 'placeholder' || Number.isNaN(major)) return null;
  const said = answers.banners[0]?.value.version;
  const newKeys = said?.build_flavor !== undefined || said?.minimum_wire_compatibility_version !== undefined;
  const forked = said?.distribution !== undefined || major === 3 || major === 4 || (newKeys && major < 6);
  return forked ? null : major;
}

function readVersion(
  answers: ClusterAnswers,
  product: Product | null,
  declared: Declared | null,
  stated: string | undefined,
  byNodes: boolean,
): VersionFact {
  const banner = answers.banners[0]?.value.version;
  if (banner?.build_flavor === 'serverless') return { number: null, certainty: 'placeholder', source: 'banner' };
  if (declared !== null) return { number: declared.number, certainty: 'exact', source: declared.source };
  const number = banner !== undefined && versionNumber.test(banner.number) ? banner.number : null;
  const overridden = product === 'opensearch' && banner?.distribution === undefined && number === overriddenNumber;
  if (number !== null && !overridden) return { number, certainty: 'exact', source: 'banner' };
  if (stated !== undefined) return { number: stated, certainty: 'exact', source: byNodes ? 'nodes' : 'cluster stats' };
  return { number: null, certainty: overridden ? 'placeholder' : 'unknown', source: number === null ? '' : 'banner' };
}

/** Marks of services and plugins that outweigh what the banner says of the build. */
function readDistribution(answers: ClusterAnswers, guess: Guess | null): string | null {
  const name = answers.banners[0]?.value.cluster_name ?? answers.stats?.value.cluster_name ?? '';
  if (/^\d{12}:/.test(name)) return 'aws';
  const plugins = answers.nodes?.value.plugins ?? [];
  if (plugins.some((plugin) => /^opendistro[_-]/.test(plugin))) return 'open-distro';
  if (plugins.some((plugin) => /^search-?guard/.test(plugin))) return 'search-guard';
  // AWS denies access in the name of its service, whichever engine a domain runs
  const refused = answers.refusals.find(
    ({ value }) => value.distribution !== null && (value.product === guess?.product || value.kind === 'aws-iam'),
  )?.value.distribution;
  return refused ?? guess?.distribution ?? answers.nodes?.value.nodes[0]?.flavor ?? null;
}
