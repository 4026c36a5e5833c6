import { z } from 'zod';
import type { Json } from '../model/json.js';
import { plain } from './banner.js';
import { entries, texts } from './parse.js';
import { within } from './redact.js';

/** Remote clusters kept by name; all are counted. */
const remotesKept = 50;

const remotes = z.object({
  total: z.number(),
  connected: z.number(),
  list: z.array(z.object({ name: z.string(), connected: z.boolean() })),
});
/** `_remote/info` as kept; null when a value is none. */
export function parseRemotes(value: unknown): z.infer<typeof remotes> | null {
  const parsed = remotes.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Keeps of `_remote/info` the names, and whether each is connected: no address. An empty object says that there is none. */
export function keepRemotes(body: unknown): Json | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const all = entries(body);
  const list = all.flatMap(([name, value]) => {
    const one = z.object({ connected: z.boolean() }).safeParse(value);
    return one.success ? [{ name: within(name, 200), connected: one.data.connected }] : [];
  });
  if (list.length === 0 && all.length > 0) return null;
  return plain({
    total: list.length,
    connected: list.filter(({ connected }) => connected).length,
    list: list.toSorted((a, b) => Number(b.connected) - Number(a.connected)).slice(0, remotesKept),
  } satisfies z.infer<typeof remotes>);
}

const sitePlugins = z.object({ names: texts(20, 100), total: z.number() });
/** Site plugins as kept; null when a value is none. */
export function parseSitePlugins(value: unknown): z.infer<typeof sitePlugins> | null {
  const parsed = sitePlugins.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Keeps the names of plugins that are web pages, over all nodes, sorted. */
export function keepSitePlugins(body: unknown): Json | null {
  const outer = z.object({ nodes: z.looseObject({}) }).safeParse(body);
  if (!outer.success) return null;
  const plugin = z.object({ name: z.string(), site: z.boolean().optional().catch(undefined) });
  const names = entries(outer.data.nodes).flatMap(([, node]) => {
    const plugins = z.object({ plugins: z.array(z.unknown()) }).safeParse(node);
    return (plugins.success ? plugins.data.plugins : []).flatMap((each) => {
      const one = plugin.safeParse(each);
      return one.success && one.data.site === true ? [within(one.data.name, 100)] : [];
    });
  });
  const all = [...new Set(names)].sort();
  return plain({ names: all.slice(0, 20), total: all.length } satisfies z.infer<typeof sitePlugins>);
}
