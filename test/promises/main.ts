// Takes each rule of `rules.ts` out in a temporary copy, and expects its test to fail; `npm run promises -- ID…` for some of them.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules, type PromiseRule } from './rules.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.argv.slice(2);
const chosen = rules.filter(({ id }) => wanted.length === 0 || wanted.includes(id));

const copy = mkdtempSync(join(tmpdir(), 'leftopen-promises-'));
for (const name of [
  'src',
  'test',
  'scripts',
  'knowledge',
  'schema',
  'docs',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
])
  cpSync(join(root, name), join(copy, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

/** Runs a command in the copy, of tests only those whose name has these words; true when it succeeds. */
function succeeds(command: string, args: readonly string[], part = ''): Promise<boolean> {
  return new Promise((resolve) => {
    const env =
      part === ''
        ? process.env
        : {
            ...process.env,
            TAP_GREP: part
              .split(' > ')
              .map((words) => `/${words}/`)
              .join('\n'),
          };
    const child = spawn(command, args, { cwd: copy, stdio: 'ignore', env });
    child.on('close', (code) => resolve(code === 0));
  });
}

function passes({ test, part }: PromiseRule): Promise<boolean> {
  return succeeds(process.execPath, ['--import=tsx', test], part);
}

const wrong: string[] = [];
const intact = new Map<string, boolean>();
try {
  for (const rule of chosen) {
    const place = join(copy, rule.place);
    const before = readFileSync(place, 'utf8');
    const key = `${rule.test} ${rule.part}`;
    const known = intact.get(key) ?? (await passes(rule));
    intact.set(key, known);
    if (!known) wrong.push(`${rule.id}: ${rule.test} fails with the rule in its place`);
    writeFileSync(
      place,
      before.replace(rule.rule, () => rule.without),
    );
    const kept = await passes(rule);
    writeFileSync(place, before);
    if (kept) wrong.push(`${rule.id}: ${rule.test} passes without the rule in ${rule.place}`);
    console.log(`${kept || !known ? 'NOT KEPT' : 'kept    '}  ${rule.id}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${chosen.length} rules taken out, ${chosen.length - wrong.length} noticed by their tests`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
