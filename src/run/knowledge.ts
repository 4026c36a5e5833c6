import { createHash } from 'node:crypto';
import * as agents from '../knowledge/agents.js';
import * as decoys from '../knowledge/decoys.js';
import * as products from '../knowledge/products.js';
import * as systemIndices from '../knowledge/system-indices.js';

/** Hash of the knowledge a record is judged with: another version may judge the same journal otherwise. */
export const knowledgeVersion: string = createHash('sha256')
  .update(JSON.stringify([agents, decoys, products, systemIndices], plain))
  .digest('hex')
  .slice(0, 16);

/** What JSON has no form for: patterns by their source, functions by their text. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof RegExp || typeof value === 'function') return String(value);
  return value instanceof Set || value instanceof Map ? [...value] : value;
}
