// The embedded estate: what answers at each of its endpoints.
/** What responds at one endpoint of the embedded estate. */
export type Serves =
  /** A recording of a real server, or answers written from the wire guide: `<product>/<version>-<configuration>`. */
  | { readonly kind: 'answers'; readonly name: string }
  /** Accepts connections and never says a word. */
  | { readonly kind: 'silence' }
  /** Nothing listens. */
  | { readonly kind: 'nothing' };

/** One endpoint of the embedded estate. */
export interface Door {
  /** Id of its target. */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly owner: string;
  readonly serves: Serves;
  /** Id of the target of the cluster behind it, for a dashboard. */
  readonly fronts?: string;
}

const answers = (name: string): Serves => ({ kind: 'answers', name });

/** The invented organisation of the demo. Its names end in `.test`, which no real name does (RFC 6761). */
export const estate: readonly Door[] = [
  {
    target: 'search',
    host: 'search.harbour.test',
    port: 9200,
    owner: 'Citizen services',
    serves: answers('elasticsearch/7.17.9-open'),
  },
  {
    target: 'archive',
    host: 'archive.harbour.test',
    port: 9200,
    owner: 'Archive',
    serves: answers('elasticsearch/2.4.6-open'),
  },
  {
    target: 'telemetry',
    host: 'telemetry.harbour.test',
    port: 9200,
    owner: 'Platform',
    serves: answers('opensearch/2.19.4-open'),
  },
  {
    target: 'catalogue',
    host: 'catalogue.harbour.test',
    port: 9200,
    owner: 'Library',
    serves: answers('elasticsearch/9.4.3-anonymous'),
  },
  {
    target: 'orders',
    host: 'orders.harbour.test',
    port: 9200,
    owner: 'Harbour dues',
    serves: answers('opensearch/2.19.4-anonymous'),
  },
  {
    target: 'claims',
    host: 'claims.harbour.test',
    port: 9200,
    owner: 'Insurance',
    serves: answers('elasticsearch/9.4.3-as-shipped'),
  },
  {
    target: 'payments',
    host: 'payments.harbour.test',
    port: 9200,
    owner: 'Treasury',
    serves: answers('opensearch/2.19.4-closed'),
  },
  {
    target: 'parcels',
    host: 'parcels.harbour.test',
    port: 9200,
    owner: 'Parcel post',
    serves: answers('elasticsearch/7.17.9-closed'),
  },
  {
    target: 'parcels-dashboard',
    host: 'dashboard.parcels.harbour.test',
    port: 5601,
    owner: 'Parcel post',
    serves: answers('kibana/7.17.9-open-before-closed'),
    fronts: 'parcels',
  },
  {
    target: 'depots-dashboard',
    host: 'dashboard.depots.harbour.test',
    port: 5601,
    owner: 'Parcel depots',
    serves: answers('opensearch-dashboards/2.19.4-open'),
  },
  {
    target: 'claims-dashboard',
    host: 'dashboard.claims.harbour.test',
    port: 5601,
    owner: 'Insurance',
    serves: answers('kibana/8.12.2-login'),
    fronts: 'claims',
  },
  {
    target: 'payments-dashboard',
    host: 'dashboard.payments.harbour.test',
    port: 5601,
    owner: 'Treasury',
    serves: answers('opensearch-dashboards/2.8.0-login'),
    fronts: 'payments',
  },
  {
    target: 'lobby-wallboard',
    host: 'wallboard.harbour.test',
    port: 5601,
    owner: 'Library',
    serves: answers('kibana/8.15.0-guest'),
  },
  {
    target: 'planning',
    host: 'planning.harbour.test',
    port: 80,
    owner: 'Planning',
    serves: answers('nginx/7.17.9-password-everywhere'),
  },
  {
    target: 'permits',
    host: 'permits.harbour.test',
    port: 80,
    owner: 'Planning',
    serves: answers('nginx/7.17.9-password-on-root'),
  },
  {
    target: 'transport',
    host: 'transport.harbour.test',
    port: 80,
    owner: 'Transport',
    serves: answers('nginx/7.17.9-password-but-root'),
  },
  {
    target: 'lure',
    host: 'lure.harbour.test',
    port: 9200,
    owner: 'Platform',
    serves: answers('elasticpot/1.0-as-shipped'),
  },
  {
    target: 'intranet',
    host: 'intranet.harbour.test',
    port: 80,
    owner: 'Communications',
    serves: answers('web/nginx-default-page'),
  },
  { target: 'spare', host: 'spare.harbour.test', port: 9200, owner: 'Platform', serves: { kind: 'silence' } },
  { target: 'retired', host: 'retired.harbour.test', port: 9200, owner: 'Platform', serves: { kind: 'nothing' } },
];
