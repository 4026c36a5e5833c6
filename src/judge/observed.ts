// What titles, summaries and remedies need of observations, worked out in no language.
import type { ClusterFacts, IndicesFacts, Observations } from '../model/observation.js';

/** The name of a fork that is neither Elasticsearch nor OpenSearch, or null. */
export function namedFork({ identity }: Observations): string | null {
  return identity.orItsFork === true ? identity.otherProduct : null;
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

/** Where a dashboard has the fixed headers that it adds to all that it passes on. */
export function fixedHeadersOf({ identity }: Observations): { readonly setting: string; readonly file: string } {
  return identity.product === 'kibana'
    ? { setting: 'elasticsearch.customHeaders', file: 'kibana.yml' }
    : { setting: 'opensearch.customHeaders', file: 'opensearch_dashboards.yml' };
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
