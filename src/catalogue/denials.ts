// Distinguishes a denial of the caller from a 401 or 403 that every caller gets.
import type { Answer } from '../model/exchange.js';
import { said } from './exchanges.js';

/** Types of the errors that say that an index is blocked or closed. */
const blocked: ReadonlySet<string> = new Set(['cluster_block_exception', 'index_closed_exception']);

/** The same before 2.0, as one line. */
const oldWords = /^(?:ClusterBlockException|IndexClosedException)\[/;

/** An API that AWS does not offer, whatever its caller may do (wire guide, section S; phillbaker/terraform-provider-elasticsearch#118). */
const notOffered = /^Your request: '[^']*' is not allowed\.?/;

/** A part of X-Pack that its licence does not include (elastic/elasticsearch LicenseUtils.newComplianceException). */
const notLicensed = /^current license is non-compliant for \[/;

/** Whether X-Pack says that its licence has no security: then it lets every request through (`basic`, up to 7.0). */
export function lacksSecurityLicence(answer: Answer): boolean {
  return answer.status === 403 && /^current license is non-compliant for \[security\]/.test(said(answer));
}

/**
 * Whether a 401 or 403 denies nothing to the caller as such. An index is blocked for reads or metadata, or was closed (before
 * 5.0): a caller who may change settings takes the block away. Seen on 7.17.9 (`index.blocks.read`, `index.blocks.metadata`).
 * Or a service does not offer the API, or the licence does not include it.
 */
export function deniesEveryone(answer: Answer): boolean {
  const { body, status } = answer;
  if ((status !== 401 && status !== 403) || body.kind !== 'error') return false;
  if (notOffered.test(said(answer))) return true;
  return (
    status === 403 && (blocked.has(body.type ?? '') || oldWords.test(said(answer)) || notLicensed.test(said(answer)))
  );
}

/** Whether an answer denies access to the caller: 401 or 403, unless every caller gets it. */
export function deniesCaller(answer: Answer): boolean {
  return (answer.status === 401 || answer.status === 403) && !deniesEveryone(answer);
}
