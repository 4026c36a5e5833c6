// Makes each addition of CONTRIBUTING.md in a copy of the working tree, and runs the compiler and the tests over it there.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { additions } from './additions.js';

/** Files that any addition may require. */
const most = 4;

const copied = ['src', 'test', 'scripts', 'docs', 'schema', 'knowledge', 'package.json', 'tsconfig.json'];

function run(folder: string, file: string, ...args: readonly string[]): void {
  execFileSync(file, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}

const ours = resolve(import.meta.dirname, '../..');
const failed: string[] = [];
for (const { name, files, edits, tests } of additions) {
  const touched = Object.keys(files).length + Object.keys(edits).length;
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-addition-'));
  try {
    if (touched > most) throw new Error(`it takes ${touched} files, and ${most} are the most`);
    for (const each of copied) cpSync(join(ours, each), join(folder, each), { recursive: true });
    symlinkSync(join(ours, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    for (const [file, pieces] of Object.entries(edits)) {
      let text = readFileSync(join(folder, file), 'utf8');
      for (const [piece, instead] of pieces) {
        if (!text.includes(piece)) throw new Error(`${file} has no ${piece}`);
        text = text.replace(piece, () => instead);
      }
      writeFileSync(join(folder, file), text);
    }
    run(folder, process.execPath, 'scripts/generate.js');
    run(folder, process.execPath, '--import=tsx', 'scripts/check-pages.ts');
    run(folder, process.execPath, 'node_modules/typescript-7/bin/tsc', '--noEmit');
    for (const test of tests) run(folder, process.execPath, '--import=tsx', test);
    console.log(`${name}: ${touched} files`);
  } catch (error) {
    failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const line of failed) console.error(line);
process.exitCode = failed.length === 0 ? 0 : 1;
