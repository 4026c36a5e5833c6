// The licence of an Elasticsearch cluster: a cluster issues itself one when it is born, so its date shows the age of the cluster.
import { z } from 'zod';
import { plain } from '../catalogue/banner.js';
import { parseXpack } from '../catalogue/cluster.js';
import { kept, refs } from '../catalogue/exchanges.js';
import { optionalNumber, optionalText } from '../catalogue/parse.js';
import { defineTopic } from '../catalogue/topic.js';
import type { Json } from '../model/json.js';
import type { Instant } from '../model/observation.js';
import { instant, moment } from '../text/words.js';

const license = z.object({
  license: z.object({
    type: optionalText(40),
    issuer: optionalText(60),
    issue_date_in_millis: optionalNumber,
  }),
});

const keptLicense = z.object({
  type: z.string().optional(),
  /** Milliseconds since 1970, by the cluster's clock. */
  issued: z.number(),
  /** True when the cluster issued it to itself: then the cluster existed by then. */
  selfGenerated: z.boolean(),
});

/** Reads a kept licence back; null when the value is not one. */
export function parseLicense(value: unknown): z.infer<typeof keptLicense> | null {
  const parsed = keptLicense.safeParse(value);
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
  return plain({ type, issued, selfGenerated: issuer === 'elasticsearch' } satisfies z.infer<typeof keptLicense>);
}

/**
 * The facts are when the cluster existed at the latest: the issue date of a licence that it issued to itself. That happens at
 * its birth, or later (x-pack added, a trial begun or ended), never before. Wire guide C, G.
 */
export const topic = defineTopic({
  questions: [
    /** How old is the cluster? Elasticsearch 7 and later. Wire guide C, G. */
    {
      id: 'license',
      method: 'GET',
      path: `/_license?filter_path=license.type,license.issuer,license.issue_date_in_millis`,
      askedOf: ['elasticsearch'],
      why: 'Shows since when the cluster has existed at least: a cluster issues itself a licence when it is born.',
      reveals: 'type and issue date of the licence',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 64 * 1024,
      headers: {},
      keep: { headers: [], json: keepLicense, text: 200 },
      when: ({ mayMonitor, major }) => mayMonitor && (major === null || major >= 7),
    },
    /** How old is the cluster? Elasticsearch 5 and 6 that have x-pack. Wire guide C, G. */
    {
      id: 'xpack-license',
      method: 'GET',
      path: `/_xpack/license?filter_path=license.type,license.issuer,license.issue_date_in_millis`,
      askedOf: ['elasticsearch'],
      why: 'Shows on Elasticsearch 5 and 6 since when the cluster has existed at least: a cluster issues itself a licence when it is born.',
      reveals: 'type and issue date of the licence',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 64 * 1024,
      headers: {},
      keep: { headers: [], json: keepLicense, text: 200 },
      // where x-pack is missing, the path would be read as an index and a feature
      when: ({ mayMonitor }, answers) =>
        mayMonitor && kept(answers.last('xpack-info'), parseXpack)?.features !== undefined,
    },
  ],
  alsoReads: ['xpack-info'],
  phase: 'beside',
  order: 40,
  // with several backends, it is unknown whose licence it is
  isAbout: ({ access, cluster }) => cluster !== null && !access.mixed,
  read(answers): Instant | null {
    const answered = answers.last('license', 'xpack-license');
    const license = kept(answered, parseLicense);
    const at = license?.selfGenerated === true ? instant(license.issued) : null;
    return at === null ? null : { at, evidence: refs(answered) };
  },
  names: () => [],
  shows: ({ at, evidence }, texts) => [[evidence, texts.existed(at)]],
  texts: {
    en: {
      unknown: 'its licence was not shown, or was not issued by the cluster itself',
      existed: (at: string): string => `shows that the cluster existed on ${moment(at)}`,
    },
  },
});
