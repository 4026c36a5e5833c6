// The line of the record about one endpoint.
import { parseBanner } from '../catalogue/banner.js';
import type { JudgeContext } from '../model/check.js';
import { rungs, type State } from '../model/endpoint.js';
import { spokenProtocol, type EndpointRecord } from '../model/exchange.js';
import { severities, type EndpointSummary, type Severity } from '../model/finding.js';
import type { Observations } from '../model/observation.js';
import type { JudgedFinding } from './finding.js';
import { sharedTexts } from './language.js';
import { natural } from './natural.js';
import type { SharedTexts } from './texts/en.js';
import { reachedCluster } from './observed.js';
import { paragraph } from './words.js';

/** The record's line about one endpoint. */
export function summaryOf(
  record: EndpointRecord,
  observations: Observations,
  found: readonly JudgedFinding[],
  undetermined: EndpointSummary['undetermined'],
  context: JudgeContext,
): EndpointSummary {
  const { endpoint, identity, access, targets } = observations;
  const cluster = reachedCluster(observations);
  const texts = sharedTexts(context);
  return {
    target: targets[0] ?? '',
    targets,
    owner: context.targets.get(targets[0] ?? '')?.owner ?? null,
    endpoint: observations.url,
    host: endpoint.host,
    address: endpoint.address,
    port: endpoint.port,
    product: identity.orItsFork === true ? null : identity.product,
    distribution: identity.distribution,
    version: identity.version.number,
    versionCertainty: identity.version.certainty,
    otherProduct: identity.otherProduct === null ? null : texts.endpoint.otherProduct(identity.otherProduct),
    access: access.rung,
    state: access.state,
    proof: access.proof,
    reason: access.reason,
    reasonText:
      access.state === 'decoy' ? givenAway(record, observations, texts) : reasonOf(record, observations, texts),
    guardedBy: access.guardedBy,
    loginSchemes: access.loginSchemes,
    clusterName: cluster?.name ?? null,
    clusterUuid: cluster?.uuid ?? null,
    mixed: access.mixed,
    connections: observations.connections,
    clientCertificate: observations.transport.tls?.clientCertificate ?? false,
    at: observations.at,
    requests: record.exchanges.reduce((sum, exchange) => sum + (exchange.request > 0 ? 1 : 0), 0),
    undetermined,
    findings: found.map(({ finding }) => finding.fingerprint),
  };
}

/** Why, in words, and the protocol that was spoken in place of HTTP, where its first bytes showed which. */
function reasonOf(
  { exchanges }: EndpointRecord,
  { access }: Observations,
  { reasons, endpoint }: SharedTexts,
): string | null {
  if (access.reason === null) return null;
  const details = exchanges.map(({ outcome }) =>
    outcome.kind === 'failure' && outcome.failure === access.reason ? outcome.detail : '',
  );
  const protocol = details.flatMap((detail) => spokenProtocol(detail) ?? [])[0];
  const why = reasons[access.reason];
  return protocol === undefined ? why : endpoint.spokenThere(why, protocol);
}

/** What a decoy says that it is, and the signs by which we know better. */
function givenAway(record: EndpointRecord, { authenticity }: Observations, { endpoint }: SharedTexts): string {
  const banner = record.exchanges.flatMap(({ outcome }) =>
    outcome.kind === 'answer' && outcome.body.kind === 'json' ? (parseBanner(outcome.body.value) ?? []) : [],
  )[0];
  const vendor = banner?.version.distribution === 'opensearch' ? 'OpenSearch' : 'Elasticsearch';
  return paragraph(
    banner === undefined ? null : endpoint.posesAs(vendor, banner.version.number),
    endpoint.tells(authenticity.tells.slice(0, 5)),
  );
}

const stateOrder: readonly State[] = ['open', 'undetermined', 'guarded', 'decoy', 'other-product', 'unreachable'];

/** Sort key of endpoints, worst first: their worst finding that was not accepted, then state, rung and address. */
export function endpointRank(summary: EndpointSummary, found: readonly JudgedFinding[]): string {
  return [
    worst(found),
    stateOrder.indexOf(summary.state),
    rungs.length - rungs.indexOf(summary.access),
    natural(summary.endpoint),
    natural(summary.address ?? ''),
  ].join(' ');
}

function worst(found: readonly JudgedFinding[]): number {
  return found.reduce<number>(
    (least, { finding }) => (finding.accepted === null ? Math.min(least, severityIndex(finding.severity)) : least),
    severities.length,
  );
}

function severityIndex(severity: Severity): number {
  return severities.indexOf(severity);
}
