// Name, version and folder of this program.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contact } from '../model/engagement.js';

/** The folder of the package (two folders up, in `src/` as in `dist/`): its manifest, schemas and check pages are there. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

function versionOf(manifest: unknown): string {
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  if (typeof known !== 'string') throw new Error('package.json has no version');
  return known;
}

/** The version of this program. Read without a schema: `leftopen --version` loads nothing for it. */
export const toolVersion = versionOf(JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')));

/**
 * The honest `User-Agent`: who asks, under which engagement, and whom to call. Only characters a header may carry.
 *
 * @param engagement null on loopback, where there is no one to call
 */
export function userAgentOf(engagement: { readonly id: string; readonly contacts: readonly Contact[] } | null): string {
  const product = `leftopen/${toolVersion}`;
  if (engagement === null) return product;
  const { contacts } = engagement;
  const call = contacts.find(({ email }) => email !== null)?.email ?? contacts[0]?.phone ?? contacts[0]?.name ?? null;
  const comment = [
    'authorised read-only audit',
    `engagement ${engagement.id}`,
    ...(call === null ? [] : [`contact ${call}`]),
  ].join('; ');
  return `${product} (${comment.replace(/[^\x20-\x7e]|[()\\]/g, '_').slice(0, 200)})`;
}
