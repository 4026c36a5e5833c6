import type { Product } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Identity, VersionFact } from '../model/observation.js';
import { isClusterError } from './authenticity.js';
import { answerTo, answersTo, header, refs } from './exchanges.js';
import type { Answered } from './exchanges.js';
import { clusterQuestions } from './cluster-answers.js';
import type { ClusterAnswers } from './cluster-answers.js';

/** The identity of a cluster, with its major version where one is known. */
export interface ClusterIdentity extends Identity {
  readonly major: number | null;
}

/** The number that `compatibility.override_main_response_version` puts in the place of the true one (wire guide A.2, R.2). */
const overriddenNumber = '7.10.2';

const versionNumber = /^\d{1,3}(?:\.\d{1,4}){1,3}(?:[-+.][0-9A-Za-z.+-]{1,30})?$/;

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
    const own = /^OpenSearch\/(\S+)(?: \(([^)]*)\))?$/i.exec(header(answered.answer, 'x-opensearch-version') ?? '');
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
  readonly distribution: string | null;
  readonly evidence: Answered;
}

/** The family by the banner: tagline first, then a `distribution`, which forks of OpenSearch carry under new names. */
function byBanner(answers: ClusterAnswers): Guess | null {
  const found = answers.banners[0];
  if (found === undefined) return null;
  const { version, tagline = '' } = found.value;
  if (/^The OpenSearch Project/.test(tagline) || version.distribution !== undefined)
    return { product: 'opensearch', distribution: version.distribution ?? 'opensearch', evidence: found.answered };
  return { product: 'elasticsearch', distribution: version.build_flavor ?? null, evidence: found.answered };
}

/** The family by the version numbers of the nodes: the lines of the two hardly overlap (1.0 to 1.3, 2.0 to 2.4 do). */
function byVersion(number: string, all: readonly Answered[], plugins: readonly string[]): Product {
  const [major = 0, minor = 0] = number.split('.').map(Number);
  if (plugins.some((plugin) => plugin.startsWith('opensearch-'))) return 'opensearch';
  if (major >= 5) return 'elasticsearch';
  if (major === 3 || major === 4) return 'opensearch';
  if (major === 2) return minor > 4 || !speaksOldHeaders(all) ? 'opensearch' : 'elasticsearch';
  if (major === 1) return minor > 3 || speaksOldHeaders(all) ? 'elasticsearch' : 'opensearch';
  return 'elasticsearch';
}

/** Elasticsearch up to 5 puts what an error is about into headers as well, OpenSearch never does (wire guide R.4). */
function speaksOldHeaders(all: readonly Answered[]): boolean {
  return all.some(({ answer }) => header(answer, 'es.index') !== null || header(answer, 'es.resource.id') !== null);
}

function byRefusal(answers: ClusterAnswers): Guess | null {
  const found = answers.refusals.find(({ value }) => value.product !== null);
  const product = found?.value.product;
  return found === undefined || product === null || product === undefined
    ? null
    : { product, distribution: found.value.distribution, evidence: found.answered };
}

/** Errors of this family that only one of the two can have written. */
function byError(record: EndpointRecord, all: readonly Answered[]): Guess | null {
  const own = all.find((answered) => header(answered.answer, 'x-elastic-product') === 'Elasticsearch');
  if (own !== undefined) return { product: 'elasticsearch', distribution: null, evidence: own };
  const authinfo = answerTo(record, 'plugins-security-authinfo');
  if (authinfo?.answer.status === 200) return { product: 'opensearch', distribution: 'opensearch', evidence: authinfo };
  const error = all.find(isClusterError);
  return error === undefined ? null : { product: 'elasticsearch', distribution: null, evidence: error };
}

/**
 * Which cluster product answers, in which distribution and version, and how sure. A version to come or a new name of a
 * distribution ends as its family. The number of serverless is a placeholder and never given; that of an overridden
 * OpenSearch is replaced by its nodes' (wire guide A.1, A.2, R.1.8, R.2).
 */
export function readClusterIdentity(record: EndpointRecord, answers: ClusterAnswers): ClusterIdentity {
  const all = answersTo(record, ...clusterQuestions);
  const declared = declaredVersion(all);
  const nodeVersions = answers.nodes?.value.nodes.flatMap(({ version }) => version ?? []) ?? [];
  const statedVersions = nodeVersions.length > 0 ? nodeVersions : (answers.stats?.value.nodes?.versions ?? []);
  const statedBy = nodeVersions.length > 0 ? answers.nodes : answers.stats;
  const stated = statedVersions.filter((number) => versionNumber.test(number)).sort()[0];
  const banner = byBanner(answers);
  const guess: Guess | null =
    banner ??
    (declared === null ? null : { ...declared, evidence: declared.answered }) ??
    byRefusal(answers) ??
    (answers.securityHealth === null
      ? null
      : { product: 'opensearch', distribution: null, evidence: answers.securityHealth.answered }) ??
    (stated === undefined || statedBy === null
      ? null
      : {
          product: byVersion(stated, all, answers.nodes?.value.plugins ?? []),
          distribution: null,
          evidence: statedBy.answered,
        }) ??
    byError(record, all);
  const version = readVersion(answers, guess?.product ?? null, declared, stated, nodeVersions.length > 0);
  const major = /^(\d+)\./.exec(version.number ?? '')?.[1];
  return {
    product: guess?.product ?? null,
    distribution: readDistribution(answers, guess),
    version,
    otherProduct: null,
    major: version.certainty === 'placeholder' || major === undefined ? null : Number(major),
    evidence: refs(
      guess?.evidence,
      declared?.answered,
      stated !== undefined && version.number === stated ? statedBy?.answered : null,
    ),
  };
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
  const refused = answers.refusals.find(({ value }) => value.distribution !== null && value.product === guess?.product)
    ?.value.distribution;
  const said = guess?.distribution ?? null;
  return said ?? refused ?? answers.nodes?.value.nodes[0]?.flavor ?? null;
}
