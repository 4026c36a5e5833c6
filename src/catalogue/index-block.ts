// Recognises an answer by which a cluster says that the state of an index prevents what was asked, from any caller.
import type { Answer } from '../model/exchange.js';
import { said } from './exchanges.js';

const types: ReadonlySet<string> = new Set(['cluster_block_exception', 'index_closed_exception']);

/** The same before 2.0, as one line. */
const oldWords = /^(?:ClusterBlockException|IndexClosedException)\[/;

/**
 * Whether a 403 is about an index: it is blocked for reads or metadata, or was closed (before 5.0). It denies nothing to a caller
 * as such: a caller who may change settings takes the block away. Seen on 7.17.9 (`index.blocks.read`, `index.blocks.metadata`).
 */
export function isIndexBlock(answer: Answer): boolean {
  const { body } = answer;
  if (answer.status !== 403 || body.kind !== 'error') return false;
  return types.has(body.type ?? '') || oldWords.test(said(answer));
}

/** Whether an answer denies access to the caller: 401 or 403, unless the cluster says that an index is the reason. */
export function deniesCaller(answer: Answer): boolean {
  return (answer.status === 401 || answer.status === 403) && !isIndexBlock(answer);
}
