import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { createFeed } from '../../src/run/feed.js';
import type { Lane } from '../../src/run/feed.js';

t.test('an item is pulled only when a place is free', async (t) => {
  let running = 0;
  let most = 0;
  let pulled = 0;
  let finished = 0;
  let mostAhead = 0;
  const feed = createFeed<number>(
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
    await feed.push(pulled);
  }
  await feed.drain();
  t.equal(finished, 100);
  t.equal(most, 5);
  t.ok(mostAhead <= 6, `${mostAhead} items were out at once`);
});

t.test('a slow lane does not hold the others back', async (t) => {
  const lane: Lane<string> = { limit: 1, running: 0, waiting: [] };
  const order: string[] = [];
  let slow = 0;
  let slowMost = 0;
  const feed = createFeed<string>(
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
  for (const item of ['slow 1', 'slow 2', 'slow 3']) await feed.push(item, lane);
  for (const item of ['a', 'b', 'c', 'd', 'e']) await feed.push(item);
  await feed.drain();
  t.equal(slowMost, 1);
  t.strictSame(order, ['a', 'b', 'c', 'd', 'e', 'slow 1', 'slow 2', 'slow 3']);
});

t.test('once stopped, nothing new starts and what waits is dropped', async (t) => {
  const lane: Lane<number> = { limit: 1, running: 0, waiting: [] };
  const begun: number[] = [];
  let stopped = false;
  const feed = createFeed<number>(
    2,
    async (item) => {
      begun.push(item);
      await sleep(5);
    },
    () => stopped,
  );
  await feed.push(1, lane);
  await feed.push(2, lane);
  stopped = true;
  await feed.push(3);
  await feed.drain();
  t.strictSame(begun, [1]);
  t.strictSame(lane.waiting, []);
});

t.test('a bug in a job is not swallowed', async (t) => {
  const feed = createFeed<number>(
    1,
    () => Promise.reject(new Error('bug')),
    () => false,
  );
  await feed.push(1);
  await t.rejects(feed.drain(), { message: 'bug' });
  await t.rejects(feed.push(2), { message: 'bug' });
});
