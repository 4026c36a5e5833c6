import t from 'tap';
import { budgets } from '../../src/survey/index.js';
import { failure, json, openElasticsearch, openOpenSearch } from '../support/clusters.js';
import type { Paths } from '../support/survey.js';
import { surveyed } from '../support/survey.js';

/** Answers as real servers give them: 2.4.6, 7.17.9, 9.4.3 and OpenSearch 2.19.4. */
const settings = (action: 'true' | 'false', readOnly = 'false') =>
  json(200, {
    defaults: {
      cluster: { blocks: { read_only_allow_delete: 'false', read_only: readOnly } },
      action: { destructive_requires_name: action },
    },
  });

const paths = (more: Paths = {}): Paths => ({
  '/_cluster/settings': settings('false'),
  '/_settings/index.blocks.*': json(200, {}),
  '/_snapshot': json(200, { nightly: { type: 'fs' } }),
  '/_cat/snapshots/nightly': json(200, [
    { status: 'FAILED', end_epoch: '1795644199' },
    { status: 'SUCCESS', end_epoch: '1795644143' },
    { status: 'SUCCESS', end_epoch: '1795557743' },
  ]),
  ...more,
});

const asked = (run: ReturnType<typeof surveyed>) => run.record.exchanges.map(({ question }) => question);

t.test('obstacles to a change are asked about after the verdict, and only then', (t) => {
  const seen = surveyed(openElasticsearch('7.17.9', { paths: paths() }));
  t.same(seen.power, {
    ground: { kind: 'no-login' },
    groundEvidence: seen.access.caller.evidence,
    writes: [],
    reconfigures: true,
    mayNotDelete: null,
    namesRequired: { on: false, source: 'said' },
    clusterBlock: null,
    settingsEvidence: [asked(seen).indexOf('cluster-settings')],
    blocks: { readOnly: 0, writeOnly: 0, names: [], evidence: [asked(seen).indexOf('index-blocks')] },
  });
  t.same(seen.topics.backups, {
    repositories: {
      total: 1,
      readOnly: 0,
      types: ['fs'],
      evidence: [asked(seen).indexOf('snapshot-repositories')],
    },
    snapshots: {
      repository: 'nightly',
      readOnly: false,
      readable: 'yes',
      status: 200,
      total: 3,
      atLeast: false,
      succeeded: 2,
      lastSuccessAt: '2026-11-25T22:02:23.000Z',
      evidence: [asked(seen).indexOf('snapshots')],
    },
  });
  t.ok(asked(seen).length <= budgets.whole);
  t.ok(asked(seen).indexOf('cluster-settings') > asked(seen).indexOf('index-count'), 'after the verdict');
  t.end();
});

t.test('how each line says it', (t) => {
  const names = (server: Parameters<typeof surveyed>[0]) => surveyed(server).power?.namesRequired;
  const said = (version: string, body: object) =>
    names(openElasticsearch(version, { paths: paths({ '/_cluster/settings': json(200, body) }) }));
  t.same(said('2.4.6', {}), { on: false, source: 'default' }, 'no defaults are shown before 5.0');
  t.same(said('2.4.6', { transient: { action: { destructive_requires_name: 'true' } } }), { on: true, source: 'said' });
  t.same(
    said('7.17.9', {
      persistent: { action: { destructive_requires_name: 'false' } },
      transient: { action: { destructive_requires_name: 'true' } },
    }),
    { on: true, source: 'said' },
    'a transient setting wins',
  );
  t.same(said('9.4.3', { error: 'x', status: 403 }), { on: true, source: 'default' }, 'refused: by default since 8.0');
  t.same(said('7.17.9', { error: 'x', status: 403 }), { on: false, source: 'default' });
  t.same(names(openOpenSearch('3.6.0')), { on: false, source: 'default' }, 'never by default in OpenSearch');
  t.end();
});

t.test('write protection', (t) => {
  const blocked = (blocks: object) => ({ settings: { index: { blocks } } });
  const seen = surveyed(
    openElasticsearch('7.17.9', {
      paths: paths({
        '/_cluster/settings': settings('true', 'true'),
        '/_settings/index.blocks.*': json(200, {
          customers: blocked({ read_only: 'true' }),
          orders: blocked({ write: 'true' }),
          archive: blocked({ read_only_allow_delete: 'true' }),
          open: blocked({ write: 'false' }),
          '.kibana_1': blocked({ read_only: 'true' }),
        }),
      }),
    }),
  );
  t.equal(seen.power?.clusterBlock, 'read-only');
  t.match(seen.power?.blocks, { readOnly: 1, writeOnly: 2, names: ['customers'] });
  t.end();
});

t.test('snapshots are requested from one repository on disk, and from no other', (t) => {
  const withRepositories = (body: object, more: Paths = {}) =>
    surveyed(openElasticsearch('7.17.9', { paths: paths({ '/_snapshot': json(200, body), ...more }) }));
  const cloud = withRepositories({ backup: { type: 's3' }, other: { type: 'gcs', settings: { readonly: 'true' } } });
  t.notOk(asked(cloud).includes('snapshots'), 'not of cloud storage');
  t.match(cloud.topics.backups?.repositories, { total: 2, readOnly: 1, types: ['gcs', 's3'] });
  t.equal(cloud.topics.backups?.snapshots, null);

  const both = withRepositories(
    { first: { type: 'fs' }, second: { type: 'fs', settings: { readonly: 'true' } } },
    { '/_cat/snapshots/second': json(200, []) },
  );
  t.match(both.topics.backups?.snapshots, { repository: 'second', readOnly: true, total: 0, lastSuccessAt: null });
  t.equal(asked(both).filter((id) => id === 'snapshots').length, 1);

  const ends = Array.from({ length: 9000 }, (_, i) => ({
    status: 'SUCCESS',
    end_epoch: String(1_790_000_000 - i * 3600),
  }));
  const read = (rows: readonly object[]) =>
    withRepositories({ nightly: { type: 'fs' } }, { '/_cat/snapshots/nightly': json(200, rows) }).topics.backups
      ?.snapshots;
  t.match(read(ends), { readable: 'yes', atLeast: true, lastSuccessAt: '2026-09-21T14:13:20.000Z' });
  t.match(read(ends.toReversed()), { readable: 'unknown', lastSuccessAt: null }, 'the newest were not read');
  t.match(read(ends.slice(0, 100)), { readable: 'yes', atLeast: false, total: 100 });

  const broken = withRepositories(
    { nightly: { type: 'fs' } },
    { '/_cat/snapshots/nightly': failure(500, 'repository_exception', '[nightly] could not read repository data') },
  );
  t.match(broken.topics.backups?.snapshots, { readable: 'no', status: 500 });
  const older = withRepositories(
    { nightly: { type: 'fs' } },
    // as Elasticsearch 1.7.6 answers it
    { '/_cat/snapshots/nightly': json(404, { error: 'IndexMissingException[[_cat] missing]', status: 404 }) },
  );
  t.match(older.topics.backups?.snapshots, { readable: 'unknown', status: 404 });
  t.equal(withRepositories({}).topics.backups?.repositories?.total, 0);
  t.equal(withRepositories({ error: { type: 'x' }, status: 403 }).topics.backups?.repositories, null);
  t.end();
});

t.test('no server gets more questions than needed', (t) => {
  const none = surveyed(openElasticsearch('7.17.9', { paths: paths({ '/_cat/indices': json(200, []) }) }));
  t.notOk(asked(none).includes('cluster-settings'), 'it is empty');
  const unnamed = surveyed(openElasticsearch('7.17.9', { paths: paths() }), { techniques: { names: false } });
  t.notOk(asked(unnamed).includes('index-blocks'), 'names are not allowed');
  t.equal(unnamed.traces, null);

  t.end();
});

t.test('what an anonymous user may change, by its role or as the server says', (t) => {
  const visitor = (roles: readonly string[], own?: object) =>
    surveyed(
      openElasticsearch('8.15.0', {
        paths: paths({
          '/_security/_authenticate': json(200, {
            username: 'visitor',
            roles,
            authentication_realm: { name: '__anonymous', type: '__anonymous' },
            authentication_type: 'anonymous',
          }),
          ...(own === undefined ? {} : { '/_security/user/_privileges': json(200, own) }),
        }),
      }),
    );
  const reader = visitor(['visitor_read']);
  t.equal(reader.power?.ground, null);
  t.notOk(asked(reader).includes('cluster-settings'), 'a role whose rights are not known');
  const master = visitor(['visitor_read', 'superuser']);
  t.same(master.power?.ground, { kind: 'role', role: 'superuser' });
  t.ok(asked(master).includes('snapshot-repositories'));
  t.notOk(asked(master).includes('own-privileges'), 'its role says it');

  // as Elasticsearch 9.4.3 answers an anonymous reader
  const told = visitor(['visitor_read'], {
    cluster: ['monitor'],
    indices: [{ names: ['orders-*'], privileges: ['monitor', 'read', 'view_index_metadata'] }],
  });
  t.same(told.power?.mayNotDelete, [asked(told).indexOf('own-privileges')]);
  const readers = Array.from({ length: 5000 }, (_, i) => ({ names: [`tenant-${i}-of-many`], privileges: ['read'] }));
  const cut = visitor(['visitor_read'], {
    cluster: ['monitor'],
    indices: [...readers, { names: ['*'], privileges: ['all'] }],
  });
  t.match(cut.power, { ground: null, mayNotDelete: null }, 'what comes after the end of what is read may let it');
  t.equal(told.power?.ground, null);
  t.notOk(asked(told).includes('cluster-settings'));

  const owner = visitor(['shop'], {
    cluster: ['monitor'],
    indices: [
      { names: ['orders-2026.??', 'old-*', '.kibana*'], privileges: ['manage'] },
      { names: ['customers'], privileges: ['read', 'write'] },
    ],
  });
  t.same(
    owner.power?.ground,
    { kind: 'privileges', deletes: ['orders-2026.??'] },
    'what matches an index that is listed',
  );
  t.equal(owner.power?.reconfigures, false);
  t.ok(owner.power?.groundEvidence.includes(asked(owner).indexOf('own-privileges')));

  const every = visitor(['shop'], { cluster: ['all'], indices: [{ names: ['*'], privileges: ['all'] }] });
  t.match(every.power, { ground: { kind: 'privileges', deletes: ['*'] }, reconfigures: true });
  const elsewhere = visitor(['shop'], { cluster: [], indices: [{ names: ['zz-*'], privileges: ['all'] }] });
  t.match(elsewhere.power, { ground: null, mayNotDelete: null }, 'a pattern that matches nothing that was seen');
  const covers = (pattern: string) =>
    visitor(['shop'], { cluster: [], indices: [{ names: [pattern], privileges: ['all'] }] }).power?.ground !== null;
  for (const pattern of ['*', 'cust*', '*mers', 'c*o*s', 'customer?', 'cus**tomers*', 'customers'])
    t.ok(covers(pattern), pattern);
  for (const pattern of ['', 'cust', 'customers?', 'c*x*s', '/cust.*/', 'CUSTOMERS', `${'c*'.repeat(140)}x`])
    t.notOk(covers(pattern), pattern);
  const odd = visitor(['shop'], { error: { type: 'security_exception' }, status: 403 });
  t.match(odd.power, { ground: null, mayNotDelete: null });
  t.end();
});

t.test('a caller whom something in front logs in as an administrator may change what an administrator may', (t) => {
  const user = { username: 'elastic', roles: ['superuser'], authentication_type: 'realm', enabled: true };
  const realm = { authentication_realm: { name: 'reserved', type: 'reserved' } };
  const seen = surveyed(
    openElasticsearch('8.15.0', { paths: paths({ '/_security/_authenticate': json(200, { ...user, ...realm }) }) }),
  );
  t.strictSame(
    [seen.access.caller.login, seen.access.caller.user, seen.access.reaches.control],
    ['required', 'elastic', 'no'],
  );
  t.strictSame([seen.power?.ground, seen.power?.reconfigures], [{ kind: 'role', role: 'superuser' }, true]);
  t.equal(seen.topics.backups?.repositories?.total, 1);
  t.ok(asked(seen).length <= budgets.whole);
  const other = surveyed(
    openElasticsearch('8.15.0', {
      paths: paths({ '/_security/_authenticate': json(200, { ...user, ...realm, roles: ['shop_reader'] }) }),
    }),
  );
  t.equal(other.power?.ground, null, 'a name that shows nothing');
  t.end();
});
