import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cachePath } from './cache.js';

const run = promisify(execFile);

/** A program of Debian: the installed one, else its package unpacked into the cache (no root needed). */
export async function debianProgram(name: string, packageName: string = name): Promise<string> {
  const places = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  const installed = places.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  const unpacked = cachePath('homes', packageName);
  const find = (): string | undefined =>
    ['sbin', 'bin'].map((folder) => join(unpacked, 'usr', folder, name)).find((path) => existsSync(path));
  if (find() === undefined) {
    process.stderr.write(`fetching the Debian package ${packageName}\n`);
    const packages = cachePath('packages', 'debian');
    await run('apt-get', ['download', packageName], { cwd: packages });
    const file = readdirSync(packages).find((entry) => entry.startsWith(`${packageName}_`));
    if (file === undefined) throw new Error(`apt-get did not bring the package ${packageName}`);
    await run('dpkg-deb', ['-x', join(packages, file), unpacked]);
  }
  const program = find();
  if (program === undefined) throw new Error(`the package ${packageName} holds no program ${name}`);
  return program;
}
