import t from 'tap';
import { html, openElasticsearch, openOpenSearch } from '../support/clusters.js';
import { serve, surveyed, type Reply, type Responder } from '../support/survey.js';

const asked = (seen: ReturnType<typeof surveyed>) => seen.record.exchanges.map(({ path }) => path.split('?', 1)[0]);
const to = (location: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 302,
  headers: { location, ...headers },
});
const page = (title: string, headers: Readonly<Record<string, string>> = {}): Reply =>
  html(200, `<!doctype html><html><head><title>${title}</title></head><body></body></html>`, headers);
const nginx401: Reply = html(401, '<h1>401 Authorization Required</h1>', {
  server: 'nginx',
  'www-authenticate': 'Basic realm="x"',
});

/** A proxy that answers some paths itself and passes the rest on to a cluster. */
function before(cluster: Responder, own: (path: string) => Reply | null): Responder {
  return (ask, path, number) => own(path) ?? cluster(ask, path, number);
}

/** A proxy that passes nothing on but the paths of a cluster. */
function withApi(cluster: Responder, rest: (path: string) => Reply): Responder {
  return before(cluster, (path) => (/^\/_(?!dashboards|plugin)|^\/leftopen/.test(path) ? null : rest(path)));
}

t.test('a redirect that ends at a login leaves the declared path to be asked (R.6, D.2)', (t) => {
  const chains: Readonly<Record<string, (path: string) => Reply | null>> = {
    'to its login from everywhere below': (path) =>
      path === '/' ? to('/ui/') : path.startsWith('/ui') ? to('/ui/login') : null,
    'to one login page': (path) =>
      path === '/' ? to('/ui/') : path === '/ui/' ? to('/ui/login') : path.startsWith('/ui') ? page('Login') : null,
    'from one folder to the next': (path) =>
      path === '/' ? to('/a/') : path === '/a/' ? to('/b/') : path === '/b/' ? to('/c/') : null,
  };
  for (const [name, own] of Object.entries(chains)) {
    const seen = surveyed(before(openElasticsearch('9.4.3'), own));
    t.match(seen, { access: { state: 'open' }, identity: { product: 'elasticsearch' } }, name);
  }
  t.end();
});

t.test('a dashboard that hides below a redirect to its login is asked there', (t) => {
  const refused: Reply = { status: 401, body: { statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' } };
  const seen = surveyed(
    (_, path) => (path.startsWith('/kb/') ? refused : path === '/' ? to('/kb/login?next=%2F') : nginx401),
    { endpoint: { port: 5601 } },
  );
  t.ok(asked(seen).includes('/kb/api/status'));
  t.ok(asked(seen).includes('/_cat/indices'));
  t.end();
});

t.test('a page on the front path hides no cluster next to it', (t) => {
  const fronts: Readonly<Record<string, Reply>> = {
    'elasticsearch-head': page('elasticsearch-head'),
    elasticvue: page('Elasticvue'),
    dejavu: page('Dejavu'),
    Grafana: to('/login', { 'set-cookie': 'redirect_to=%2F; Path=/' }),
    Prometheus: to('/graph'),
    Jenkins: page('Sign in [Jenkins]', { 'x-jenkins': '2.4' }),
  };
  for (const [name, front] of Object.entries(fronts)) {
    const beside = surveyed(withApi(openElasticsearch('8.15.0'), () => front));
    t.match(
      beside,
      { access: { state: 'open' }, identity: { product: 'elasticsearch', version: { number: '8.15.0' } } },
      name,
    );
    const guarded = surveyed(
      before(openElasticsearch('8.15.0'), (path) => (path.startsWith('/_cat') ? nginx401 : front)),
    );
    // a companion product that named itself, and whose API is the front page again, is not there or not readable
    t.match(guarded.access.state, /^(?:other-product|undetermined)$/, name);
    t.ok(guarded.record.exchanges.length <= 7, `${name}: ${guarded.record.exchanges.length} requests`);
  }
  t.end();
});

t.test('a server that poses as a cluster is not asked for a listing', (t) => {
  const seen = surveyed(serve({ '/': page('ZincSearch') }, { status: 404 }));
  t.notOk(asked(seen).includes('/_cat/indices'));
  t.end();
});

t.test('the page of a site plugin leads to the cluster above it (F)', (t) => {
  const head = (path: string): Reply | null => (path.startsWith('/_plugin/head') ? page('elasticsearch-head') : null);
  const cluster = openElasticsearch('2.4.6');
  const declared = surveyed(before(cluster, head), { endpoint: { basePath: '/_plugin/head' } });
  const redirected = surveyed(before(cluster, (path) => (path === '/' ? to('/_plugin/head/') : head(path))));
  for (const seen of [declared, redirected])
    t.match(seen, { access: { state: 'open' }, identity: { product: 'elasticsearch' } });
  t.end();
});

const osdLogin = (base: string): ((path: string) => Reply) => {
  const headers = { 'osd-name': 'osd' };
  return (path) =>
    path === `${base}/`
      ? to(`${base}/app/login?`, headers)
      : { status: 401, headers, body: { statusCode: 401, error: 'Unauthorized', message: 'Authentication required' } };
};

t.test('a dashboard found below the declared path: the declared one is asked before it', (t) => {
  const login = osdLogin('/_dashboards');
  const own = (path: string): Reply | null =>
    path === '/' ? to('/_dashboards/') : path.startsWith('/_dashboards') ? login(path) : null;
  const open = surveyed(before(openOpenSearch('2.19.4'), own));
  t.match(open, { access: { state: 'open' }, identity: { product: 'opensearch' }, dashboard: null });
  const walled = surveyed((_, path) => own(path) ?? nginx401);
  t.match(walled, {
    access: { state: 'guarded', guardedBy: 'product', realm: null },
    identity: { product: 'opensearch-dashboards' },
    url: /\/_dashboards$/,
  });
  t.equal(asked(walled).length, 8);
  t.ok(asked(walled).includes('/_dashboards/elasticsearch/_cat/indices'));
  t.end();
});

t.test(
  'a proxy that passes one kind of paths to a cluster: both kinds are asked before a login counts as a guard',
  (t) => {
    const login = osdLogin('');
    const cluster = openElasticsearch('7.17.9');
    const passes = (paths: RegExp): Responder => before(cluster, (path) => (paths.test(path) ? null : login(path)));
    for (const paths of [/^\/(?:\*|[a-z-]+\/_|leftopen)/, /^\/_(?:cat|cluster)/])
      t.match(surveyed(passes(paths)), { access: { state: 'open' }, identity: { product: 'elasticsearch' } });
    t.match(
      surveyed((_, path) => login(path)),
      {
        access: { state: 'guarded' },
        identity: { product: 'opensearch-dashboards' },
      },
    );
    t.end();
  },
);

t.test('a redirect to a login that looks like one of a dashboard hides no cluster and no dashboard', (t) => {
  const portal = (path: string): Reply | null =>
    path === '/' ? to('/app/login?nextUrl=%2F') : path === '/app/login' ? page('Portal') : null;
  t.match(surveyed(before(openOpenSearch('2.19.4'), portal)), {
    access: { state: 'open' },
    identity: { product: 'opensearch' },
  });
  const kbn = { 'kbn-name': 'kb', 'kbn-version': '7.17.9' };
  const missing = { statusCode: 404, error: 'Not Found', message: 'Not Found' };
  const kibana = serve(
    {
      '/': to('/login?next=%2F'),
      '/api/status': { status: 200, headers: kbn, body: { name: 'kb', version: { number: '7.17.9' }, status: {} } },
      '/api/spaces/space': { status: 200, headers: kbn, body: [{ id: 'default', name: 'Default' }] },
    },
    { status: 404, headers: kbn, body: missing },
  );
  t.match(surveyed(kibana), { access: { state: 'open' }, identity: { product: 'kibana' } });
  t.end();
});

t.test('a product at the front and what denies the first lister: the other kinds are asked', (t) => {
  const grafana = to('/login', { 'set-cookie': 'redirect_to=%2F; Path=/' });
  for (const passed of [/^\/\*\/_alias|^\/leftopen|^\/[a-z-]+\/_/, /^\/_aliases|^\/leftopen/]) {
    const seen = surveyed(
      before(openElasticsearch('7.17.9'), (path) => (path === '/' ? grafana : passed.test(path) ? null : nginx401)),
    );
    t.match(seen, { access: { state: 'open' }, identity: { product: 'elasticsearch' } });
  }
  t.end();
});

t.test('a dashboard that is not ready is not called guarded because something next to it denies access', (t) => {
  const notReady: Reply = {
    status: 503,
    headers: { 'content-type': 'text/plain' },
    body: 'Kibana server is not ready yet',
  };
  const seen = surveyed((_, path) => (path === '/' ? to('/kb/') : path.startsWith('/kb') ? notReady : nginx401));
  t.match(seen.access, { state: 'undetermined', reason: 'not-ready' });
  t.end();
});

t.test('a cluster next to a dashboard with a login at the same path is found (R.6)', (t) => {
  const seen = surveyed(withApi(openOpenSearch('2.19.4'), osdLogin('')));
  t.match(seen.access, { state: 'open' });
  const closed = surveyed((_, path) => osdLogin('')(path));
  t.match(closed.access, { state: 'guarded' });
  t.equal(asked(closed).filter((path) => path === '/_cat/indices').length, 1, 'asked once');
  t.end();
});

/** What answers under the path where Kibana 4 and 5 relay to their cluster; null where the path is another. */
function relayed(cluster: Responder): (...request: Parameters<Responder>) => Reply | null {
  return (ask, path, number) =>
    path.startsWith('/elasticsearch/') ? cluster(ask, path.replace('/elasticsearch', ''), number) : null;
}

t.test('an open cluster under the path of the old relay, whatever guards the rest (R.6)', (t) => {
  const relay = relayed(openElasticsearch('8.15.0'));
  const walls: Readonly<Record<string, (path: string) => Reply>> = {
    'a password on all else': () => nginx401,
    'a dashboard with a login': osdLogin(''),
  };
  for (const [name, wall] of Object.entries(walls)) {
    for (const port of [80, 5601]) {
      const seen = surveyed((ask, path, number) => relay(ask, path, number) ?? wall(path), { endpoint: { port } });
      t.match(
        seen,
        {
          access: { state: 'open', rung: 'control' },
          identity: { product: 'elasticsearch', version: { number: '8.15.0' } },
          cluster: { searchPermittedOn: {} },
        },
        `${name}, port ${port}`,
      );
      t.ok(asked(seen).length <= 24, `${asked(seen).length} requests`);
    }
  }
  const empty = surveyed((_, path) => (path.startsWith('/elasticsearch/') ? { status: 200, body: [] } : nginx401));
  t.match(empty.access, { state: 'guarded', guardedBy: 'proxy' }, 'an empty list is not a cluster');
  t.end();
});

t.test('the relay of a Kibana 5, declared by itself, is the cluster behind (R.3)', (t) => {
  const cluster = openElasticsearch('5.6.16');
  const kibana: Responder = (ask, path, number) => {
    const reply = relayed(cluster)(ask, path, number) ?? html(404, '{"statusCode":404,"error":"Not Found"}');
    if (typeof reply === 'string' || !('status' in reply)) return reply;
    return { ...reply, headers: { ...reply.headers, 'kbn-name': 'kibana', 'kbn-version': '5.6.16' } };
  };
  const seen = surveyed(kibana, { endpoint: { basePath: '/elasticsearch' } });
  t.match(seen, {
    access: { state: 'open', rung: 'documents', reaches: { control: 'unknown' } },
    identity: { product: 'elasticsearch', version: { number: '5.6.16' } },
    dashboard: null,
  });
  t.end();
});

/** Kibana 3 with the setting that names the cluster (wire guide D.1: elastic/kibana src/config.js@07da1e76). */
const kibana3 =
  (elasticsearch: string, quote = "'") =>
  (path: string): Reply =>
    path === '/config.js'
      ? {
          status: 200,
          headers: { 'content-type': 'application/javascript' },
          body: `define([${quote}settings${quote}],\nfunction (Settings) {\n  return new Settings({\n    elasticsearch: ${elasticsearch},\n    kibana_index: "kibana-int"\n  });\n});`,
        }
      : page('Kibana 3');

t.test('a Kibana 3 whose settings lead back to its own address: the cluster is asked with it (D.1)', (t) => {
  const here = kibana3('"http://"+window.location.host');
  const open = surveyed(withApi(openElasticsearch('1.7.6'), here), { endpoint: { port: 80 } });
  t.match(open, { access: { state: 'open' }, identity: { product: 'elasticsearch' } });
  const guarded = surveyed((_, path) => (path.startsWith('/_') ? nginx401 : here(path)), { endpoint: { port: 80 } });
  t.match(guarded, {
    access: { state: 'undetermined', reason: 'runs-in-the-browser' },
    identity: { product: 'kibana' },
  });
  const elsewhere = kibana3('"http://"+window.location.hostname+":9200"');
  const other = surveyed(withApi(openElasticsearch('1.7.6'), elsewhere), { endpoint: { port: 80 } });
  t.match(other.access, { state: 'undetermined', reason: 'runs-in-the-browser' });
  t.equal(asked(other).length, 2);
  t.end();
});

t.test(
  'a Kibana 3 runs in the browser however its settings are written, and denies nothing where it does not show them',
  (t) => {
    const here = kibana3('"http://"+window.location.host');
    const seen = surveyed(withApi(openElasticsearch('1.7.6'), kibana3('"http://"+window.location.host', '"')), {
      endpoint: { port: 80 },
    });
    t.match(seen.access, { state: 'open' }, 'with the other quotes');
    const without = (settings: Reply) => surveyed((_, path) => (path === '/config.js' ? settings : here(path))).access;
    t.match(without(html(404, '<h1>404 Not Found</h1>')), { state: 'undetermined', reason: 'runs-in-the-browser' });
    t.match(without(nginx401), { state: 'undetermined', reason: 'unknown-wall' }, 'its settings were denied');
    t.end();
  },
);

t.test('a dashboard whose API is replaced by pages was not denied by anything', (t) => {
  const kibana: Reply = {
    status: 302,
    headers: { 'kbn-name': 'kibana', 'kbn-license-sig': 'a', location: '/app/home' },
  };
  const api = (reply: Reply) => surveyed((_, path) => (path.startsWith('/api/') ? reply : kibana)).access;
  t.match(api(html(404, '<h1>404 Not Found</h1>')), { state: 'undetermined', reason: 'generic-error' });
  t.match(api(html(403, '<title>Forbidden</title>no')), { state: 'undetermined', reason: 'unknown-wall' });
  t.end();
});
