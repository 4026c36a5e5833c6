import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import t from 'tap';
import { createJobQueue } from '../../src/run/job-queue.js';

t.test('an item is pulled only when a place is free', async (t) => {
  let running = 0;
  let most = 0;
  let pulled = 0;
  let finished = 0;
  let mostAhead = 0;
  const jobs = createJobQueue<number>(
    5,
    async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1);
      running -= 1;
      finished += 1;
    },
    () => false,
  );
  for (; pulled < 100; pulled += 1) {
    mostAhead = Math.max(mostAhead, pulled - finished);
    await jobs.push(pulled);
  }
  await jobs.drain();
  t.equal(finished, 100);
  t.equal(most, 5);
  t.ok(mostAhead <= 6, `${mostAhead} items were out at once`);
});

t.test('a slow lane does not hold the others back', async (t) => {
  const lane = pLimit(1);
  const order: string[] = [];
  let slow = 0;
  let slowMost = 0;
  const jobs = createJobQueue<string>(
    4,
    async (item) => {
      if (item.startsWith('slow')) {
        slow += 1;
        slowMost = Math.max(slowMost, slow);
        await sleep(20);
        slow -= 1;
      }
      order.push(item);
    },
    () => false,
  );
  for (const item of ['slow 1', 'slow 2', 'slow 3']) await jobs.push(item, lane);
  for (const item of ['a', 'b', 'c', 'd', 'e']) await jobs.push(item);
  await jobs.drain();
  t.equal(slowMost, 1);
  t.strictSame(order, ['a', 'b', 'c', 'd', 'e', 'slow 1', 'slow 2', 'slow 3']);
});

t.test('once stopped, nothing new starts and what waits is dropped', async (t) => {
  const lane = pLimit(1);
  const begun: number[] = [];
  let stopped = false;
  const jobs = createJobQueue<number>(
    2,
    async (item) => {
      begun.push(item);
      await sleep(5);
    },
    () => stopped,
  );
  await jobs.push(1, lane);
  await jobs.push(2, lane);
  stopped = true;
  await jobs.push(3);
  await jobs.drain();
  t.strictSame(begun, [1]);
  t.equal(lane.pendingCount, 0);
});

t.test('an exception in a job is not swallowed', async (t) => {
  const jobs = createJobQueue<number>(
    1,
    () => Promise.reject(new Error('bug')),
    () => false,
  );
  await jobs.push(1);
  await t.rejects(jobs.drain(), { message: 'bug' });
  await t.rejects(jobs.push(2), { message: 'bug' });
});

t.test('items wait in a lane up to a bound, over all lanes', async (t) => {
  let free = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    free = resolve;
  });
  const lanes = [pLimit(1), pLimit(1)];
  let pulled = 0;
  const jobs = createJobQueue<number>(
    4,
    () => gate,
    () => false,
  );
  const pulling = (async () => {
    for (; pulled < 5_000; pulled += 1) await jobs.push(pulled, lanes[pulled % 2]);
  })();
  await sleep(20);
  t.equal(pulled, 2_002, 'one runs in each lane, 2,000 wait, and nothing more is pulled');
  free();
  await pulling;
  await jobs.drain();
  t.equal(pulled, 5_000);
});
