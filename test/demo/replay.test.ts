import net from 'node:net';
import tls from 'node:tls';
import t from 'tap';
import {
  bodyBytes,
  matchExchange,
  opaquePlaceholder,
  parseRecording,
  printRecording,
  type Wire,
} from '../../src/demo/replay.js';
import { recordingNamed, recordingNames, serveRecording } from '../replay.js';
import { sample } from '../support/sample.js';

/** Sends bytes on a connection of its own; resolves with all that came until `until` bytes are there or the end. */
function exchange(port: number, secure: boolean, sent: string, until: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const where = { host: '127.0.0.3', port };
    const socket = secure ? tls.connect({ ...where, rejectUnauthorized: false }) : net.connect(where);
    const parts: Buffer[] = [];
    const settle = (): void => {
      socket.destroy();
      resolve(Buffer.concat(parts));
    };
    socket.on(secure ? 'secureConnect' : 'connect', () => socket.write(sent));
    socket.on('data', (part: Buffer) => {
      parts.push(part);
      if (Buffer.concat(parts).length >= until) settle();
    });
    socket.on('end', settle);
    socket.on('error', reject);
  });
}

/** What a recorded exchange must be on the wire when it is asked with these names. */
function expected(wire: Wire, nonce: string, path: string): string {
  const fill = (text: string): string =>
    text.replaceAll('{nonce}', nonce).replaceAll('{path}', path).replaceAll(opaquePlaceholder, 'run-1');
  const body = bodyBytes(wire, fill);
  if (wire.kind === 'bytes') return body.toString('latin1');
  const kept = wire.framing !== 'length' || wire.cut === true;
  const head = wire.head
    .map(fill)
    .map((line) => (kept ? line : line.replace(/^(content-length: )\d+$/i, `$1${body.length}`)));
  const framed =
    wire.framing === 'chunked'
      ? `${body.length === 0 ? '' : `${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n`}0\r\n\r\n`
      : body.toString('latin1');
  return `${head.join('\r\n')}\r\n\r\n${framed}`;
}

for (const name of sample(recordingNames(), 40)) {
  void t.test(`${name} is replayed byte for byte`, async (t) => {
    const recording = recordingNamed(name);
    const secure = recording.head.scheme === 'https';
    const server = await serveRecording(recording, { address: '127.0.0.3', port: 0 });
    t.teardown(() => server.close());
    t.equal(printRecording(parseRecording(printRecording(recording))), printRecording(recording));
    for (const [at, { method, path, wire }] of recording.exchanges.entries()) {
      if (method !== 'GET' || recording.exchanges.findIndex((one) => one.method === method && one.path === path) !== at)
        continue;
      // A nonce of another question, as a list of recent requests names it, could not be filled in: a reader would wait for it.
      if (!path.includes('{nonce}') && !t.notMatch(wire.text ?? '', '{nonce}', `${path} names no other nonce`))
        continue;
      const nonce = 'x7f3ax7f3ax7';
      const asked = path.replaceAll('{nonce}', nonce);
      const wanted = expected(wire, nonce, asked);
      const sent = `GET ${asked} HTTP/1.1\r\nHost: lab\r\nX-Opaque-Id: run-1\r\n\r\n`;
      const got = await exchange(server.port, secure, sent, wanted.length);
      t.equal(got.toString('latin1'), wanted, `${path} (${wire.kind})`);
    }
  });
}

void t.test('the other scheme gets the response of the real server', async (t) => {
  const plain = await serveRecording(recordingNamed('elasticsearch/7.17.9-open'), { address: '127.0.0.3', port: 0 });
  const secure = await serveRecording(recordingNamed('opensearch/2.19.4-closed'), { address: '127.0.0.3', port: 0 });
  t.teardown(() => Promise.all([plain.close(), secure.close()]));
  const toPlain = await exchange(plain.port, false, '\x16\x03\x01\x00\x05hello', 4096);
  t.match(toPlain.toString('latin1'), /^HTTP\/1\.0 400 Bad Request\r\nX-elastic-product: Elasticsearch/);
  const toSecure = await exchange(secure.port, false, 'GET / HTTP/1.1\r\n\r\n', 4096);
  t.equal(toSecure.length, 0, 'closed without a byte');
  t.same(secure.requests, [], 'no request got through');
});

void t.test('a request that was not recorded gets the response of an unknown path', async (t) => {
  const server = await serveRecording(recordingNamed('elasticsearch/7.17.9-closed'), { address: '127.0.0.3', port: 0 });
  t.teardown(() => server.close());
  const answer = await exchange(
    server.port,
    false,
    'GET /never-asked HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n',
    1 << 20,
  );
  t.match(answer.toString('latin1'), /^HTTP\/1\.1 401 Unauthorized\r\n/);
  t.match(answer.toString('latin1'), 'for REST request [/never-asked]');
  t.notMatch(answer.toString('latin1'), 'X-Opaque-Id', 'an id that was not sent is not echoed');
  t.same(server.requests, [{ method: 'GET', path: '/never-asked' }]);
});

t.test('a path that was not recorded is below the base path of the recording', (t) => {
  const recording = recordingNamed('nginx/7.17.9-base-path');
  const match = matchExchange(recording, { method: 'GET', path: '/es/_never-asked?filter_path=x' });
  t.equal(match?.exchange.path, '/es/_{nonce}');
  t.same(match?.nonces, ['never-asked']);
  t.end();
});

void t.test('several requests on one connection get their responses in order', async (t) => {
  const server = await serveRecording(recordingNamed('elasticsearch/2.4.6-open'), { address: '127.0.0.3', port: 0 });
  t.teardown(() => server.close());
  const both = 'GET / HTTP/1.1\r\nHost: lab\r\n\r\nHEAD / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';
  const answer = (await exchange(server.port, false, both, 1 << 20)).toString('latin1');
  t.equal(answer.split('HTTP/1.1 200 OK').length, 3);
  t.ok(answer.endsWith('\r\n\r\n'), 'a HEAD has no body');
});

void t.test('a file that is not a recording is rejected with its line', (t) => {
  t.throws(() => parseRecording(''), /empty/);
  const [head] = printRecording(recordingNamed('elasticsearch/2.4.6-open')).split('\n');
  t.throws(() => parseRecording(`${head}\n{"question":"root"}\n`), /line 2 of the recording/);
  t.end();
});
