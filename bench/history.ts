// Peak memory of what compares and lists runs, at growing numbers of endpoints: it must not grow with them.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFiles } from '../src/store/folder.js';
import { adopt } from './formats.js';
import { watched, writeJournal } from './scale.js';

const sizes = (process.env['BENCH_ENDPOINTS'] ?? '20000,200000').split(',').map(Number);

/** Resident memory that each command may take. */
const allowedMiB = 200;

/**
 * Two synthetic runs of as many endpoints: the comparison while one is judged (as in an audit), `diff` between them with and without a
 * record, `index`, `prune`, and `merge` of two vantages.
 */
export async function benchHistory(): Promise<void> {
  for (const size of sizes) {
    const out = mkdtempSync(join(tmpdir(), 'leftopen-history-'));
    try {
      const [first, second] = ['2026-11-22T02-00-00Z', '2026-11-23T02-00-00Z'].map((name) => join(out, 'bench', name));
      if (first === undefined || second === undefined) throw new Error('two runs');
      mkdirSync(first, { recursive: true });
      await writeJournal(first, size);
      cpSync(first, second, { recursive: true });
      renamed(first, 'first', '2026-11-22T02:00:00.000Z');
      renamed(second, 'second', '2026-11-23T02:00:00.000Z');
      await watched(['rejudge', first, '--baseline', 'none', '--format', 'json', '--quiet']);
      adopt(first);
      await measured(size, 'diff, judged anew', ['diff', '--run', second, '--baseline', first, '--json']);
      await measured(size, 'comparison', ['rejudge', second, '--baseline', first, '--format', 'json', '--quiet']);
      adopt(second);
      await measured(size, 'diff', ['diff', '--run', second, '--json']);
      await measured(size, 'index', ['index', '--out', out]);
      await measured(size, 'prune', ['prune', '--out', out, '--keep', '1d']);
      const other = `${second}-2`;
      cpSync(second, other, { recursive: true });
      madeFrom(other, 'other');
      await measured(size, 'merge', ['merge', second, other, '--out', out, '--format', 'json', '--quiet']);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }
}

async function measured(size: number, what: string, args: readonly string[]): Promise<void> {
  const { code, peak, cpuSeconds } = await watched(args);
  if (code === undefined || code === 2)
    throw new Error(`leftopen ${args.join(' ')} ended with exit code ${code ?? '?'}`);
  const each = ((cpuSeconds * 1000) / (size / 1000)).toFixed(1);
  const verdict = peak <= allowedMiB ? 'within' : 'ABOVE';
  console.log(
    `history: ${what} at ${size} endpoints, ${each} ms of CPU per 1,000, peak ${peak} MiB: ${verdict} the ${allowedMiB} MiB allowed`,
  );
  if (peak > allowedMiB) process.exitCode = 1;
}

/** Gives a copied run another vantage, and the sum that goes with it. */
function madeFrom(folder: string, vantage: string): void {
  const path = join(folder, runFiles.info);
  const before = readFileSync(path);
  const after = before
    .toString()
    .replace(/"id": "second"/, `"id": "${vantage}"`)
    .replace(/("vantage": \{\s*"name": )"[^"]*"/g, `$1"${vantage}"`);
  writeFileSync(path, after);
  const sums = join(folder, runFiles.sums);
  const sum = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
  writeFileSync(sums, readFileSync(sums, 'utf8').replace(sum(before), sum(after)));
}

/** Gives a copied run its own id and time. */
function renamed(folder: string, id: string, startedAt: string): void {
  const path = join(folder, runFiles.info);
  const text = readFileSync(path, 'utf8').replace('"id": "bench",\n  "tool"', `"id": "${id}",\n  "tool"`);
  writeFileSync(path, text.replace(/"(startedAt|endedAt)": "[^"]*"/g, `"$1": "${startedAt}"`));
}
