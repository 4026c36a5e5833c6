// Administration pages that Elasticsearch 1 and 2 serve to callers themselves: plugins that are web pages.
import { z } from 'zod';
import { plain } from '../catalogue/banner.js';
import { parseNodes } from '../catalogue/cluster.js';
import { kept, refs } from '../catalogue/exchanges.js';
import { entries, texts } from '../catalogue/parse.js';
import { within } from '../catalogue/redact.js';
import { defineTopic } from '../catalogue/topic.js';
import { versionOf } from '../knowledge/version.js';
import type { Json } from '../model/json.js';
import type { EvidenceRefs, Identity } from '../model/observation.js';

/** Plugins that are web pages, served under `/_plugin/`. */
export interface SitePluginsFacts {
  /** The first 20, sorted. */
  readonly names: readonly string[];
  readonly total: number;
  readonly evidence: EvidenceRefs;
}

const sitePlugins = z.object({ names: texts(20, 100), total: z.number() });
/** Site plugins as kept; null when a value is not one. */
export function parseSitePlugins(value: unknown): z.infer<typeof sitePlugins> | null {
  const parsed = sitePlugins.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const withNodes = z.object({ nodes: z.looseObject({}) });
const withPlugins = z.object({ plugins: z.array(z.unknown()) });
const plugin = z.object({ name: z.string(), site: z.boolean().optional().catch(undefined) });

/** Keeps the names of plugins that are web pages, over all nodes, sorted. */
export function keepSitePlugins(body: unknown): Json | null {
  const outer = withNodes.safeParse(body);
  if (!outer.success) return null;
  const names = entries(outer.data.nodes).flatMap(([, node]) => {
    const plugins = withPlugins.safeParse(node);
    return (plugins.success ? plugins.data.plugins : []).flatMap((each) => {
      const one = plugin.safeParse(each);
      return one.success && one.data.site === true ? [within(one.data.name, 100)] : [];
    });
  });
  const all = [...new Set(names)].sort();
  return plain({ names: all.slice(0, 20), total: all.length } satisfies z.infer<typeof sitePlugins>);
}

/** Wire guide F, R.4. */
export const topic = defineTopic({
  questions: [
    {
      id: 'site-plugins',
      method: 'GET',
      path: `/_nodes/plugins?filter_path=nodes.*.plugins.name,nodes.*.plugins.site`,
      askedOf: ['elasticsearch'],
      why: 'Shows which plugins of an Elasticsearch 1 or 2 are administration pages that it serves to callers itself.',
      reveals: 'plugin names, and which of them are web pages',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 256 * 1024,
      headers: {},
      keep: { headers: [], json: keepSitePlugins, text: 200 },
      when: ({ product, major, plugins }) =>
        product === 'elasticsearch' && major !== null && major < 5 && plugins.length > 0,
    },
  ],
  alsoReads: ['nodes'],
  phase: 'beside',
  order: 60,
  isAbout: ({ cluster, identity }) => cluster !== null && !isLater(identity),
  read(answers): SitePluginsFacts | null {
    const answered = answers.last('site-plugins');
    const plugins = kept(answered, parseSitePlugins);
    if (plugins !== null) return { ...plugins, evidence: refs(answered) };
    // a node without any plugin is not asked which of them are pages
    const nodes = answers.last('nodes');
    const none = answered === null && kept(nodes, parseNodes)?.plugins.length === 0;
    return none ? { names: [], total: 0, evidence: refs(nodes) } : null;
  },
  appliesTo: (identity) => !isLater(identity),
  names: () => [],
  texts: { en: { unknown: 'its plugins were not shown' } },
});

/** Versions that have no such plugins. */
function isLater(identity: Identity): boolean {
  return (versionOf({ identity })?.major ?? 0) >= 5;
}
