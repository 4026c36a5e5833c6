// A file's place in its repository: paths that code-scanning platforms resolve.
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const roots = new Map<string, string | null>();

/** The nearest folder upwards that holds `.git` (a folder, or the file of a worktree); null where there is none. */
function repositoryOf(folder: string): string | null {
  const known = roots.get(folder);
  if (known !== undefined) return known;
  const parent = dirname(folder);
  const root = existsSync(join(folder, '.git')) ? folder : parent === folder ? null : repositoryOf(parent);
  roots.set(folder, root);
  return root;
}

/**
 * The path of a file relative to the repository that holds it, or else to the working directory; its bare name where it is
 * outside both, so that no path of this machine gets into a report. Forward slashes.
 */
export function inRepository(file: string): string {
  const path = resolve(file);
  const within = relative(repositoryOf(dirname(path)) ?? process.cwd(), path);
  return within.startsWith('..') ? basename(path) : within.split(sep).join('/');
}
