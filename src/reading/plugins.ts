import { parseNodes } from '../catalogue/cluster.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { PluginFacts } from '../model/observation.js';
import { answerTo, kept, refs } from './exchanges.js';

/** The plugins that the nodes of the cluster itself list (wire guide G); null where none did. */
export function readPlugins(record: EndpointRecord): PluginFacts | null {
  const answered = answerTo(record, 'nodes');
  const nodes = kept(answered, parseNodes);
  return nodes === null || nodes.total === 0 ? null : { names: nodes.plugins, evidence: refs(answered) };
}
