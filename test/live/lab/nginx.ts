import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cachePath } from './cache.js';

const run = promisify(execFile);

/** The nginx program: the installed one, else Debian's package unpacked into the cache (no root needed). */
export async function nginxProgram(): Promise<string> {
  const places = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  const installed = places.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  const unpacked = cachePath('homes', 'nginx');
  const program = join(unpacked, 'usr', 'sbin', 'nginx');
  if (existsSync(program)) return program;
  const packages = cachePath('packages', 'debian');
  await run('apt-get', ['download', 'nginx'], { cwd: packages });
  const file = readdirSync(packages).find((name) => name.startsWith('nginx_'));
  if (file === undefined) throw new Error('apt-get did not bring the package nginx');
  await run('dpkg-deb', ['-x', join(packages, file), unpacked]);
  return program;
}
