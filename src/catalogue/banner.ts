// What is kept of a banner, and how it is read back.
import { z } from 'zod';
import type { Json } from '../model/json.js';
import { optionalNumber, optionalText } from './parse.js';
import { within } from './redact.js';

const version = z.object({
  /** A text; as a number where something on the way rewrote it. */
  number: z.union([z.string(), z.number().transform(String)]).transform((value) => within(value, 60)),
  distribution: optionalText(60),
  build_flavor: optionalText(60),
  build_type: optionalText(60),
  build_hash: optionalText(64),
  build_date: optionalText(60),
  build_timestamp: optionalText(60),
  build_snapshot: z.boolean().optional().catch(undefined),
  lucene_version: optionalText(30),
  minimum_wire_compatibility_version: optionalText(30),
  minimum_index_compatibility_version: optionalText(30),
});

/**
 * The root banner of Elasticsearch, OpenSearch and their kin (wire guide A.1, A.2): unknown keys are left out, a missing
 * tagline or uuid does not matter, since both came and went with versions. `name` is missing on none, but forks may drop it.
 */
const banner = z.object({
  name: optionalText(200),
  cluster_name: optionalText(200),
  cluster_uuid: optionalText(60),
  version,
  tagline: optionalText(120),
  ok: z.boolean().optional().catch(undefined),
  status: optionalNumber,
});

/** A banner as it is kept. */
export type BannerBody = z.infer<typeof banner>;

/** Reads a banner from a parsed body, for keeping and for reading alike; null for anything else. */
export function parseBanner(body: unknown): BannerBody | null {
  const parsed = banner.safeParse(body);
  return parsed.success ? parsed.data : null;
}

/** A banner as kept JSON: what is not there is left out. */
export function keepBanner(body: unknown): Json | null {
  const parsed = parseBanner(body);
  return parsed === null ? null : plain(parsed);
}

/** A parsed value without its undefined members, as JSON. */
export function plain(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item)]),
  );
}
