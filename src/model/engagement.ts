// Engagements and vantages.
/** How far from the public a vantage is, the nearest first: what "a stranger" means in a report depends on it. */
export const exposures = ['internet', 'partner', 'internal', 'host'] as const;

/** One of {@link exposures}. */
export type Exposure = (typeof exposures)[number];

/** Where a run is made from. `egress` is the address targets see, as the user states it; it is not verified. */
export interface Vantage {
  readonly name: string;
  readonly exposure: Exposure;
  readonly egress: string | null;
}

/** Things an engagement can allow or forbid by name; each has a default that `plan` prints. */
export const techniques = {
  names: { default: true, allows: 'index, alias and field names' },
  documentCounts: {
    default: true,
    allows:
      'counting the documents of one named index (`_count`), of at most two more where that is denied. No search is sent and no document is read',
  },
  savedObjectTitles: { default: true, allows: "titles of a dashboard's saved objects and spaces" },
  guestSession: { default: false, allows: 'using the guest login that a dashboard offers' },
  dataSourceListing: {
    default: false,
    allows:
      'listing the indices of a declared cluster through the data source that an open OpenSearch Dashboards has for it, with the credentials saved there',
  },
  internalApi: {
    default: false,
    allows: 'the header x-elastic-internal-origin, which opens internal routes of Kibana 9',
  },
  outsideReaders: {
    default: false,
    allows: 'networks (/24, /48) of third parties that the server says were connected, and the names of their clients',
  },
  fullAddresses: { default: false, allows: 'the full addresses of these third parties, in addition to outsideReaders' },
  thoroughBackends: {
    default: false,
    allows: 'repeating the index listing on up to four more connections, to find load-balanced nodes',
  },
  otherUserAgent: {
    default: false,
    allows: 'asking an endpoint that denied everything without a login once more, under a neutral User-Agent',
  },
  transportPort: { default: false, allows: 'one question to the transport port (9300) of every declared host' },
  credentials: {
    default: false,
    allows: 'presenting the declared client certificate (tls.clientCertificate)',
  },
} as const satisfies Record<string, { readonly default: boolean; readonly allows: string }>;

/** The name that a technique had in earlier targets files, which is still read. */
export const oldTechnique = { name: 'sizeZeroSearch', now: 'documentCounts' } as const satisfies {
  readonly name: string;
  readonly now: Technique;
};

/** The name of a technique. */
export type Technique = keyof typeof techniques;

/** The names of all techniques, in the order in which they are shown. */
export const techniqueNames = Object.keys(techniques).filter((name): name is Technique => name in techniques);

/** What an engagement allows that says nothing about techniques. */
export const usualTechniques: Readonly<Record<Technique, boolean>> = {
  names: techniques.names.default,
  documentCounts: techniques.documentCounts.default,
  savedObjectTitles: techniques.savedObjectTitles.default,
  guestSession: techniques.guestSession.default,
  dataSourceListing: techniques.dataSourceListing.default,
  internalApi: techniques.internalApi.default,
  outsideReaders: techniques.outsideReaders.default,
  fullAddresses: techniques.fullAddresses.default,
  thoroughBackends: techniques.thoroughBackends.default,
  otherUserAgent: techniques.otherUserAgent.default,
  transportPort: techniques.transportPort.default,
  credentials: techniques.credentials.default,
};

/** One stretch of the week in which the audit may run, in the window's time zone; minutes from Monday 00:00, end exclusive. */
export interface WeeklyHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** When the audit may run. Instants are UTC ISO 8601; `weekly` empty means any hour between `from` and `to`. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly weekly: readonly WeeklyHours[];
}

/** A person who can be reached while the audit runs. */
export interface Contact {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** Upper bounds that the client keeps. */
export interface Limits {
  /** Endpoints surveyed at once. */
  readonly concurrency: number;
  /** Connections open at once to one address. */
  readonly perAddress: number;
  /** Requests per second of the run; null means as fast as the other limits allow. */
  readonly requestsPerSecond: number | null;
  /** Requests one endpoint may get in one run. */
  readonly requestsPerEndpoint: number;
  /** Milliseconds to open a connection (TCP and TLS each). */
  readonly connectTimeoutMs: number;
  /** Milliseconds for one complete exchange, from the request to the last byte kept. */
  readonly exchangeTimeoutMs: number;
}

/** The authorisation an audit is made under. Without one, only loopback may be audited. */
export interface Engagement {
  readonly id: string;
  readonly client: { readonly name: string; readonly legalEntity: string | null } | null;
  readonly authorisedBy: {
    readonly name: string;
    readonly role: string;
    readonly capacity: 'owner' | 'controller' | 'processor';
    readonly email: string;
  } | null;
  readonly authorisation: {
    readonly reference: string;
    readonly signedOn: string;
    readonly documentSha256: string | null;
  } | null;
  readonly window: Window | null;
  readonly contacts: readonly Contact[];
  readonly vantage: Vantage;
  readonly techniques: Readonly<Record<Technique, boolean>>;
  readonly limits: Limits;
  /** True when no engagement was declared: only loopback may be asked. */
  readonly loopbackOnly: boolean;
  /**
   * When the organisation became aware of a breach (UTC ISO 8601): notification deadlines count from it. Absent where it did
   * not say.
   */
  readonly awareAt?: string;
  /** Who may see the report, such as `TLP:AMBER`; absent where it says nothing. */
  readonly classification?: string;
}

/** Why an address is never asked, whatever the file says. */
export type NeverAsked = 'thisNetwork' | 'linkLocal' | 'multicast' | 'broadcast' | 'unspecified' | 'carriesLoopback';

/** What is not in `scope.include`: a host by its name or its address, one that a pattern stands for, or part of a range. */
export type OutsideScope = 'name' | 'address' | { readonly host: string } | { readonly range: string };
