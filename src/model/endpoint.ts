// Endpoints, targets, products, states and rungs.
/** How an endpoint is spoken to. */
export type Scheme = 'http' | 'https';

/**
 * A host as declared (its name is Host and SNI), one pinned address, a port, a base path. Two that are equal in all four
 * are one.
 */
export interface Endpoint {
  /** Name or IP literal as declared: lower case, no brackets, no trailing dot. */
  readonly host: string;
  /** Canonical IP address the run is pinned to; null when the name has no address. */
  readonly address: string | null;
  readonly port: number;
  /** '' or '/segment[/segment…]', no trailing slash. */
  readonly basePath: string;
  /** The declared scheme; null means that the survey finds it out. */
  readonly scheme: Scheme | null;
  /**
   * True for the usual transport port of a declared host, which the technique `transportPort` adds: one question is put to it,
   * over plain HTTP. Absent where the port was declared itself.
   */
  readonly transport?: true;
}

/** Where it is, whatever address its name leads to: the key by which runs are compared. */
export function placeKey({ host, port, basePath }: Pick<Endpoint, 'host' | 'port' | 'basePath'>): string {
  return [host, String(port), basePath].join('|');
}

/**
 * An endpoint as declared, before its name was looked up. `address` is set for IP literals and for names with a fixed address.
 */
export interface Place extends Endpoint {
  /** Position in the deterministic expansion of the targets, from 0. Several endpoints (addresses) may share a place. */
  readonly ordinal: number;
  /** Ids of the targets that declare it, the most specific first: its expectation and owner count. */
  readonly targets: readonly string[];
}

/** What a caller may reach at most without it being a finding. */
export type Expectation =
  | { readonly kind: 'closed' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'decoy' }
  | {
      readonly kind: 'up-to';
      readonly rung: Rung;
      /** Only accepted through this product, e.g. a public wallboard. */
      readonly via: Product | null;
      /** Index names or `*` patterns that may be seen; empty means any. */
      readonly indices: readonly string[];
      readonly reason: string;
      readonly approvedBy: string;
      /** Last accepted day, ISO date (UTC). */
      readonly until: string;
    };

/** A line of a targets file, as code-scanning platforms show it. */
export interface SourceLine {
  /** Path with forward slashes, relative to the repository that holds the file, or else to the working directory. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What the file declares of a group of endpoints. */
export interface Target {
  readonly id: string;
  readonly owner: string | null;
  readonly ownerContact: string | null;
  readonly operator: { readonly name: string; readonly permission: string } | null;
  readonly environment: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly notes: string | null;
  readonly expect: Expectation;
  /** Id of the target that declares the cluster behind this dashboard, where the file says so. */
  readonly fronts: string | null;
  /** Where the file declares it; null for URLs and lists given on the command line. */
  readonly declaredIn: SourceLine | null;
}

/** The products leftopen is for: clusters, and the dashboards in front of them. */
export const mainProducts = ['elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'] as const;

/** One of {@link mainProducts}. */
export type MainProduct = (typeof mainProducts)[number];

/** Products next to clusters that are judged by their own API. */
export const companionProducts = ['elasticvue', 'jaeger', 'prometheus', 'solr', 'zincsearch', 'zipkin'] as const;

/** One of {@link companionProducts}. */
export type CompanionProduct = (typeof companionProducts)[number];

/** The products leftopen judges. */
export const products = [...mainProducts, ...companionProducts] as const;

/** A product leftopen judges. */
export type Product = (typeof products)[number];

/** Products as their vendors write them. */
export const productNames = {
  elasticsearch: 'Elasticsearch',
  opensearch: 'OpenSearch',
  kibana: 'Kibana',
  'opensearch-dashboards': 'OpenSearch Dashboards',
  elasticvue: 'elasticvue',
  jaeger: 'Jaeger',
  prometheus: 'Prometheus',
  solr: 'Apache Solr',
  zincsearch: 'ZincSearch',
  zipkin: 'Zipkin',
} as const satisfies Record<Product, string>;

/** True for a product that is judged by {@link companionProducts}' own rules. */
export function isCompanionProduct(product: Product): product is CompanionProduct {
  return companionProducts.some((one) => one === product);
}

/** The ladder of what a caller without credentials reaches, lowest first. */
export const rungs = ['silent', 'guarded', 'banner', 'metadata', 'documents', 'control'] as const;

/** A step of the ladder. */
export type Rung = (typeof rungs)[number];

/** What an endpoint is to a caller without credentials. */
export const states = ['open', 'guarded', 'undetermined', 'unreachable', 'other-product', 'decoy'] as const;

/** One of {@link states}. */
export type State = (typeof states)[number];

/** No endpoint on any rung: a tally to begin with. */
export function noRungs(): Record<Rung, number> {
  return { silent: 0, guarded: 0, banner: 0, metadata: 0, documents: 0, control: 0 };
}

/** No endpoint in any state: a tally to begin with. */
export function noStates(): Record<State, number> {
  return { open: 0, guarded: 0, undetermined: 0, unreachable: 0, 'other-product': 0, decoy: 0 };
}

/**
 * The endpoint as a URL without a trailing slash, IPv6 in brackets.
 *
 * @param scheme the scheme found or declared; `http` where neither is known
 */
export function endpointUrl(endpoint: Endpoint, scheme: Scheme | null = endpoint.scheme): string {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return `${scheme ?? 'http'}://${host}:${endpoint.port}${endpoint.basePath}`;
}
