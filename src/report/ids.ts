// Ids that other programs keep: what must stay distinct there has an id of its own.
import type { EndpointSummary } from '../model/finding.js';
import { sha256 as hash } from '../text/digest.js';

/** Id of an endpoint at one address, 64 hex digits: the same in every run. */
export function endpointId({ host, address, port, endpoint }: EndpointSummary): string {
  return sha256(['leftopen endpoint v1', host, address ?? '', String(port), endpoint.replace(/^[a-z]+:\/\//, '')]);
}

/** SHA-256 (hex) of lines of text. */
export function sha256(lines: readonly string[]): string {
  return hash(lines.join('\n'));
}
