import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { collectLongResponse } from '../../src/threads/heap.js';

/** Bytes that the heap of this thread uses. */
const used = (): number => process.memoryUsage().heapUsed;

/** Makes and forgets what a long response becomes: 200,001 objects. */
function read(): number {
  const text = `[${'{"index":"a"},'.repeat(200_000)}{}]`;
  const rows: unknown = JSON.parse(text);
  return Array.isArray(rows) ? rows.length : 0;
}

t.test('what a long response left is collected behind it', (t) => {
  collectLongResponse();
  const before = used();
  t.equal(read(), 200_001);
  const after = used();
  collectLongResponse();
  t.ok(after - before > 4_000_000, `it left ${after - before} bytes`);
  t.ok(used() - before < (after - before) / 4, `${used() - before} of ${after - before} bytes are left`);
  t.end();
});

/** Starts a thread, fills the main thread's young generation, and prints how large that became in MiB. */
const program = `
const { keepHeapSmall, holdWhileStarting } = await import(process.argv[1]);
const { Worker } = await import('node:worker_threads');
const { getHeapSpaceStatistics } = await import('node:v8');
const { setTimeout: sleep } = await import('node:timers/promises');
async function fill() {
  const alive = [];
  for (let round = 0; round < 300; round++) {
    alive[round % 8] = Array.from({ length: 8_000 }, (_, at) => ({ at, text: [at] }));
    await sleep(2);
  }
}
keepHeapSmall();
await fill();
const thread = new Worker('setInterval(() => {}, 1000)', { eval: true });
holdWhileStarting(thread);
await new Promise((resolve) => thread.once('online', resolve));
await fill();
console.log(getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space').space_size / 1024 / 1024);
process.exit();
`;

t.test('the young generation stays small while threads start', async (t) => {
  const built = pathToFileURL(resolve('dist/threads/heap.js')).href;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program, built]);
  t.ok(Number(stdout) < 32, `${stdout.trim()} MiB`);
});
