// Reads bundles of releases and vulnerabilities.
import { z } from 'zod';
import { messages } from '../messages/index.js';
import { mainProducts } from '../model/endpoint.js';
import type { Json } from '../model/json.js';
import type { Knowledge, VersionRange } from '../model/knowledge.js';
import { compareVersions, parseVersion } from './version.js';
import { canonicalJson, sha256 } from '../text/digest.js';

const version = z
  .string()
  .max(40)
  .refine((text) => parseVersion(text) !== null, 'is not a version, such as 7.17.9');
const day = z.iso.date();
const text = z.string().min(1).max(500);
const score = z.number().min(0).max(10);

const range = z.strictObject({
  from: version,
  before: version,
  fix: version.nullable().describe('the version that fixes these; null where no release of their line does'),
});

/** Ranges in order, each with something in it, none into the next, fixed in no version that is one of theirs. */
function inOrder(ranges: readonly VersionRange[]): boolean {
  return ranges.every(({ from, before, fix }, at) => {
    const next = ranges[at + 1];
    return (
      precedes(from, before) &&
      (fix === null || !precedes(fix, before)) &&
      (next === undefined || !precedes(next.from, before))
    );
  });
}

function precedes(a: string, b: string): boolean {
  const [first, second] = [parseVersion(a), parseVersion(b)];
  return first !== null && second !== null && compareVersions(first, second) < 0;
}

const vulnerability = z
  .strictObject({
    id: z.string().regex(/^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|GMS-\d{4}-\d+|ESA-\d{4}-\d+)$/),
    product: z.enum(mainProducts),
    part: z
      .enum(['core', 'x-pack', 'security', 'plugin'])
      .describe("what must be there for it; `security` is the product's own login, switched on"),
    plugin: z.string().min(1).max(100).nullable().describe('as _nodes names it; null unless `part` is `plugin`'),
    title: text.max(200).describe('what an attacker can do'),
    ranges: z
      .array(range)
      .min(1)
      .refine(inOrder, 'must be sorted, without overlaps, and fixed in no version of theirs'),
    score: score.nullable().describe('CVSS base score'),
    vector: z
      .string()
      .regex(/^(?:CVSS:(?:3\.[01]|4\.0)\/)?AV:[A-Za-z:/]+$/)
      .nullable(),
    scoreWithoutLogin: score.nullable().describe('the base score of the same vector with PR:N'),
    login: z.enum(['none', 'low', 'high']).describe('the rights that it asks of the attacker'),
    victim: z.boolean().describe('whether another user must do something, such as open a link'),
    local: z.boolean().describe('whether it is used on the machine itself, not over the network'),
    condition: text.nullable().describe('a circumstance without which it does no harm, and which no answer shows'),
    exploited: z.boolean().describe('known to be used by attackers (CISA KEV)'),
    verified: z.boolean().describe('compared with the record of the vendor or publisher'),
    source: z.url(),
    note: z.string().min(1).max(1000).nullable().describe('what had to be decided about the record'),
  })
  .refine(
    (one) => (one.plugin !== null) === (one.part === 'plugin'),
    'names a plugin where `part` is `plugin`, and only there',
  );

const releaseLine = z.strictObject({
  product: z.enum(mainProducts),
  distribution: z.string().min(1).max(60).nullable().describe("null for the vendor's own"),
  line: z
    .string()
    .regex(/^\d{1,4}$/)
    .describe('the major version'),
  released: day,
  endOfLife: day.nullable().describe('the last day of fixes; null while none is set'),
  fixesOnlyFrom: z
    .array(z.strictObject({ version, since: day }))
    .refine((list) => list.every(({ since }, at) => at === 0 || (list[at - 1]?.since ?? '') < since), 'must be sorted')
    .describe('since these days fixes of the line come in this minor release and later ones only'),
  source: z.url(),
  note: text.nullable(),
});

/** A bundle of knowledge. Parts that a later bundle adds are left alone, so that it needs no later program. */
export const bundleSchema = z.object({
  $schema: z.string().optional(),
  format: z.literal('leftopen-knowledge/1'),
  version: z.string().regex(/^[\w.-]{1,40}$/),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('of everything else, as JSON with sorted keys and without white space'),
  parts: z.looseObject({
    releases: z.strictObject({ date: day, lines: z.array(releaseLine).min(1) }),
    vulnerabilities: z.strictObject({ date: day, list: z.array(vulnerability).min(1) }),
  }),
}) satisfies z.ZodType<Knowledge>;

/** Characters of a bundle at most. */
const bundleLimit = 20_000_000;

/** A bundle that was read, or what is wrong with it in one line. */
export type ReadBundle =
  { readonly ok: true; readonly knowledge: Knowledge } | { readonly ok: false; readonly mistake: string };

/** Reads a bundle: its shape, then its checksum. Never throws. */
export function readBundle(content: string): ReadBundle {
  const said = messages().files.knowledge.bundle;
  const wrong = (mistake: string): ReadBundle => ({ ok: false, mistake });
  if (content.length > bundleLimit) return wrong(said.tooLarge(bundleLimit / 1_000_000));
  let value: Json;
  try {
    value = z.json().parse(JSON.parse(content));
  } catch {
    return wrong(said.notJson);
  }
  const parsed = bundleSchema.safeParse(value);
  if (!parsed.success) {
    const { issues } = parsed.error;
    const first = issues.slice(0, 3).map(({ path, message }) => ({ at: path.join('.'), says: message }));
    return wrong(said.notOfSchema(first, issues.length - first.length));
  }
  const sum = checksumOf(value);
  return sum === parsed.data.sha256
    ? { ok: true, knowledge: parsed.data }
    : wrong(said.otherChecksum(sum, parsed.data.sha256));
}

/** The checksum of a bundle: SHA-256 (hex) of all but `sha256`, as JSON with sorted keys and without white space. */
export function checksumOf(bundle: Json): string {
  const rest =
    typeof bundle === 'object' && bundle !== null && !Array.isArray(bundle)
      ? Object.fromEntries(Object.entries(bundle).filter(([key]) => key !== 'sha256'))
      : bundle;
  return sha256(canonicalJson(rest));
}

/** The JSON Schema (draft 7) of a bundle: shipped as `schema/knowledge.schema.json`. */
export function bundleJsonSchema(): Json {
  const { $schema, ...schema } = z.toJSONSchema(bundleSchema, { io: 'input', target: 'draft-7' });
  const whole: unknown = {
    $schema,
    title: 'Knowledge bundle of leftopen',
    description: 'Releases, end of life and published vulnerabilities, each with its source.',
    ...schema,
  };
  return z.json().parse(whole);
}
