// What is at stake by how far a caller gets, and the questions that decide it.
import { clusterQuestions as verdictQuestions } from '../reading/cluster-answers.js';
import { isSensitive } from '../knowledge/field-classes.js';
import type { QuestionId } from '../model/question.js';
import type { sensitivities, Stake } from '../model/check.js';
import type { AccessReason, EvidenceRefs, Observations, Tri } from '../model/observation.js';
import { questionsOfTopics } from './topics.js';
import { reachedCluster, recordsIn } from './observed.js';

/** What is at stake where something is reached, read off the ladder. */
export function stakeOfReach(observations: Observations, kind: 'reach' | 'gateway' = 'reach'): Stake {
  const { access, dashboard } = observations;
  return {
    kind,
    rung: access.rung,
    documents: access.reaches.documents,
    data: dataThere(observations),
    sensitivity: sensitivityOf(observations),
    through: dashboard === null ? 'cluster' : 'dashboard',
    incident: observations.traces?.incident ?? 'none',
  };
}

/** Whether the cluster that is reached contains documents of the user's. A listing that was cut short proves no emptiness. */
export function dataThere(observations: Observations): Tri {
  const cluster = reachedCluster(observations);
  if (cluster === null) return 'unknown';
  const { indices, totals, searchPermittedOn } = cluster;
  if (indices !== null) {
    if (indices.documents > 0 || (searchPermittedOn?.documents ?? 0) > 0) return 'yes';
    // Where records were not counted, an index of the user's may hold some.
    if (!indices.complete || recordsIn(indices) === null) return 'unknown';
    // A caller with an identity may be shown only a part.
    return observations.access.caller.login === 'absent' || searchPermittedOn === null ? 'no' : 'unknown';
  }
  if ((searchPermittedOn?.documents ?? 0) > 0) return 'yes';
  return totals.documents === 0 ? 'no' : 'unknown';
}

/** What the names of fields speak of. Uncertain names raise nothing, and names that were not shown exclude nothing. */
function sensitivityOf({ fields }: Observations): (typeof sensitivities)[number] {
  const certain = fields?.totals.filter(({ certainty }) => certainty === 'strong') ?? [];
  if (certain.some((found) => isSensitive(found.class))) return 'sensitive';
  if (certain.length > 0) return 'personal';
  return fields?.complete === true && fields.totals.length === 0 ? 'none' : 'unknown';
}

/** Why a verdict about access could not be reached. */
export function rungReason({
  access,
  cut,
  cluster,
}: Observations): AccessReason | 'reach-not-shown' | 'genuineness-untestable' {
  const why = access.reason ?? cut;
  const lists = (cluster?.indices?.total ?? 0) > 0;
  return why === 'not-authenticated-as-genuine' && lists ? 'genuineness-untestable' : (why ?? 'reach-not-shown');
}

/** Every exchange that shows who answers, how far a caller gets, and what is there. */
export function reachEvidence({
  identity,
  access,
  cluster,
  dashboard,
  fields,
  authenticity,
}: Observations): EvidenceRefs {
  const inner = dashboard?.cluster ?? null;
  return [
    ...identity.evidence,
    ...access.evidence,
    ...access.caller.evidence,
    ...[cluster, inner].flatMap((facts) => [
      ...(facts?.indices?.evidence ?? []),
      ...(facts?.searchPermittedOn?.evidence ?? []),
    ]),
    ...(dashboard?.contentsEvidence ?? []),
    ...(dashboard?.backend.evidence ?? []),
    ...(dashboard?.dataSourcesEvidence ?? []),
    ...(dashboard?.repositories?.evidence ?? []),
    ...(inner?.evidence ?? []),
    ...(fields?.evidence ?? []),
    ...authenticity.evidence,
  ];
}

/** Whether a dashboard lets the caller in as a guest or an anonymous user, and not because it has no login. */
export function isGuest({ access, dashboard }: Observations): boolean {
  return access.caller.login === 'anonymous' || dashboard?.login === 'guest-offered';
}

/** The questions that decide how far a caller gets in a cluster. */
export const clusterQuestions: readonly QuestionId[] = [...verdictQuestions, 'own-privileges'];

/** Asked of open endpoints besides the verdict: a denial of one is shown where the wall has holes. */
export const besideQuestions: readonly QuestionId[] = ['cluster-settings', 'index-blocks', ...questionsOfTopics];

/** The questions that show by names of fields what a cluster contains: they weigh a finding and decide none. */
export const clusterFieldQuestions = ['mapping', 'mapping-more', 'field-caps'] as const;

/** The questions that decide how far a caller gets through a dashboard. */
export const dashboardQuestions = [
  'root',
  'dashboard-status',
  'dashboard-unknown-path',
  'kibana-unknown-space',
  'dashboard-unknown-object',
  'dashboard-unknown-parameter',
  'kibana-login-state',
  'kibana-spaces',
  'dashboard-saved-objects',
  'dashboard-saved-objects-total',
  'kibana-data-views',
  'kibana-index-management',
  'dashboards-index-management',
  'dashboard-resolve-index',
  'kibana-proxy-banner',
  'kibana-proxy-cat-indices',
  'kibana-proxy-unknown-index',
  'kibana-proxy-count',
  'kibana-proxy-cat-index-counts',
  'kibana-resolve-index-internal',
  'kibana-config-js',
  'dashboard-stats',
  'dashboards-cat-indices',
  'kibana-console-config',
  'dashboards-console-config',
  'dashboards-data-sources',
  'dashboards-data-source-indices',
  'kibana-login-page',
  'dashboards-login-page',
  'kibana-guest-session',
  'dashboards-guest-session',
  'kibana-guest',
  'dashboards-guest',
  'kibana-guest-logout',
  // a wall on the root page: the dashboard shows itself on a path of the cluster's
  'cat-indices',
  // the second kind of listers next to a login, which denies it
  'index-aliases',
] as const;

/** The questions that decide who answers and how far a caller gets, whatever the endpoint is. */
export const accessQuestions: readonly QuestionId[] = [...new Set([...clusterQuestions, ...dashboardQuestions])];

/** The same through a dashboard. */
export const dashboardFieldQuestions = [
  'kibana-proxy-mapping',
  'dashboard-fields',
  'dashboard-all-fields',
  'dashboards-mapping',
  'kibana-index-mapping',
  'kibana-data-view',
] as const;

/** What is asked of single indices, and of the cluster, behind an open dashboard: it weighs a finding and decides none. */
export const dashboardDetailQuestions = [
  'kibana-index-settings',
  'kibana-index-stats',
  'dashboards-index-settings',
  'kibana-snapshot-repositories',
] as const;
