// Sending to the clusters of the lab: the version that is met is spoken, a wrong password is named as one, OpenSearch by its name. Their
// builds have no data streams: siem.test.ts sends to an Elasticsearch that has.
import t from 'tap';
import { connect, destinationUrl, setUp } from '../../src/sink/index.js';
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
    const ignore = (): void => undefined;
    await t.rejects(setUp(destination, url, 'default', ignore, ignore), {
      name: 'SendFailure',
      message: /no data streams/,
    });
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
