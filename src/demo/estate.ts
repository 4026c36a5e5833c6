// The embedded estate: what responds at each of its endpoints, in whose names.
import type { Dress } from './dress.js';

/** What responds at one endpoint of the embedded estate. */
export type Serves =
  /** A recording of a real server, or answers written from the wire guide: `<product>/<version>-<configuration>`. */
  | { readonly kind: 'answers'; readonly name: string; readonly dress?: Dress }
  /** Accepts connections and never says a word. */
  | { readonly kind: 'silence' }
  /** Nothing listens. */
  | { readonly kind: 'nothing' };

/** One endpoint of the embedded estate. */
export interface DemoServer {
  /** Id of its target. */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly owner: string;
  readonly serves: Serves;
  /** Id of the target of the cluster behind it, for a dashboard. */
  readonly fronts?: string;
}

const answers = (name: string, dress?: Dress): Serves => ({ kind: 'answers', name, ...(dress && { dress }) });

/** The lab assembled its 7.17.9 from parts, so that it reports a build that Elastic did not ship; the city has the shipped one. */
const flavor = { oss: 'default' };

/** The indices of the recorded clusters, and what a department calls them. */
function clusterOf(
  cluster: string,
  [firstMonth, secondMonth, people, staff, log, things]: readonly [string, string, string, string, string, string],
  fields: Readonly<Record<string, string>>,
): Dress['names'] {
  return {
    'lab-shop': cluster,
    'lab-node-1': `${cluster}-1`,
    ...flavor,
    'orders-2026.10': firstMonth,
    'orders-2026.11': secondMonth,
    'orders-*': firstMonth.replace(/[^-]*$/, '*'),
    customers: people,
    payroll: staff,
    'app-logs-2026.11': log,
    products: things,
    ...fields,
  };
}

const clinics: Dress = {
  names: clusterOf(
    'public-health',
    ['vaccinations-2026.10', 'vaccinations-2026.11', 'patients', 'nurses', 'clinic-log-2026.11', 'vaccines'],
    {
      order_id: 'vaccination_id',
      ordered_at: 'vaccinated_at',
      customer_email: 'patient_email',
      shipping_address: 'home_address',
      credit_card_last4: 'health_insurance_number',
      total_amount: 'dose_ml',
      note: 'diagnosis',
      remarks: 'allergies',
      sku: 'batch',
    },
  ),
  documents: 1487,
  bytes: 9241,
  dataDays: 640,
  processDays: 93,
};

const registers: Dress = {
  names: clusterOf(
    'civil-registers',
    ['births-1980.01', 'births-1990.01', 'marriages', 'archivists', 'reading-room-1990.01', 'holdings'],
    {
      order_id: 'certificate_no',
      ordered_at: 'registered_at',
      customer_email: 'informant_email',
      shipping_address: 'place_of_birth',
      credit_card_last4: 'mothers_maiden_name',
      total_amount: 'page',
      note: 'margin_note',
      password_hash: 'spouse_name',
      remarks: 'witnesses',
      sku: 'shelf_mark',
    },
  ),
  documents: 3_061,
  bytes: 48_127,
  dataDays: 3830,
  processDays: 1207,
};

const sensors: Dress = {
  names: clusterOf(
    'city-sensors',
    ['air-quality-2026.10', 'air-quality-2026.11', 'parking-permits', 'field-crew', 'gateway-log-2026.11', 'stations'],
    {
      order_id: 'reading_id',
      ordered_at: 'measured_at',
      customer_email: 'station_contact',
      shipping_address: 'station',
      credit_card_last4: 'pm10',
      total_amount: 'pm25',
      note: 'calibration',
      date_of_birth: 'valid_until',
      password_hash: 'licence_plate',
      remarks: 'permit_zone',
      iban: 'vehicle',
      salary: 'shifts',
      sick_days: 'rounds',
      sku: 'station_no',
    },
  ),
  documents: 9_358,
  bytes: 31_337,
  dataDays: 410,
  processDays: 17,
};

const library: Dress = {
  names: clusterOf(
    'library-catalogue',
    ['loans-2026.10', 'loans-2026.11', 'borrowers', 'librarians', 'search-log-2026.11', 'titles'],
    {
      order_id: 'loan_id',
      ordered_at: 'borrowed_at',
      customer_email: 'borrower_email',
      shipping_address: 'borrower_address',
      credit_card_last4: 'library_card_no',
      total_amount: 'fee_cents',
      visitor_read: 'catalogue_reader',
      visitor: 'catalogue',
    },
  ),
  documents: 731,
  bytes: 2_953,
  dataDays: 95,
  processDays: 41,
};

const dues: Dress = {
  names: clusterOf(
    'harbour-dues',
    ['berth-invoices-2026.10', 'berth-invoices-2026.11', 'agents', 'pilots', 'access-log-2026.11', 'tariffs'],
    {
      order_id: 'invoice_no',
      ordered_at: 'invoiced_at',
      customer_email: 'agent_email',
      shipping_address: 'invoice_address',
      credit_card_last4: 'account_no',
      total_amount: 'dues_cents',
      visitor_read: 'quay_display',
    },
  ),
  documents: 317,
  bytes: 1_201,
  dataDays: 233,
  processDays: 64,
};

const permits: Dress = {
  names: clusterOf(
    'building-permits',
    ['applications-2026.10', 'applications-2026.11', 'applicants', 'inspectors', 'counter-log-2026.11', 'zoning-plans'],
    {
      order_id: 'application_no',
      ordered_at: 'submitted_at',
      customer_email: 'applicant_email',
      shipping_address: 'building_site',
      credit_card_last4: 'parcel_no',
      total_amount: 'floor_area',
      note: 'decision',
      password_hash: 'national_id',
      remarks: 'objections',
      sku: 'plan_no',
    },
  ),
  documents: 206,
  bytes: 6_301,
  dataDays: 1520,
  processDays: 260,
};

const buses: Dress = {
  ...permits,
  names: { 'lab-shop': 'bus-timetable', 'lab-node-1': 'bus-timetable-1', ...flavor },
  processDays: 8,
};

const parcels: Dress = { names: {}, documents: 23, bytes: 29, dataDays: 0, processDays: 0 };

const depots: Dress = {
  names: {
    'parcels-2026.10': 'scans-2026.10',
    'parcels-2026.11': 'scans-2026.11',
    'parcels-*': 'scans-*',
    customers: 'couriers',
    depots: 'lockers',
    customer_no: 'courier_no',
    password_hash: 'driving_licence_no',
    recipient: 'sender',
    weight_g: 'locker_no',
    kb01: 'depot-screens',
  },
  documents: 7,
  bytes: 5,
  dataDays: 0,
  processDays: -216,
};

/** The recorded dashboard has the brand of another product on top. */
const payments: Dress = {
  names: { Wazuh: 'Dashboards' },
  documents: 1,
  bytes: 1,
  dataDays: 0,
  processDays: 0,
};

/** The invented organisation of the demo. Its names end in `.test`, which no real name does (RFC 6761). */
export const estate: readonly DemoServer[] = [
  {
    target: 'clinics',
    host: 'clinics.harbour.test',
    port: 9200,
    owner: 'Public health',
    serves: answers('elasticsearch/7.17.9-open', clinics),
  },
  {
    target: 'archive',
    host: 'archive.harbour.test',
    port: 9200,
    owner: 'Archive',
    serves: answers('elasticsearch/2.4.6-open', registers),
  },
  {
    target: 'telemetry',
    host: 'telemetry.harbour.test',
    port: 9200,
    owner: 'Platform',
    serves: answers('opensearch/2.19.4-open', sensors),
  },
  {
    target: 'catalogue',
    host: 'catalogue.harbour.test',
    port: 9200,
    owner: 'Library',
    serves: answers('elasticsearch/9.4.3-anonymous', library),
  },
  {
    target: 'orders',
    host: 'orders.harbour.test',
    port: 9200,
    owner: 'Harbour dues',
    serves: answers('opensearch/2.19.4-anonymous', dues),
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
    serves: answers('kibana/7.17.9-open-before-closed', parcels),
    fronts: 'parcels',
  },
  {
    target: 'depots-dashboard',
    host: 'dashboard.depots.harbour.test',
    port: 5601,
    owner: 'Parcel depots',
    serves: answers('opensearch-dashboards/2.19.4-open', depots),
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
    serves: answers('opensearch-dashboards/2.8.0-login', payments),
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
    serves: answers('nginx/7.17.9-password-on-root', permits),
  },
  {
    target: 'transport',
    host: 'transport.harbour.test',
    port: 80,
    owner: 'Transport',
    serves: answers('nginx/7.17.9-password-but-root', buses),
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
