// Plugins that a server lists.
import { parseNodes } from '../catalogue/cluster.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { PluginFacts } from '../model/observation.js';
import { statusOf } from './dashboard-identity.js';
import { answerTo, kept, refs } from '../catalogue/exchanges.js';

/** The plugins that the nodes of the cluster itself list (wire guide G), or a dashboard's status; null where none did. */
export function readPlugins(record: EndpointRecord): PluginFacts | null {
  const answered = answerTo(record, 'nodes');
  const nodes = kept(answered, parseNodes);
  if (nodes !== null && nodes.total > 0) return { names: nodes.plugins, evidence: refs(answered) };
  const status = statusOf(record);
  const names = status?.status.plugins ?? null;
  return status === null || names === null ? null : { names, evidence: refs(status.answered) };
}
