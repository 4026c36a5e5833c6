import { rmSync } from 'node:fs';
import { Client } from '@elastic/elasticsearch';
import t from 'tap';
import { auditUrls, placeOf } from '../audited.js';
import { down, serverNamed, up, urlOf } from './lab/lab.js';
import { runningPid } from './lab/process.js';

t.test('the official client and the audit agree about a server', async (t) => {
  const server = serverNamed('elasticsearch-9.4.3-open');
  const before = runningPid(server.name) !== null;
  t.teardown(() => (before ? undefined : down(server)));
  await up(server);
  const url = urlOf(server);
  const client = new Client({ node: url });
  const [info, indices] = await Promise.all([
    client.info(),
    client.cat.indices({ format: 'json', h: ['index', 'docs.count'] }),
  ]);
  await client.close();
  const audited = await auditUrls([url]);
  t.teardown(() => {
    rmSync(audited.folder, { recursive: true });
  });
  const seen = audited.endpoints.get(placeOf(url));
  t.equal(seen?.summary.version, info.version.number);
  t.equal(seen?.summary.clusterUuid, info.cluster_uuid);
  t.equal(seen?.summary.clusterName, info.cluster_name);
  const contents = seen?.findings.find(({ check }) => check === 'cluster-open')?.contents;
  t.strictSame(
    contents?.largest.map(({ name, documents }) => [name, documents]).sort(),
    indices.map((row) => [row.index, Number(row['docs.count'])]).sort(),
  );
});
