// The library as a project of its own uses it: its example, checked by the compiler and run by Node.
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { shell } from './program.js';

const compilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  module: 'nodenext',
  target: 'es2022',
  types: ['node'],
};

t.test('the example of the library is strict TypeScript, types of the library included, and runs', async (t) => {
  const [, commented = ''] = /^ \* ```ts\n([^]*?)^ \* ```$/m.exec(readFileSync('src/index.ts', 'utf8')) ?? [];
  const example = commented.replaceAll(/^ \* ?/gm, '');
  const folder = t.testdir({
    'example.mts': example,
    'example.mjs': example,
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['example.mts'] }),
    'targets.yaml': 'targets: [{ id: one, hosts: 127.31.9.1, ports: 9 }]\n',
  });
  mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'leftopen'));
  symlinkSync(resolve('node_modules', '@types', 'node'), join(folder, 'node_modules', '@types', 'node'));
  const compiler = resolve('node_modules', 'typescript-7', 'bin', 'tsc');
  t.match(await shell(`'${process.execPath}' '${compiler}'`, folder), { code: 0, stdout: '' });
  const run = await shell(`'${process.execPath}' example.mjs && ls reports/loopback/*/report.html`, folder);
  t.match(run, { code: 0, stderr: '', stdout: 'report.html' });
});
