// Findings sent to real clusters with security on: each document once, through stops, rollovers, restarts and a full disk.
import t from 'tap';
import { z } from 'zod';
import { checkStreams, connect, destinationUrl, openNowName, send, SendFailure, setUp } from '../../src/sink/index.js';
import { finding, full, stream, type Sample } from '../support/report-sample.js';
import { down, restart, serverNamed, up, urlOf } from './lab/lab.js';
import { runningPid } from './lab/process.js';
import { labLogin } from './lab/types.js';

const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const skip = wanted.length > 0 && !wanted.includes('send');
const namespace = 'default';
const severities = ['critical', 'high', 'medium', 'low'] as const;

/** 10,000 findings, each of its own; 2,500 of each severity. */
const many: Sample = {
  ...full,
  findings: Array.from({ length: 10_000 }, (_, i) =>
    finding({ fingerprint: `f${i}`, severity: severities[i % 4] ?? 'low' }),
  ),
  endpoints: full.endpoints.filter(({ state }) => state !== 'open'),
};
const total = many.findings.length + many.endpoints.length + 1;
const record = { head: many.head, findings: stream(many.findings), endpoints: stream(many.endpoints) };

const table = z.looseObject({ values: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) });

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
    const { client } = destination;
    await t.rejects(checkStreams(destination, url, namespace), { name: 'SendFailure', message: /--setup/ });

    t.ok((await setUp(destination, url, namespace)).length >= 7);
    const again = await setUp(destination, url, namespace);
    t.notOk(
      again.some((step) => /^(data stream|transform|lifecycle)/.test(step)),
      'nothing is made twice',
    );
    await checkStreams(destination, url, namespace);

    // Stopped half-way, and rolled over before it is sent again.
    const stop = new AbortController();
    await t.rejects(
      send(record, destination, url, {
        namespace,
        signal: stop.signal,
        onProgress: ({ created }) => {
          if (created >= 5000) stop.abort();
        },
      }),
    );
    await client.indices.rollover({ alias: 'logs-leftopen.finding-default' });
    // A full disk: the block that Elasticsearch sets at its flood stage.
    const block = (value: boolean | null) =>
      client.indices.putSettings({
        index: 'logs-leftopen.finding-default',
        settings: { 'index.blocks.read_only_allow_delete': value },
      });
    await block(true);
    await t.rejects(send(record, destination, url, { namespace }), SendFailure);
    await block(null);
    // Restarted in the middle of the rest.
    const restarts: Promise<void>[] = [];
    const rest = await send(record, destination, url, {
      namespace,
      onProgress: ({ already, created }) => {
        if (already + created >= 7000 && restarts.length === 0) restarts.push(restart(server, urlOf(server)));
      },
    });
    t.equal(restarts.length, 1);
    await Promise.all(restarts);
    t.equal(rest.created + rest.already, total);
    t.equal(rest.refused.size, 0);
    const repeat = await send(record, destination, url, { namespace });
    t.strictSame([repeat.created, repeat.already], [0, total]);

    const query = async (text: string) => table.parse(await client.esql.query({ query: text, format: 'json' })).values;
    await client.indices.refresh({ index: 'logs-leftopen.*' });
    t.strictSame(
      await query(
        'FROM logs-leftopen.finding-default | STATS n = COUNT(*) BY leftopen.severity | SORT leftopen.severity',
      ),
      [...severities].sort().map((severity) => [2500, severity]),
      'exactly 10,000 are there, by severity',
    );
    t.strictSame(
      await query('FROM logs-leftopen.run-default | STATS n = COUNT(*), endpoints = MAX(leftopen.endpoints)'),
      [[1, many.head.summary.endpoints]],
    );
    const types = await client.fieldCaps({
      index: 'logs-leftopen.*',
      fields: ['@timestamp', 'host.ip', 'rule.id', 'vulnerability.score.base'],
    });
    t.strictSame(
      Object.entries(types.fields)
        .map(([field, caps]) => [field, ...Object.keys(caps)])
        .sort(),
      [
        ['@timestamp', 'date'],
        ['host.ip', 'ip'],
        ['rule.id', 'keyword'],
        ['vulnerability.score.base', 'float'],
      ],
    );
    const { transforms } = await client.transform.getTransform({ transform_id: openNowName(namespace) });
    t.equal(transforms.length, 1);
    await client.close();
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
