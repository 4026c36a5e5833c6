import { createHash } from 'node:crypto';
import { tallyChanges } from '../../src/history/changes.js';
import { noRungs, noStates, states } from '../../src/model/endpoint.js';
import type { AcceptanceState } from '../../src/model/acceptance.js';
import { usualTechniques, type Engagement } from '../../src/model/engagement.js';
import {
  type Cvss,
  type EndpointSummary,
  type Evidence,
  type Finding,
  type Problem,
  type ReportHead,
  type RunInfo,
  type SeverityRow,
  type Since,
  type Summary,
} from '../../src/model/finding.js';
import type { Changes, PastPlace } from '../../src/model/history.js';
import { noFindings } from '../../src/model/severity.js';

/** What a format is given, ready to be written. */
export interface Sample {
  readonly head: ReportHead;
  readonly findings: readonly Finding[];
  readonly endpoints: readonly EndpointSummary[];
  /** What the run carries forward; nothing where it is left out. */
  readonly history?: readonly PastPlace[];
}

const lastNight = '2026-11-21T20:00:03.500Z';
const started = '2026-11-22T20:00:04.120Z';
const ended = '2026-11-22T20:14:51.902Z';
const at = '2026-11-22T20:03:17.441Z';
const sha256 = '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

const cvss: Readonly<Record<'full' | 'read' | 'names' | 'little', { readonly v4: Cvss; readonly v31: Cvss }>> = {
  full: {
    v4: { vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', score: 9.3 },
    v31: { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8 },
  },
  read: {
    v4: { vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N', score: 8.7 },
    v31: { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', score: 7.5 },
  },
  names: {
    v4: { vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N', score: 6.9 },
    v31: { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N', score: 5.3 },
  },
  little: {
    v4: { vector: 'CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N', score: 2.1 },
    v31: { vector: 'CVSS:3.1/AV:A/AC:L/PR:N/UI:R/S:U/C:L/I:N/A:N', score: 3.5 },
  },
};

/** A severity table of the right shape; the real one belongs to the judge. */
export const severityTable: readonly SeverityRow[] = [
  {
    id: 'control-internet',
    severity: 'critical',
    reason: 'A stranger on the internet reaches a server that knows no login and no role.',
    cvss4: cvss.full.v4,
    cvss31: cvss.full.v31,
  },
  {
    id: 'documents-internet',
    severity: 'critical',
    reason: 'A stranger on the internet can search documents.',
    cvss4: cvss.read.v4,
    cvss31: cvss.read.v31,
  },
  {
    id: 'metadata-internet',
    severity: 'high',
    reason: 'A stranger on the internet is shown the names of indices, spaces or objects.',
    cvss4: cvss.names.v4,
    cvss31: cvss.names.v31,
  },
  {
    id: 'login-plain-http',
    severity: 'medium',
    reason: 'A login is asked for over a connection that anyone on the way can read.',
    cvss4: cvss.little.v4,
    cvss31: cvss.little.v31,
  },
  {
    id: 'banner-internet',
    severity: 'low',
    reason: 'A version is shown to strangers.',
    cvss4: cvss.names.v4,
    cvss31: cvss.names.v31,
  },
];

/** Since when, where the server shows no clock. */
function onlySeen(reasoning: string): Since {
  return {
    what: 'open',
    configuredOpenSince: null,
    setting: null,
    seenOpenSince: started,
    headline: 'seen',
    reasoning,
    strength: 'weak',
    oldestDataAt: null,
    configured: { reasoning: 'This dashboard has run with its present settings.', strength: 'strong' },
    seen: { reasoning: 'The endpoint responded.', strength: 'strong' },
    clockAhead: null,
    clusterBornBy: null,
    certificateNotBefore: null,
  };
}

/** An answer as evidence. */
export function evidence(id: number, part: Partial<Evidence> = {}): Evidence {
  return {
    id: `E${id}`,
    request: 210 + id,
    method: 'GET',
    url: 'http://es-01.acme.example:9200/_cat/indices',
    at,
    status: 200,
    failure: null,
    excerpt: '',
    sha256,
    shows: 'an answer',
    ...part,
  };
}

/** A finding on an open Elasticsearch; `part` changes it. */
export function finding(part: Partial<Finding> = {}): Finding {
  const made = plainFinding(part);
  return { ...made, id: createHash('sha256').update(`${made.fingerprint} ${made.address}`).digest('hex') };
}

function plainFinding(part: Partial<Finding>): Finding {
  return {
    check: 'cluster-open',
    severity: 'critical',
    severityRow: 'control-internet',
    target: 'orders-search',
    targets: ['orders-search'],
    declaredIn: { file: 'audit/targets.yaml', line: 21 },
    owner: 'Shop platform',
    owners: ['Shop platform'],
    environment: 'production',
    endpoint: 'http://es-01.acme.example:9200',
    address: '203.0.113.21',
    port: 9200,
    product: 'elasticsearch',
    version: '7.17.9',
    versionCertainty: 'exact',
    fingerprint: 'cluster-open|es-01.acme.example|9200|',
    id: '',
    history: {
      status: 'unchanged',
      cause: 'estate',
      why: null,
      firstSeen: '2026-11-10T20:00:04.000Z',
      openSince: '2026-11-10T20:00:04.000Z',
      lastSeen: started,
      daysOpen: 12,
      ticket: 'cluster:8sWq1',
      before: { severity: 'critical', access: 'control', classes: [], check: 'cluster-open', lastSeen: lastNight },
    },
    title:
      'A stranger on the internet can enter an Elasticsearch cluster without a login: 42 indices with 18,402,113 records (31.1 GB)',
    summary:
      'On 2026-11-22 20:03 UTC, http://es-01.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster `orders-prod`. It contains 42 indices with 18,402,113 records (31.1 GB); the largest: `orders-2026.11`, `customers`, `deliveries-2026` and 39 more. A count on `customers` was permitted, which needs the right to search; no document was read. The server has no login of its own; whether something in front denies writes was not tested: assume that anyone who reaches it can read, change and delete everything.',
    access: 'control',
    state: 'open',
    proof: 'inferred',
    contents: {
      indices: 42,
      documents: 18_402_113,
      bytes: 31_138_512_896,
      atLeast: { indices: false, documents: true },
      largest: [
        {
          name: 'orders-2026.11',
          documents: 9_200_114,
          bytes: 16_106_127_360,
          createdAt: '2026-11-01T00:00:02.000Z',
          system: false,
        },
        {
          name: 'customers',
          documents: 2_310_552,
          bytes: 4_831_838_208,
          createdAt: '2024-02-11T09:12:44.000Z',
          system: false,
        },
        { name: 'deliveries-2026', documents: null, bytes: null, createdAt: null, system: false },
      ],
    },
    copy: null,
    classes: [],
    stake: [],
    looked: null,
    also: [],
    replaces: [],
    evidence: [
      evidence(1, {
        url: 'http://es-01.acme.example:9200/',
        shows: 'it calls itself Elasticsearch 7.17.9',
        excerpt: '{"name":"es-01","cluster_name":"orders-prod","version":{"number":"7.17.9","build_flavor":"default"}}',
      }),
      evidence(2, {
        shows: '42 indices are listed',
        excerpt:
          '[{"index":"orders-2026.11","docs.count":"9200114","store.size":"16106127360"},\n {"index":"customers","docs.count":"2310552","store.size":"4831838208"}]',
      }),
      evidence(3, {
        url: 'http://es-01.acme.example:9200/orders-2026.11/_count',
        shows: 'a search is permitted',
        excerpt: '{"took":3,"_shards":{"total":1,"successful":1},"hits":{"total":{"value":10000,"relation":"gte"}}}',
      }),
      evidence(4, {
        url: 'http://es-01.acme.example:9200/_security/_authenticate',
        status: 400,
        shows: 'it knows no login',
      }),
    ],
    since: {
      ...onlySeen(
        'This node has run with its present settings, without a login, since 2026-08-02 04:11 UTC (`_nodes/_local/jvm`: start of the process).',
      ),
      configuredOpenSince: '2026-08-02T04:11:00.000Z',
      setting: 'no-login',
      headline: 'configured',
      strength: 'strong',
      oldestDataAt: '2024-02-11T09:12:44.000Z',
    },
    remedy: {
      steps: [
        {
          when: 'this-hour',
          text: 'At the firewall, let only the addresses that need it reach port 9200.',
          code: null,
        },
        {
          when: 'this-hour',
          text: 'Keep the evidence. Do not restart, delete or pay; first secure the logs of firewall, proxy and server, and a copy of the disks.',
          code: "date -u; ss -tn '( sport = :9200 )'",
        },
        {
          when: 'today',
          text: 'Let it listen only where its clients are (`elasticsearch.yml`, then restart node by node).',
          code: 'network.host: _site_',
        },
        {
          when: 'today',
          text: '(6.8, and 7.1 to 7.17) Security is free but off until it is set. Switch it on on every node.',
          code: 'xpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\nxpack.security.http.ssl.enabled: true',
        },
        {
          when: 'today',
          text: 'Set the passwords of the built-in users.',
          code: 'bin/elasticsearch-setup-passwords interactive',
        },
        {
          when: 'this-week',
          text: 'Read the access logs for the entire time it was open, inform your data-protection officer (notification deadlines may apply), and test again from where this audit was made.',
          code: null,
        },
      ],
      verify: {
        command: "curl -sS -o /dev/null -w '%{http_code}\\n' https://es-01.acme.example:9200/_cat/indices",
        expect: '401',
      },
    },
    cvss: cvss.full,
    cwe: 'CWE-306',
    references: ['https://www.elastic.co/guide/en/elasticsearch/reference/7.17/security-minimal-setup.html'],
    accepted: null,
    problem: 'cluster:8sWq1',
    ...part,
  };
}

/** The line of an endpoint; `part` changes it. */
export function endpoint(part: Partial<EndpointSummary> = {}): EndpointSummary {
  return {
    target: 'orders-search',
    targets: ['orders-search'],
    owner: 'Shop platform',
    endpoint: 'http://es-01.acme.example:9200',
    host: 'es-01.acme.example',
    address: '203.0.113.21',
    port: 9200,
    product: 'elasticsearch',
    distribution: 'default',
    version: '7.17.9',
    versionCertainty: 'exact',
    otherProduct: null,
    access: 'control',
    state: 'open',
    proof: 'inferred',
    reason: null,
    reasonText: null,
    guardedBy: null,
    loginSchemes: [],
    clusterName: 'orders-prod',
    clusterUuid: '8sWq1',
    mixed: false,
    connections: 1,
    clientCertificate: false,
    at,
    requests: 9,
    undetermined: [],
    findings: [],
    ...part,
  };
}

const acme: Engagement = {
  id: 'ACME-2026-11',
  client: { name: 'Acme Retail', legalEntity: 'Acme Retail Holding S.A., Luxembourg' },
  authorisedBy: {
    name: 'Ines Brandt',
    role: 'Chief Information Security Officer',
    capacity: 'owner',
    email: 'ines.brandt@acme.example',
  },
  authorisation: { reference: 'Order 2026-0417, annex B', signedOn: '2026-11-03', documentSha256: sha256 },
  window: {
    from: '2026-11-20T18:00:00.000Z',
    to: '2026-11-30T06:00:00.000Z',
    timeZone: 'Europe/Luxembourg',
    weekly: [{ fromMinute: 1200, toMinute: 1440 }],
  },
  contacts: [{ name: 'Acme SOC', email: 'soc@acme.example', phone: '+352 20 00 00 00' }],
  vantage: { name: 'office-lux', exposure: 'internet', egress: '198.51.100.7' },
  techniques: usualTechniques,
  limits: {
    concurrency: 50,
    perAddress: 2,
    requestsPerSecond: 20,
    requestsPerEndpoint: 20,
    connectTimeoutMs: 5000,
    exchangeTimeoutMs: 10_000,
  },
  loopbackOnly: false,
};

/** The head of a run. */
export function run(part: Partial<RunInfo> = {}): RunInfo {
  return {
    id: '20261122T200004Z-7c1f',
    tool: { name: 'leftopen', version: '0.1.0' },
    catalogue: '3f1c9b0a77d2',
    knowledge: '2026-11-01',
    engagement: acme,
    vantage: acme.vantage,
    startedAt: started,
    endedAt: ended,
    finished: true,
    gaps: [],
    planDigest: sha256,
    ledgerSha256: 'c0ffee18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    userAgent: 'leftopen/0.1.0 (authorised audit ACME-2026-11; soc@acme.example)',
    requests: 1_284,
    connections: 402,
    bytes: 4_812_331,
    declared: {
      scopeInclude: ['203.0.113.0/24', '*.acme.example', '2001:db8:40::/64'],
      scopeExclude: ['203.0.113.250', 'legacy.acme.example'],
      targets: 9,
      names: ['es-[01-12].acme.example', 'kibana.acme.example', 'logs.acme.example', '203.0.113.0/24'],
      ports: [443, 5601, 9200, 9201],
      paths: ['', '/kibana'],
    },
    ...part,
  };
}

/** Counts what the streams hold, as the judge would. */
export function summarise(
  findings: readonly Finding[],
  endpoints: readonly EndpointSummary[],
  problems: number,
): Summary {
  const counting = findings.filter(({ accepted }) => accepted === null);
  const states = noStates();
  const rungs = noRungs();
  const bySeverity = noFindings();
  for (const { state, access } of endpoints) {
    states[state] += 1;
    rungs[access] += 1;
  }
  for (const { severity } of counting) bySeverity[severity] += 1;
  return {
    endpoints: endpoints.length,
    states,
    rungs,
    findings: bySeverity,
    accepted: findings.length - counting.length,
    problems,
    verdicts: {
      fail: findings.length,
      pass: endpoints.length * 3,
      'not-applicable': endpoints.length * 6,
      undetermined: 4,
    },
    bugs: 0,
    notAsked: { window: 0, blackout: 0, blackoutOwners: [] },
  };
}

/** What changed since last night. */
function changesOf(findings: readonly Finding[]): Changes {
  const tally = tallyChanges();
  for (const one of findings) tally.found(one);
  return tally.result({
    run: '20261121T200003Z-51d0',
    startedAt: lastNight,
    endedAt: '2026-11-21T20:24:40.000Z',
    tool: '0.1.0',
    knowledge: '2026-11-01',
    rejudged: false,
  });
}

function sample(
  findings: readonly Finding[],
  endpoints: readonly EndpointSummary[],
  problems: readonly Problem[],
  part: Partial<RunInfo> = {},
): Sample {
  const head = {
    run: run(part),
    summary: summarise(findings, endpoints, problems.length),
    problems,
    problemsTotal: problems.length,
    severityTable,
    changes: changesOf(findings),
    acceptances: acceptancesOf(findings),
  };
  return { head, findings, endpoints };
}

/** An entry for each accepted finding, and one that has expired and one that covers nothing any more. */
function acceptancesOf(findings: readonly Finding[]): readonly AcceptanceState[] {
  const entry = (part: Partial<AcceptanceState>): AcceptanceState => ({
    entry: '0011223344556677',
    declaredIn: { file: 'targets.yaml', line: 12 },
    finding: null,
    target: 'search',
    check: 'end-of-life',
    vulnerabilities: [],
    reason: 'replaced in March',
    owner: 'Search team',
    approvedBy: 'Ines Brandt',
    until: '2027-03-31',
    term: 'in-force',
    use: 'in-use',
    findings: 1,
    worse: 0,
    why: null,
    ...part,
  });
  return [
    ...findings.flatMap(({ accepted, fingerprint }) =>
      accepted === null ? [] : [entry({ ...accepted, finding: fingerprint, target: null, check: null })],
    ),
    ...(findings.some(({ accepted }) => accepted !== null)
      ? [
          entry({ until: '2026-01-31', term: 'expired', findings: 0 }),
          entry({ term: 'ends-soon', vulnerabilities: ['CVE-2015-1427'], check: 'known-vulnerability', worse: 1 }),
          entry({ check: 'cors-any-origin', use: 'stale', findings: 0, why: 'fixed on 2026-10-31' }),
        ]
      : []),
  ];
}

const gateway = finding({
  check: 'dashboard-gateway',
  severityRow: 'documents-internet',
  target: 'citizen-portal',
  targets: ['citizen-portal'],
  owner: 'Customer registry',
  owners: ['Customer registry'],
  endpoint: 'http://kibana.acme.example:5601/kibana',
  address: '203.0.113.40',
  port: 5601,
  product: 'kibana',
  version: '6.8.23',
  fingerprint: 'dashboard-gateway|kibana.acme.example|5601|/kibana',
  looked: { indices: 14, indicesTotal: 14, kinds: 14, kindsTotal: 14 },
  classes: [
    { class: 'person-name', certainty: 'strong', indices: 1, fields: 2, documents: 970_112_004, atLeast: false },
    { class: 'national-id', certainty: 'strong', indices: 1, fields: 1, documents: 970_112_004, atLeast: false },
    { class: 'phone', certainty: 'strong', indices: 1, fields: 1, documents: 51_441_200, atLeast: false },
    { class: 'location', certainty: 'weak', indices: 1, fields: 2, documents: null, atLeast: true },
  ],
  stake: [
    {
      class: 'person-name',
      index: 'person_address_label_info_master',
      fields: ['xm', 'contact.full_name'],
      fieldsTotal: 2,
      documents: 970_112_004,
      certainty: 'strong',
    },
    {
      class: 'national-id',
      index: 'person_address_label_info_master',
      fields: ['sfzh'],
      fieldsTotal: 1,
      documents: 970_112_004,
      certainty: 'strong',
    },
    {
      class: 'phone',
      index: 'mobile_phone_label',
      fields: ['shoujihao'],
      fieldsTotal: 1,
      documents: 51_441_200,
      certainty: 'strong',
    },
    {
      class: 'location',
      index: 'mobile_phone_label',
      fields: ['lat', 'lng'],
      fieldsTotal: 2,
      documents: null,
      certainty: 'weak',
    },
  ],
  title:
    'A stranger on the internet can enter a cluster past its login, through a dashboard (Kibana) that requires none: 14 indices with 1,021,553,204 records (24.3 TB)',
  summary:
    'Asked directly, the cluster at https://registry-es.acme.example:9200 denied access (401). On 2026-11-22 20:03 UTC, http://kibana.acme.example:5601/kibana responded to a stranger on the internet as Kibana 6.8.23. This dashboard in front of that cluster asks for no login. Through it, the cluster shows 14 indices with 1,021,553,204 records (24.3 TB); the largest: `person_address_label_info_master`, `mobile_phone_label` and 12 more. Inferred: records can be searched through it. Changing and deleting were not tested: assume that they are possible.',
  access: 'documents',
  contents: {
    indices: 14,
    documents: 1_021_553_204,
    bytes: 24_300_112_445_440,
    atLeast: { indices: false, documents: false },
    largest: [
      {
        name: 'person_address_label_info_master',
        documents: 970_112_004,
        bytes: 24_000_000_000_000,
        createdAt: '2020-09-14T03:20:11.000Z',
        system: false,
      },
      {
        name: 'mobile_phone_label',
        documents: 51_441_200,
        bytes: 300_112_445_440,
        createdAt: '2021-01-08T10:02:00.000Z',
        system: false,
      },
    ],
  },
  copy: {
    documents: 1_021_553_204,
    bytes: 24_300_000_000_000,
    atLeast: false,
    requestsPerDay: 5_000_000,
    recordsPerRequest: 10_000,
    bytesPerSecond: 12_500_000,
    seconds: 1_944_000,
    formula: 'seconds = …',
  },
  also: ['https://registry-es.acme.example:9200'],
  evidence: [
    evidence(1, {
      url: 'https://registry-es.acme.example:9200/',
      status: 401,
      shows: 'the cluster denied direct access',
      excerpt:
        '{"error":{"type":"security_exception","reason":"missing authentication credentials for REST request [/]"},"status":401}',
    }),
    evidence(2, {
      url: 'http://kibana.acme.example:5601/kibana/api/status',
      shows: 'the dashboard shows its status without a login',
      excerpt:
        '{"name":"kibana","version":{"number":"6.8.23"},"status":{"overall":{"state":"green"}},"metrics":{"process":{"uptime_in_millis":35640211002}}}',
    }),
    evidence(3, {
      url: 'http://kibana.acme.example:5601/kibana/api/spaces/space',
      shows: 'spaces are listed without a login',
      excerpt: '[{"id":"default","name":"Default"}]',
    }),
    evidence(4, {
      url: 'http://kibana.acme.example:5601/kibana/api/index_management/indices',
      shows: '14 indices behind the dashboard are listed',
      excerpt: '[{"name":"person_address_label_info_master","documents":"970112004","size":"24tb"}]',
    }),
  ],
  since: {
    ...onlySeen(
      'This dashboard has run with its present settings, without a login, since 2025-10-06 06:02 UTC (`/api/status`: uptime of the process). We reached it on 2026-11-22 20:03 UTC; firewall and proxy logs will show since when that was possible.',
    ),
    configuredOpenSince: '2025-10-06T06:02:51.000Z',
    setting: 'no-login',
    headline: 'configured',
    strength: 'strong',
    oldestDataAt: '2020-09-14T03:20:11.000Z',
    clockAhead: { seconds: -7200, withinSeconds: 1, of: 'endpoint', corrected: true },
    clusterBornBy: '2020-09-13T12:26:40.000Z',
    certificateNotBefore: '2025-01-01T00:00:00.000Z',
  },
  remedy: {
    steps: [
      {
        when: 'this-hour',
        text: 'At the firewall, let only the addresses that need it reach port 5601. Do not restart, delete or pay; first secure logs, connection lists and disk copies.',
        code: null,
      },
      {
        when: 'today',
        text: 'Let it listen only where the people who use it are (`kibana.yml`, then restart it).',
        code: 'server.host: "127.0.0.1"',
      },
      {
        when: 'today',
        text: '(6.8, and 7.1 to 7.17) Kibana asks for a login once its cluster has security and Kibana has not switched it off.',
        code: 'xpack.security.enabled: true',
      },
      {
        when: 'today',
        text: 'Replace the password that it uses for its cluster, and close the other endpoints of that cluster.',
        code: null,
      },
      {
        when: 'this-week',
        text: 'Read 412 days of access logs, tell your data-protection officer (notification clocks may run), and test again from the internet.',
        code: null,
      },
    ],
    verify: {
      command: "curl -sS -o /dev/null -w '%{http_code}\\n' http://kibana.acme.example:5601/kibana/api/spaces/space",
      expect: '401, or a redirect (302) to the login page',
    },
  },
  cvss: cvss.read,
  references: ['https://www.elastic.co/guide/en/kibana/6.8/using-kibana-with-security.html'],
  problem: 'behind:registry-es',
});

const doors = Array.from({ length: 12 }, (_, i) => `es-${String(i + 1).padStart(2, '0')}.acme.example`);
const doorFindings = doors.map((host, i) =>
  finding({
    endpoint: `http://${host}:9200`,
    address: `203.0.113.${21 + i}`,
    fingerprint: `cluster-open|${host}|9200|`,
  }),
);

const anonymous = finding({
  check: 'cluster-anonymous-access',
  severity: 'high',
  severityRow: 'metadata-internet',
  target: 'logs',
  targets: ['logs', 'everything-on-9200'],
  owner: 'Observability',
  owners: ['Observability'],
  environment: null,
  endpoint: 'https://logs.acme.example:9200',
  address: '2001:db8:40::12',
  product: 'opensearch',
  version: '2.19.4',
  fingerprint: 'cluster-anonymous-access|logs.acme.example|9200|',
  title:
    'A stranger on the internet is shown, as an anonymous user, names in an OpenSearch cluster: 3 indices with 88,120 records',
  summary:
    'It calls a caller without credentials `opendistro_security_anonymous`, with the role `public_logs`. That user was shown 3 indices with 88,120 records.',
  access: 'metadata',
  proof: 'proved',
  contents: {
    indices: 3,
    documents: 88_120,
    bytes: null,
    atLeast: { indices: false, documents: false },
    largest: [],
  },
  evidence: [
    evidence(1, {
      url: 'https://logs.acme.example:9200/_plugins/_security/authinfo',
      shows: 'we are an anonymous user with the role public_logs',
      excerpt: '{"user_name":"opendistro_security_anonymous","roles":["public_logs"]}',
    }),
    evidence(2, {
      url: 'https://logs.acme.example:9200/_cat/indices',
      status: 403,
      shows: 'the full listing is refused',
    }),
    evidence(3, { url: 'https://logs.acme.example:9200/_resolve/index/*', shows: 'three names are shown' }),
  ],
  since: onlySeen("OpenSearch Security's configuration changes while the node runs, so its start says nothing"),
  cvss: cvss.names,
  problem: 'finding:logs',
});

const plainLogin = finding({
  check: 'login-over-plain-http',
  severity: 'medium',
  severityRow: 'login-plain-http',
  target: 'intranet-search',
  targets: ['intranet-search'],
  owner: null,
  endpoint: 'http://203.0.113.77:9200',
  address: '203.0.113.77',
  version: null,
  versionCertainty: 'unknown',
  fingerprint: 'login-over-plain-http|203.0.113.77|9200|',
  title: 'A stranger on the internet is asked to log in over plain HTTP by Elasticsearch (version not shown)',
  summary: 'The server demands a password (Basic, realm "security") over plain HTTP.',
  access: 'guarded',
  state: 'guarded',
  proof: 'proved',
  contents: null,
  evidence: [
    evidence(1, { url: 'http://203.0.113.77:9200/', status: 401, shows: 'a password is demanded in the clear' }),
  ],
  since: onlySeen('no clock was shown to us'),
  cvss: cvss.little,
  cwe: 'CWE-319',
  problem: 'finding:intranet',
});

const acceptedFinding = finding({
  ...anonymous,
  severity: 'medium',
  endpoint: 'https://wallboard.acme.example:443',
  address: '203.0.113.90',
  port: 443,
  product: 'kibana',
  version: '8.15.0',
  title: 'A dashboard offers a guest login',
  fingerprint: 'dashboard-anonymous-access|wallboard.acme.example|443|',
  accepted: { reason: 'public wallboard in the lobby', approvedBy: 'Ines Brandt', until: '2027-03-31' },
  problem: 'finding:wallboard',
});

/** A problem of one finding; `part` changes it. */
function problemOf(worst: Finding, part: Partial<Problem> = {}): Problem {
  return {
    id: worst.problem,
    severity: worst.severity,
    title: worst.title,
    because: 'one endpoint',
    owners: worst.owners,
    doors: [worst.endpoint],
    doorsTotal: 1,
    doorsOpen: 1,
    checks: [worst.check],
    findings: [worst.fingerprint],
    findingsTotal: 1,
    ...part,
  };
}

const problems: readonly Problem[] = [
  problemOf(gateway, { because: 'the dashboard leads to the cluster https://registry-es.acme.example:9200' }),
  problemOf(finding(), {
    title: `${finding().title} (12 doors)`,
    because: 'cluster uuid 8sWq1TdGQ0q2yWJxkzN0Xw',
    doors: doorFindings.map(({ endpoint: door }) => door),
    doorsTotal: 12,
    doorsOpen: 12,
    findings: doorFindings.map(({ fingerprint }) => fingerprint),
    findingsTotal: 12,
  }),
  problemOf(anonymous),
  problemOf(plainLogin, { owners: [] }),
];

/** An endpoint at a URL that showed nothing of a cluster; `part` changes it. */
function quietAt(url: string, address: string | null, part: Partial<EndpointSummary>): EndpointSummary {
  return endpoint({ ...quiet, endpoint: url, host: new URL(url).hostname, address, ...part });
}

const quiet = {
  access: 'silent',
  proof: 'proved',
  product: null,
  distribution: null,
  version: null,
  versionCertainty: 'unknown',
  clusterName: null,
  clusterUuid: null,
  requests: 0,
} as const;

const guardedEndpoints: readonly EndpointSummary[] = [
  quietAt('https://registry-es.acme.example:9200', '203.0.113.41', {
    target: 'registry',
    owner: 'Customer registry',
    product: 'elasticsearch',
    access: 'guarded',
    state: 'guarded',
    guardedBy: 'product',
    loginSchemes: ['basic', 'api-key'],
    requests: 4,
  }),
  quietAt('http://203.0.113.77:9200', '203.0.113.77', {
    target: 'intranet-search',
    owner: null,
    product: 'elasticsearch',
    access: 'guarded',
    state: 'guarded',
    guardedBy: 'product',
    loginSchemes: ['basic'],
    requests: 3,
  }),
  quietAt('https://search-eu.acme.example:443', '203.0.113.52', {
    target: 'search-eu',
    owner: 'Search',
    product: 'opensearch',
    distribution: 'aws',
    version: '2.11',
    versionCertainty: 'approximate',
    access: 'banner',
    state: 'guarded',
    guardedBy: 'network-policy',
    loginSchemes: ['iam'],
    requests: 5,
  }),
  quietAt('https://bi.acme.example:5601', '203.0.113.60', {
    target: 'bi',
    owner: 'Finance',
    port: 5601,
    product: 'kibana',
    version: '8.15.0',
    access: 'guarded',
    state: 'guarded',
    guardedBy: 'product',
    loginSchemes: ['saml', 'login-page'],
    versionCertainty: 'exact',
    requests: 3,
  }),
];

const otherEndpoints: readonly EndpointSummary[] = [
  quietAt('http://search-old.acme.example:9200', '203.0.113.80', {
    target: 'search-old',
    owner: 'Search',
    state: 'undetermined',
    reason: 'generic-error',
    reasonText: 'a maintenance page (503) that names no product',
    requests: 8,
  }),
  quietAt('http://search-new.acme.example:9200', '203.0.113.81', {
    target: 'search-old',
    owner: 'Search',
    product: 'elasticsearch',
    version: '8.19.2',
    versionCertainty: 'exact',
    state: 'undetermined',
    reason: 'left-in-peace',
    requests: 2,
  }),
  quietAt('http://203.0.113.199:9200', '203.0.113.199', {
    target: 'range',
    owner: 'Security lab',
    product: 'elasticsearch',
    version: '1.4.1',
    versionCertainty: 'exact',
    state: 'decoy',
    reasonText: 'fabricated answers: the node list is the one of a known decoy, and every path answers the same',
    requests: 7,
  }),
  quietAt('http://203.0.113.30:9200', '203.0.113.30', {
    target: 'range',
    owner: null,
    state: 'other-product',
    otherProduct: 'a web site',
    requests: 3,
  }),
  quietAt('http://203.0.113.31:9200', '203.0.113.31', {
    target: 'range',
    owner: null,
    state: 'other-product',
    otherProduct: 'Prometheus',
    requests: 3,
  }),
  ...Array.from({ length: 40 }, (_, i) =>
    quietAt(`http://203.0.113.${100 + i}:9200`, `203.0.113.${100 + i}`, {
      target: 'range',
      owner: null,
      state: 'unreachable',
      reason: i % 3 === 0 ? 'refused' : 'connect-timeout',
    }),
  ),
  quietAt('http://gone.acme.example:9200', null, {
    target: 'old-names',
    owner: null,
    state: 'unreachable',
    reason: 'no-such-name',
  }),
];

const openEndpoints: readonly EndpointSummary[] = [
  endpoint({
    target: 'citizen-portal',
    owner: 'Customer registry',
    endpoint: gateway.endpoint,
    host: 'kibana.acme.example',
    address: '203.0.113.40',
    port: 5601,
    product: 'kibana',
    version: '6.8.23',
    access: 'documents',
    clusterName: 'registry',
    clusterUuid: null,
    findings: [gateway.fingerprint],
    requests: 11,
  }),
  ...doors.map((host, i) =>
    endpoint({
      endpoint: `http://${host}:9200`,
      host,
      address: `203.0.113.${21 + i}`,
      findings: [`cluster-open|${host}|9200|`],
    }),
  ),
  endpoint({
    target: 'logs',
    owner: 'Observability',
    endpoint: anonymous.endpoint,
    host: 'logs.acme.example',
    address: '2001:db8:40::12',
    product: 'opensearch',
    distribution: 'opensearch',
    version: '2.19.4',
    access: 'metadata',
    proof: 'proved',
    clusterName: 'logs',
    findings: [anonymous.fingerprint],
  }),
];

const all = [gateway, ...doorFindings, anonymous, acceptedFinding, plainLogin];
const everywhere = [...openEndpoints, ...guardedEndpoints, ...otherEndpoints];

/** A run from the internet that found the Shanghai pattern, a cluster with twelve endpoints and more. */
export const full = sample(all, everywhere, problems);

function inside(text: string): string {
  return text
    .replace('A stranger on the internet', 'A caller without credentials at 10.20.0.9')
    .replace('a stranger on the internet', 'a caller without credentials at 10.20.0.9');
}

/** The same seen from inside, interrupted. */
export const unfinished = sample(
  all.slice(1).map((one) => ({ ...one, title: inside(one.title), summary: inside(one.summary) })),
  everywhere.slice(1, 40),
  problems.slice(1).map((one) => ({ ...one, title: inside(one.title) })),
  {
    vantage: { name: 'data centre', exposure: 'internal', egress: '10.20.0.9' },
    endedAt: null,
    finished: false,
    ledgerSha256: null,
    gaps: [
      'The run was interrupted after 39 of 61 endpoints.',
      'The control es-control.acme.example:9200 stopped answering at 2026-11-22 20:09:10 UTC.',
    ],
  },
);

/** A run without a finding that counts. */
export const clean = sample([acceptedFinding], [...guardedEndpoints, ...otherEndpoints], []);

/** A run that met only silence. */
export const silent = sample(
  [],
  otherEndpoints.filter(({ state }) => state === 'unreachable'),
  [],
);

/** A run that asked no one, without an engagement. */
export const nothing = sample([], [], [], {
  engagement: {
    ...acme,
    id: 'loopback',
    client: null,
    authorisedBy: null,
    authorisation: null,
    window: null,
    contacts: [],
    loopbackOnly: true,
  },
  vantage: { name: 'this machine', exposure: 'host', egress: null },
  requests: 0,
  connections: 0,
  bytes: 0,
});

/** Texts that a target, or the file of a careless user, may bring along. */
export const hostileTexts = [
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '"><svg onload=alert(3)>',
  "' onmouseover='alert(4)",
  '</style></title></code></pre><base href=//evil.example>',
  'javascript:alert(5)',
  '[click](javascript:alert(6)) ![x](http://evil.example/p.png) <http://evil.example/>',
  'http://evil.example/ www.evil.example mailto:a@evil.example',
  '| a | b |\n|---|---|',
  'back\\slash \\| pipe ` tick `` ticks ``` fence ````',
  '```\n# heading\n- list\n<b>html</b>',
  'name\u202egpj.exe\u2066\u200b\ufeff',
  'line\r\nbreak\u0000\u0007\u001b[31mred\u009b31m\u2028end',
  '=HYPERLINK("http://evil.example","x")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '{{constructor.constructor("alert(7)")()}} ${process.exit(1)} <%= 1 %>',
  '&lt;b&gt; &amp;#x3c;',
  '\ud800 lone surrogate',
  '__proto__',
  `${'n'.repeat(10_000)} long`,
] as const;

const hostileFindings = hostileTexts.map((text, i) =>
  finding({
    target: text,
    targets: [text],
    owner: text,
    owners: [text],
    environment: text,
    endpoint: `http://evil.example:9200/${text}`,
    version: text,
    fingerprint: text,
    title: text,
    summary: text,
    contents: {
      indices: 1,
      documents: 1,
      bytes: 1,
      atLeast: { indices: true, documents: true },
      largest: [{ name: text, documents: 1, bytes: 1, createdAt: text, system: false }],
    },
    copy: null,
    classes: [{ class: 'credential', certainty: 'strong', indices: 1, fields: 1, documents: 1, atLeast: false }],
    looked: { indices: 1, indicesTotal: 1, kinds: 1, kindsTotal: 1 },
    stake: [{ class: 'credential', index: text, fields: [text], fieldsTotal: 1, documents: 1, certainty: 'strong' }],
    also: [text],
    evidence: [evidence(1, { url: text, excerpt: text, shows: text, sha256: text, failure: text, status: null })],
    since: onlySeen(text),
    remedy: { steps: [{ text, code: text }], verify: { command: text, expect: text } },
    cwe: text,
    references: [text, `https://evil.example/${text}`],
    accepted: i % 5 === 4 ? { reason: text, approvedBy: text, until: text } : null,
    problem: text,
  }),
);

const hostileEndpoints = hostileTexts.flatMap((text) =>
  states.map((state) =>
    endpoint({
      state,
      target: text,
      owner: text,
      endpoint: text,
      host: text,
      address: text,
      version: text,
      otherProduct: text,
      product: state === 'other-product' ? null : 'elasticsearch',
      reason: state === 'unreachable' ? 'refused' : null,
      reasonText: text,
      guardedBy: state === 'guarded' ? text : null,
      loginSchemes: [text],
      clusterName: text,
      clusterUuid: text,
    }),
  ),
);

/** Every text of it is hostile. */
export const hostile = sample(
  hostileFindings,
  hostileEndpoints,
  hostileFindings.map((one) => problemOf(one, { because: one.title, checks: [one.title], doors: [one.title] })),
  {
    engagement: {
      ...acme,
      id: hostileTexts[0],
      client: { name: hostileTexts[3], legalEntity: hostileTexts[10] },
      authorisedBy: { name: hostileTexts[1], role: hostileTexts[5], capacity: 'owner', email: 'javascript:alert(8)' },
      authorisation: { reference: hostileTexts[9], signedOn: hostileTexts[0], documentSha256: hostileTexts[0] },
      contacts: hostileTexts.map((text) => ({ name: text, email: text, phone: text })),
    },
    vantage: { name: hostileTexts[0], exposure: 'internet', egress: hostileTexts[1] },
    gaps: [...hostileTexts],
    userAgent: hostileTexts[0],
    declared: {
      scopeInclude: [...hostileTexts],
      scopeExclude: [...hostileTexts],
      targets: 1,
      names: [...hostileTexts],
      ports: [9200],
      paths: [...hostileTexts],
    },
  },
);

/** Every sample, by name. */
/** The clean one, of which three more endpoints were declared and not asked. */
export const notAllAsked: Sample = {
  ...clean,
  head: {
    ...clean.head,
    summary: {
      ...clean.head.summary,
      endpoints: clean.head.summary.endpoints + 3,
      states: { ...clean.head.summary.states, undetermined: clean.head.summary.states.undetermined + 3 },
      notAsked: { window: 2, blackout: 1, blackoutOwners: ['Night team'] },
    },
  },
};

/** What every format says of {@link notAllAsked}. */
export const notAllAskedWords =
  "3 endpoints were not tested, 2 because the engagement's window closed and 1 because blackout hours of Night team lasted to the end of the run; nothing is known about them.";

export const samples: Readonly<Record<string, Sample>> = { full, unfinished, clean, silent, nothing, hostile };

/** A list as a stream that can be begun again. */
export function stream<Item>(items: readonly Item[]): () => AsyncIterable<Item> {
  return async function* () {
    for (const item of items) {
      await Promise.resolve();
      yield item;
    }
  };
}
