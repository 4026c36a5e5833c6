// The version of the program, and the folder of its package.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the package: where schemas and the pages of the checks are shipped. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

function versionOf(manifest: unknown): string {
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  if (typeof known !== 'string') throw new Error('package.json has no version');
  return known;
}

/** The version of this program, from its package.json. */
export const version = versionOf(JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')));
