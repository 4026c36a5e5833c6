// What is reported about real dashboards, statement by statement: recordings replayed without a socket.
import t from 'tap';
import { judgeRecord } from '../../src/judge/index.js';
import { observe } from '../../src/reading/index.js';
import { contextAt, surveyed } from '../accuracy/score.js';
import { recordingNamed } from '../replay.js';

function seen(name: string) {
  const record = surveyed(recordingNamed(name), null);
  const findings = judgeRecord(record, contextAt(record.at)).found.map(({ finding }) => finding);
  return { ...observe(record), asked: record.exchanges.map(({ question }) => question), findings };
}

t.test('what guards, since when, and what it asks for', (t) => {
  for (const [name, wanted] of [
    ['kibana/6.4.2-open', { login: 'none', started: true, guardedBy: null, exact: '6.4.2', distribution: 'default' }],
    ['kibana/7.4.2-oss-open', { login: 'none', started: true, guardedBy: null, exact: '7.4.2', distribution: 'oss' }],
    ['kibana/7.10.2-oss-open', { login: 'none', started: true, guardedBy: null, exact: '7.10.2', distribution: 'oss' }],
    [
      'kibana/7.10.2-oss-cluster-refuses',
      { login: 'none', started: true, guardedBy: 'cluster', exact: '7.10.2', distribution: 'oss' },
    ],
    ['kibana/8.12.2-open', { login: 'none', started: true, guardedBy: null, exact: '8.12.2', distribution: 'default' }],
    [
      'kibana/8.12.2-login',
      { login: 'asked', started: false, guardedBy: 'product', exact: '8.12.2', distribution: 'default' },
    ],
    [
      'kibana/8.12.2-anonymous-alone',
      { login: 'guest-offered', started: false, guardedBy: null, exact: null, distribution: 'default' },
    ],
    [
      'opensearch-dashboards/2.19.2-open',
      { login: 'none', started: true, guardedBy: null, exact: '2.19.2', distribution: null },
    ],
    [
      'opensearch-dashboards/2.19.2-custom-headers',
      { login: 'none', started: true, guardedBy: null, exact: '2.19.2', distribution: null },
    ],
    [
      'opensearch-dashboards/2.19.2-cluster-refuses',
      { login: 'none', started: true, guardedBy: 'cluster', exact: '2.19.2', distribution: null },
    ],
    [
      'opensearch-dashboards/2.8.0-open',
      { login: 'none', started: true, guardedBy: null, exact: '2.8.0', distribution: null },
    ],
    [
      'opensearch-dashboards/2.8.0-login',
      { login: 'asked', started: false, guardedBy: 'product', exact: '2.8.0', distribution: null },
    ],
    [
      'opensearch-dashboards/2.8.0-guest',
      { login: 'guest-offered', started: false, guardedBy: null, exact: '2.8.0', distribution: null },
    ],
    [
      'opensearch-dashboards/2.8.0-status-for-all',
      { login: 'asked', started: true, guardedBy: 'product', exact: '2.8.0', distribution: null },
    ],
  ] as const) {
    const { access, dashboard, identity, time, asked } = seen(name);
    t.strictSame(
      {
        login: dashboard?.login,
        started: time.processStartedAt !== null,
        guardedBy: access.guardedBy,
        exact: identity.version.certainty === 'exact' ? identity.version.number : null,
        distribution: identity.distribution,
      },
      wanted,
      name,
    );
    t.notOk(
      asked.some((id) => /guest/.test(id)),
      `${name}: no guest login is used`,
    );
  }
  t.end();
});

t.test('a login over plain HTTP is reported where one is asked for, with what asks for it', (t) => {
  for (const [name, by] of [
    ['kibana/8.12.2-open', null],
    ['kibana/6.4.2-open', null],
    ['opensearch-dashboards/2.8.0-open', null],
    ['kibana/8.12.2-login', ['product']],
    ['opensearch-dashboards/2.8.0-login', ['product']],
    ['kibana/7.10.2-oss-cluster-refuses', ['cluster']],
    ['opensearch-dashboards/2.19.2-cluster-refuses', ['cluster']],
  ] as const) {
    const { transport, findings } = seen(name);
    t.strictSame(transport.plainLogin?.by ?? null, by, name);
    t.equal(
      findings.some(({ check }) => check === 'login-over-plain-http'),
      by !== null,
      name,
    );
  }
  t.strictSame(seen('opensearch-dashboards/2.19.2-cluster-refuses').access.loginSchemes, ['basic']);
  t.strictSame(seen('kibana/7.10.2-oss-cluster-refuses').access.loginSchemes, ['basic']);
  t.end();
});

t.test('the command that proves it closed is the request that proved it open', (t) => {
  for (const [name, path] of [
    ['kibana/6.4.2-open', '/api/saved_objects/_find?type=index-pattern&per_page=50&fields=title'],
    ['kibana/7.4.2-oss-open', '/api/saved_objects/_find?type=index-pattern&per_page=50&fields=title'],
    ['kibana/7.10.2-oss-open', '/api/saved_objects/_find?type=index-pattern&per_page=50&fields=title'],
    ['kibana/8.12.2-open', '/api/spaces/space'],
    ['opensearch-dashboards/2.19.2-open', '/api/saved_objects/_find?type=index-pattern&per_page=50&fields=title'],
  ] as const) {
    const { findings } = seen(name);
    const verify = findings.find(({ check }) => check === 'dashboard-open')?.remedy.verify;
    t.ok(verify?.command.endsWith(`${path}'`), `${name}: ${verify?.command ?? ''}`);
    const answer = recordingNamed(name).exchanges.find((each) => each.path === path);
    t.match(
      answer?.wire.kind === 'answer' ? answer.wire.head[0] : '',
      /^HTTP\/1\.1 200/,
      `${name}: 200 while it is open`,
    );
  }
  t.end();
});

t.test('counts, fields and ages come by further GET routes', (t) => {
  for (const [name, documents] of [
    ['kibana/6.4.2-open', 8],
    ['kibana/8.12.2-open', 8],
    ['opensearch-dashboards/2.19.2-open', 8],
    ['opensearch-dashboards/2.19.2-custom-headers', 8],
    ['opensearch-dashboards/2.8.0-open', 8],
    ['kibana/7.10.2-oss-open', null],
  ] as const) {
    const { dashboard, fields } = seen(name);
    if (documents !== null) t.equal(dashboard?.cluster?.indices?.documents, documents, name);
    t.ok(
      fields?.totals.some((total) => total.class === 'national-id'),
      `${name}: its fields speak of persons`,
    );
  }
  for (const name of ['kibana/6.4.2-open', 'kibana/8.12.2-open', 'opensearch-dashboards/2.19.2-open'])
    t.match(seen(name).time.oldestDataAt?.at, /^2026-11-29T/, `${name}: and the age of the data`);
  t.equal(seen('kibana/8.12.2-open').dashboard?.repositories?.total, 0, 'no way back is seen through Kibana');
  t.end();
});

t.test('fields over all indices, where a dashboard lists none with a count', (t) => {
  const recording = recordingNamed('kibana/7.10.2-oss-open');
  const one = recording.exchanges.find(({ path }) => path.endsWith('_fields_for_wildcard?pattern=citizens'));
  if (one === undefined) throw new Error('the recording has no fields');
  // As the same server answers for all its indices: asked of a real 7.10.2 by hand, the shape is that of one index.
  const all = { ...one, path: '/api/index_patterns/_fields_for_wildcard?pattern=*,-.*' };
  const record = surveyed({ ...recording, exchanges: [all, ...recording.exchanges] }, null);
  const { fields } = observe(record);
  t.strictSame(fields?.indices, ['*']);
  t.equal(fields?.looked.kinds, fields?.looked.kindsTotal, 'no kind of index is left out');
  const found = judgeRecord(record, contextAt(record.at)).found.map(({ finding }) => finding);
  const summary = found.find(({ check }) => check === 'dashboard-open')?.summary;
  t.match(summary, /identity document numbers.*\(over all indices\)/);
  t.notMatch(summary, /the others may hold more/);
  t.notOk(
    record.exchanges.some(({ question }) => question === 'dashboard-fields'),
    'and no index is asked for alone',
  );
  t.end();
});

t.test('fields over all indices are all that a 7.4.2 without index management shows of them', (t) => {
  const { fields, dashboard, findings } = seen('kibana/7.4.2-oss-open');
  t.equal(dashboard?.cluster?.indices ?? null, null, 'no index is listed');
  t.strictSame(fields?.indices, ['*']);
  const summary = findings.find(({ check }) => check === 'dashboard-open')?.summary;
  t.match(summary, /identity document numbers.*\(over all indices\)/);
  t.notMatch(summary, /the others may hold more/);
  t.end();
});

t.test('the parts of a dashboard are those that its status lists', (t) => {
  t.ok(seen('opensearch-dashboards/2.8.0-status-for-all').plugins?.names.includes('reportsDashboards'));
  t.ok((seen('kibana/8.12.2-open').plugins?.names.length ?? 0) > 100);
  t.equal(seen('kibana/8.12.2-login').plugins, null, 'a redacted status lists none');
  t.end();
});
