// Ids that other programs keep: what must stay distinct there has an id of its own.
import type { EndpointSummary } from '../model/finding.js';
import { sha256 } from '../text/digest.js';

/** Id of an endpoint at one address, 64 hex digits: the same in every run. */
export function endpointId({ host, address, port, endpoint }: EndpointSummary): string {
  return idOf(['leftopen endpoint v1', host, address ?? '', String(port), endpoint.replace(/^[a-z]+:\/\//, '')]);
}

/** An id made of lines of text: their SHA-256, 64 hex digits. */
export function idOf(lines: readonly string[]): string {
  return sha256(lines.join('\n'));
}
