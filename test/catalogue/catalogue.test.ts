import { readdirSync } from 'node:fs';
import t from 'tap';
import { catalogue, catalogueVersion, denied, denyList, questionById, requestPath } from '../../src/catalogue/index.js';
import type { Topic } from '../../src/catalogue/topic.js';
import { companions, topics } from '../../src/topics/registry.generated.js';
import { products } from '../../src/model/endpoint.js';
import { techniques } from '../../src/model/engagement.js';

/** Base paths that users declare and redirects lead to. */
const basePaths = ['', '/es', '/_dashboards', '/_plugin/kibana', '/a/b/c', '/kibana', '/search.v1'];

function filled(id: string, basePath: string): string {
  return requestPath({
    question: questionById(id),
    basePath,
    blanks: {
      nonce: '0123456789ab',
      index: 'orders-2026.10',
      repository: 'nightly',
      view: 'orders-view',
      source: 'archive',
      provider: 'anonymous1',
      columns: 'rep,pri',
      fields: 'tagline,version.number',
    },
  });
}

t.test('each question says what a client signs', (t) => {
  const files = readdirSync('src/catalogue/questions').map((name) => name.replace(/\.ts$/, ''));
  const declared = [...Object.values<Topic>(topics), ...companions];
  const ofTopics = declared.flatMap(({ questions }) => questions.map(({ id }) => id));
  const ids = catalogue.map(({ id }) => id);
  t.strictSame(ids, [...files, ...ofTopics].sort(), 'one file per question, named by its id, or one of a topic');
  t.equal(new Set(ids).size, ids.length, 'each once');
  for (const { id, reveals, traces } of catalogue)
    for (const words of [reveals, traces])
      t.notMatch(
        words,
        /^(?:A|An|Names?|Nothing|One|Sizes?|The|Titles?|Whether)\b|\.$/,
        `${id}: what follows a label is not a sentence`,
      );
  for (const { id, method, path, why, reveals, askedOf, cap, technique, headers, keep, cost } of catalogue) {
    t.match(method, /^(?:GET|HEAD)$/, id);
    t.match(path, /^\/[^#\s]*$/, id);
    const blanks = /\{(?:index|repository|view|source|provider|columns|fields|nonce)\}/g;
    t.match(path.replace(blanks, ''), /^[^{}]*$/, `${id}: blanks`);
    t.ok(why.length > 20 && reveals.length > 3, id);
    t.ok(askedOf.length > 0 && askedOf.every((product) => product === 'unknown' || products.includes(product)), id);
    t.ok(cap >= 1024 && cap <= 8 * 1024 * 1024, `${id}: cap`);
    t.ok(technique === null || technique in techniques, id);
    // the survey asks one repository on disk, where it costs little
    if (id !== 'snapshots') t.match(cost, /^(?:cheap|moderate)$/, `${id}: nothing expensive is asked`);
    t.ok(keep.text <= 4096, id);
    for (const name of Object.keys(headers)) {
      t.notMatch(name, /^(?:content-type|kbn-version|osd-version|authorization|cookie)$/i, `${id}: wire guide 0.3`);
      // Some servers reject any request that names a foreign origin: only the question about origins names one.
      t.equal(name.toLowerCase() === 'origin', id === 'cors', `${id}: no origin`);
    }
    t.notOk(
      'x-elastic-internal-origin' in headers && technique !== 'internalApi',
      `${id}: only where the engagement names it`,
    );
  }
  t.match(catalogueVersion, /^[0-9a-f]{16}$/);
  t.throws(() => questionById('nothing'), /no question/);
  t.end();
});

t.test('no question is on the deny-list, under any base path', (t) => {
  for (const { id } of catalogue) {
    for (const basePath of basePaths) {
      const path = filled(id, basePath);
      // a relay or a dashboard's page below the folder of another product is never asked, see conversation.ts
      t.equal(denied(path, questionById(id)), null, path);
    }
  }
  const excepted = denyList.flatMap(({ except = [] }) => except.map(({ question, only }) => [question, only] as const));
  t.strictSame(
    excepted.map(([question]) => question).sort(),
    ['dashboards-guest-session', 'dashboards-login-page', 'kibana-guest-logout', 'kibana-login-page'],
    'these alone are asked in spite of the list, each on its condition',
  );
  for (const [id, only] of excepted) {
    const question = questionById(id);
    t.ok(only.length > 20, `${id}: on what condition`);
    t.not(denied(question.path), null, `${id}: for every other question its path is forbidden`);
    t.not(denied(`${question.path}/x`, question), null, `${id}: its very path only`);
    t.not(denied(question.path, questionById('root')), null, `${id}: no other question may ask it`);
  }
  t.end();
});

t.test('each dashboard question says what it would return without its parameters and headers', (t) => {
  for (const { id, path, headers, askedOf, ifLost } of catalogue) {
    const ofDashboards = askedOf.every((product) => product === 'kibana' || product === 'opensearch-dashboards');
    const could = path.includes('?') || Object.keys(headers).length > 0;
    if (ofDashboards && could) t.ok((ifLost?.length ?? 0) > 20, `${id}: what is lost with it`);
  }
  t.end();
});

t.test('what questions never contain', (t) => {
  for (const { id, path } of catalogue) {
    t.notMatch(
      path,
      /_search(?![a-z])|_msearch|_mget|_source|_doc\b|_sql|[?&]q=/,
      `${id}: nothing that a lost parameter turns into documents`,
    );
  }
  t.end();
});

const forbidden: Readonly<Record<string, readonly string[]>> = {
  enroll: ['/_security/enroll/kibana', '/_security/enroll/node'],
  maintenance: [
    '/_flush',
    '/orders/_flush/synced',
    '/_refresh',
    '/orders/_refresh',
    '/_optimize',
    '/a/_forcemerge?x=1',
    '/_upgrade',
  ],
  'cache-clear': ['/_cache/clear', '/orders/_cache/clear'],
  shutdown: ['/_shutdown', '/_cluster/nodes/_local/_shutdown'],
  scroll: [
    '/_search/scroll',
    '/orders/_search?size=0&scroll=1m',
    '/_search/scroll?scroll_id=x',
    '/orders/_pit?keep_alive=1m',
  ],
  'remote-clusters': ['/_resolve/cluster/*', '/_resolve/cluster', '/*:*/_search?size=0', '/remote*:logs/_count'],
  'snapshot-all': ['/_snapshot/repo/_all', '/_snapshot/repo/*'],
  'hot-threads': ['/_nodes/hot_threads', '/_cluster/nodes/hotthreads'.replace('hotthreads', 'hot_threads')],
  'cluster-state': ['/_cluster/state', '/_cluster/state/metadata'],
  fielddata: ['/_cat/fielddata', '/_cat/fielddata?format=json'],
  'all-fields': ['/_mapping', '/_field_caps?fields=*', '/*/_mapping'],
  'count-all': ['/*/_count', '/_all/_count', '/logs-*/_count'],
  'count-without-index': ['/_count', '/elasticsearch/_count'],
  documents: [
    '/orders/_source/1',
    '/orders/_doc/1',
    '/_mget',
    '/orders/_termvectors/1',
    '/orders/_terms_enum',
    '/_sql?query=x',
    '/_plugins/_sql?query=x',
    '/_query',
  ],
  search: [
    '/_search?size=0',
    '/orders/_search',
    '/orders/_search?size=0',
    '/*/_search?size=0',
    '/orders/_search?q=*&size=10',
    '/_msearch',
    '/orders/_async_search?size=0',
    '/elasticsearch/orders/_search?size=0',
  ],
  'live-queries': ['/_tasks?detailed', '/_tasks?detailed=true', '/_tasks?a=b&detailed'],
  timelion: ['/api/timelion/validate/es?field=x', '/api/timeline/validate/opensearch'],
  'kibana-short-links': ['/goto/abcdef'],
  logout: ['/logout', '/kibana/logout?msg=x', '/api/security/logout'],
  'kibana-settings': ['/api/kibana/settings'],
  'dashboard-pages': ['/app/kibana', '/app/home', '/kibana/app/discover', '/s/space/app/dashboards'],
  'login-page': ['/login', '/login?next=%2F', '/app/login', '/s/a/app/login?nextUrl=/'],
  'login-start': ['/auth/anonymous?nextUrl=/', '/auth/openid/login', '/auth/saml/login'],
  'grafana-snapshots': ['/api/snapshots-delete/x'],
  'solr-update': ['/solr/core/update?stream.body=x', '/solr/core/update/json?a=b&stream.url=x'],
  'solr-admin': ['/solr/admin/cores?action=UNLOAD'],
  actuator: ['/actuator/heapdump', '/actuator/shutdown', '/actuator/env'],
};

t.test('section S of the wire guide, rule by rule, however the path is written', (t) => {
  t.strictSame(Object.keys(forbidden).sort(), denyList.map(({ id }) => id).sort(), 'each rule has examples');
  for (const [id, paths] of Object.entries(forbidden)) {
    for (const path of paths) {
      for (const written of [
        path,
        `/es${path}`,
        `/elasticsearch${path}`,
        `/${path}`,
        path.replace('/_', '/./_'),
        path.replace('/_', '/x/../_'),
        path.replaceAll('_', '%5f'),
        path.replaceAll('_', '%255F'),
      ]) {
        // an index may have the name of a folder: a path below one looks the same as a search on an index
        if (id === 'count-without-index' && written.startsWith('/es')) continue;
        t.not(denied(written), null, `${id}: ${written}`);
      }
    }
  }
  for (const rule of denyList) t.ok(rule.why !== '' && rule.product !== '', rule.id);
  for (const fine of [
    '/',
    '/_cat/indices?format=json',
    '/orders/_count',
    '/api/status',
    '/app',
    '/apps/x',
    '/my-logout-index',
    '/refresh',
    '/search/_count',
  ]) {
    t.equal(denied(fine), null, fine);
  }
  t.end();
});

t.test('placeholders are percent-encoded, and none is left empty', (t) => {
  const question = questionById('index-count');
  const path = (index: string) => requestPath({ question, basePath: '', blanks: { index } });
  t.match(path('a/../_flush?x=1'), /^\/a%2F\.\.%2F_flush%3Fx%3D1\/_count$/);
  t.match(path("a*b'(c)!"), /^\/a%2Ab%27%28c%29%21\//);
  t.match(path('ünï'), /^\/%C3%BCn%C3%AF\//);
  t.throws(() => path(''), /without \{index\}/);
  t.throws(() => requestPath({ question, basePath: '', blanks: {} }), /without \{index\}/);
  t.end();
});
