// The hosts of the audit's bench in a process of its own: recorded servers on every address of a loopback network, at one
// port. It replays prepared bytes, so that it takes as little of the machine as it can.
// Usage: node bench/simulator.js KIND,KIND,… (each the name of a recording): host number n is the kind n modulo their number.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseRecording, replay } from '../dist/demo/replay.js';

const recordings = (process.argv[2] ?? '').split(',').map((name) => {
  const path = ['recordings', 'written'].map((folder) =>
    fileURLToPath(new URL(`../test/${folder}/${name}.jsonl`, import.meta.url)),
  );
  return parseRecording(readFirst(path));
});

function readFirst([path = '', ...others]) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (others.length === 0) throw error;
    return readFirst(others);
  }
}

/** What differs from host to host: ids of 22 characters, and counts of documents. */
const own = /(?<![\w-])[\w-]{22}(?=")|(?<="docs\.count":")[1-9]\d*(?=")/g;

/** The names that the audit makes up. */
const madeUp = /(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])/;

/** The run's id, which servers echo. */
const opaqueId = /^x-opaque-id: (\S+)/im;

const known = new Map();

/** An answer in parts: texts, and between them what is the host's own (an id or a count, as recorded) or the name made up. */
function prepared(kind, method, path, opaque) {
  const name = madeUp.exec(path)?.[0] ?? '';
  const key = `${kind} ${opaque} ${method} ${name === '' ? path : path.replaceAll(name, '{name}')}`;
  let answer = known.get(key);
  if (answer === undefined) {
    const found = replay(recordings[kind], { method, path, headers: opaque === '' ? {} : { 'x-opaque-id': opaque } });
    const text =
      found === null ? 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n' : found.bytes.toString('latin1');
    const slots = name === '' ? own : new RegExp(`${own.source}|${name}`, 'g');
    answer = {
      close: found?.close ?? false,
      texts: text.split(slots),
      slots: (text.match(slots) ?? []).map((slot) => (slot === name ? null : slot)),
    };
    known.set(key, answer);
  }
  return { answer, name };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A host's own version of a recorded id or count: of the same length, and the same at every request. */
function ownOf(recorded, host) {
  const digits = String(host).padStart(8, '0');
  if (/^\d+$/.test(recorded)) return `${recorded.slice(0, 1)}${digits}`.slice(0, recorded.length);
  const id = [...digits].map((digit) => letters[Number(digit)]).join('');
  return `${recorded.slice(0, -id.length)}${id}`;
}

const server = createServer({ noDelay: true }, (socket) => {
  const [, second = 0, third = 0, fourth = 0] = (socket.localAddress ?? '').split('.').map(Number);
  const host = ((second & 63) << 16) | (third << 8) | fourth;
  const kind = host % recordings.length;
  let rest = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    rest += data.toString('latin1');
    for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
      const head = rest.slice(0, end);
      rest = rest.slice(end + 4);
      const [method = '', path = ''] = head.slice(0, head.indexOf('\r\n')).split(' ');
      const { answer, name } = prepared(kind, method, path, opaqueId.exec(head)?.[1] ?? '');
      let text = answer.texts[0];
      answer.slots.forEach((slot, at) => {
        text += (slot === null ? name : ownOf(slot, host)) + answer.texts[at + 1];
      });
      socket.write(text, 'latin1');
      if (answer.close) socket.end();
    }
  });
});
server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 }, () => process.send(server.address().port));
process.on('disconnect', () => process.exit());
