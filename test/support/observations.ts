import type { JudgeContext } from '../../src/model/check.js';
import type { Expectation, Target } from '../../src/model/endpoint.js';
import type { Exposure } from '../../src/model/engagement.js';
import type {
  Answer,
  CertificateDetails,
  EndpointRecord,
  Exchange,
  Failure,
  TlsFacts,
} from '../../src/model/exchange.js';
import { readCertificate } from '../../src/reading/certificate.js';
import type {
  Access,
  Caller,
  ClusterFacts,
  DashboardFacts,
  FieldsFacts,
  Identity,
  IndexFacts,
  IndicesFacts,
  CompanionFacts,
  Observations,
  TimeFacts,
  TopicFacts,
  TransportFacts,
} from '../../src/model/observation.js';
import { noTopics } from '../../src/topics/registry.generated.js';
import { shipped } from './knowledge.js';

/** One change to a healthy baseline, section by section. */
export interface Mutation {
  readonly endpoint?: Partial<Observations['endpoint']>;
  readonly targets?: readonly string[];
  readonly identity?: Partial<Identity>;
  readonly genuine?: Observations['authenticity']['genuine'];
  readonly access?: Partial<Omit<Access, 'caller' | 'reaches'>>;
  readonly reaches?: Partial<Access['reaches']>;
  readonly caller?: Partial<Caller>;
  readonly cluster?: Partial<ClusterFacts> | null;
  readonly dashboard?: Partial<DashboardFacts> | null;
  readonly fields?: FieldsFacts;
  readonly topics?: Partial<TopicFacts>;
  readonly companion?: Partial<CompanionFacts> | null;
  readonly time?: Partial<TimeFacts>;
  readonly transport?: Partial<TransportFacts>;
  readonly plugins?: Observations['plugins'];
  readonly refused?: Partial<Observations['refused']>;
  readonly power?: Observations['power'];
  readonly traces?: Observations['traces'];
  readonly cut?: Observations['cut'];
}

/** When every observation of the tests was made. */
export const at = '2026-01-02T03:04:05.000Z';

/** A cluster of which nothing is known. */
export const nothingKnown: ClusterFacts = {
  name: null,
  uuid: null,
  nodeName: null,
  nodes: null,
  httpAddresses: [],
  totals: { indices: null, documents: null, bytes: null },
  indices: null,
  searchPermittedOn: null,
  evidence: [],
};

const lockedDashboard: DashboardFacts = {
  basePath: '',
  login: 'asked',
  status: 'redacted',
  statusEvidence: [1],
  setupOpen: false,
  setupEvidence: [],
  spaces: [],
  spacesTotal: null,
  savedObjects: [],
  savedObjectsTotal: null,
  contentsEvidence: [],
  backend: { state: 'unknown', addresses: [], evidence: [] },
  dataSources: [],
  dataSourcesTotal: null,
  dataSourcesEvidence: [],
  proof: null,
  guest: null,
  repositories: null,
  cluster: null,
};

export const tls: TlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  subject: 'CN=es.acme.example',
  issuer: 'CN=ACME CA',
  names: ['es.acme.example'],
  notBefore: '2025-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  sha256: 'a'.repeat(64),
  selfSigned: false,
  untrusted: null,
  details: {
    serial: '01',
    keyType: 'rsa',
    keyBits: 2048,
    keySha256: 'c'.repeat(64),
    signature: '1.2.840.113549.1.1.11',
    chain: 2,
    namesHost: true,
  },
  clientCertificate: false,
};

/** {@link tls} with changes, of it and of its details. */
export function tlsWith(
  more: Partial<Omit<TlsFacts, 'details'>>,
  details: Partial<CertificateDetails> | null = {},
): TlsFacts {
  return { ...tls, ...more, details: details === null || tls.details === null ? null : { ...tls.details, ...details } };
}

function given<Part>(part: Part | null | undefined): part is Part {
  return part !== null && part !== undefined;
}

const silentCompanion: CompanionFacts = {
  product: 'zipkin',
  lists: null,
  data: 'unknown',
  login: 'unknown',
  evidence: [0],
};

/** A cluster as it should be: Elasticsearch 8 over TLS that asks for a login; with one mutation. */
export function observed(mutation: Mutation = {}): Observations {
  const endpoint = {
    host: 'es.acme.example',
    address: '192.0.2.10',
    port: 9200,
    basePath: '',
    scheme: null,
    ...mutation.endpoint,
  };
  const scheme = mutation.transport?.scheme === undefined ? 'https' : mutation.transport.scheme;
  const shown = mutation.transport?.tls === undefined ? (scheme === 'https' ? tls : null) : mutation.transport.tls;
  return {
    ordinal: 0,
    endpoint,
    targets: mutation.targets ?? ['search'],
    at,
    url: `${scheme ?? 'http'}://${endpoint.host}:${endpoint.port}${endpoint.basePath}`,
    identity: {
      product: 'elasticsearch',
      distribution: 'default',
      version: { number: '8.15.0', certainty: 'exact', source: 'banner' },
      otherProduct: null,
      evidence: [0],
      ...mutation.identity,
    },
    authenticity: { genuine: mutation.genuine ?? 'yes', tells: [], inFront: [], evidence: [] },
    access: {
      state: 'guarded',
      rung: 'guarded',
      proof: 'proved',
      guardedBy: 'product',
      loginSchemes: ['basic'],
      realm: 'security',
      reason: null,
      mixed: false,
      evidence: [0],
      ...mutation.access,
      reaches: { banner: 'no', metadata: 'no', documents: 'no', control: 'no', ...mutation.reaches },
      caller: { login: 'required', user: null, roles: [], backendRoles: [], evidence: [], ...mutation.caller },
    },
    cluster: given(mutation.cluster) ? { ...nothingKnown, ...mutation.cluster } : null,
    dashboard: given(mutation.dashboard) ? { ...lockedDashboard, ...mutation.dashboard } : null,
    fields: mutation.fields ?? null,
    topics: { ...noTopics, ...mutation.topics },
    companion: given(mutation.companion) ? { ...silentCompanion, ...mutation.companion } : null,
    time: { processStartedAt: null, clock: null, oldestDataAt: null, ...mutation.time },
    transport: {
      scheme: 'https',
      tls: shown,
      certificate: readCertificate({
        ordinal: 0,
        endpoint,
        targets: [],
        at,
        exchanges: [{ ...exchange(0, 'root', '/'), scheme: 'https' }],
        tls: shown,
        cut: null,
      }),
      plainLogin: null,
      evidence: [0],
      ...mutation.transport,
    },
    plugins: mutation.plugins ?? null,
    connections: 1,
    refused: { paths: [], evidence: [], ...mutation.refused },
    power: mutation.power ?? null,
    traces: mutation.traces ?? null,
    cut: mutation.cut ?? null,
  };
}

/** One index. */
export function index(name: string, documents: number | null, more: Partial<IndexFacts> = {}): IndexFacts {
  return {
    name,
    documents,
    bytes: documents === null ? null : documents * 100,
    createdAt: null,
    system: name.startsWith('.'),
    ...more,
  };
}

/** A complete listing of these indices. */
export function listing(...list: IndexFacts[]): IndicesFacts {
  const own = list.filter((one) => !one.system);
  return {
    total: list.length,
    system: list.length - own.length,
    documents: own.reduce((sum, one) => sum + (one.documents ?? 0), 0),
    bytes: own.reduce((sum, one) => sum + (one.bytes ?? 0), 0),
    uncounted: own.filter(({ documents }) => documents === null).length,
    kinds: new Set(own.map(({ name }) => name)).size,
    complete: true,
    list,
    oldestUserIndexAt: null,
    newestUserIndexAt: null,
    marked: { total: 0, newestOtherAt: null },
    evidence: [1],
  };
}

/** The uuid of the open cluster below. */
export const uuid = 'xDd_OXRqS0ybSbmnLMFHAA';

/** An open Elasticsearch 7 without security, holding two indices of the user's. */
export function openCluster(mutation: Mutation = {}): Observations {
  return observed({
    ...mutation,
    identity: { version: { number: '7.17.9', certainty: 'exact', source: 'banner' }, ...mutation.identity },
    access: {
      state: 'open',
      rung: 'control',
      proof: 'inferred',
      guardedBy: null,
      loginSchemes: [],
      realm: null,
      evidence: [0, 1, 2],
      ...mutation.access,
    },
    reaches: { banner: 'yes', metadata: 'yes', documents: 'yes', control: 'yes', ...mutation.reaches },
    caller: { login: 'absent', evidence: [3], ...mutation.caller },
    cluster:
      mutation.cluster === null
        ? null
        : {
            name: 'acme-search',
            uuid,
            indices: listing(index('orders', 1_200_000), index('customers', 34_567), index('.kibana_1', 7)),
            searchPermittedOn: { index: 'orders', documents: 1_200_000, evidence: [2] },
            evidence: [0],
            ...mutation.cluster,
          },
    transport: { scheme: 'http', tls: null, ...mutation.transport },
  });
}

/** A Kibana 7 that asks for a login. */
export function lockedKibana(mutation: Mutation = {}): Observations {
  return observed({
    ...mutation,
    endpoint: { host: 'kibana.acme.example', address: '192.0.2.20', port: 5601, ...mutation.endpoint },
    targets: mutation.targets ?? ['boards'],
    identity: {
      product: 'kibana',
      version: { number: '7.17.9', certainty: 'exact', source: 'status' },
      ...mutation.identity,
    },
    access: { loginSchemes: ['login-page'], realm: null, ...mutation.access },
    dashboard: mutation.dashboard ?? {},
  });
}

/** A Kibana 7 without a login, through which its cluster shows two indices. */
export function openKibana(mutation: Mutation = {}): Observations {
  return lockedKibana({
    ...mutation,
    access: {
      state: 'open',
      rung: 'documents',
      proof: 'inferred',
      guardedBy: null,
      loginSchemes: [],
      evidence: [0, 1, 2],
      ...mutation.access,
    },
    reaches: { banner: 'yes', metadata: 'yes', documents: 'yes', control: 'unknown', ...mutation.reaches },
    caller: { login: 'unknown', ...mutation.caller },
    dashboard: {
      login: 'none',
      status: 'full',
      spaces: ['Default'],
      spacesTotal: { number: 1, atLeast: false },
      savedObjects: ['orders-*'],
      savedObjectsTotal: 1,
      contentsEvidence: [2],
      backend: { state: 'reached', addresses: ['es.acme.example:9200'], evidence: [1] },
      proof: '/api/spaces/space',
      cluster: { ...nothingKnown, indices: listing(index('orders', 1_200_000), index('customers', 34_567)) },
      ...mutation.dashboard,
    },
    transport: { scheme: 'http', tls: null, ...mutation.transport },
  });
}

/** A port at which nothing answers. */
export function nothingThere(mutation: Mutation = {}): Observations {
  return observed({
    ...mutation,
    identity: {
      product: null,
      distribution: null,
      version: { number: null, certainty: 'unknown', source: '' },
      evidence: [],
      ...mutation.identity,
    },
    genuine: 'unknown',
    access: {
      state: 'unreachable',
      rung: 'silent',
      guardedBy: null,
      loginSchemes: [],
      realm: null,
      reason: 'refused',
      ...mutation.access,
    },
    caller: { login: 'unknown', ...mutation.caller },
    transport: { scheme: null, tls: null, evidence: [], ...mutation.transport },
  });
}

/** What could not be judged, of a product that is known or not. */
export function undetermined(mutation: Mutation = {}): Observations {
  return observed({
    ...mutation,
    access: { state: 'undetermined', rung: 'silent', guardedBy: null, reason: 'generic-error', ...mutation.access },
    reaches: { banner: 'unknown', metadata: 'unknown', documents: 'unknown', control: 'unknown', ...mutation.reaches },
    caller: { login: 'unknown', ...mutation.caller },
  });
}

function answer(more: Partial<Answer> = {}): Answer {
  return {
    kind: 'answer',
    status: 200,
    headers: {},
    body: { kind: 'json', value: { ok: true } },
    bytes: 11,
    truncated: false,
    sha256: 'b'.repeat(64),
    ...more,
  };
}

/** One exchange; `place` numbers its request in the ledger from 1. */
export function exchange(
  place: number,
  question: string,
  path: string,
  outcome: Answer | Failure = answer(),
): Exchange {
  return {
    question,
    method: 'GET',
    path,
    scheme: 'http',
    basePath: '',
    blanks: {},
    request: place + 1,
    connection: 1,
    at,
    ms: 3,
    outcome,
  };
}

/** The record that observations of these tests were read from: four exchanges. */
export function recordOf(observations: Observations): EndpointRecord {
  return {
    ordinal: observations.ordinal,
    endpoint: observations.endpoint,
    targets: observations.targets,
    at,
    exchanges: [
      observations.access.state === 'unreachable'
        ? exchange(0, 'root', '/', { kind: 'failure', failure: 'refused', detail: 'ECONNREFUSED' })
        : exchange(
            0,
            'root',
            '/',
            observations.access.state === 'guarded' ? answer({ status: 401, body: { kind: 'none' } }) : answer(),
          ),
      exchange(1, 'cat-indices', '/_cat/indices'),
      exchange(2, 'index-count', '/orders/_count'),
      exchange(3, 'security-authenticate', '/_security/_authenticate', answer({ status: 405 })),
    ],
    tls: observations.transport.tls,
    cut: observations.cut,
  };
}

/** A target with this expectation. */
export function target(id: string, more: Partial<Target> = {}): Target {
  return {
    id,
    owner: 'Search team',
    ownerContact: null,
    operator: null,
    environment: 'production',
    labels: {},
    notes: null,
    expect: { kind: 'closed' },
    fronts: null,
    declaredIn: null,
    ...more,
  };
}

/** A context from a vantage of this exposure, with the targets `search` and `boards`. */
export function contextFrom(
  exposure: Exposure,
  expect: Expectation = { kind: 'closed' },
  ...more: Target[]
): JudgeContext {
  const targets = [target('search', { expect }), target('boards', { expect }), ...more];
  return {
    run: 'leftopen-20260102T030405Z-00000000',
    vantage: { name: 'office', exposure, egress: '198.51.100.7' },
    now: at,
    targets: new Map(targets.map((one) => [one.id, one])),
    knowledge: shipped,
  };
}
