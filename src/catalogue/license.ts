import { z } from 'zod';
import type { Json } from '../model/json.js';
import { plain } from './banner.js';
import { optionalNumber, optionalText } from './parse.js';

const license = z.object({
  license: z.object({
    type: optionalText(40),
    issuer: optionalText(60),
    issue_date_in_millis: optionalNumber,
  }),
});

const kept = z.object({
  type: z.string().optional(),
  /** Milliseconds since 1970, by the cluster's clock. */
  issued: z.number(),
  /** True when the cluster issued it to itself: then the cluster existed by then. */
  selfGenerated: z.boolean(),
});

/** Reads a kept licence back; null when the value is none. */
export function parseLicense(value: unknown): z.infer<typeof kept> | null {
  const parsed = kept.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/**
 * Keeps type and issue date of a licence, and whether the cluster issued it to itself: such a licence names `elasticsearch`
 * as its issuer, a bought one does not (seen on 7.17.9, 8.16.3 and 9.4.3; elastic/elasticsearch `SelfGeneratedLicense`).
 * Neither its number nor its holder is kept.
 */
export function keepLicense(body: unknown): Json | null {
  const parsed = license.safeParse(body);
  if (!parsed.success || parsed.data.license.issue_date_in_millis === undefined) return null;
  const { type, issuer, issue_date_in_millis: issued } = parsed.data.license;
  return plain({ type, issued, selfGenerated: issuer === 'elasticsearch' } satisfies z.infer<typeof kept>);
}
