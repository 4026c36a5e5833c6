// Reads everything that can be known of an endpoint from its exchanges.
import { endpointUrl, type CompanionProduct } from '../model/endpoint.js';
import { endings, silences, unreadableHttp } from '../model/exchange.js';
import type { EndpointRecord, FailureName } from '../model/exchange.js';
import type {
  Access,
  AccessReason,
  Caller,
  DecoyTell,
  EvidenceRefs,
  Identity,
  LoginScheme,
  Observations,
} from '../model/observation.js';
import { noTopics, readTopics } from '../topics/registry.generated.js';
import { readClock } from './clock.js';
import { readCluster } from './cluster.js';
import type { ClusterReading } from './cluster.js';
import { readDashboard } from './dashboard.js';
import type { DashboardReading } from './dashboard.js';
import { mayHideDashboard } from './dashboard-verdict.js';
import { decoyTells } from './decoy.js';
import { answersTo, refs } from '../catalogue/exchanges.js';
import { deniesCaller } from '../catalogue/denials.js';
import { readFields } from './fields.js';
import { readCompanion, unheardCompanion, type CompanionReading } from './companion.js';
import { withoutLastQuestions } from './last-questions.js';
import { readOtherProduct } from './other-product.js';
import { readPlugins } from './plugins.js';
import { readPower } from './power.js';
import { readRefusal, showsProxy } from './refusal.js';
import { readTraces } from './attack-traces.js';
import { readTransport } from './transport.js';

export type { ClusterReading } from './cluster.js';
export type { DashboardReading } from './dashboard.js';

/** What a verdict rests on, before the facts that are alike for all endpoints are added. */
type Verdict = Pick<
  Observations,
  'identity' | 'authenticity' | 'access' | 'cluster' | 'dashboard' | 'companion' | 'time' | 'power' | 'traces'
>;

/**
 * Reads everything that can be known of an endpoint from its exchanges: pure, and the only thing that checks see. Identity
 * comes before the verdict, a decoy before either; what was proved before a survey was cut short remains.
 */
export function observe(all: EndpointRecord): Observations {
  const record = withoutLastQuestions(all);
  const dashboard = readDashboard(record);
  const verdict = withEnding(judgeable(record, dashboard), record);
  const shown = dashboard !== null && verdict.dashboard !== null ? dashboard : null;
  const transport = readTransport(all, shown?.logins ?? null);
  return {
    ordinal: record.ordinal,
    endpoint: record.endpoint,
    targets: record.targets,
    at: record.at,
    url: endpointUrl(
      { ...record.endpoint, basePath: shown?.facts.basePath ?? record.endpoint.basePath },
      transport.scheme,
    ),
    ...verdict,
    topics: readTopics(all, verdict),
    fields: readFields(record, verdict.access, verdict.cluster ?? verdict.dashboard?.cluster ?? null),
    transport,
    plugins: verdict.identity.product === null ? null : readPlugins(record),
    refused: readRefused(record),
    connections: connectionsOf(record),
    cut: record.cut,
  };
}

/** Connections that carried an answer. */
function connectionsOf(record: EndpointRecord): number {
  return new Set(answersTo(record).map(({ exchange }) => exchange.connection)).size;
}

/**
 * What is said of a record that {@link observe} could not read, which is a bug of ours: nothing is known, and nothing passes.
 * Reads no answer.
 */
export function unread(record: EndpointRecord): Observations {
  return {
    ordinal: record.ordinal,
    endpoint: record.endpoint,
    targets: record.targets,
    at: record.at,
    url: endpointUrl(record.endpoint),
    ...nothing,
    access: { ...noAccess, state: 'undetermined', rung: 'silent', reason: 'our-bug', evidence: [] },
    topics: noTopics,
    fields: null,
    transport: {
      scheme: record.endpoint.scheme,
      tls: record.tls,
      certificate: null,
      plainLogin: null,
      evidence: [],
    },
    plugins: null,
    refused: { paths: [], evidence: [] },
    connections: 0,
    cut: record.cut,
  };
}

/** An endpoint that stopped answering in the middle of its survey: what was proved by then remains, and is not all. */
function withEnding(verdict: Verdict, { exchanges }: EndpointRecord): Verdict {
  const { access } = verdict;
  const [before, last] = exchanges.slice(-2).map(({ outcome }) => outcome);
  if (access.state !== 'open' || access.reason !== null) return verdict;
  if (before?.kind !== 'failure' || last?.kind !== 'failure') return verdict;
  if (!endings.has(before.failure) || !endings.has(last.failure)) return verdict;
  return { ...verdict, access: { ...access, reason: last.failure } };
}

/** The answers that refused: where the rest passed, they show where the wall has holes. */
function readRefused(record: EndpointRecord): Observations['refused'] {
  const refusals = answersTo(record).filter((each) => deniesCaller(each.answer) || readRefusal(each) !== null);
  // names in a path say no more than that it was denied for them
  const paths = refusals.map(({ exchange }) =>
    exchange.path.replace(/\?.*$/s, '').replace(/[^/]*%2C[^/]*|[^/]+(?=\/_(?:field_caps|mapping)$)/g, '…'),
  );
  return { paths: [...new Set(paths)].slice(0, 10), evidence: refs(...refusals) };
}

/**
 * Identity before verdict, the surest first: constants of known decoys, a cluster that proved itself, a dashboard, a product
 * that is named, a decoy that failed the tests, and what is left.
 */
function judgeable(record: EndpointRecord, dashboard: DashboardReading | null): Verdict {
  if (answersTo(record).length === 0) return { ...nothing, access: unanswered(record) };
  const cluster = readCluster(record);
  const known = decoyTells(record, cluster.authenticity);
  if (known.tells.length > 0) return decoy(known.tells, known.evidence);
  if (cluster.access.state === 'open' && cluster.identity.product !== null) return ofCluster(record, cluster);
  if (dashboard !== null) return ofDashboard(record, dashboard);
  if (refusedByItself(cluster)) return ofCluster(record, cluster);
  const other = readOtherProduct(record);
  const companion = other?.named === true ? readCompanion(record) : null;
  if (companion !== null) return ofCompanion(companion, record);
  const unheard = other?.named === true ? unheardCompanion(record) : null;
  if (unheard !== null) return ofUnheard(unheard.product, unheard.evidence, record);
  // a banner of ours holds names that its owner chose: another product's word in it proves nothing
  const ours = cluster.answers.banners.length > 0 && cluster.identity.product !== null && other?.imitates !== true;
  if (other?.named === true && !ours) return otherProduct(other.name, other.evidence);
  const { tells, evidence } = cluster.authenticity;
  if (cluster.authenticity.genuine === 'no' && claimsToBeOurs(cluster)) return decoy(tells, evidence);
  if (cluster.access.state === 'undetermined' && cluster.identity.product === null && other !== null)
    return otherProduct(other.name, other.evidence);
  const { access, identity } = cluster;
  const unnamed = access.guardedBy === 'proxy' || access.guardedBy === 'unknown';
  if (access.state === 'guarded' && unnamed && identity.product === null && mayHideDashboard(record)) {
    const reason = record.cut ?? 'unknown-wall';
    return ofCluster(record, {
      ...cluster,
      access: { ...access, state: 'undetermined', rung: 'silent', guardedBy: null, reason },
    });
  }
  return ofCluster(record, withGuardShown(cluster));
}

/** A login that names no product, with none known behind it, may be the server's own: it is not called a proxy's. */
function withGuardShown(cluster: ClusterReading): ClusterReading {
  const { access, answers, identity } = cluster;
  const shown = answers.refusals.some(
    ({ value, answered }) => value.by === 'proxy' && (value.kind !== 'proxy-login' || showsProxy(answered)),
  );
  if (access.guardedBy !== 'proxy' || identity.product !== null || shown) return cluster;
  return { ...cluster, access: { ...access, guardedBy: 'unknown' } };
}

function decoy(tells: readonly DecoyTell[], evidence: EvidenceRefs): Verdict {
  return {
    ...nothing,
    authenticity: { genuine: 'no', tells, inFront: [], evidence },
    access: { ...noAccess, state: 'decoy', rung: 'silent', evidence },
  };
}

function ofDashboard(record: EndpointRecord, { identity, access, facts, processStartedAt }: DashboardReading): Verdict {
  // The path that cannot exist was asked before anything was called open, unless a login page or a setup page showed it.
  const proved = access.state === 'open' && access.reason === null;
  return {
    identity,
    authenticity: {
      genuine: proved ? 'yes' : 'unknown',
      tells: [],
      inFront: [],
      evidence: proved ? access.evidence : [],
    },
    access,
    cluster: null,
    dashboard: facts,
    companion: null,
    time: {
      processStartedAt,
      clock: readClock(record, null),
      oldestDataAt: oldest(facts.cluster?.indices ?? null),
    },
    power: null,
    traces: access.state === 'open' ? readTraces(facts.cluster?.indices ?? null) : null,
  };
}

function ofCluster(record: EndpointRecord, cluster: ClusterReading): Verdict {
  const { identity, authenticity, access, facts, processStartedAt } = cluster;
  const { product, orItsFork, distribution, version, otherProduct: none, evidence } = identity;
  const kin = orItsFork === true ? { orItsFork } : {};
  return {
    identity: { product, ...kin, distribution, version, otherProduct: none, evidence },
    authenticity: {
      genuine: authenticity.genuine,
      tells: authenticity.tells,
      inFront: authenticity.inFront,
      evidence: authenticity.evidence,
    },
    access,
    cluster: facts,
    dashboard: null,
    companion: null,
    time: {
      processStartedAt,
      clock: readClock(record, facts?.nodeName ?? null),
      oldestDataAt: oldest(facts?.indices ?? null),
    },
    power: readPower(record, cluster),
    traces: access.state === 'open' ? readTraces(facts?.indices ?? null) : null,
  };
}

/** The words of its own refusal name a cluster, whatever marks something in front leaves on them. */
function refusedByItself({ access, answers, authenticity }: ClusterReading): boolean {
  if (access.state !== 'guarded' || authenticity.tells.length > 0) return false;
  return answers.refusals.some(({ value }) => value.by === 'product' && value.product !== null);
}

/** A site that answers everything alike claims nothing; a decoy shows a banner, indices or a product's refusal. */
function claimsToBeOurs({ answers }: ClusterReading): boolean {
  return (
    answers.banners.length > 0 ||
    (answers.listing?.value.total ?? 0) > 0 ||
    answers.refusals.some(({ value }) => value.product !== null)
  );
}

function oldest(indices: { readonly oldestUserIndexAt: string | null; readonly evidence: readonly number[] } | null) {
  if (indices?.oldestUserIndexAt === undefined || indices.oldestUserIndexAt === null) return null;
  return { at: indices.oldestUserIndexAt, evidence: indices.evidence };
}

const nobody: Caller = { login: 'unknown', user: null, roles: [], backendRoles: [], evidence: [] };

const nobodyKnown: Identity = {
  product: null,
  distribution: null,
  version: { number: null, certainty: 'unknown', source: '' },
  otherProduct: null,
  evidence: [],
};

const noAccess: Omit<Access, 'state' | 'rung' | 'evidence'> = {
  reaches: { banner: 'unknown', metadata: 'unknown', documents: 'unknown', control: 'unknown' },
  proof: 'proved',
  guardedBy: null,
  loginSchemes: [],
  realm: null,
  caller: nobody,
  reason: null,
  mixed: false,
};

const nothing: Omit<Verdict, 'access'> = {
  identity: nobodyKnown,
  authenticity: { genuine: 'unknown', tells: [], inFront: [], evidence: [] },
  cluster: null,
  dashboard: null,
  companion: null,
  time: { processStartedAt: null, clock: null, oldestDataAt: null },
  power: null,
  traces: null,
};

function otherProduct(name: string, evidence: readonly number[]): Verdict {
  return {
    ...nothing,
    identity: { ...nobodyKnown, otherProduct: name, evidence },
    access: { ...noAccess, state: 'other-product', rung: 'silent', evidence },
  };
}

/**
 * A companion product that named itself and whose API broke down, was cut off or could not be read: how far a caller gets is
 * not known.
 */
function ofUnheard(product: CompanionProduct, evidence: EvidenceRefs, record: EndpointRecord): Verdict {
  return {
    ...nothing,
    identity: { ...nobodyKnown, product, evidence },
    access: { ...noAccess, state: 'undetermined', rung: 'silent', reason: record.cut ?? 'generic-error', evidence },
  };
}

/**
 * A companion product: open where its own API answered a caller without credentials, which shows what it lists and
 * nothing beyond; guarded where its API refused.
 */
function ofCompanion({ product, shown, refusal, evidence }: CompanionReading, record: EndpointRecord): Verdict {
  const version = shown?.version ?? null;
  const identity: Identity = {
    ...nobodyKnown,
    product,
    version:
      version === null ? nobodyKnown.version : { number: version.number, certainty: 'exact', source: version.source },
    evidence,
  };
  if (shown === null)
    return {
      ...nothing,
      identity,
      access: {
        ...noAccess,
        state: 'guarded',
        rung: 'guarded',
        reaches: { banner: 'unknown', metadata: 'no', documents: 'no', control: 'no' },
        guardedBy: refusal?.by === 'proxy' ? 'proxy' : 'product',
        loginSchemes: refusal?.schemes ?? [],
        realm: refusal?.realm ?? null,
        caller: { ...nobody, login: 'required', evidence },
        reason: record.cut,
        evidence,
      },
    };
  return {
    ...nothing,
    identity,
    access: {
      ...noAccess,
      state: 'open',
      rung: 'metadata',
      reaches: { ...noAccess.reaches, banner: 'yes', metadata: 'yes' },
      reason: record.cut,
      evidence,
    },
    companion: { product, lists: shown.lists, data: shown.data, login: shown.login, evidence: shown.evidence },
  };
}

/** Failures that say something of us or of the run, and nothing of the endpoint. */
const ourDoing: ReadonlySet<FailureName> = new Set([
  'name-lookup-failed',
  'out-of-scope',
  'denied',
  'budget-spent',
  'window-closed',
  'interrupted',
  'left-in-peace',
  'local-failure',
]);

/** Failures by how much they tell of an endpoint that was tried in several ways, the most telling first. */
const telling: readonly FailureName[] = [
  'tls-client-certificate',
  'transport-port',
  ...unreadableHttp,
  'http2-clear-text',
  'tls-no-protocol',
  'tls-name-unknown',
  'tls-version',
  'tls-failed',
  'not-http',
  'closed-without-answer',
  'reset',
  // by what was tried after the plain request, which said nothing
  'tls-not-spoken',
  'response-timeout',
];

/** The verdict on an endpoint that never answered: unreachable where nothing spoke, whatever was tried. */
function unanswered(record: EndpointRecord): Access {
  const seen = record.exchanges.flatMap(({ outcome }, at) =>
    outcome.kind === 'failure' ? [{ failure: outcome.failure, at }] : [],
  );
  const evidence = refs(seen.map(({ at }) => at));
  const failures = seen.map(({ failure }) => failure);
  const mostTelling = telling.find((failure) => failures.includes(failure)) ?? failures.at(-1);
  const ours = failures.find((failure) => ourDoing.has(failure));
  if (record.cut !== null || ours !== undefined || mostTelling === undefined) {
    const reason: AccessReason | null = record.cut ?? ours ?? null;
    return { ...noAccess, state: 'undetermined', rung: 'silent', reason, evidence };
  }
  if (mostTelling === 'tls-client-certificate') {
    const schemes: readonly LoginScheme[] = ['client-certificate'];
    return {
      ...noAccess,
      state: 'guarded',
      rung: 'guarded',
      reaches: { banner: 'no', metadata: 'no', documents: 'no', control: 'no' },
      guardedBy: 'client-certificate',
      loginSchemes: schemes,
      caller: { ...nobody, login: 'required', evidence },
      evidence,
    };
  }
  const silent = record.tls === null && failures.every((failure) => silences.has(failure));
  const state = silent ? 'unreachable' : 'undetermined';
  return { ...noAccess, state, rung: 'silent', reason: mostTelling, evidence };
}
