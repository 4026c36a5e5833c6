import type { Finding } from '../model/finding.js';

/**
 * The pace that is assumed, stated with every estimate: five million requests a day, which a crawler of an online shop kept
 * up in 2020; the largest page that a search gives by default (`index.max_result_window`); a line of 100 Mbit/s.
 */
const pace = { requestsPerDay: 5_000_000, recordsPerRequest: 10_000, bytesPerSecond: 12_500_000 } as const;

const formula =
  'seconds = max(ceil(documents / recordsPerRequest) / requestsPerDay * 86400, bytes / bytesPerSecond), rounded up';

/**
 * How fast what lies there could be copied, as an estimate; null where no records were counted. Bytes are those on the
 * server's disks, copies of shards included; where they are not known, the requests alone are counted: then it is at least this.
 */
export function copyingOf(contents: Finding['contents']): Finding['copy'] {
  const documents = contents?.documents ?? 0;
  if (contents === null || documents === 0) return null;
  const { bytes } = contents;
  const requests = (Math.ceil(documents / pace.recordsPerRequest) / pace.requestsPerDay) * 86_400;
  const seconds = Math.ceil(Math.max(requests, (bytes ?? 0) / pace.bytesPerSecond));
  return { documents, bytes, ...pace, seconds, formula };
}
