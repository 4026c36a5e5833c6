// What signals do to the running program.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import t from 'tap';
import { loader, moduleFile } from '../support/module-file.js';

const main = moduleFile('src/cli/main');

t.test('SIGUSR1 opens no debugger and does not end the run; SIGINT ends it', async (t) => {
  const server = createServer().listen(0, '127.66.1.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const { port } = Object.assign({ port: 0 }, server.address());
  const child = spawn(process.execPath, [...loader, main, 'audit', `http://127.66.1.1:${port}`, '--out', t.testdir()], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(child, 'exit');
  await once(server, 'connection');
  child.kill('SIGUSR1');
  // Node says so as soon as it opens one; the second signal is taken after the first.
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill('SIGINT');
  await ended;
  t.equal(child.exitCode, 130);
  t.notMatch(said, /Debugger listening/);
});

t.test('what is thrown in a callback is a bug of ours, and what was learned until then is written', async (t) => {
  const server = createServer().listen(0, '127.66.1.2');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const { port } = Object.assign({ port: 0 }, server.address());
  const out = t.testdir();
  const thrown = "process.on('SIGUSR2',()=>{throw new Error('thrown in a callback')})";
  const child = spawn(
    process.execPath,
    [
      ...loader,
      '--import',
      `data:text/javascript,${thrown}`,
      main,
      'audit',
      `http://127.66.1.2:${port}`,
      '--out',
      out,
      '--format',
      'json',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  t.teardown(() => child.kill('SIGKILL'));
  const said: Buffer[] = [];
  child.stderr.on('data', (part: Buffer) => said.push(part));
  const ended = once(child, 'close');
  await once(server, 'connection');
  child.kill('SIGUSR2');
  await ended;
  t.equal(child.exitCode, 3);
  t.match(Buffer.concat(said).toString(), /this is a bug of leftopen, please report it:\n.*thrown in a callback/);
  const record = readdirSync(out, { recursive: true, encoding: 'utf8' });
  t.ok(
    record.some((name) => name.endsWith('endpoints.jsonl')),
    'the record',
  );
  t.ok(
    record.some((name) => name.endsWith('findings.json')),
    'the report',
  );
});

t.test('what still holds the process once its work is done does not keep it from ending', async (t) => {
  const held = ['--import', 'data:text/javascript,setInterval(() => undefined, 1e6)'];
  const child = spawn(process.execPath, [...loader, ...held, main, 'explain', 'no-such-check'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stderr.on('data', (part: Buffer) => said.push(part));
  const [code] = (await once(child, 'close')).map(Number);
  t.equal(code, 2);
  t.match(Buffer.concat(said).toString(), /no-such-check/);
});
