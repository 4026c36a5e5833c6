// Name and version of this program.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Contact } from '../model/engagement.js';

const manifest = z.object({ version: z.string() });

/** The version of this program, from its package.json (two folders up, in `src/` as in `dist/`). */
export const toolVersion: string = manifest.parse(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
).version;

/**
 * The honest `User-Agent`: who asks, under which engagement, and whom to call. Only characters a header may carry.
 *
 * @param engagement null on loopback, where nobody needs to be called
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
