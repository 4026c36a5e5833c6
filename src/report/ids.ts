// Ids that other programs keep: what must be told apart there has an id of its own.
import { createHash } from 'node:crypto';
import type { EndpointSummary, Finding } from '../model/finding.js';

/**
 * Id of a finding at one address, 64 hex digits: the same in every run and format. A fingerprint leaves the address out, so
 * that it survives a move; two addresses of one name have two findings of one fingerprint, and two of these ids.
 */
export function findingId({ fingerprint, address }: Pick<Finding, 'fingerprint' | 'address'>): string {
  return sha256(['leftopen finding at an address v1', fingerprint, address]);
}

/** Id of an endpoint at one address, 64 hex digits: the same in every run. */
export function endpointId({ host, address, port, endpoint }: EndpointSummary): string {
  return sha256(['leftopen endpoint v1', host, address ?? '', String(port), endpoint.replace(/^[a-z]+:\/\//, '')]);
}

/** SHA-256 (hex) of lines of text. */
export function sha256(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
