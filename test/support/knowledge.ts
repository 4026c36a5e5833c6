import { readFileSync } from 'node:fs';
import { checksumOf, readBundle } from '../../src/knowledge/bundle.js';
import type { Json } from '../../src/model/json.js';
import type { Knowledge } from '../../src/model/knowledge.js';

/** A bundle from its text; throws where the text is not a bundle. */
export function bundleFrom(text: string): Knowledge {
  const read = readBundle(text);
  if (!read.ok) throw new Error(read.mistake);
  return read.knowledge;
}

/** The bundle as it is shipped. */
export const shippedText = readFileSync('knowledge/bundle.json', 'utf8');

/** {@link shippedText}, read. */
export const shipped: Knowledge = bundleFrom(shippedText);

/** A bundle with the checksum of its content. */
export function summed(bundle: { readonly [key: string]: Json }): string {
  return JSON.stringify({ ...bundle, sha256: checksumOf(bundle) });
}
