// What is kept of a dashboard's status, settings, saved objects and spaces, and how it is read back.
import { z } from 'zod';
import type { Json } from '../model/json.js';
import { keepListing, resolvedNames, type ListedIndex } from './listing.js';
import { isViewId } from './index-names.js';
import { addressesIn } from './address.js';
import { entries, number, optionalNumber, texts } from './parse.js';
import { within } from './redact.js';
import { keepRepositories } from './snapshots.js';

const short = (max: number) => z.string().transform((text) => within(text, max));
const words = short(200).nullable().catch(null);
/** A measure: an integer, with a fraction, or as a text; null where it is missing, negative or something else. */
const measure = optionalNumber.transform((value) => (value === undefined || value < 0 ? null : value));

/** What is kept of `/api/status`: the version, the state of the cluster behind, the age of the process. */
export const keptStatus = z.object({
  /**
   * `full`: version, parts and metrics; `redacted`: one word on how it is; `bare`: that word alone, with which a Kibana 8.0
   * to 8.8 answers 503 before its start, and many other services answer 200.
   */
  reach: z.enum(['full', 'redacted', 'bare']),
  /** The dashboard whose parts it names, where it names them. */
  product: z.enum(['kibana', 'opensearch-dashboards']).nullable(),
  /** The server's own name: the host name, unless it was set. */
  name: z.string().nullable(),
  version: z.string().nullable(),
  /** `serverless` means that the version is a placeholder. */
  flavor: z.string().nullable(),
  /** `green`, `red`, `available`, `unavailable` … */
  overall: z.string().nullable(),
  /** What it says of the cluster behind it. `addresses`: every `host:port` in its words and in its lists of nodes. */
  backend: z
    .object({
      state: z.string().nullable(),
      message: z.string().nullable(),
      addresses: z.array(z.string()).default([]),
    })
    .nullable(),
  uptimeMs: z.number().nullable(),
  /** Names of the plugins it lists, sorted; null where it lists none. */
  plugins: z.array(z.string()).nullable().default(null),
});

/** See {@link keptStatus}. */
export type KeptStatus = z.infer<typeof keptStatus>;

/** Not shortened, because an address of the cluster may be at its end. */
const sentence = z.string().nullable().catch(null);

/** Nodes that a Kibana 8 or later reports as having another version. Source: elastic/kibana NodesVersionCompatibility. */
const nodes = z
  .array(z.looseObject({ http: z.looseObject({ publish_address: words.optional() }).optional().catch(undefined) }))
  .optional()
  .catch(undefined);

const part = z.looseObject({
  id: words.optional(),
  name: words.optional(),
  state: words.optional(),
  level: words.optional(),
  message: sentence.optional(),
  summary: sentence.optional(),
  meta: z.looseObject({ warningNodes: nodes, incompatibleNodes: nodes }).optional().catch(undefined),
});

const rawStatus = z.looseObject({
  name: words.optional(),
  version: z.union([z.string(), z.looseObject({ number: words, build_flavor: words.optional() })]).optional(),
  status: z.union([
    z.string(),
    z.looseObject({
      overall: z.looseObject({ state: words.optional(), level: words.optional() }),
      statuses: z.array(part).optional(),
      core: z.looseObject({ elasticsearch: part.optional(), opensearch: part.optional() }).optional(),
      plugins: z.record(z.string(), z.unknown()).optional().catch(undefined),
    }),
  ]),
  metrics: z
    .looseObject({ process: z.looseObject({ uptime_in_millis: measure }).optional() })
    .optional()
    .catch(undefined),
});

/** How a Kibana is, in one word. Source: elastic/kibana ServiceStatusLevels (packages/core/status). */
const levels = /^(?:available|degraded|unavailable|critical)$/;

/** The parts of a status list that speak of the cluster, newest line first (wire guide D.3, R.3). */
const backendPart = /^(?:core:elasticsearch|core:opensearch|plugin:elasticsearch|plugin:opensearch)(?:@(.+))?$/;

/**
 * Keeps `/api/status` of any line. 4.x has no version of its own, 5.1 only `plugin:…@5.1.1` in its parts, 8.0 to 8.8
 * answer `{"status":"unavailable"}` while they start. Source: wire guide D.3 and R.3; elastic/kibana
 * `registerPrebootStatusRoute`, opensearch-project/OpenSearch-Dashboards src/core/server/status/routes/status.ts@3c63f8c1.
 */
export function keepStatus(body: unknown): KeptStatus | null {
  const parsed = rawStatus.safeParse(body);
  if (!parsed.success) return null;
  const { name = null, version, status, metrics } = parsed.data;
  if (typeof status === 'string') {
    return levels.test(status) ? { ...nothingMore, reach: 'bare', overall: status } : null;
  }
  const overall = status.overall.state ?? status.overall.level ?? null;
  const parts = status.statuses ?? [];
  const core = status.core?.elasticsearch ?? status.core?.opensearch;
  const listed = parts.map((each) => ({ each, match: backendPart.exec(each.id ?? each.name ?? '') }));
  const found =
    listed.find(({ match }) => match?.[0].startsWith('core:')) ?? listed.find(({ match }) => match !== null);
  const backend = core ?? found?.each;
  if (parts.length === 0 && core === undefined && version === undefined) {
    return levels.test(status.overall.level ?? '') ? { ...nothingMore, reach: 'redacted', overall } : null;
  }
  return {
    reach: 'full',
    product: productOf(status.core, parts),
    name,
    version: (typeof version === 'string' ? within(version, 40) : version?.number) ?? found?.match?.[1] ?? null,
    flavor: typeof version === 'object' ? (version.build_flavor ?? null) : null,
    overall,
    backend: backend ? keepBackend(backend) : null,
    uptimeMs: metrics?.process?.uptime_in_millis ?? null,
    plugins: pluginsOf(parts, status.plugins),
  };
}

function keepBackend(backend: z.infer<typeof part>): KeptStatus['backend'] {
  const message = backend.message ?? backend.summary ?? null;
  const listed = [...(backend.meta?.warningNodes ?? []), ...(backend.meta?.incompatibleNodes ?? [])];
  const said = [message ?? '', ...listed.map(({ http }) => http?.publish_address ?? '')];
  return {
    state: backend.state ?? backend.level ?? null,
    message: message === null ? null : within(message, 200),
    addresses: [...new Set(said.flatMap(addressesIn))].slice(0, addressesAtMost),
  };
}

/** Plugins and addresses that are kept at most: a Kibana 8.12 has 176 plugins. */
const pluginsAtMost = 300;
const addressesAtMost = 20;

/** Names of plugins: from a list of parts (`plugin:NAME@VERSION`), or the keys of an object (Kibana 8 and later). */
function pluginsOf(
  parts: readonly z.infer<typeof part>[],
  keyed: Readonly<Record<string, unknown>> | undefined,
): string[] | null {
  const listed = parts.flatMap((each) => /^plugin:([^@]{1,100})/.exec(each.id ?? each.name ?? '')?.[1] ?? []);
  const names = [...new Set([...listed, ...Object.keys(keyed ?? {})])].sort();
  return names.length === 0 ? null : names.slice(0, pluginsAtMost).map((name) => within(name, 100));
}

const nothingMore = {
  product: null,
  name: null,
  version: null,
  flavor: null,
  backend: null,
  uptimeMs: null,
  plugins: null,
} as const;

function productOf(
  core: { readonly opensearch?: unknown; readonly elasticsearch?: unknown } | undefined,
  parts: readonly z.infer<typeof part>[],
): KeptStatus['product'] {
  if (core?.opensearch !== undefined) return 'opensearch-dashboards';
  if (core?.elasticsearch !== undefined) return 'kibana';
  const ids = parts.map((each) => each.id ?? each.name ?? '');
  if (ids.some((id) => /^(?:core|plugin):opensearch/.test(id))) return 'opensearch-dashboards';
  return ids.some((id) => /^(?:core|plugin):(?:elasticsearch|kibana)/.test(id)) ? 'kibana' : null;
}

/** What is kept of `login_state`: the kinds of login offered, no texts. */
export const keptLoginState = z.object({
  allowLogin: z.boolean(),
  layout: z.string().nullable(),
  /** `name`: what the guest login is asked for by; '' in what was kept before it was read. */
  providers: z.array(z.object({ type: z.string(), name: z.string().default(''), usesLoginForm: z.boolean() })),
  /** Whether a page comes first on which a caller chooses: then no login is begun by a page alone. */
  selector: z.boolean().default(false),
});

const rawLoginState = z.looseObject({
  allowLogin: z.boolean(),
  layout: words.optional(),
  selector: z
    .looseObject({
      enabled: z.boolean().optional().catch(undefined),
      providers: z
        .array(z.looseObject({ type: short(40), name: short(60).catch(''), usesLoginForm: z.boolean().catch(false) }))
        .catch([]),
    })
    .optional(),
});

/** Logins that are kept at most. */
const providersAtMost = 100;

/** Keeps Kibana's `login_state` (7.0 and later; the list of providers from 7.7 on). Source: wire guide D.4. */
export function keepLoginState(body: unknown): z.infer<typeof keptLoginState> | null {
  const parsed = rawLoginState.safeParse(body);
  if (!parsed.success) return null;
  const { allowLogin, layout = null, selector } = parsed.data;
  // what is not known to be a login comes first: a guest login must not be lost
  const offered = (selector?.providers ?? []).toSorted((a, b) => Number(a.usesLoginForm) - Number(b.usesLoginForm));
  const providers = offered
    .slice(0, providersAtMost)
    .map(({ type, name, usesLoginForm }) => ({ type, name, usesLoginForm }));
  return { allowLogin, layout, providers, selector: selector?.enabled === true };
}

/** What is kept of who a guest is: the user and roles that the server names. */
export const keptGuest = z.object({ user: z.string().nullable(), roles: z.array(z.string()) });

const guestShape = z.looseObject({
  username: words.optional(),
  user_name: words.optional(),
  roles: texts(20, 100).optional(),
});

/** Keeps who the server says a guest is: Kibana's `/internal/security/me`, the `authinfo` of OpenSearch Dashboards. */
export function keepGuest(body: unknown): z.infer<typeof keptGuest> | null {
  const parsed = guestShape.safeParse(body);
  const user = parsed.data?.username ?? parsed.data?.user_name ?? null;
  return user === null ? null : { user, roles: parsed.data?.roles ?? [] };
}

/** What is kept of the status of interactive setup. */
export const keptSetup = z.object({ onHold: z.boolean(), connection: z.string().nullable() });

const setupShape = z.looseObject({ isSetupOnHold: z.boolean(), connectionStatus: words.optional() });

/**
 * Keeps whether Kibana holds its start until it is set up. Source: elastic/kibana
 * interactive_setup/server/routes/status.ts@9de01400.
 */
export function keepSetup(body: unknown): z.infer<typeof keptSetup> | null {
  const parsed = setupShape.safeParse(body);
  if (!parsed.success) return null;
  return { onHold: parsed.data.isSetupOnHold, connection: parsed.data.connectionStatus ?? null };
}

/**
 * Names that a dashboard shows (of spaces, titles of index patterns or data views), the first 50, and how many there are.
 * `views`: ids and titles of the first few index patterns or data views, by which their fields can be asked for.
 */
export const keptTitles = z.object({
  total: z.number(),
  titles: z.array(z.string()),
  views: z.array(z.object({ id: z.string(), title: z.string() })).default([]),
});

type KeptTitles = z.infer<typeof keptTitles>;

const shown = 50;

const spacesShape = z.array(z.looseObject({ id: short(100), name: short(100) }));

/** Keeps the names of `/api/spaces/space`. Source: wire guide D.5 (measured by a third party). */
export function keepSpaces(body: unknown): KeptTitles | null {
  const parsed = spacesShape.safeParse(body);
  if (!parsed.success) return null;
  return { total: parsed.data.length, titles: parsed.data.slice(0, shown).map(({ name }) => name), views: [] };
}

const rawSavedObjects = z.looseObject({
  page: number,
  total: number,
  saved_objects: z.array(
    z.looseObject({
      id: short(200).optional().catch(undefined),
      attributes: z.looseObject({ title: short(200).optional().catch(undefined) }).optional(),
    }),
  ),
});

/** Keeps total and titles of `saved_objects/_find`. Source: wire guide D.5. */
export function keepSavedObjects(body: unknown): KeptTitles | null {
  const parsed = rawSavedObjects.safeParse(body);
  if (!parsed.success) return null;
  const titles = parsed.data.saved_objects.flatMap(({ attributes }) => attributes?.title ?? []);
  const views = viewsOf(parsed.data.saved_objects.map(({ id, attributes }) => ({ id, title: attributes?.title })));
  return { total: parsed.data.total, titles: titles.slice(0, shown), views };
}

const view = z.looseObject({ id: short(200).optional().catch(undefined), title: short(200) });

const dataViewsShape = z.looseObject({ data_view: z.array(view) });

/** Keeps the titles of `/api/data_views`. Source: elastic/kibana src/plugins/data_views/…/get_data_views.ts@06ee3187. */
export function keepDataViews(body: unknown): KeptTitles | null {
  const parsed = dataViewsShape.safeParse(body);
  if (!parsed.success) return null;
  const titles = parsed.data.data_view.map(({ title }) => title);
  return { total: titles.length, titles: titles.slice(0, shown), views: viewsOf(parsed.data.data_view) };
}

/** Views whose ids are kept, those of the products' own indices left out. */
const viewsKept = 5;

function viewsOf(
  list: readonly { readonly id?: string | undefined; readonly title?: string | undefined }[],
): KeptTitles['views'] {
  const views = list.flatMap(({ id, title }) =>
    id === undefined || !isViewId(id) || title === undefined || title.startsWith('.') ? [] : [{ id, title }],
  );
  return views.slice(0, viewsKept);
}

/** What is kept of `/api/stats`: which cluster is behind. */
export const keptStats = z.object({ clusterUuid: z.string(), version: z.string().nullable() });

const itself = z.looseObject({ version: words.optional() }).optional().catch(undefined);

const statsShape = z.looseObject({
  cluster_uuid: short(60).optional(),
  clusterUuid: short(60).optional(),
  kibana: itself,
  opensearch_dashboards: itself,
});

/** Keeps the cluster's uuid of `/api/stats?extended=true`. Source: elastic/kibana …/usage_collection/…/stats.ts@02d83544. */
export function keepStats(body: unknown): z.infer<typeof keptStats> | null {
  const parsed = statsShape.safeParse(body);
  const clusterUuid = parsed.data?.cluster_uuid ?? parsed.data?.clusterUuid;
  if (clusterUuid === undefined) return null;
  const version = (parsed.data?.kibana ?? parsed.data?.opensearch_dashboards)?.version ?? null;
  return { clusterUuid, version };
}

const sizeUnits: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
  pb: 1024 ** 5,
};

/** Bytes of a size such as `5.2kb`: rounded as the server rounded it. Null for anything else. */
export function bytesOfSize(size: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgtp]?b)$/i.exec(size.trim());
  const unit = sizeUnits[match?.[2]?.toLowerCase() ?? ''];
  return match?.[1] === undefined || unit === undefined ? null : Math.round(Number(match[1]) * unit);
}

const size = z.string().transform(bytesOfSize).nullable().optional().catch(undefined);

function listed(name: string, documents: number | undefined, bytes: number | null | undefined): ListedIndex {
  return { name, ...(documents === undefined ? {} : { documents }), ...(typeof bytes === 'number' ? { bytes } : {}) };
}

const indexManagementShape = z.array(z.looseObject({ name: short(255), documents: optionalNumber, size }));

/**
 * Keeps the listing of Kibana's index management, 6.x to 8.x, by name with counts. Counts are texts up to 7.x.
 * Source: elastic/kibana x-pack/plugins/index_management/server/lib/fetch_indices.ts@0a523630.
 */
export function keepIndexManagement(body: unknown): Json | null {
  const parsed = indexManagementShape.safeParse(body);
  if (!parsed.success) return null;
  return keepListing(
    parsed.data.map((row) => listed(row.name, row.documents, row.size)),
    new Set(),
  );
}

const named = z.array(z.looseObject({ name: z.string() }));

const resolvedShape = z.looseObject({ indices: named, aliases: named, data_streams: named });

/**
 * Keeps the names of indices of `resolve_index/*`, without counts; aliases lead to indices that are listed anyway.
 *
 * @param cut whether the end is missing, with what is listed after the indices
 */
export function keepResolved(body: unknown, cut = false): Json | null {
  const names = resolvedNames(body);
  if (names === null || !(cut ? resolvedShape.partial() : resolvedShape).safeParse(body).success) return null;
  return keepListing(
    names.map((name) => ({ name: within(name, 255) })),
    new Set(),
  );
}

const row = z.looseObject({ index: short(255), 'docs.count': optionalNumber, 'store.size': size });

const catIndicesShape = z.array(row);

/**
 * Keeps the rows of `_cat/indices` that OpenSearch Dashboards 2.19 passes on, by name with counts.
 * Source: opensearch-project/OpenSearch-Dashboards src/plugins/data_source_management/server/routes/dsl.ts.
 */
export function keepCatIndices(body: unknown): Json | null {
  const parsed = catIndicesShape.safeParse(body);
  if (!parsed.success) return null;
  return keepListing(
    parsed.data.map((each) => listed(each.index, each['docs.count'], each['store.size'])),
    new Set(),
  );
}

/**
 * What is kept of the settings of indices: when each was created, in milliseconds since 1970. `index` is '' for the one that
 * was asked for.
 */
export const keptIndexSettings = z.object({
  created: z.array(z.object({ index: z.string(), at: z.number() })),
});

const rawSettings = z.looseObject({
  settings: z.looseObject({ index: z.looseObject({ creation_date: optionalNumber }) }),
});

/** Keeps creation dates: of one index (Kibana's index management) or of each by its name (OpenSearch Dashboards). */
export function keepIndexSettings(body: unknown): z.infer<typeof keptIndexSettings> | null {
  const one = rawSettings.safeParse(body);
  const all = one.success ? [['', one.data] as const] : settingsByName(body);
  const created = all.flatMap(([index, { settings }]) => {
    const at = settings.index.creation_date;
    return at === undefined || at < 0 ? [] : [{ index, at }];
  });
  return created.length === 0 ? null : { created };
}

/** Indices whose creation dates are kept: as many as are asked for. */
const settingsAtMost = 20;

function settingsByName(body: unknown): (readonly [string, z.infer<typeof rawSettings>])[] {
  return entries(body)
    .slice(0, settingsAtMost)
    .flatMap(([index, value]) => {
      const parsed = rawSettings.safeParse(value);
      return parsed.success ? [[within(index, 255), parsed.data] as const] : [];
    });
}

/** What is kept of the statistics of one index. */
export const keptIndexStats = z.object({ documents: z.number(), bytes: z.number().nullable() });

const indexStatsShape = z.looseObject({
  stats: z.looseObject({
    primaries: z.looseObject({
      docs: z.looseObject({ count: number }),
      store: z.looseObject({ size_in_bytes: optionalNumber }).optional().catch(undefined),
    }),
  }),
});

/** Keeps how much one index holds. Source: elastic/kibana …/index_management/…/register_stats_route.ts (`stats` since 7.x). */
export function keepIndexStats(body: unknown): z.infer<typeof keptIndexStats> | null {
  const parsed = indexStatsShape.safeParse(body);
  if (!parsed.success) return null;
  const { docs, store } = parsed.data.stats.primaries;
  return { documents: docs.count, bytes: store?.size_in_bytes ?? null };
}

/** What is kept of the console's configuration: where the cluster is, `host:port`. */
export const keptConsoleConfig = z.object({ addresses: z.array(z.string()) });

const consoleConfigShape = z.looseObject({
  host: z.string(),
  allHosts: z.array(z.string()).optional().catch(undefined),
});

/** Keeps where the console of a dashboard sends its requests; user names and passwords in the address are left out. */
export function keepConsoleConfig(body: unknown): z.infer<typeof keptConsoleConfig> | null {
  const parsed = consoleConfigShape.safeParse(body);
  if (!parsed.success) return null;
  const { host, allHosts = [] } = parsed.data;
  const addresses = [host, ...allHosts.slice(0, addressesAtMost)].flatMap(addressesIn);
  return { addresses: [...new Set(addresses)].slice(0, addressesAtMost) };
}

/**
 * What is kept of the data sources of OpenSearch Dashboards. `address`: `host:port`; `login`: the kind, such as
 * `username_password`.
 */
export const keptDataSources = z.object({
  total: z.number(),
  list: z.array(
    z.object({ id: z.string(), title: z.string(), address: z.string().nullable(), login: z.string().nullable() }),
  ),
});

const source = z.looseObject({
  id: short(200),
  type: z.literal('data-source'),
  attributes: z.looseObject({
    title: short(200).catch(''),
    endpoint: z.string().catch(''),
    auth: z
      .looseObject({ type: short(60) })
      .optional()
      .catch(undefined),
  }),
});

const dataSourcesShape = z.looseObject({ total: number, saved_objects: z.array(source) });

/** Keeps title, address and kind of login of data sources: never the credentials. */
export function keepDataSources(body: unknown): z.infer<typeof keptDataSources> | null {
  const parsed = dataSourcesShape.safeParse(body);
  if (!parsed.success) return null;
  const list = parsed.data.saved_objects.slice(0, shown).map(({ id, attributes }) => ({
    id,
    title: attributes.title,
    address: addressesIn(attributes.endpoint)[0] ?? null,
    login: attributes.auth?.type ?? null,
  }));
  return { total: Math.max(parsed.data.total, list.length), list };
}

const dashboardRepositoriesShape = z.looseObject({
  repositories: z.array(z.looseObject({ type: z.string(), settings: z.unknown() })),
});

/** Keeps how many snapshot repositories there are and of which kinds, in the form that `parseRepositories` reads. */
export function keepDashboardRepositories(body: unknown): Json | null {
  const parsed = dashboardRepositoriesShape.safeParse(body);
  if (!parsed.success) return null;
  return keepRepositories(
    Object.fromEntries(parsed.data.repositories.map(({ type, settings }, at) => [`#${at + 1}`, { type, settings }])),
  );
}

/** What is kept of the index management of OpenSearch Dashboards: some rows and the number of all, or the cluster's refusal. */
export const keptStateManagement = z.union([
  z.object({ total: z.number(), listing: z.unknown() }),
  z.object({ refused: z.string() }),
]);

const stateManagementShape = z.looseObject({ ok: z.literal(false), error: short(200) });

const stateManagementShape2 = z.looseObject({
  ok: z.literal(true),
  response: z.looseObject({ indices: z.array(row), totalIndices: optionalNumber }),
});

/**
 * Keeps the listing of OpenSearch Dashboards' index management. Where the cluster denies it, it responds 200 with `"ok":false`.
 * Source: opensearch-project/index-management-dashboards-plugin server/services/IndexService.ts@00de3462.
 */
export function keepStateManagement(body: unknown): Json | null {
  const refused = stateManagementShape.safeParse(body);
  if (refused.success) return { refused: refused.data.error };
  const parsed = stateManagementShape2.safeParse(body);
  if (!parsed.success) return null;
  const { indices, totalIndices } = parsed.data.response;
  const rows = indices.map((each) => listed(each.index, each['docs.count'], each['store.size']));
  return { total: Math.max(totalIndices ?? 0, rows.length), listing: keepListing(rows, new Set()) };
}
