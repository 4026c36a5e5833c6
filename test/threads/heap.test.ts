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
