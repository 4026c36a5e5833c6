// Prepares build/, where the tests are compiled to: nothing that has lost its source, the program as `npm run build` made it, and
// what is JavaScript already. Builds tap's plugins where packages were installed since they were built.
import { execSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

mkdirSync('build/test', { recursive: true });
for (const file of readdirSync('build/test', { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.js')) continue;
  const source = join('test', file);
  if (!existsSync(source) && !existsSync(source.replace(/js$/, 'ts'))) rmSync(join('build/test', file));
}
// A junction needs no rights on Windows.
for (const [link, folder] of [
  ['build/src', '../dist'],
  ['build/scripts', '../scripts'],
])
  if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(folder, link, 'junction');
for (const file of readdirSync('test', { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.js')) cpSync(join('test', file), join('build/test', file));

const time = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const installed = Math.max(time('node_modules/.package-lock.json'), time('.taprc'));
// `npm run` puts tap on the path.
if (time('node_modules/@tapjs/test/test-built') < installed) execSync('tap build', { stdio: 'inherit' });
