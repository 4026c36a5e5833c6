import type { EndpointRecord } from '../model/exchange.js';
import type { RemotesFacts, SitePluginsFacts } from '../model/observation.js';
import { parseNodes } from '../catalogue/cluster.js';
import { parseRemotes, parseSitePlugins } from '../catalogue/remotes.js';
import { answerTo, kept, refs } from '../catalogue/exchanges.js';

/** The clusters that a cluster says it is linked to; null where it did not say. */
export function readRemotes(record: EndpointRecord): RemotesFacts | null {
  const answered = answerTo(record, 'remote-info');
  const remotes = kept(answered, parseRemotes);
  return remotes === null ? null : { ...remotes, evidence: refs(answered) };
}

/** The plugins of an old node that are web pages; null where it was not asked or did not say. */
export function readSitePlugins(record: EndpointRecord): SitePluginsFacts | null {
  const answered = answerTo(record, 'site-plugins');
  const plugins = kept(answered, parseSitePlugins);
  if (plugins !== null) return { ...plugins, evidence: refs(answered) };
  // A node without any plugin is not asked which of them are pages.
  const nodes = answerTo(record, 'nodes');
  const none = answered === null && kept(nodes, parseNodes)?.plugins.length === 0;
  return none ? { names: [], total: 0, evidence: refs(nodes) } : null;
}
