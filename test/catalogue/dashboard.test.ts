import t from 'tap';
import { keepCount } from '../../src/catalogue/cluster.js';
import {
  bytesOfSize,
  keepCatIndices,
  keepConsoleConfig,
  keepDashboardRepositories,
  keepDataSources,
  keepDataViews,
  keepGuest,
  keepIndexSettings,
  keepIndexStats,
  keepIndexManagement,
  keepLoginState,
  keepResolved,
  keepSavedObjects,
  keepSpaces,
  keepStateManagement,
  keepStats,
  keepStatus,
} from '../../src/catalogue/dashboard.js';
import { keepResolvedIndices } from '../../src/catalogue/listing.js';

const keepers = {
  keepCatIndices,
  keepConsoleConfig,
  keepDashboardRepositories,
  keepDataSources,
  keepDataViews,
  keepGuest,
  keepIndexSettings,
  keepIndexStats,
  keepIndexManagement,
  keepLoginState,
  keepResolved,
  keepSavedObjects,
  keepSpaces,
  keepStateManagement,
  keepStats,
  keepStatus,
};

t.test('a status of any line yields what it says, and no more', (t) => {
  const full = {
    reach: 'full',
    product: null,
    name: null,
    version: null,
    flavor: null,
    overall: 'green',
    backend: null,
    uptimeMs: null,
    plugins: null,
  };
  const table = [
    [
      '4.x names its parts, not by id',
      {
        name: 'kb',
        version: '4.6.6',
        status: {
          overall: { state: 'green' },
          statuses: [{ name: 'plugin:elasticsearch', state: 'red', message: 'm' }],
        },
      },
      {
        ...full,
        product: 'kibana',
        name: 'kb',
        version: '4.6.6',
        backend: { state: 'red', message: 'm', addresses: [] },
        plugins: ['elasticsearch'],
      },
    ],
    [
      '5.1 has a version only in its parts',
      {
        name: 'kb',
        status: {
          overall: { state: 'green' },
          statuses: [{ id: 'plugin:elasticsearch@5.1.1', state: 'green', message: 'Kibana index ready' }],
        },
      },
      {
        ...full,
        product: 'kibana',
        name: 'kb',
        version: '5.1.1',
        backend: { state: 'green', message: 'Kibana index ready', addresses: [] },
        plugins: ['elasticsearch'],
      },
    ],
    [
      '8.x speaks of levels',
      {
        version: { number: '8.15.0', build_flavor: 'serverless' },
        status: { overall: { level: 'available' }, core: { elasticsearch: { level: 'available', summary: 's' } } },
        metrics: { process: { uptime_in_millis: 12.0 } },
      },
      {
        ...full,
        product: 'kibana',
        version: '8.15.0',
        flavor: 'serverless',
        overall: 'available',
        backend: { state: 'available', message: 's', addresses: [] },
        uptimeMs: 12,
      },
    ],
    ['redacted', { status: { overall: { level: 'available' } } }, { ...full, reach: 'redacted', overall: 'available' }],
    [
      'redacted by 8.0 to 8.8 while they start',
      { status: 'unavailable' },
      { ...full, reach: 'bare', overall: 'unavailable' },
    ],
    ['a level that Kibana does not know', { status: { overall: { level: 'ok' } } }, null],
    ['a state and nothing else', { status: { overall: { state: 'green' } } }, null],
    ['a health check of something else', { status: 'UP' }, null],
    ['ElasticHQ', { data: [{ name: 'ElasticHQ', installed_version: '3.5.12' }] }, null],
    ['an error of Elasticsearch', { error: { type: 'x' }, status: 400 }, null],
  ] as const;
  for (const [what, body, wanted] of table) t.strictSame(keepStatus(body), wanted, what);
  t.end();
});

t.test('a number may have a fraction, be a string or be missing: the rest is still kept', (t) => {
  const uptime = (value: unknown) =>
    keepStatus({
      version: { number: '8.12.2' },
      status: { overall: { level: 'available' } },
      metrics: { process: { uptime_in_millis: value } },
    })?.uptimeMs;
  for (const [value, wanted] of [
    [316921.754388, 316921.754388],
    [12, 12],
    ['12.5', 12.5],
    [undefined, null],
    [null, null],
    [-1, null],
    ['many', null],
    [Number.POSITIVE_INFINITY, null],
    [{}, null],
  ] as const)
    t.equal(uptime(value), wanted, typeof value);
  for (const total of [2, 2.0, '2', 2.4]) {
    t.equal(keepSavedObjects({ page: '1', total, saved_objects: [] })?.total, Number(total), `total ${total}`);
    t.match(keepStateManagement({ ok: true, response: { indices: [{ index: 'a' }], totalIndices: total } }), {
      total: Number(total),
    });
    t.match(keepCount({ count: total, _shards: { successful: '1' } }), { documents: Number(total), successful: 1 });
  }
  t.match(keepStateManagement({ ok: true, response: { indices: [{ index: 'a' }] } }), { total: 1 }, 'no total');
  t.match(keepIndexManagement([{ name: 'a', documents: 3.0, size: 17 }, { name: 'b' }]), { total: 2, documents: 3 });
  t.end();
});

t.test('a status lists the full addresses of its cluster and its plugins', (t) => {
  const message = `You're running OpenSearch Dashboards 2.19.2 with some different versions of OpenSearch. Update OpenSearch Dashboards or OpenSearch to the same version to prevent compatibility issues: v2.19.4 @ es01.acme.example/10.0.0.7:9200 (10.0.0.7), v2.19.3 @ [fd00::7]:9201 (fd00::7)`;
  const old = keepStatus({
    version: { number: '2.19.2' },
    status: {
      overall: { state: 'green' },
      statuses: [
        { id: 'core:opensearch@2.19.2', state: 'green', message },
        { id: 'plugin:reportsDashboards@2.8.0', state: 'green', message: 'ready' },
      ],
    },
  });
  t.strictSame(old?.backend?.addresses, ['10.0.0.7:9200', '[fd00::7]:9201']);
  t.ok((old?.backend?.message?.length ?? 0) <= 201, 'what is kept of the words is short');
  t.strictSame(old?.plugins, ['reportsDashboards']);
  const eight = keepStatus({
    version: { number: '8.12.2' },
    status: {
      overall: { level: 'available' },
      core: {
        elasticsearch: {
          level: 'available',
          summary: 'Elasticsearch is available',
          meta: {
            warningNodes: [{ http: { publish_address: '127.0.0.1:24269' } }, { http: 5 }],
            incompatibleNodes: [],
          },
        },
      },
      plugins: { spaces: { level: 'available' }, security: { level: 'available' } },
    },
  });
  t.strictSame(eight?.backend?.addresses, ['127.0.0.1:24269']);
  t.strictSame(eight?.plugins, ['security', 'spaces']);
  t.end();
});

t.test('the console and the data sources show addresses, never a user or a password', (t) => {
  t.strictSame(keepConsoleConfig({ host: 'https://kibana:Canary7@es01:9243/path' }), { addresses: ['es01:9243'] });
  t.strictSame(keepConsoleConfig({ host: 'http://es01', allHosts: ['http://es01', 'http://es02:9200'] }), {
    addresses: ['es01:80', 'es02:9200'],
  });
  const sources = keepDataSources({
    total: 1,
    saved_objects: [
      {
        type: 'data-source',
        id: 'd1',
        attributes: {
          title: 'Archive',
          endpoint: 'https://u:Canary7@10.0.0.8:9200',
          auth: { type: 'username_password', credentials: { username: 'Canary7', password: 'Canary7' } },
        },
      },
    ],
  });
  t.strictSame(sources, {
    total: 1,
    list: [{ id: 'd1', title: 'Archive', address: '10.0.0.8:9200', login: 'username_password' }],
  });
  t.equal(keepDataSources({ total: 0, saved_objects: [] })?.total, 0);
  t.equal(keepDataSources({ total: 1, saved_objects: [{ type: 'index-pattern', id: 'a' }] }), null);
  t.end();
});

t.test('for single indices, ages and counts are kept', (t) => {
  t.strictSame(
    keepIndexSettings({ settings: { index: { creation_date: '1795938202024', uuid: 'x' } }, defaults: {} }),
    {
      created: [{ index: '', at: 1795938202024 }],
    },
  );
  t.strictSame(
    keepIndexSettings({ a: { settings: { index: { creation_date: 5 } } }, b: { settings: { index: {} } } }),
    { created: [{ index: 'a', at: 5 }] },
  );
  t.equal(keepIndexSettings({ statusCode: 404 }), null);
  t.strictSame(keepIndexStats({ stats: { primaries: { docs: { count: 8 }, store: { size_in_bytes: 9 } } } }), {
    documents: 8,
    bytes: 9,
  });
  t.match(
    keepDashboardRepositories({ repositories: [{ name: 'secret', type: 'fs', settings: { readonly: 'true' } }] }),
    {
      total: 1,
      readOnly: 1,
      types: ['fs'],
    },
  );
  t.notMatch(JSON.stringify(keepDashboardRepositories({ repositories: [{ name: 'secret', type: 'fs' }] })), /secret/);
  t.match(keepCatIndices([{ index: 'citizens', 'docs.count': '5', 'store.size': '7.5kb' }]), {
    total: 1,
    documents: 5,
  });
  t.end();
});

t.test('all listings of a dashboard are counted the same way', (t) => {
  const managed = keepIndexManagement([
    { name: 'orders', documents: '12', size: '1.5kb' },
    { name: '.kibana_1', documents: 3, size: '2mb' },
  ]);
  t.match(managed, { total: 2, system: 1, documents: 12, bytes: 1536 });
  const ism = keepStateManagement({
    ok: true,
    response: { indices: [{ index: 'a', 'docs.count': '7' }], totalIndices: 90 },
  });
  t.match(ism, { total: 90, listing: { total: 1, documents: 7 } });
  t.strictSame(keepStateManagement({ ok: false, error: '[security_exception] no permissions' }), {
    refused: '[security_exception] no permissions',
  });
  t.match(keepResolved({ indices: [{ name: 'orders' }], aliases: [], data_streams: [] }), { total: 1 });
  // indices of data streams are hidden: they are listed with their stream alone (seen on OpenSearch 2.19.4)
  const streams = [
    {
      name: 'logs-app',
      backing_indices: ['.ds-logs-app-000001', '.ds-logs-app-000002'],
      timestamp_field: '@timestamp',
    },
    { name: 'metrics-app' },
  ];
  for (const keep of [keepResolved, keepResolvedIndices]) {
    const list = [{ name: '.ds-logs-app-000001' }, { name: '.ds-logs-app-000002' }, { name: 'metrics-app' }];
    t.match(keep({ indices: [], aliases: [], data_streams: streams }), { total: 3, system: 0, list });
  }
  t.equal(keepResolvedIndices({ indices: [], aliases: [], data_streams: [] }), null);
  t.end();
});

t.test('a list longer than any other is content', (t) => {
  const many = Array.from({ length: 8000 }, (_, i) => ({ id: `s${i}`, name: `Space ${i}`, title: `t${i}` }));
  t.match(keepSpaces(many), { total: 8000 });
  t.match(keepDataViews({ data_view: many }), { total: 8000 });
  t.match(keepSavedObjects({ page: 1, total: 8000, saved_objects: many }), { total: 8000 });
  const logins = many.map(({ id }) => ({ type: 'basic', name: id, usesLoginForm: true }));
  const providers = [...logins, { type: 'anonymous', name: 'guest', usesLoginForm: false }];
  const kept = keepLoginState({ allowLogin: true, selector: { enabled: true, providers } });
  t.match(kept?.providers[0], { type: 'anonymous' }, 'the guest login among many');
  t.equal(kept?.providers.length, 100);
  t.end();
});

t.test('sizes are read in their units', (t) => {
  const table = [
    ['0b', 0],
    ['208b', 208],
    ['1.5kb', 1536],
    ['2mb', 2_097_152],
    ['1gb', 1_073_741_824],
    ['many', null],
    ['', null],
    ['1.5', null],
  ] as const;
  for (const [size, bytes] of table) t.equal(bytesOfSize(size), bytes, size);
  t.end();
});

t.test('of longer entries, only names and totals are kept', (t) => {
  const saved = keepSavedObjects({
    page: 1,
    total: 1,
    saved_objects: [{ id: 'x', attributes: { title: 'orders-*', fields: 'every field' } }],
  });
  t.strictSame(saved, { total: 1, titles: ['orders-*'], views: [{ id: 'x', title: 'orders-*' }] });
  const login = keepLoginState({
    allowLogin: true,
    layout: 'form',
    loginHelp: 'call 555',
    selector: {
      enabled: true,
      providers: [{ type: 'anonymous', name: 'secret', usesLoginForm: false, description: 'd' }],
    },
  });
  t.strictSame(login, {
    allowLogin: true,
    layout: 'form',
    providers: [{ type: 'anonymous', name: 'secret', usesLoginForm: false }],
    selector: true,
  });
  t.strictSame(
    keepSpaces(Array.from({ length: 80 }, (_, n) => ({ id: `s${n}`, name: `Space ${n}` })))?.titles.length,
    50,
  );
  t.end();
});

t.test('whatever a target sends, a keeper returns what it looked for or null', (t) => {
  const deep = Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], 1);
  const proto: unknown = JSON.parse('{"__proto__":{"status":"available"},"status":{"overall":{"__proto__":null}}}');
  const hostile = [
    null,
    1,
    'x',
    [],
    {},
    [null],
    [[]],
    deep,
    proto,
    { status: { overall: {} } },
    { status: { overall: { level: 7 }, statuses: [null] } },
    { data_view: [{ title: 5 }] },
    { indices: {}, aliases: [], data_streams: [] },
    { saved_objects: 'x', total: -1, page: 1 },
    { ok: true, response: { indices: [{}], totalIndices: 1e99 } },
    { allowLogin: 'yes' },
    { cluster_uuid: 5 },
    { hits: { total: 'many' }, _shards: {} },
  ];
  for (const [name, keep] of Object.entries(keepers)) {
    for (const body of hostile) t.doesNotThrow(() => keep(body), name);
  }
  t.strictSame(keepSpaces([]), { total: 0, titles: [], views: [] }, 'no space at all is an answer');
  t.strictSame(keepStatus(proto), null, 'nothing is inherited');
  t.end();
});
