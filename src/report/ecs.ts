// Documents of the Elastic Common Schema (ECS): what the `ecs` format writes and `leftopen send` sends.
import { productNames } from '../model/endpoint.js';
import type { EndpointSummary, Finding, ReportHead, RunInfo, Severity } from '../model/finding.js';
import type { Changes } from '../model/history.js';
import { endpointId, idOf } from './ids.js';
import { numberedSteps } from './steps.js';
import type { Texts } from './texts/en.js';
import { seenFromNames } from './vantages.js';

/** Version of ECS whose field names are used. */
export const ecsVersion = '8.17.0';

/** The data streams of a run, by Elastic's naming (`TYPE-DATASET-NAMESPACE`). */
export const datasets = ['finding', 'endpoint', 'run'] as const;

/** One of {@link datasets}. */
export type Dataset = (typeof datasets)[number];

/** Name of a data stream. A namespace is lower case, without `-`, 100 bytes at most. */
export function dataStream(dataset: Dataset, namespace: string): string {
  return `logs-leftopen.${dataset}-${namespace}`;
}

/** A document with the id it is created under: sending it twice makes one document. */
export interface EcsDocument {
  readonly dataset: Dataset;
  /** SHA-256 (hex) of run, vantage and what the document is about. */
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}

/** Elastic's own scale for `event.severity` and `event.risk_score` (Elastic Security, "risk score" of rules). */
const riskScores = { critical: 99, high: 73, medium: 47, low: 21, info: 1 } as const satisfies Record<Severity, number>;

type Fields = Readonly<Record<string, unknown>>;

/**
 * A document of a run: what all of them have, and what one has of its own.
 *
 * @param about what it is about, unique in the run
 * @param event `event.*`, without what all documents have of it
 * @param leftopen `leftopen.*`, without the run
 */
function documentOf(
  run: RunInfo,
  namespace: string,
  {
    dataset,
    about,
    at,
    event,
    leftopen,
    ...own
  }: Fields & {
    readonly dataset: Dataset;
    readonly about: string;
    readonly at: string;
    readonly event: Fields;
    readonly leftopen: Fields;
  },
): EcsDocument {
  const { id, engagement, vantage, shard, startedAt, redacted, tool } = run;
  const product = 'leftopen';
  return {
    dataset,
    id: idOf([id, engagement.id, vantage.name, about]),
    source: {
      '@timestamp': at,
      ecs: { version: ecsVersion },
      data_stream: { type: 'logs', dataset: `leftopen.${dataset}`, namespace },
      observer: { vendor: product, product, type: 'scanner', version: tool.version, name: vantage.name },
      event: { module: product, dataset: `leftopen.${dataset}`, provider: product, ...event },
      ...own,
      leftopen: {
        run: {
          id,
          engagement: engagement.id,
          vantage: vantage.name,
          exposure: vantage.exposure,
          ...(shard !== undefined && { shard }),
          started_at: startedAt,
          ...(redacted !== undefined && { redacted }),
        },
        ...leftopen,
      },
    },
  };
}

/** `service.*` of a product; nothing where it is not known. */
function service({ product, version }: Pick<EndpointSummary, 'product' | 'version'>): Fields {
  return product === null
    ? {}
    : { service: { type: product, name: productNames[product], ...(version && { version }) } };
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || /^[\d.]+$/.test(host);
}

/** `url.*`, `host.*`, `related.*` of an endpoint. */
function place(endpoint: string, address: string | null): Fields {
  if (!URL.canParse(endpoint)) return { url: { full: endpoint } };
  const url = new URL(endpoint);
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const named = !isAddress(url.hostname);
  const ip = address === null || address === '' ? [] : [address];
  return {
    url: {
      full: endpoint,
      scheme: url.protocol.slice(0, -1),
      domain: name,
      port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
      path: url.pathname,
    },
    host: { name, hostname: name, ...(ip.length > 0 && { ip }) },
    related: { ...(named && { hosts: [name] }), ...(ip.length > 0 && { ip }) },
  };
}

/** A finding, as `logs-leftopen.finding-*` takes it. */
export function findingDocument({ run }: ReportHead, finding: Finding, namespace: string, t: Texts): EcsDocument {
  const { severity, check, cvss, remedy, since, contents, product, accepted } = finding;
  const at = run.endedAt ?? run.startedAt;
  const [first] = finding.references;
  const reference = first === undefined ? {} : { reference: first };
  return documentOf(run, namespace, {
    dataset: 'finding',
    about: `finding ${finding.id}`,
    at,
    event: {
      kind: 'state',
      category: [check === 'known-vulnerability' ? 'vulnerability' : 'configuration'],
      type: ['info'],
      id: finding.id,
      outcome: 'failure',
      severity: riskScores[severity],
      risk_score: riskScores[severity],
      created: at,
      start: since.seenOpenSince,
      ...reference,
    },
    message: `${finding.title} (${finding.endpoint})`,
    rule: {
      id: check,
      uuid: idOf(['leftopen check', check]).slice(0, 32),
      name: check,
      category: 'exposure',
      description: finding.summary,
      ...reference,
      remediation: numberedSteps(remedy, t, (code) => `\n${code}`).join('\n'),
    },
    result: { evaluation: 'failed' },
    resource: { id: finding.endpoint, name: finding.target, type: 'endpoint', sub_type: product ?? 'unknown' },
    vulnerability: {
      severity,
      description: finding.title,
      category: ['exposure'],
      classification: 'CVSS',
      score: { base: cvss.v4.score, version: '4.0' },
      scanner: { vendor: 'leftopen' },
      report_id: run.id,
      ...reference,
    },
    ...place(finding.endpoint, finding.address),
    ...service(finding),
    tags: ['leftopen', check],
    leftopen: {
      fingerprint: finding.fingerprint,
      severity,
      severity_row: finding.severityRow,
      owner: finding.owner,
      owners: finding.owners,
      target: finding.target,
      environment: finding.environment,
      state: finding.state,
      access: finding.access,
      proof: finding.proof,
      ...(finding.seenFrom !== undefined && { seen_from: seenFromNames(finding) }),
      problem: finding.problem,
      accepted: accepted !== null,
      accepted_by: accepted?.approvedBy ?? null,
      accepted_until: accepted?.until ?? null,
      accepted_reason: accepted?.reason ?? null,
      data_classes: finding.classes.map((each) => each.class),
      indices: contents?.indices ?? null,
      documents: contents?.documents ?? null,
      bytes: contents?.bytes ?? null,
      configured_open_since: since.configuredOpenSince,
      seen_open_since: since.seenOpenSince,
      status: finding.history?.status ?? 'new',
      first_seen: finding.history?.firstSeen ?? run.startedAt,
      days_open: finding.history?.daysOpen ?? 0,
      cwe: finding.cwe,
      cvss4: cvss.v4.vector,
      cvss31: cvss.v31.vector,
    },
  });
}

/** An endpoint, as `logs-leftopen.endpoint-*` takes it. */
export function endpointDocument({ run }: ReportHead, endpoint: EndpointSummary, namespace: string): EcsDocument {
  const id = endpointId(endpoint);
  return documentOf(run, namespace, {
    dataset: 'endpoint',
    about: `endpoint ${id}`,
    at: endpoint.at,
    event: {
      kind: 'state',
      category: ['host'],
      type: ['info'],
      id,
      outcome: endpoint.state === 'undetermined' ? 'unknown' : endpoint.findings.length > 0 ? 'failure' : 'success',
    },
    message: `${endpoint.endpoint}: ${endpoint.state}`,
    ...place(endpoint.endpoint, endpoint.address),
    ...service(endpoint),
    tags: ['leftopen'],
    leftopen: {
      owner: endpoint.owner,
      target: endpoint.target,
      state: endpoint.state,
      access: endpoint.access,
      proof: endpoint.proof,
      reason: endpoint.reason,
      guarded_by: endpoint.guardedBy,
      other_product: endpoint.otherProduct,
      ...(endpoint.vantages !== undefined && {
        open_from: endpoint.vantages.filter(({ state }) => state === 'open').map(({ vantage }) => vantage),
      }),
      ...(endpoint.contradictions !== undefined && { contradictions: endpoint.contradictions }),
      cluster: { name: endpoint.clusterName, uuid: endpoint.clusterUuid },
      requests: endpoint.requests,
      findings_total: endpoint.findings.length,
    },
  });
}

/** Findings that count, by status. */
function countsOf({ findings }: Changes): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(findings).map(([status, bySeverity]) => [
      status,
      Object.values(bySeverity).reduce((a, b) => a + b, 0),
    ]),
  );
}

/** The run itself, as `logs-leftopen.run-*` takes it. */
export function runDocument(
  { run, summary, problemsTotal, changes }: ReportHead,
  namespace: string,
  t: Texts,
): EcsDocument {
  const complete = run.finished && run.gaps.length === 0;
  return documentOf(run, namespace, {
    dataset: 'run',
    about: 'run',
    at: run.endedAt ?? run.startedAt,
    event: {
      kind: 'event',
      category: ['process'],
      type: ['end'],
      id: run.id,
      outcome: complete ? 'success' : 'unknown',
      start: run.startedAt,
      ...(run.endedAt === null
        ? {}
        : { end: run.endedAt, duration: (Date.parse(run.endedAt) - Date.parse(run.startedAt)) * 1e6 }),
    },
    message: t.ecs.run(run.id, run.engagement.id, run.vantage.name, complete),
    tags: ['leftopen'],
    leftopen: {
      complete,
      gaps: run.gaps,
      endpoints: summary.endpoints,
      states: summary.states,
      findings: summary.findings,
      accepted_total: summary.accepted,
      problems_total: problemsTotal,
      changes: { since: changes.baseline?.startedAt ?? null, ...countsOf(changes), gone: changes.gone },
      requests: run.requests,
      ...(run.sources !== undefined && { sources: run.sources.map((source) => source.run) }),
      ledger_sha256: run.ledgerSha256,
    },
  });
}

/** All documents of a run, streamed: findings, endpoints, then the run: where it arrived, everything did. */
export async function* ecsDocuments(
  head: ReportHead,
  findings: () => AsyncIterable<Finding>,
  endpoints: () => AsyncIterable<EndpointSummary>,
  namespace: string,
  t: Texts,
): AsyncGenerator<EcsDocument, void, void> {
  for await (const finding of findings()) yield findingDocument(head, finding, namespace, t);
  for await (const endpoint of endpoints()) yield endpointDocument(head, endpoint, namespace);
  yield runDocument(head, namespace, t);
}
