import t from 'tap';
import {
  bytesOfSize,
  keepDataViews,
  keepIndexManagement,
  keepLoginState,
  keepResolved,
  keepSavedObjects,
  keepSearch,
  keepSpaces,
  keepStateManagement,
  keepStats,
  keepStatus,
} from '../../src/catalogue/dashboard.js';

const keepers = {
  keepDataViews,
  keepIndexManagement,
  keepLoginState,
  keepResolved,
  keepSavedObjects,
  keepSearch,
  keepSpaces,
  keepStateManagement,
  keepStats,
  keepStatus,
};

t.test('a status of any line gives what it says, and no more', (t) => {
  const full = {
    reach: 'full',
    product: null,
    name: null,
    version: null,
    flavor: null,
    overall: 'green',
    backend: null,
    uptimeMs: null,
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
      { ...full, product: 'kibana', name: 'kb', version: '4.6.6', backend: { state: 'red', message: 'm' } },
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
        backend: { state: 'green', message: 'Kibana index ready' },
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
        backend: { state: 'available', message: 's' },
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
    ['a state and nothing beside it', { status: { overall: { state: 'green' } } }, null],
    ['a health check of something else', { status: 'UP' }, null],
    ['ElasticHQ', { data: [{ name: 'ElasticHQ', installed_version: '3.5.12' }] }, null],
    ['an error of Elasticsearch', { error: { type: 'x' }, status: 400 }, null],
  ] as const;
  for (const [what, body, wanted] of table) t.strictSame(keepStatus(body), wanted, what);
  t.end();
});

t.test('the listings of a dashboard are counted alike', (t) => {
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

t.test('only names and totals are kept of what has more', (t) => {
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
  t.strictSame(login, { allowLogin: true, layout: 'form', providers: [{ type: 'anonymous', usesLoginForm: false }] });
  t.strictSame(
    keepSpaces(Array.from({ length: 80 }, (_, n) => ({ id: `s${n}`, name: `Space ${n}` })))?.titles.length,
    50,
  );
  t.strictSame(keepSearch({ hits: { total: { value: 5 } }, _shards: { successful: 1 } }), {
    documents: 5,
    successful: 1,
  });
  t.strictSame(keepSearch({ hits: { total: 5 }, _shards: { successful: 1 } }), { documents: 5, successful: 1 });
  t.end();
});

t.test('whatever a target sends, a keeper answers with what it hoped for or with null', (t) => {
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
