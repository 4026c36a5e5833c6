import t from 'tap';
import { elasticBanner, openElasticsearch, openOpenSearch } from '../support/clusters.js';
import { serve, surveyed, type Paths, type Reply, type Responder } from '../support/survey.js';

const page = (title: string, more: Readonly<Record<string, string>> = {}, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...more },
  body: `<!doctype html><html><head><title>${title}</title></head><body><div id="root"></div></body></html>`,
});
const to = (location: string, status = 302): Reply => ({ status, headers: { location } });
const json = (body: object | string, status = 200): Reply => ({ status, body });

/** Responses in front of everything, or the same for everything, that are not a cluster. */
const everything: Readonly<Record<string, Responder>> = {
  'a captive portal that sends every path to its login': serve({}, to('http://portal.example/login?dst={path}')),
  'one that sends with 307': serve({}, to('https://portal.example/guest/s/default/?url={path}', 307)),
  'one that sends to its own login page': serve({ '/login': page('Sign in to the network') }, to('/login?next={path}')),
  'one that answers 200 with a refresh': serve({}, page('Welcome', { refresh: '0; url=http://portal.example/' })),
  'one that answers 200 with its login page': serve({}, page('Log in')),
  'one that answers 511': serve({}, page('Network Authentication Required', {}, 511)),
  'a single-page app': serve({}, page('Acme Shop')),
  'a single-page app that speaks of what it is not': serve({}, page('Kibana and Elasticsearch consulting')),
  'a single-page app behind a CDN': serve({}, page('Acme', { server: 'cloudflare', 'cf-ray': '8a' })),
  'an API that answers 200 and an empty object': serve({}, json({})),
  'an API that answers 200 and an empty list': serve({}, json([])),
  'an API that answers 200 and a list of texts': serve({}, json(['a', 'b'])),
  'an API that answers 200 and ok': serve({}, json({ status: 'ok', success: true, data: [] })),
  // a Kibana says the word alone in a 503 before its start, and only then (wire guide D.3)
  'an API that answers 200 and how it is, in one word': serve({}, json({ status: 'available' })),
  'an API that answers 503 and how it is, in one word': serve({}, json({ status: 'unavailable' }, 503)),
  'a site with a health page of one word': serve(
    { '/': page('Acme'), '/api/status': json({ status: 'available' }) },
    page('Not here', {}, 404),
  ),
  'a site with a health page of a level that Kibana has not': serve(
    { '/': page('Acme'), '/api/status': json({ status: { overall: { level: 'ok' } } }) },
    page('Not here', {}, 404),
  ),
  'an API that answers 200 and the path': serve({}, json({ path: '{path}', name: '{name}' })),
  'an API that answers 200 and an error': serve({}, json({ error: 'not found', status: 404 })),
  'an API gateway': serve({}, json({ message: 'Missing Authentication Token' }, 403)),
  'an empty 200 on every path': serve({}, { status: 200, body: '' }),
  'an empty 204 on every path': serve({}, { status: 204 }),
  'a text on every path': serve({}, { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' }),
};

for (const [name, responder] of Object.entries(everything)) {
  t.test(`${name}: never open, and never a dashboard`, (t) => {
    for (const port of [9200, 5601, 9411, 8080]) {
      const seen = surveyed(responder, { endpoint: { port } });
      t.not(seen.access.state, 'open', `port ${port}`);
      t.equal(seen.identity.product, null, `port ${port}`);
      t.strictSame([seen.dashboard, seen.companion], [null, null]);
      t.ok(seen.record.exchanges.length <= 12, `${seen.record.exchanges.length} requests`);
    }
    t.end();
  });
}

const decoyBanner = json(elasticBanner('7.17.9'));
const listing = json([{ index: 'customers', 'docs.count': '9000', 'store.size': '9999', status: 'open' }]);
const search = json({ count: 9000, _shards: { total: 1, successful: 1, failed: 0 } });

/** Servers that claim to be a cluster, and respond as a cluster never would. */
const fabricated: Readonly<Record<string, Paths>> = {
  'its banner on every path': {},
  'a listing too': { '/_cat/indices': listing },
  'a listing and a count': { '/_cat/indices': listing, '/customers/_count': search },
};

t.test('a catch-all that poses as a cluster is never open, however much it lists', (t) => {
  for (const [name, paths] of Object.entries(fabricated)) {
    const seen = surveyed(serve(paths, decoyBanner));
    // a proxy that leads every path to `/` does the same in front of a genuine server
    t.match(seen, { access: { state: 'undetermined' }, authenticity: { genuine: 'unknown' } }, name);
  }
  t.end();
});

t.test('the decoy of qeeqbox, as it is today: its challenge is like a real one, its words are not', (t) => {
  const reason = 'unable to authenticate user [] for REST request [/]';
  const wall = serve(
    {},
    {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="security" charset="UTF-8"' },
      body: { error: { root_cause: [], type: 'security_exception', reason }, status: 401 },
    },
  );
  t.match(surveyed(wall), { access: { state: 'decoy' } });
  t.end();
});

/** Oddities of what is in front of real servers, and of real servers themselves. */
const odd: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the name of another server': { server: 'Apache' },
  'a connection that is closed': { connection: 'Close' },
  'another media type': { 'content-type': 'application/vnd.elasticsearch+json;compatible-with=8' },
  'a CDN': { via: '1.1 varnish', 'x-cache': 'MISS', 'cf-ray': '8a' },
  'traces and policies': { traceresponse: '00-0af7-01', 'content-security-policy': "default-src 'none'" },
  'a proxy that names a companion product': { server: 'Jetty(9.4.44.v20210927)' },
  'another proxy that names a companion product': { server: 'Armeria/1.38.0' },
};

t.test('nothing makes a real server behind something odd a decoy', (t) => {
  for (const [name, headers] of Object.entries(odd)) {
    for (const [what, server] of Object.entries({
      'Elasticsearch 1': openElasticsearch('1.7.6'),
      'Elasticsearch 8': openElasticsearch('8.15.0'),
      OpenSearch: openOpenSearch('2.19.4'),
    })) {
      const seen = surveyed(withHeaders(server, headers));
      t.equal(seen.access.state, 'open', `${what}, ${name}`);
      t.strictSame(seen.authenticity.tells, [], `${what}, ${name}`);
    }
  }
  t.end();
});

function withHeaders(server: Responder, headers: Readonly<Record<string, string>>): Responder {
  return (ask, path, number) => {
    const reply = server(ask, path, number);
    return typeof reply === 'string' ? reply : { ...reply, headers: { ...reply.headers, ...headers } };
  };
}
