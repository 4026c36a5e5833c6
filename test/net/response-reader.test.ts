import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { catalogue, harmless, keepAnswer, questionById } from '../../src/catalogue/index.js';
import { questionFiles } from '../../src/catalogue/question-files.generated.js';
import type { Answer, Failure } from '../../src/model/exchange.js';
import {
  openResponseReader,
  readAtOnce,
  type ResponseReader,
  type PackedAnswer,
} from '../../src/net/response-reader.js';
import { loader, moduleFile } from '../support/module-file.js';

/** The thread as the built program starts it, with the loader that runs the tests. */
function newThread(maxOldGenerationSizeMb?: number): Worker {
  const load = `import(${JSON.stringify(pathToFileURL(moduleFile('src/net/response-reader-thread')).href)})`;
  return new Worker(
    loader.length === 0 ? load : `import('tsx/esm/api').then(({ register }) => (register(), ${load}))`,
    {
      eval: true,
      ...(maxOldGenerationSizeMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb } }),
    },
  );
}

/** Sizes of the bodies that were kept in the test's own thread. */
const keptHere: number[] = [];

function reader(start: () => Worker = newThread): ResponseReader {
  keptHere.length = 0;
  return openResponseReader(
    {
      harmless,
      keepAnswer(question, answer) {
        keptHere.push(answer.body.length);
        return keepAnswer(question, answer);
      },
    },
    start,
  );
}

const listing = questionById('cat-indices');

function answer(body: string | Buffer, headers: PackedAnswer['headers'] = {}, truncated = false): PackedAnswer {
  return { status: 200, headers, body: Uint8Array.from(Buffer.from(body)), truncated };
}

function rows(bytes: number): string {
  const row = (i: number): string => `{"index":"logs-${i}","docs.count":"${i}","store.size":"9"}`;
  let text = `[${row(0)}`;
  for (let i = 1; text.length < bytes; i += 1) text += `,${row(i)}`;
  return `${text}]`;
}

/** Bodies that take long to read, each as long as the cap of a listing. */
const long = listing.cap;
const slow: Readonly<Record<string, PackedAnswer>> = {
  'a listing': answer(rows(long - 200)),
  'a listing, packed': answer(gzipSync(rows(long - 200)), { 'content-encoding': ['gzip'] }),
  'as many keys as fit': answer(`{${Array.from({ length: 300_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
  'a page': answer(`<html>${'<p class="x">text</p>'.repeat(long / 22)}`, { 'content-type': ['text/html'] }),
};

/** Counts how often the event loop comes round until a promise is kept. */
async function roundsUntil(done: Promise<unknown>): Promise<number> {
  let rounds = 0;
  let waiting = true;
  const turn = (): void => {
    rounds += 1;
    if (waiting) setImmediate(turn);
  };
  setImmediate(turn);
  await done;
  waiting = false;
  return rounds;
}

t.test('however long an answer is, the event loop goes round while it is read', async (t) => {
  const reading = reader();
  t.teardown(() => reading.stop());
  // The first one waits for the thread to start.
  await reading.read(listing, answer(rows(readAtOnce + 1)), '');
  for (const [name, packed] of Object.entries(slow)) {
    const { headers, truncated } = packed;
    const body = Uint8Array.from(packed.body);
    const kept = reading.read(listing, { ...packed, body }, '');
    t.ok(kept instanceof Promise, name);
    const rounds = await roundsUntil(Promise.resolve(kept));
    t.ok(rounds > 20, `${name}: ${rounds} rounds`);
    if (name === 'a listing')
      t.strictSame(await kept, keepAnswer(listing, { status: 200, headers, body: packed.body, truncated }));
  }
  t.ok(
    keptHere.every((size) => size <= readAtOnce),
    'nothing long was kept in this thread',
  );
});

t.test('short answers are kept at once, and start no thread', (t) => {
  const reading = reader(() => {
    throw new Error('no thread was wanted');
  });
  const short = rows(1_000);
  for (const packed of [answer(short), answer(gzipSync(short), { 'content-encoding': ['gzip'] })]) {
    const kept = reading.read(listing, packed, '');
    t.match(kept, { kind: 'answer', bytes: short.length });
  }
  t.match(
    reading.read(questionById('root'), answer(gzipSync('x'.repeat(200_000)), { 'content-encoding': ['gzip'] }), ''),
    {
      kind: 'failure',
      failure: 'body-too-large',
    },
  );
  t.end();
});

t.test('what cannot be unpacked is a failure in the thread too', async (t) => {
  const reading = reader();
  t.teardown(() => reading.stop());
  const broken = Buffer.concat([gzipSync(Buffer.from(rows(600_000))).subarray(0, 40_000), Buffer.alloc(200_000)]);
  const kept = await reading.read(listing, answer(broken, { 'content-encoding': ['gzip'] }), '');
  t.match(kept, { kind: 'failure', failure: 'bad-encoding' });
});

t.test('where no thread can be started, long answers are still kept', async (t) => {
  const reading = reader(() => new Worker("throw new Error('no')", { eval: true }));
  const kept = await Promise.all([0, 1].map(() => Promise.resolve(reading.read(listing, answer(rows(300_000)), ''))));
  for (const each of kept) t.match(each, { kind: 'answer' });
  t.match(reading.read(listing, answer(rows(300_000)), ''), { kind: 'answer' });
});

t.test('an answer that kills the thread is our failure, and the next one is read', async (t) => {
  let started = 0;
  const reading = reader(() => {
    started += 1;
    // It reads one answer, and dies of the second.
    return started > 1
      ? newThread()
      : new Worker(
          `const { parentPort } = require('node:worker_threads');
           parentPort.on('message', ({ id }) => {
             if (id > 1) throw new Error('out of memory');
             parentPort.postMessage({ id, outcome: { kind: 'failure', failure: 'bad-encoding', detail: '' } });
           });`,
          { eval: true },
        );
  });
  t.teardown(() => reading.stop());
  const kept: (Answer | Failure)[] = await Promise.all(
    [0, 1, 2].map(() => Promise.resolve(reading.read(listing, answer(rows(300_000)), ''))),
  );
  t.match(kept, [
    { failure: 'bad-encoding' },
    { failure: 'local-failure', detail: 'out of memory' },
    { kind: 'answer', body: { kind: 'json' } },
  ]);
});

t.test('a bug in the thread is reported as our bug', async (t) => {
  const reading = reader();
  t.teardown(() => reading.stop());
  const unknown = { ...listing, id: 'no-such-question' };
  await t.rejects(Promise.resolve(reading.read(unknown, answer(rows(300_000)), '')), { message: /no-such-question/ });
});

t.test('the thread keeps of an answer what this one would, whatever was asked', async (t) => {
  const reading = reader();
  t.teardown(() => reading.stop());
  // One of a file of its own, and one that is in the file of its topic.
  for (const id of ['mapping', 'snapshot-repositories']) {
    const question = questionById(id);
    const body = rows(300_000).slice(0, question.cap);
    const kept = await reading.read(question, answer(body), '');
    t.strictSame(
      kept,
      keepAnswer(question, { status: 200, headers: {}, body: Buffer.from(body), truncated: false }),
      id,
    );
  }
  t.equal(keptHere.length, 0);
});

t.test('each question in a file of its own is loaded from there', async (t) => {
  const ids = Object.keys(questionFiles);
  t.ok(ids.length > 80);
  for (const id of ids) t.equal((await questionFiles[id]?.())?.question, questionById(id), id);
});

t.test('what waits when a run is stopped ends as interrupted', async (t) => {
  const reading = reader();
  const kept = Promise.all([0, 1].map(() => Promise.resolve(reading.read(listing, answer(rows(300_000)), ''))));
  reading.stop();
  t.match(await kept, [{ failure: 'interrupted' }, { failure: 'interrupted' }]);
});

t.test('no question takes much longer over a body than the others do', (t) => {
  const size = 16 * 1024;
  const fill = (open: string, item: (i: number) => string, close: string): Buffer => {
    let text = open + item(0);
    for (let i = 1; text.length < size - 40; i += 1) text += `,${item(i)}`;
    return Buffer.from(text + close);
  };
  /** Bodies with how many times as long as most a question may take that hopes for such a body. */
  const bodies: Readonly<Record<string, readonly [body: Buffer, allowed: number]>> = {
    keys: [fill('{', (i) => `"k${i}":1`, '}'), 20],
    'objects by key': [fill('{', (i) => `"k${i}":{"a":{}}`, '}'), 20],
    'keys of indices': [fill('{"indices":{', (i) => `"k${i}":{}`, '}}'), 60],
    'keys of nodes': [fill('{"nodes":{', (i) => `"k${i}":{"plugins":[]}`, '}}'), 60],
    strings: [fill('[', (i) => `"${i}"`, ']'), 60],
    objects: [fill('[', (i) => `{"index":"i${i}"}`, ']'), 60],
    fields: [fill('{"fields":[', (i) => `{"name":"f${i}","type":"x"}`, ']}'), 60],
    markup: [Buffer.from('<html '.repeat(size / 6)), 60],
  };
  for (const [name, [body, allowed]] of Object.entries(bodies)) {
    const cpu = catalogue.map((question) => ({ id: question.id, ms: leastOf(3, () => void keep(question.id, body)) }));
    cpu.sort((a, b) => a.ms - b.ms);
    const usual = cpu[Math.floor(cpu.length / 2)];
    const worst = cpu.at(-1);
    // Each at its best, in one process. A schema that is made for each member takes a hundred times longer.
    const ratio = (worst?.ms ?? Infinity) / (usual?.ms ?? 0);
    t.ok(ratio < allowed, `${name}: ${worst?.id} takes ${ratio.toFixed(0)} times as long as most`);
  }
  t.end();
});

function keep(id: string, body: Buffer): Answer {
  return keepAnswer(questionById(id), { status: 200, headers: {}, body, truncated: false });
}

/** CPU time of the fastest of several goes, in milliseconds. */
function leastOf(times: number, work: () => void): number {
  let least = Infinity;
  for (let i = 0; i < times; i += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    if (least < 1) break;
  }
  return least;
}
