import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cachePath } from './cache.js';

const run = promisify(execFile);

/** The package modules that servers from before Java 9 reach into by reflection. */
const opened = [
  'java.base/java.lang',
  'java.base/java.lang.reflect',
  'java.base/java.nio',
  'java.base/java.nio.file',
  'java.base/java.util',
  'java.base/java.util.concurrent',
  'java.base/java.io',
  'java.base/java.net',
  'java.base/sun.nio.ch',
  'java.base/sun.security.action',
  'java.management/sun.management',
];

/** `--add-opens` for servers from before Java 9. */
export const openModules = opened.flatMap((name) => ['--add-opens', `${name}=ALL-UNNAMED`]);

/**
 * The home of a Java: `LEFTOPEN_JAVA_<version>`, else a folder of the usual place whose name says the version, else the
 * `java` on the PATH if it is that version.
 */
export function javaHome(version: 17 | 25): string {
  const wished = process.env[`LEFTOPEN_JAVA_${version}`];
  if (wished !== undefined) return wished;
  const place = '/usr/lib/jvm';
  const pattern = new RegExp(`(^|\\D)${version}(\\D|$)`);
  const found = existsSync(place)
    ? readdirSync(place)
        .filter((name) => pattern.test(name.replace(/^java-1\./, 'java-')))
        .map((name) => join(place, name))
        .find((folder) => existsSync(join(folder, 'bin', 'java')))
    : undefined;
  if (found !== undefined) return found;
  const onPath = execFileSync('sh', ['-c', 'readlink -f "$(command -v java)"'], { encoding: 'utf8' }).trim();
  const homeOnPath = join(onPath, '..', '..');
  if (existsSync(join(homeOnPath, 'bin', 'java')) && pattern.test(homeOnPath)) return homeOnPath;
  throw new Error(`no Java ${version} found: set LEFTOPEN_JAVA_${version} to its home`);
}

/** Options that let Elasticsearch 1 start on a Java that has no boot class path: one class of the JDK is replaced. */
export async function bootClassPathPatch(java: string): Promise<readonly string[]> {
  const folder = cachePath('java-management-patch');
  const source = fileURLToPath(new URL('java/RuntimeImpl.java', import.meta.url));
  const patch = `java.management=${join(source, '..')}`;
  await run(join(java, 'bin', 'javac'), ['-nowarn', '--patch-module', patch, '-d', folder, source]);
  return ['--patch-module', `java.management=${folder}`];
}
