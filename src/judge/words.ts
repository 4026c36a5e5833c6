// Sentences that findings share.
import { reasonWords } from '../text/reasons.js';
import type { JudgeContext } from '../model/check.js';
import { productNames } from '../model/endpoint.js';
import { allIndices, dataClassLabels } from '../model/observation.js';
import type {
  ClassTotal,
  ClusterFacts,
  FieldsFacts,
  IndicesFacts,
  InFront,
  Observations,
} from '../model/observation.js';
import { count, counted, moment, names, paragraph, said, size } from '../text/words.js';

export { count, counted, moment, names, paragraph, said, tlsNames } from '../text/words.js';

/** The caller, for the middle of a sentence: "a stranger" only where the internet was the vantage. */
export function caller(context: JudgeContext): string {
  if (context.asHolder === true)
    return `a holder of the client certificate ${context.vantage.exposure === 'internet' ? 'on the internet' : `at ${context.vantage.egress ?? context.vantage.name}`}`;
  if (context.vantage.exposure === 'internet') return 'a stranger on the internet';
  return `a caller without credentials at ${context.vantage.egress ?? context.vantage.name}`;
}

/** {@link caller} at the beginning of a sentence. */
export function Caller(context: JudgeContext): string {
  const words = caller(context);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What must be said where the caller was not a stranger on the internet; null where it was. */
export function untestedNote(context: JudgeContext): string | null {
  const shown =
    'It requested a client certificate, and we presented the one in the targets file; access without one was not tested.';
  const from = {
    internet: null,
    partner: ["Tested from a partner's network", 'the internet was not tested'],
    internal: ['Tested from an internal network', 'the internet was not tested'],
    host: ['Tested from the machine itself', 'no network was tested'],
  } as const;
  const parts = from[context.vantage.exposure];
  const where = parts === null ? null : `${context.alsoFromOutside === true ? parts[0] : parts.join('; ')}.`;
  return context.asHolder === true ? paragraph(shown, where) : where;
}

/** The name of a fork that is neither Elasticsearch nor OpenSearch, or null. */
export function namedFork({ identity }: Observations): string | null {
  return identity.orItsFork === true ? identity.otherProduct : null;
}

/** "Elasticsearch 7.17.9", with the certainty where it is not exact; "a server" where nothing is known. */
export function productAndVersion(observations: Observations): string {
  const { product, version, orItsFork } = observations.identity;
  if (product === null) return 'a server';
  const fork = namedFork(observations);
  if (fork !== null) return version.number === null ? fork : `${fork} ${version.number}`;
  if (orItsFork === true) return 'Elasticsearch or OpenSearch (which of the two was not shown)';
  const name = productNames[product];
  if (version.number === null || version.certainty === 'unknown') return `${name} (version not shown)`;
  if (version.certainty === 'placeholder') return `${name} (reports ${version.number}, which is a placeholder)`;
  return version.certainty === 'approximate' ? `${name} (${version.number} or later)` : `${name} ${version.number}`;
}

/** The cluster's name in backticks, or null. */
export function clusterName(cluster: ClusterFacts | null): string | null {
  const name = cluster?.name ?? null;
  return name === null ? null : said(name);
}

/** The cluster that is reached: the endpoint's own, or the one seen through the dashboard. */
export function reachedCluster(observations: Observations): ClusterFacts | null {
  return observations.cluster ?? observations.dashboard?.cluster ?? null;
}

/** Documents in the user's indices; null where they were listed without counts (a wildcard resolved, aliases). */
export function recordsIn(indices: IndicesFacts): number | null {
  const own = indices.total - indices.system;
  if (indices.documents > 0 || own === 0) return indices.documents;
  return indices.uncounted === 0 && indices.list.some((index) => !index.system) ? 0 : null;
}

/** Which totals of a listing are lower bounds: it was cut, or some of the user's indices gave no count. */
export function lowerBounds({ complete, uncounted }: IndicesFacts): {
  readonly indices: boolean;
  readonly documents: boolean;
} {
  return { indices: !complete, documents: !complete || uncounted > 0 };
}

/** Whether the sizes of a listing add up to a lower bound: it was cut, or an index with documents has no size. */
export function sizesMissing(indices: IndicesFacts): boolean {
  return (
    lowerBounds(indices).documents ||
    indices.list.some(({ system, bytes, documents }) => !system && (bytes ?? 0) === 0 && (documents ?? 0) > 0)
  );
}

/**
 * Documents and indices of the user's, as a phrase: "12 indices with 3,400 documents (1.2 GB)"; null where nothing was listed.
 */
export function contentsPhrase(cluster: ClusterFacts | null): string | null {
  if (cluster === null) return null;
  const { indices, totals } = cluster;
  if (indices !== null) {
    const own = indices.total - indices.system;
    if (own === 0)
      return indices.total === 0
        ? 'no index'
        : `${counted(indices.system, 'index', 'indices')} of its own and none of the user's`;
    const records = recordsIn(indices);
    // Whose the indices are that were not shown is not known.
    const list = indices.complete
      ? counted(own, 'index', 'indices')
      : `at least ${counted(indices.total, 'index', 'indices')} (its own included)`;
    if (records === null)
      return totals.documents === null
        ? `${list} whose documents were not counted`
        : `${list}, in a cluster with ${counted(totals.documents, 'document', 'documents')} in all (its own included)`;
    return `${list} with ${lowerBounds(indices).documents ? 'at least ' : ''}${counted(records, 'document', 'documents')}${indices.bytes > 0 ? ` (${sizesMissing(indices) ? 'at least ' : ''}${size(indices.bytes)})` : ''}`;
  }
  if (totals.documents !== null && totals.indices !== null)
    return `${counted(totals.indices, 'index', 'indices')} with ${counted(totals.documents, 'document', 'documents')} in all (its own included)`;
  if (totals.indices !== null) return `${counted(totals.indices, 'index', 'indices')} in all (its own included)`;
  return totals.documents === null ? null : `${counted(totals.documents, 'document', 'documents')} in all`;
}

/** What must be said of answers from several backends; null where they agree. */
export function mixedNote(observations: Observations): string | null {
  return observations.access.mixed
    ? 'Several backends respond at this address and do not agree: at least one of them responds as described here.'
    : null;
}

/** What must be said of a survey that was cut short; null where it ran to its end. */
export function cutNote(observations: Observations): string | null {
  return observations.cut === null
    ? null
    : `The test of this endpoint ended early (${reasonWords[observations.cut]}); everything after that is unknown.`;
}

const inFront: Readonly<Record<InFront, string>> = {
  'query-lost': 'A proxy in front of it drops the query of a request.',
  cached: 'Some responses came out of a cache in front of it.',
  'errors-replaced': 'A proxy in front of it replaces its error messages with web pages.',
  'agent-denied': 'A proxy in front of it denies requests by their User-Agent: under that of a browser it responded.',
  'errors-as-success': 'A proxy in front of it turns its errors into successful responses.',
};

/** What something in front of the server was seen to do to requests and responses; null where nothing was seen. */
export function inFrontNote({ authenticity }: Observations): string | null {
  return authenticity.inFront.length === 0 ? null : authenticity.inFront.map((what) => inFront[what]).join(' ');
}

/** The notes that end every summary. */
export function closingNotes(observations: Observations, context: JudgeContext): readonly (string | null)[] {
  return [inFrontNote(observations), mixedNote(observations), cutNote(observations), untestedNote(context)];
}

/** "an Elasticsearch cluster", "an OpenSearch cluster", "an Elasticsearch or OpenSearch cluster", "a cluster". */
export function aCluster(observations: Observations): string {
  const { product, orItsFork } = observations.identity;
  const fork = namedFork(observations);
  if (fork !== null) return `a cluster of ${fork}`;
  if (orItsFork === true) return 'an Elasticsearch or OpenSearch cluster';
  return product === 'elasticsearch' || product === 'opensearch' ? `an ${productNames[product]} cluster` : 'a cluster';
}

/** "a Kibana instance", "an OpenSearch Dashboards instance", "a dashboard". */
export function aDashboard(observations: Observations): string {
  switch (observations.identity.product) {
    case 'kibana':
      return 'a Kibana instance';
    case 'opensearch-dashboards':
      return 'an OpenSearch Dashboards instance';
    default:
      return 'a dashboard';
  }
}

/** "On TIME, URL responded to CALLER as PRODUCT VERSION, cluster `NAME`." */
export function answeredAs(observations: Observations, context: JudgeContext): string {
  const name = clusterName(observations.cluster);
  return `On ${moment(observations.at)}, ${observations.url} responded to ${caller(context)} as ${productAndVersion(observations)}${name === null ? '' : `, cluster ${name}`}.`;
}

/**
 * The user that a cluster reports the caller to be, though it has a login and no credentials were sent: something in front
 * adds them. Null where it reports an anonymous user or none, and where our client certificate may be the reason.
 */
export function loggedInAs({ access, dashboard, transport }: Observations): string | null {
  if (access.state !== 'open' || dashboard !== null || transport.tls?.clientCertificate === true) return null;
  return access.caller.login === 'required' && access.caller.user !== '' ? access.caller.user : null;
}

/** Whether a dashboard that has a login of its own let the caller past it: something in front logs every caller in. */
export function letPastLogin({ access, dashboard }: Observations): boolean {
  return access.state === 'open' && dashboard?.login === 'asked' && !access.mixed;
}

/** Who a cluster that has a login reports us to be, as sentences; null where that is an anonymous user, or none. */
export function calledUser(observations: Observations): string | null {
  const { login, user, roles } = observations.access.caller;
  if (login !== 'required' || user === null || user === '') return null;
  const which = names(roles, 5);
  return paragraph(
    `It reports that we are its user ${said(user)}${which === null ? '' : `, with the ${roles.length === 1 ? 'role' : 'roles'} ${which}`}.`,
    loggedInAs(observations) === null
      ? null
      : 'We sent no credentials. Its login is on, so something in front of it must add credentials to every request.',
  );
}

/** What the cluster holds, with its largest indices; null where nothing was shown. */
export function holds(cluster: ClusterFacts | null, how: string): string | null {
  const contents = contentsPhrase(cluster);
  if (contents === null) return null;
  const indices = cluster?.indices ?? null;
  const list = indices === null ? [] : indices.list.filter((index) => !index.system).map((index) => index.name);
  const named = names(list, 5, indices?.complete === true ? indices.total - indices.system : list.length);
  const which = indices !== null && recordsIn(indices) === null ? 'among them' : 'the largest';
  return `${how} ${contents}${named === null ? '' : `; ${which}: ${named}`}.`;
}

/** That a count was permitted, and that no document was read; null where none was. */
export function searched(cluster: ClusterFacts | null): string | null {
  const permitted = cluster?.searchPermittedOn ?? null;
  if (permitted === null) return null;
  const found = permitted.documents === null ? '' : ` (${counted(permitted.documents, 'document', 'documents')})`;
  return `Shown: we were allowed to count the documents of ${said(permitted.index)}${found}, which requires the privilege to search. No document was read.`;
}

/** Indices on which a search was denied while the rest was not: names in the paths that were denied. */
export function searchRefusedOn({ refused }: Observations): readonly string[] {
  return refused.paths.flatMap((path) => {
    const name = /\/([^/]+)\/_count$/.exec(path)?.[1];
    return name === undefined ? [] : [unescaped(name)];
  });
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Paths other than searches that were denied while others were not: what is in front has gaps. */
export function wallsOf({ refused }: Observations): readonly string[] {
  return refused.paths.filter((path) => !path.endsWith('/_count'));
}

/** {@link wallsOf} as a sentence; null where nothing was denied. */
export function holesInWall(observations: Observations): string | null {
  const list = names(wallsOf(observations), 5);
  if (list === null) return null;
  const denied = observations.access.loginSchemes.length > 0 ? 'requires a login' : 'denied access';
  const rest =
    searchRefusedOn(observations).length > 0
      ? 'Apart from that, it denied only searches of some indices.'
      : 'It denied no other path that we tried.';
  return `It ${denied} at ${list} only. ${rest}`;
}

/** What field names suggest, as sentences; null where none was shown. That names prove nothing is said wherever this is. */
export function fieldsSpeakOf({ fields }: Observations): string | null {
  if (fields === null) return null;
  const certain = fields.totals.filter(({ certainty }) => certainty === 'strong');
  const perhaps = fields.totals.filter(({ certainty }) => certainty === 'weak');
  const strong = fields.classes.filter(({ certainty }) => certainty === 'strong');
  const all = fields.indices.includes(allIndices);
  const where = all ? 'over all indices' : names([...new Set(strong.map(({ index }) => index))], 5);
  const asked = all ? 'of all indices' : `of ${counted(fields.indices.length, 'index', 'indices')}`;
  if (certain.length === 0 && perhaps.length === 0)
    return paragraph(
      `The field names ${asked} that we were shown do not suggest personal data. That does not prove that there is none.`,
      lookedAt(fields),
    );
  return paragraph(
    certain.length === 0
      ? `Field names ${asked} may indicate ${labels(perhaps)}; such names are used for other things too.`
      : `Field names suggest ${labels(certain)} (${all ? '' : 'in '}${where ?? asked})${perhaps.length === 0 ? '' : `, and possibly ${labels(perhaps)}`}.`,
    lookedAt(fields),
    'We read no document. Treat the contents as personal data until you have verified otherwise.',
  );
}

/** How many of how many kinds of indices were looked at, where it was not all of them; null where it was, or is not known. */
function lookedAt({ looked: { kinds, kindsTotal, indices, indicesTotal } }: FieldsFacts): string | null {
  if (kindsTotal !== null && kinds < kindsTotal)
    return `Indices whose names differ only in dates or numbers count once: we looked at the fields of ${count(kinds)} of ${counted(kindsTotal, 'name', 'names')}; the others may hold more.`;
  if (kindsTotal === null && indicesTotal !== null && indices < indicesTotal)
    return `We looked at the fields of ${count(indices)} of ${counted(indicesTotal, 'index', 'indices')}; the others may hold more.`;
  return null;
}

function labels(classes: readonly ClassTotal[]): string {
  const list = [...new Set(classes.map((found) => dataClassLabels[found.class]))];
  return list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1) ?? ''}`;
}

/** Where a dashboard says that its cluster is, as a sentence; null where it does not say. */
export function clusterAt(addresses: readonly string[]): string | null {
  const list = names(addresses, 3);
  return list === null ? null : `It reports that its cluster is at ${list}.`;
}

/** That documents can be searched through a dashboard: by what it is known, and why it was not tried. */
export const searchInferred =
  'Inferred: documents can be searched through it, because it forwards every caller\u2019s requests to its cluster. We did not try: the only read that would show it searches every index.';

/** The setting by which a dashboard without a login adds a fixed header to all that it passes on. */
export function customHeaders({ identity }: Observations): string {
  return said(identity.product === 'kibana' ? 'elasticsearch.customHeaders' : 'opensearch.customHeaders');
}

/** The further clusters that a dashboard leads to, as sentences; null for none. */
export function leadsToDataSources({ dashboard }: Observations): string | null {
  const sources = dashboard?.dataSources ?? [];
  if (dashboard === null || sources.length === 0) return null;
  const shown = sources.slice(0, 5).map(({ title, address, login }) => {
    const how = login === null || login === 'no_auth' ? '' : ', with credentials saved in the dashboard';
    return `${said(title)} (${address === null ? 'its address could not be read' : said(address)}${how})`;
  });
  const total = dashboard.dataSourcesTotal ?? sources.length;
  const more = total > shown.length ? ` and ${count(total - shown.length)} more` : '';
  const listed = sources.flatMap(({ title, indices }) => (indices === null ? [] : [{ title, indices }]));
  return paragraph(
    `Its data sources lead to ${counted(total, 'further cluster', 'further clusters')}: ${shown.join(', ')}${more}.`,
    ...listed.map(
      ({ title, indices }) =>
        `Through ${said(title)} it listed ${counted(indices.total, 'index', 'indices')} of that cluster with ${counted(indices.documents, 'document', 'documents')}.`,
    ),
    listed.length > 0 ? null : 'What those clusters expose through it was not tested.',
  );
}

/** That the cluster behind a dashboard could not be restored, as a sentence; null where it could be, or it did not say. */
export function noRepository({ dashboard }: Observations): string | null {
  return dashboard?.repositories?.total === 0
    ? 'Its cluster has no snapshot repository: deleted data could not be restored from one.'
    : null;
}

/** What denied access, as a sentence about an endpoint that shows little; null where nothing did. */
export function refusedBy(observations: Observations): string | null {
  switch (observations.access.guardedBy) {
    case 'product':
      return 'It denied access to its contents.';
    case 'proxy':
      return 'A proxy in front of it denied access to its contents.';
    case 'cluster':
      return 'The cluster behind it denied access to its contents.';
    case 'network-policy':
      return 'A network policy in front of it denied access to its contents.';
    case 'client-certificate':
      return 'Its contents require a client certificate.';
    case 'unknown':
      return 'Access to its contents was denied; by what could not be determined.';
    case null:
      return null;
  }
}
