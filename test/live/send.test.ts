// The connection to real clusters with security on: the version that is met is spoken, and a wrong password is named as one.
// The builds of the lab hold neither data streams nor lifecycles: sending itself is tested on a stand-in (test/sink).
import t from 'tap';
import { connect, destinationUrl } from '../../src/sink/index.js';
import { down, serverNamed, up, urlOf } from './lab/lab.js';
import { runningPid } from './lab/process.js';
import { labLogin } from './lab/types.js';

const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const skip = wanted.length > 0 && !wanted.includes('send');
for (const name of ['elasticsearch-8.16.3-closed', 'elasticsearch-9.4.3-closed'] as const) {
  void t.test(name, { skip }, async (t) => {
    const server = serverNamed(name);
    const before = runningPid(name) !== null;
    if (before) await down(server);
    t.teardown(() => down(server));
    await up(server);
    const url = destinationUrl(urlOf(server));
    const credentials = { username: labLogin.user, password: labLogin.password };
    await t.rejects(connect(url, { username: labLogin.user, password: 'wrong' }, undefined), {
      name: 'SendFailure',
      message: /401/,
    });
    const destination = await connect(url, credentials, undefined);
    t.equal(destination.version, name.split('-')[1]);
    await destination.client.close();
  });
}

void t.test('OpenSearch is refused by name, with the way that works', { skip }, async (t) => {
  const server = serverNamed('opensearch-2.19.4-open');
  const before = runningPid(server.name) !== null;
  t.teardown(() => (before ? undefined : down(server)));
  await up(server);
  await t.rejects(connect(destinationUrl(urlOf(server)), null, undefined), {
    name: 'SendFailure',
    message: /ecs\.ndjson/,
  });
});
