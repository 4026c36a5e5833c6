import type { EndpointRecord } from '../model/exchange.js';
import type { Instant } from '../model/observation.js';
import { parseLicense } from '../catalogue/license.js';
import { instant } from './cluster-facts.js';
import { answersTo, kept, refs } from '../catalogue/exchanges.js';

/**
 * When the cluster existed at the latest: the issue date of a licence that it issued to itself. That happens at its birth,
 * or later (x-pack added, a trial begun or ended), never before. Null for a bought licence, and where there is none.
 */
export function readClusterBirth(record: EndpointRecord): Instant | null {
  const answered = answersTo(record, 'license', 'xpack-license').at(-1) ?? null;
  const license = kept(answered, parseLicense);
  const at = license?.selfGenerated === true ? instant(license.issued) : null;
  if (answered === null || at === null) return null;
  return { at, source: 'issue date of its self-generated licence', evidence: refs(answered) };
}
