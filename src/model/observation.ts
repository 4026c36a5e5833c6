// What is read of an endpoint: identity, access, contents, transport.
import type { Endpoint, CompanionProduct, Product, Rung, Scheme, State } from './endpoint.js';
import type { Cut, FailureName, TlsFacts } from './exchange.js';

/** Positions in the record's `exchanges` that a fact was read from. */
export type EvidenceRefs = readonly number[];

/** yes, no, or not known. */
export type Tri = 'yes' | 'no' | 'unknown';

/** A version and how far it can be trusted. */
export interface VersionFact {
  /** As said by the server, or null. */
  readonly number: string | null;
  /**
   * `placeholder`: a number known to mean nothing (serverless) or overridden; `approximate`: the lowest version that behaves as
   * seen.
   */
  readonly certainty: 'exact' | 'approximate' | 'placeholder' | 'unknown';
  /** Where it was read, e.g. "banner", "kbn-version header", "X-OpenSearch-Version header". */
  readonly source: string;
}

/** What answers here. */
export interface Identity {
  readonly product: Product | null;
  /** True where it is Elasticsearch or its fork OpenSearch, and which of them was not shown; `product` is the older then. */
  readonly orItsFork?: boolean;
  /** `default`, `oss`, `serverless`, `opensearch`, `open-distro`, `aws`, `search-guard` …, as far as it is known. */
  readonly distribution: string | null;
  readonly version: VersionFact;
  /**
   * Name of another product that was recognised, or a plain description such as "a web site"; with `orItsFork` the name of a
   * fork that is neither Elasticsearch nor OpenSearch.
   */
  readonly otherProduct: string | null;
  readonly evidence: EvidenceRefs;
}

/** What something in front of a genuine server does to requests and responses (docs/verdicts.md). */
export type InFront =
  /** The query of a request is dropped or ignored. */
  | 'query-lost'
  /** A response came out of a cache that says so. */
  | 'cached'
  /** Errors are replaced by pages, under their own status. */
  | 'errors-replaced'
  /** Errors are replaced by something else, with success. */
  | 'errors-as-success'
  /** Requests are denied by their User-Agent. */
  | 'agent-denied';

/**
 * A sign of a fabricated answer (docs/verdicts.md; wire guide E.2, E.3, R.6): a value that only this decoy sends; a version and a Lucene
 * version that never went together; a dashboard that gives its contents under a path that cannot exist; an index with a random name
 * that is described; an error for a path, or about an index, that was never asked for.
 */
export type DecoyTell =
  | { readonly decoy: string; readonly value: string }
  | 'odd-lucene-version'
  | 'contents-everywhere'
  | 'random-index-described'
  | 'error-for-other-path'
  | 'other-index-missing';

/** Is it genuine? `tells` are the signs that it is not. */
export interface Authenticity {
  readonly genuine: Tri;
  readonly tells: readonly DecoyTell[];
  /** What something in front was seen to do; empty where nothing was seen. */
  readonly inFront: readonly InFront[];
  readonly evidence: EvidenceRefs;
}

/** A login that was seen. */
export type LoginScheme =
  | 'basic'
  | 'api-key'
  | 'bearer'
  | 'saml'
  | 'oidc'
  | 'login-page'
  | 'proxy-login'
  | 'iam'
  | 'client-certificate'
  | 'ip-filter'
  | 'unknown';

/** Who the server says the caller without credentials is. */
export interface Caller {
  /** `absent`: the server knows no login; `anonymous`: an anonymous user is enabled; `required`: it wants a login. */
  readonly login: 'absent' | 'anonymous' | 'required' | 'unknown';
  readonly user: string | null;
  readonly roles: readonly string[];
  readonly backendRoles: readonly string[];
  /** True where Elasticsearch itself says that its own security is there and not switched on: it is not an oss distribution. */
  readonly securityOff?: boolean;
  readonly evidence: EvidenceRefs;
}

/** Why an endpoint could not be judged, or could not be reached. */
export type AccessReason =
  | FailureName
  | Cut
  | 'answers-contradict'
  | 'generic-error'
  | 'not-ready'
  | 'cluster-not-formed'
  | 'unknown-wall'
  | 'not-authenticated-as-genuine'
  | 'redirect-elsewhere'
  /** Redirects to other paths of the same endpoint, where nothing was found. */
  | 'redirect-within'
  /** A page that asks for a login, with success. */
  | 'login-page'
  | 'guest-login-offered'
  | 'guest-sees-nothing'
  | 'anonymous-reach-unknown'
  | 'no-such-path'
  /** What lists indices is denied, and the cluster itself answered a request that names one. */
  | 'named-indices-pass'
  /** Only 403 without a login, on every path: its address or its User-Agent may be what was denied. */
  | 'denied-without-login'
  /** A challenge for browsers in the place of an answer (CDN, captcha, script). */
  | 'challenged'
  | 'runs-in-the-browser'
  | 'our-bug';

/** What a caller without credentials reaches. */
export interface Access {
  readonly state: State;
  readonly rung: Rung;
  readonly reaches: Readonly<Record<'banner' | 'metadata' | 'documents' | 'control', Tri>>;
  /** Of the rung. `control` is always inferred. */
  readonly proof: 'proved' | 'inferred';
  /** What denied access, where something did. `cluster`: a dashboard without a login let us in, the cluster behind it did not. */
  readonly guardedBy: 'product' | 'cluster' | 'proxy' | 'network-policy' | 'client-certificate' | 'unknown' | null;
  readonly loginSchemes: readonly LoginScheme[];
  /** The realm of a Basic challenge, cleaned. */
  readonly realm: string | null;
  readonly caller: Caller;
  /** For `undetermined` and `unreachable`, and for parts that stay unknown. */
  readonly reason: AccessReason | null;
  /** Answers came from backends that do not agree (cluster uuid or node differ). */
  readonly mixed: boolean;
  /** Evidence for the state and for the rung. */
  readonly evidence: EvidenceRefs;
}

/** One index. `documents` and `bytes` are null where not said. */
export interface IndexFacts {
  readonly name: string;
  readonly documents: number | null;
  readonly bytes: number | null;
  /** UTC ISO 8601. */
  readonly createdAt: string | null;
  /** Starts with a dot or belongs to a plugin: not the user's data (wire guide E.1). */
  readonly system: boolean;
}

/**
 * Indices whose names are marks that attackers are known to leave, or that differ from others by a random prefix only,
 * counted over the full listing (see `knowledge/attack-marks.ts`).
 */
export interface MarkedIndices {
  readonly total: number;
  /** Creation of the newest user index that is not marked; null where none is or no date was given. */
  readonly newestOtherAt: string | null;
}

/** The indices a caller was shown. Totals count all that were listed, `list` holds the largest ones only. */
export interface IndicesFacts {
  readonly total: number;
  readonly system: number;
  /** Documents in non-system indices. Records are not persons. */
  readonly documents: number;
  readonly bytes: number;
  /**
   * Non-system indices that gave no document count (closed, red, or a listing without counts). Where this is not 0,
   * `documents` and `bytes` are lower bounds. Counted over all indices, not over `list`.
   */
  readonly uncounted: number;
  /** Kinds of non-system indices (see kindOf); null where names were not shown, or an earlier version kept the listing. */
  readonly kinds: number | null;
  /** False when the listing was cut by our cap: `total`, `documents` and `bytes` are then lower bounds. */
  readonly complete: boolean;
  readonly list: readonly IndexFacts[];
  readonly oldestUserIndexAt: string | null;
  readonly newestUserIndexAt: string | null;
  /** null where names were not shown, or what was kept of the listing does not say. Marked ones are in `list`, 30 at most. */
  readonly marked: MarkedIndices | null;
  readonly evidence: EvidenceRefs;
}

/** What is known of a cluster: of this endpoint, or of the one behind a dashboard. */
export interface ClusterFacts {
  readonly name: string | null;
  /** null when unknown or `_na_`. */
  readonly uuid: string | null;
  readonly nodeName: string | null;
  readonly nodes: number | null;
  /** `host:port` addresses the nodes say they serve HTTP on. */
  readonly httpAddresses: readonly string[];
  /** Totals said without a listing (cluster stats, health); null where not said. */
  readonly totals: {
    readonly indices: number | null;
    readonly documents: number | null;
    readonly bytes: number | null;
  };
  readonly indices: IndicesFacts | null;
  /** The index on which a count was permitted, which needs the right to search, and the count it gave. */
  readonly searchPermittedOn: {
    readonly index: string;
    readonly documents: number | null;
    readonly evidence: EvidenceRefs;
  } | null;
  readonly evidence: EvidenceRefs;
}

/** A cluster that a dashboard reaches besides its own, with credentials saved in it. */
export interface DataSourceFacts {
  readonly id: string;
  readonly title: string;
  /** `host:port`; null where its address could not be read. */
  readonly address: string | null;
  /** Kind of the saved login, such as `username_password` or `no_auth`; null where not said. */
  readonly login: string | null;
  /** The indices that were listed through the dashboard; null where they were not asked for or not listed. */
  readonly indices: IndicesFacts | null;
}

/** A guest session that was used. */
export interface GuestFacts {
  /** Who the guest is by the server's word; null where it did not say. */
  readonly user: string | null;
  readonly roles: readonly string[];
  readonly evidence: EvidenceRefs;
}

/** What is known of a dashboard. */
export interface DashboardFacts {
  /** The base path it was found under, '' for none. */
  readonly basePath: string;
  /** Does it ask for a login? */
  readonly login: 'none' | 'asked' | 'guest-offered' | 'unknown';
  /** `/api/status` as a caller without credentials gets it. */
  readonly status: 'full' | 'redacted' | 'refused' | 'unknown';
  readonly statusEvidence: EvidenceRefs;
  /** Interactive setup is waiting for its first caller. */
  readonly setupOpen: boolean;
  readonly setupEvidence: EvidenceRefs;
  /** Names of spaces and titles of saved objects, at most 50 each. */
  readonly spaces: readonly string[];
  /** Spaces listed, `atLeast` so many where the end of the list was not read; null where none was. */
  readonly spacesTotal: { readonly number: number; readonly atLeast: boolean } | null;
  readonly savedObjects: readonly string[];
  /** Total of saved objects said. */
  readonly savedObjectsTotal: number | null;
  readonly contentsEvidence: EvidenceRefs;
  /** What it says of the cluster behind it. */
  readonly backend: {
    readonly state: 'reached' | 'refuses' | 'unreachable' | 'unknown';
    /** Every `host:port` it gives for that cluster, user names and passwords removed; the one it connects to first. */
    readonly addresses: readonly string[];
    readonly evidence: EvidenceRefs;
  };
  /** Further clusters it leads to by its own word (data sources of OpenSearch Dashboards), the first 50. */
  readonly dataSources: readonly DataSourceFacts[];
  /** All data sources there are; null where it did not say. */
  readonly dataSourcesTotal: number | null;
  readonly dataSourcesEvidence: EvidenceRefs;
  /** Path and query of the request whose answer proved that the caller is inside; null where none did. */
  readonly proof: string | null;
  /** A guest login that was used: the session that a GET began. null where none was. */
  readonly guest: GuestFacts | null;
  /** Snapshot repositories of the cluster behind; null where it did not say. */
  readonly repositories: { readonly total: number; readonly evidence: EvidenceRefs } | null;
  /** The cluster as seen through the dashboard. */
  readonly cluster: ClusterFacts | null;
}

/** An instant with what shows it. */
export interface Instant {
  /** UTC ISO 8601. */
  readonly at: string;
  readonly evidence: EvidenceRefs;
}

/** When a process started: that of the node, that of the youngest of several nodes, or that of a dashboard by its uptime. */
export interface ProcessStart extends Instant {
  readonly of: 'node' | 'youngest-node' | 'dashboard';
  /** When its software was built: by a right clock it cannot have started earlier. Absent where that is not shown. */
  readonly builtAt?: string;
}

/**
 * Classes of data that are recognised by the names of fields: what they are called and where they come from is in
 * `knowledge/field-classes.ts`.
 */
export const dataClasses = [
  'person-name',
  'national-id',
  'birth-date',
  'phone',
  'email',
  'postal-address',
  'health',
  'location',
  'travel',
  'payment-card',
  'bank-account',
  'credential',
  'police-court',
  'religion',
  'ethnicity',
  'politics',
  'biometric',
  'minor',
  'device',
] as const;

/** One of {@link dataClasses}. */
export type DataClass = (typeof dataClasses)[number];

/** What a reader of a report calls a class. */
export const dataClassLabels = {
  'person-name': 'personal names',
  'national-id': 'identity document numbers',
  'birth-date': 'birth dates',
  phone: 'phone numbers',
  email: 'e-mail addresses',
  'postal-address': 'postal addresses',
  health: 'health data',
  location: 'locations',
  travel: 'travel',
  'payment-card': 'payment cards',
  'bank-account': 'income or bank details',
  credential: 'passwords or keys',
  'police-court': 'police or court cases',
  religion: 'religion',
  ethnicity: 'ethnicity',
  politics: 'politics or union membership',
  biometric: 'biometrics or portraits',
  minor: 'data on minors',
  device: 'vehicles, devices or connections',
} as const satisfies Record<DataClass, string>;

/** A class that a field's name speaks of. `weak`: the name is used for other things as well. */
export interface FieldMatch {
  readonly class: DataClass;
  readonly certainty: 'strong' | 'weak';
}

/** The fields of one index that speak of one class of data: names, never a value. */
export interface ClassedFields {
  readonly class: DataClass;
  /** The index, or the title of the data view that shows its fields. */
  readonly index: string;
  /** Paths, the first 20. */
  readonly fields: readonly string[];
  /** How many paths there are, those left out of `fields` included. */
  readonly fieldsTotal: number;
  /** Records in that index; they are not persons. null where not said. */
  readonly documents: number | null;
  readonly certainty: FieldMatch['certainty'];
}

/** One class of data over all indices whose fields were shown: never cut, however many there are. */
export interface ClassTotal {
  readonly class: DataClass;
  /** `strong` where any index has a certain name of the class; the numbers are then of those indices alone. */
  readonly certainty: FieldMatch['certainty'];
  readonly indices: number;
  readonly fields: number;
  /** Documents in those indices; null where none of them gave a count. */
  readonly documents: number | null;
  /** True when some of those indices gave no count: `documents` is then a lower bound. */
  readonly atLeast: boolean;
}

/** How much of a cluster was looked at by the names of its fields. */
export interface FieldsCoverage {
  /** Indices whose fields were shown, and how many the user has; null where no listing shows it. */
  readonly indices: number;
  readonly indicesTotal: number | null;
  /** The same by kind: indices that differ in dates or numbers only are one kind. */
  readonly kinds: number;
  readonly kindsTotal: number | null;
}
/** Stands for the name of an index where the fields of all were shown in one list. */
export const allIndices = '*';

/** What the names of fields suggest about the data. */
export interface FieldsFacts {
  /** Indices, or titles of data views, whose fields were shown. */
  readonly indices: readonly string[];
  readonly looked: FieldsCoverage;
  /** Names of fields that were shown, all indices together. */
  readonly total: number;
  /** True when every index of the user's was among them and no name was left out. */
  readonly complete: boolean;
  /** Every class that they speak of, in the order of {@link dataClasses}. */
  readonly totals: readonly ClassTotal[];
  /** Examples of each of these classes, at most eight: certain ones first, then the most records. */
  readonly classes: readonly ClassedFields[];
  readonly evidence: EvidenceRefs;
}

/** Why a caller without credentials is taken to be able to change the contents; nothing was tried. */
export type PowerGround =
  | { readonly kind: 'no-login' }
  /** A role whose rights its vendor fixed. */
  | { readonly kind: 'role'; readonly role: string }
  /** The server says by itself which indices the caller may delete: patterns of names, `*` for all. */
  | { readonly kind: 'privileges'; readonly deletes: readonly string[] };

/** What a caller could do to the cluster that answers, and what would prevent it. Read only, never tried. */
export interface PowerFacts {
  /** null where neither the caller's identity nor their roles or privileges show it. */
  readonly ground: PowerGround | null;
  readonly groundEvidence: EvidenceRefs;
  /** Patterns of indices whose documents the server says the caller may add to or change; empty where it did not say. */
  readonly writes: readonly string[];
  /** Whether settings and snapshots of the cluster are the caller's to change as well. */
  readonly reconfigures: boolean;
  /** The server says what the caller may do, and deleting indices is not among it: evidence; null otherwise. */
  readonly mayNotDelete: EvidenceRefs | null;
  /**
   * `action.destructive_requires_name`: whether indices can be deleted by name only. `said` by the server, or the `default`
   * of its version where it did not say; null where neither is known.
   */
  readonly namesRequired: { readonly on: boolean; readonly source: 'said' | 'default' } | null;
  /** A block on the cluster; null where it said none or was not asked. */
  readonly clusterBlock: 'read-only' | 'read-only-but-deletable' | null;
  readonly settingsEvidence: EvidenceRefs;
  /** User indices under a block; null where not shown. `readOnly` ones cannot be deleted before the block is lifted. */
  readonly blocks: {
    readonly readOnly: number;
    readonly writeOnly: number;
    /** Names of `readOnly` ones, at most 10. */
    readonly names: readonly string[];
    readonly evidence: EvidenceRefs;
  } | null;
}

/**
 * A sign of an attack that was seen without opening a record: a name that attackers are known to leave, or have left and others may
 * give; names that differ by a random prefix; few or no documents in them; created last, or within minutes of each other; nothing else
 * is left.
 */
export type AttackSign =
  'known-name' | 'weak-name' | 'random-prefix' | 'few-documents' | 'no-documents' | 'newest' | 'burst' | 'nothing-else';

/** Marks of what already happened (names, counts, dates), graded; never a fact. */
export interface TraceFacts {
  readonly incident: 'none' | 'suspected' | 'strong';
  readonly signs: readonly AttackSign[];
  /** Marked indices that count, at most 10. */
  readonly indices: readonly IndexFacts[];
  readonly total: number;
  /** The campaigns that are known for such names, sorted. */
  readonly campaigns: readonly string[];
  readonly evidence: EvidenceRefs;
}

/** How a clock compares with ours. */
export interface ClockFacts {
  /**
   * Whose clock it is: `node`: the node's own, given in its statistics; `endpoint`: that of a `Date` header that nothing shows
   * to be a proxy's; `proxy`: that of something in front.
   */
  readonly of: 'node' | 'endpoint' | 'proxy';
  /** What names itself in front, as in `nginx`; null where nothing does. */
  readonly proxy: string | null;
  /** Seconds by which it runs ahead of ours; negative where it runs behind. */
  readonly aheadSeconds: number;
  /** Seconds by which that may be wrong. */
  readonly withinSeconds: number;
  readonly evidence: EvidenceRefs;
}

/** Clocks. */
export interface TimeFacts {
  /**
   * When this process (node or dashboard) started: the login setting is at least as old, where it is static. A node says it by
   * its own clock; a dashboard's is counted back from its uptime by ours.
   */
  readonly processStartedAt: ProcessStart | null;
  /** How the clock of what answers compares with ours; null where it does not tell the time. */
  readonly clock: ClockFacts | null;
  /** The age of the data: the oldest user index. No clock of exposure. */
  readonly oldestDataAt: Instant | null;
}

/** What can be wrong with a certificate, the worst first: a finding is made of the first, and names the others. */
export const certificateFlaws = ['demo', 'weak', 'expired', 'not-yet-valid', 'untrusted', 'wrong-name'] as const;

/** One of {@link certificateFlaws}. */
export type CertificateFlaw = (typeof certificateFlaws)[number];

/** What a certificate does not show: what was not kept of it or could not be read, or what another fact about it hides. */
export type CertificateDoubt =
  | 'certificate-details-not-kept'
  | 'certificate-key-unreadable'
  | 'certificate-dates-hide-authority'
  | 'declared-by-address';

/**
 * What is weak about a certificate: a key of this kind and size, or the hash of its signature; `breakable` where a key of that size was
 * broken in public, or the signature is MD5 or older.
 */
export type CertificateWeakness = { readonly breakable: boolean } & (
  | { readonly of: 'key'; readonly keyType: string; readonly keyBits: number }
  | { readonly of: 'signature'; readonly hash: string }
);

/** The certificate an endpoint showed, judged at the time it was asked. */
export interface CertificateFacts {
  readonly sha256: string;
  /** SHA-256 of its public key; null where it was not kept or could not be read. */
  readonly keySha256: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** It signed itself. */
  readonly selfSigned: boolean;
  /** In the order of {@link certificateFlaws}. */
  readonly flaws: readonly CertificateFlaw[];
  /** What could not be determined, each with its reason. */
  readonly unknown: Readonly<Partial<Record<CertificateFlaw, CertificateDoubt>>>;
  /** Where it is one of the demo certificates: what ships it (null where only the names are theirs), and the names it has. */
  readonly demo: { readonly shippedWith: string | null; readonly role: 'node' | 'administrator' } | null;
  /** What is weak about it. */
  readonly weak: CertificateWeakness | null;
  readonly evidence: EvidenceRefs;
}

/**
 * Who asks for a login, by what the refusal itself shows: the product that was identified, something in front of it, a cluster
 * that is reached at a dashboard's address (or what guards that cluster), or it is unknown.
 */
export type LoginAsker = 'product' | 'proxy' | 'cluster' | 'unknown';

/** How it was spoken to. */
export interface TransportFacts {
  readonly scheme: Scheme | null;
  readonly tls: TlsFacts | null;
  /** null where no certificate was shown or kept. */
  readonly certificate: CertificateFacts | null;
  /** A login challenge or page that was served over plain HTTP; null where none was. */
  readonly plainLogin: {
    /** Each once, sorted. */
    readonly by: readonly LoginAsker[];
    readonly schemes: readonly LoginScheme[];
  } | null;
  /** The answers that showed that login. */
  readonly evidence: EvidenceRefs;
}

/** What a companion product showed of itself by its own API: counts, never a name or a value. */
export interface CompanionFacts {
  readonly product: CompanionProduct;
  /** What its API listed; null where it did not say how many. */
  readonly lists: { readonly what: CompanionList; readonly count: number } | null;
  /**
   * Where what is read through it lies: in a cluster behind it, in itself, nowhere (the reader's browser asks), or not known.
   */
  readonly data: 'cluster' | 'itself' | 'nowhere' | 'unknown';
  /** Whether it gives callers a login of a cluster: yes or no, never which. */
  readonly login: Tri;
  readonly evidence: EvidenceRefs;
}

/** What a companion lists. */
export type CompanionList = 'clusters' | 'cores' | 'indices' | 'scrape-jobs' | 'services';

/** The plugins that a cluster's nodes say they have, sorted; modules, which come with the product, are not among them. */
export interface PluginFacts {
  readonly names: readonly string[];
  readonly evidence: EvidenceRefs;
}

/**
 * The facts of each topic, by its id; null where they are not known. Filled in by the registry of src/topics, so that a new
 * topic is one file.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface TopicFacts {}

/** Facts read from the exchanges of one endpoint by pure functions: the checks see nothing else. */
export interface Observations {
  readonly ordinal: number;
  readonly endpoint: Endpoint;
  readonly targets: readonly string[];
  /** When the survey began, UTC ISO 8601. */
  readonly at: string;
  /** Where the endpoint was really spoken to. */
  readonly url: string;
  readonly identity: Identity;
  readonly authenticity: Authenticity;
  readonly access: Access;
  readonly cluster: ClusterFacts | null;
  readonly dashboard: DashboardFacts | null;
  /** null where no field was shown. */
  readonly fields: FieldsFacts | null;
  /** What a companion product let callers see; null for every other product, and where it let them see nothing. */
  readonly companion: CompanionFacts | null;
  /** What is known of each topic of src/topics. */
  readonly topics: TopicFacts;
  readonly time: TimeFacts;
  readonly transport: TransportFacts;
  /** null where no node said. */
  readonly plugins: PluginFacts | null;
  /** What was refused (401, 403): paths without their query, each once, at most 10, and all the answers. */
  /** Connections over which it answered: another backend may have answered each of them. */
  readonly connections: number;
  readonly refused: { readonly paths: readonly string[]; readonly evidence: EvidenceRefs };
  /** What a caller could do to the cluster that answers; null where none is open. */
  readonly power: PowerFacts | null;
  /** What already happened to the cluster that is reached; null where its indices were not listed by name in full. */
  readonly traces: TraceFacts | null;
  readonly cut: Cut | null;
}
