// What is kept of a cluster's health, totals, nodes, logins and security features, and how it is read back.
import { z } from 'zod';
import { powerfulRoles } from '../knowledge/powerful-roles.js';
import type { Json } from '../model/json.js';
import { plain } from './banner.js';
import { entries, optionalNumber, optionalText, texts } from './parse.js';
import { within } from './redact.js';

const optionalObject = <T extends z.ZodRawShape>(shape: T) => z.object(shape).optional().catch(undefined);

/** Keeps what a schema names, on condition that `required` says it is the shape hoped for. */
function keeping<T>(schema: z.ZodType<T>, required: (value: T) => boolean): (body: unknown) => Json | null {
  return (body) => {
    const parsed = schema.safeParse(body);
    return parsed.success && required(parsed.data) ? plain(parsed.data) : null;
  };
}

function reading<T>(schema: z.ZodType<T>): (value: unknown) => T | null {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  };
}

const health = z.object({
  cluster_name: optionalText(200),
  status: optionalText(10),
  number_of_nodes: optionalNumber,
});
/** `_cluster/health` as kept. */
export const parseHealth = reading(health);
/** Keeps name, colour and node count of `_cluster/health`. */
export const keepHealth = keeping(health, (value) => value.status !== undefined && value.number_of_nodes !== undefined);

const stats = z.object({
  cluster_name: optionalText(200),
  cluster_uuid: optionalText(60),
  status: optionalText(10),
  indices: optionalObject({
    count: optionalNumber,
    docs: optionalObject({ count: optionalNumber }),
    store: optionalObject({ size_in_bytes: optionalNumber }),
  }),
  nodes: optionalObject({ count: optionalObject({ total: optionalNumber }), versions: texts(20, 40) }),
});
/** `_cluster/stats` as kept. */
export const parseStats = reading(stats);
/** Keeps totals of `_cluster/stats`. */
export const keepStats = keeping(stats, (value) => value.indices?.count !== undefined);

const node = z.object({
  name: optionalText(200),
  version: optionalText(40),
  build_hash: optionalText(64),
  build_flavor: optionalText(60),
  jvm: optionalObject({ start_time_in_millis: optionalNumber }),
  http: optionalObject({ publish_address: optionalText(200) }),
  http_address: optionalText(200),
  plugins: z.array(z.object({ name: optionalText(100) }).catch({ name: undefined })).catch([]),
});
/** Names of plugins that are kept at most: that of a login must not be cut away. */
const pluginsKept = 300;

/** Nodes that are kept at most. */
const nodesKept = 100;

const nodes = z.object({
  cluster_name: optionalText(200),
  total: z.number(),
  /** Start of the youngest of all nodes, milliseconds since 1970; absent where one does not say, and in what earlier versions kept. */
  youngest: optionalNumber,
  /** Plugins of any node, sorted. Modules are not among them. */
  plugins: texts(pluginsKept, 100),
  nodes: z.array(
    z.object({
      name: optionalText(200),
      version: optionalText(40),
      hash: optionalText(64),
      flavor: optionalText(60),
      /** Milliseconds since 1970. */
      started: optionalNumber,
      http: optionalText(200),
    }),
  ),
});
/** `_nodes` as kept. */
export const parseNodes = reading(nodes);

const nodesShape = z.object({ cluster_name: optionalText(200), nodes: z.looseObject({}) });

/** Keeps of `_nodes`: per node ({@link nodesKept} at most) name, version, process start and HTTP address; plugins over all of them. */
export function keepNodes(body: unknown): Json | null {
  const outer = nodesShape.safeParse(body);
  if (!outer.success) return null;
  const parsed = entries(outer.data.nodes).flatMap(([, value]) => {
    const one = node.safeParse(value);
    return one.success ? [one.data] : [];
  });
  const plugins = parsed.flatMap((one) => one.plugins.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const starts = parsed.flatMap(({ jvm }) => jvm?.start_time_in_millis ?? []);
  return plain({
    cluster_name: outer.data.cluster_name,
    total: parsed.length,
    youngest: starts.length < parsed.length || starts.length === 0 ? undefined : Math.max(...starts),
    plugins: [...new Set(plugins)].sort().slice(0, pluginsKept),
    nodes: parsed.slice(0, nodesKept).map((one) => ({
      name: one.name,
      version: one.version,
      hash: one.build_hash,
      flavor: one.build_flavor,
      started: one.jvm?.start_time_in_millis,
      http: one.http?.publish_address ?? one.http_address,
    })),
  } satisfies z.infer<typeof nodes>);
}

/** Roles that are kept at most, those that may do everything first. */
const rolesKept = 50;

const mighty: ReadonlySet<string> = new Set(powerfulRoles.map(({ role }) => role));

const roles = texts(Infinity, 200).transform((named) =>
  named.toSorted((a, b) => Number(mighty.has(b)) - Number(mighty.has(a))).slice(0, rolesKept),
);

const authenticate = z.object({
  username: z.string().transform((name) => within(name, 300)),
  roles,
  authentication_realm: optionalObject({ name: optionalText(100), type: optionalText(100) }),
  authentication_type: optionalText(60),
});
/** `_security/_authenticate` as kept. */
export const parseAuthenticate = reading(authenticate);
/** Keeps who the server says we are (x-pack). */
export const keepAuthenticate = keeping(authenticate, () => true);

const authinfo = z.object({
  user_name: optionalText(300),
  user: optionalText(500),
  roles,
  sg_roles: roles,
  backend_roles: texts(50, 200),
});
/** `authinfo` of OpenSearch Security, Open Distro and Search Guard as kept. */
export const parseAuthinfo = reading(authinfo);
/** Keeps who the server says we are (OpenSearch Security and its ancestors). */
export const keepAuthinfo = keeping(authinfo, (value) => value.user_name !== undefined || value.user !== undefined);

const securityHealth = z.object({
  mode: optionalText(30),
  status: z.string().transform((status) => within(status, 30)),
  message: optionalText(200),
});
/** The health page of a security plugin as kept. */
export const parseSecurityHealth = reading(securityHealth);
/** Keeps mode and status of a security plugin. */
export const keepSecurityHealth = keeping(securityHealth, (value) => value.mode !== undefined);

const xpack = z.object({
  features: optionalObject({
    security: optionalObject({
      available: z.boolean().optional().catch(undefined),
      enabled: z.boolean().optional().catch(undefined),
    }),
  }),
  license: optionalObject({ type: optionalText(40), mode: optionalText(40), status: optionalText(40) }),
});
/** `_xpack` as kept. */
export const parseXpack = reading(xpack);
/**
 * True where x-pack guards nothing: its security is switched off, or its licence has none (`basic` up to 6.7). Then it says that
 * it is enabled and not available, and lets every request through. Source: elastic/elasticsearch SecurityFeatureSet,
 * SecurityRestFilter and XPackLicenseState.isAuthAllowed of 5.x and 6.x.
 */
export function guardsNothing(said: z.infer<typeof xpack> | null): boolean {
  const security = said?.features?.security;
  return security?.enabled === false || security?.available === false;
}
/** Keeps of `_xpack` whether security is there and on. */
export const keepXpack = keeping(xpack, (value) => value.features?.security?.enabled !== undefined);

const count = z.object({
  count: optionalNumber,
  _shards: z.object({ total: optionalNumber, successful: optionalNumber }),
});
const counted = z.object({
  /** Shards on which the count ran. */
  successful: z.number(),
  /** Documents counted; absent where no number was said. */
  documents: z.number().optional(),
});
/** A count as kept. */
export const parseCount = reading(counted);

/** Keeps the number and the shards of `_count`: an answer without shards is not a count. */
export function keepCount(body: unknown): Json | null {
  const parsed = count.safeParse(body);
  const successful = parsed.data?._shards.successful;
  if (!parsed.success || successful === undefined) return null;
  return plain({ successful, documents: parsed.data.count } satisfies z.infer<typeof counted>);
}
