// What the program does to keep its heap small.
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { loader, moduleFile } from '../support/module-file.js';

const memory = pathToFileURL(moduleFile('src/cli/memory')).href;

/** Keeps 80 MB alive, bit by bit, and says how large the halves of the young generation grew to hold what was new. */
const filling = `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { setTimeout } from 'node:timers/promises';
  const kept = [];
  for (let round = 0; round < 400; round += 1) {
    kept.push(Array.from({ length: 2_500 }, (_, at) => ({ at, round, more: [at] })));
    await setTimeout(1);
  }
  console.log(getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space').space_size);
`;

async function youngAfterFilling(...imports: readonly string[]): Promise<number> {
  const args = [...loader, ...imports.map((module) => `--import=${module}`), '--input-type=module', '--eval', filling];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return Number(stdout) / 1024 / 1024;
}

t.test('the young generation stays small in our process, and would not by default', async (t) => {
  const [ours, usual] = await Promise.all([youngAfterFilling(memory), youngAfterFilling()]);
  t.ok(ours <= 16, `${ours} MiB`);
  t.ok(usual > 16, `${usual} MiB`);
});
