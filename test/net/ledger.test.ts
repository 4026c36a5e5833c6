import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { failures } from '../../src/model/exchange.js';
import { always, askOf, fixture, http, onRequest, questionOf, rawServer, testClient, tlsServer } from './helpers.js';

const schema: unknown = JSON.parse(readFileSync('schema/ledger.schema.json', 'utf8'));
if (typeof schema !== 'object' || schema === null) throw new Error('the schema is not an object');
const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

t.test('every line that the client writes fits the published schema, and holds no secret', async (t) => {
  const pair = { cert: fixture('server.pem'), key: fixture('server.key') };
  const canary = 'password=canary-4711';
  const ok = http('200 OK', [`x-canary: ${canary}`, `set-cookie: sid=${canary}`], canary);
  const plain = await rawServer(t, always(ok));
  const secure = await tlsServer(t, pair, always(ok));
  const broken = await rawServer(t, (socket) => onRequest(socket, () => socket.end(canary)));
  const { httpClient, endpointClient, ledger } = testClient(t);
  await httpClient.resolve('localhost');
  await httpClient.resolve('no-such-name.invalid');
  for (const [port, scheme] of [
    [plain.port, 'http'],
    [secure.port, 'https'],
    [plain.port, 'https'],
    [secure.port, 'http'],
    [broken.port, 'http'],
    [1, 'http'],
  ] as const) {
    const visited = endpointClient(port, { host: 'es.test' });
    if (port === plain.port && scheme === 'https') setTimeout(() => void visited.close(), 50);
    await visited.ask(askOf(questionOf('/_test'), scheme));
  }
  for (const line of ledger) {
    t.ok(validate(line), `${line.kind}: ${JSON.stringify(validate.errors)}`);
    if (line.failure !== null) t.ok(line.failure in failures, line.failure);
    t.match(line.at, /Z$/);
  }
  t.same([...new Set(ledger.map(({ kind }) => kind))].sort(), ['connection', 'handshake', 'lookup', 'request']);
  t.notMatch(JSON.stringify(ledger), /canary/);
  t.notOk(validate({ ...ledger[0], body: 'x' }), 'and the schema is strict');
});

t.test('the page names every field, and its example fits the schema', (t) => {
  const page = readFileSync('docs/ledger.md', 'utf8');
  for (const [name] of readFileSync('schema/ledger.schema.json', 'utf8').matchAll(/(?<=^ {8}")\w+(?=": \{)/gm))
    t.ok(page.includes(`\`${name}\``) || page.includes(`"${name}":`), name);
  const [, example = ''] = /^```json\n([^]*?)^```$/m.exec(page) ?? [];
  const lines = example.trim().split('\n');
  t.equal(lines.length, 2);
  for (const line of lines) t.ok(validate(JSON.parse(line)), line);
  t.end();
});
