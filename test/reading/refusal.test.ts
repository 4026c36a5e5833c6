import t from 'tap';
import { elasticBanner, json, openElasticsearch, wall, xpackRefusal } from '../support/clusters.js';
import { surveyed, type Responder } from '../support/survey.js';

const everywhere = (location: string): Responder => wall({ status: 301, headers: { location } });

t.test('a redirect to TLS is not a login, however the host is named', (t) => {
  for (const host of ['auth.acme.example', 'login.acme.example', 'sso-es.acme.example'])
    for (const location of [`https://${host}{path}`, `https://${host}/`]) {
      const seen = surveyed(everywhere(location), { endpoint: { port: 80 } });
      t.match(seen.access.state, 'undetermined', location);
    }
  const below = surveyed(everywhere('https://es.acme.example{path}'), { endpoint: { port: 80, basePath: '/auth' } });
  t.equal(below.access.state, 'undetermined');
  t.end();
});

t.test('a redirect to a login counts as a login, by its path or by its return address', (t) => {
  for (const location of [
    'https://auth.acme.example/?rd=https%3A%2F%2Fes.acme.example{path}',
    'https://acme.example/oauth2/authorize?client_id=x',
    'https://acme.cloudflareaccess.com/cdn-cgi/access/login/es',
    '/login?next={path}',
    'https://authenticate.acme.example/.pomerium/sign_in?pomerium_redirect_uri=x',
    'https://idp.acme.example/?return=x',
  ])
    t.match(surveyed(everywhere(location)).access, { state: 'guarded', guardedBy: 'proxy' }, location);
  t.end();
});

/** A server whose answers are changed by something in front, or that is set up so. */
function bent(
  server: Responder,
  bend: (text: string) => string,
  headers: Readonly<Record<string, string>> = {},
): Responder {
  return (ask, path, number) => {
    const reply = server(ask, path, number);
    if (typeof reply === 'string') return reply;
    const body = typeof reply.body === 'object' ? bend(JSON.stringify(reply.body)) : reply.body;
    const typed = typeof reply.body === 'object' ? { 'content-type': 'application/json' } : {};
    return { ...reply, headers: { ...typed, ...reply.headers, ...headers }, ...(body !== undefined && { body }) };
  };
}

t.test('a weak sign of a decoy alone hides no open cluster, together with another it counts', (t) => {
  const named = (text: string) => text.replaceAll('"cluster_name":"shop"', '"cluster_name":"R&DBackup"');
  const odd = (text: string) => text.replaceAll(/"lucene_version":"[^"]*"/g, '"lucene_version":"4.10.4"');
  for (const bend of [named, odd])
    t.match(surveyed(bent(openElasticsearch('8.15.0'), bend)), {
      access: { state: 'open' },
      identity: { product: 'elasticsearch' },
    });
  const both = (text: string) => named(odd(text));
  t.equal(surveyed(bent(openElasticsearch('8.15.0'), both)).access.state, 'open', 'a passed test outweighs weak signs');
  t.equal(surveyed(bent(wall(json(200, elasticBanner('8.15.0'))), both)).access.state, 'decoy', 'nothing was passed');
  t.equal(surveyed(bent(wall(json(200, elasticBanner('8.15.0'))), odd)).access.state, 'undetermined', 'one alone');
  t.end();
});

t.test('a denial by x-pack behind a mark of another product belongs to x-pack', (t) => {
  const seen = surveyed(bent(wall(xpackRefusal()), (text) => text, { server: 'MinIO' }));
  t.match(seen, { access: { state: 'guarded', guardedBy: 'product' }, identity: { product: 'elasticsearch' } });
  t.end();
});

t.test('a denial with a success status is not a site', (t) => {
  const seen = surveyed(() => json(200, { error: 'unauthorized' }));
  t.equal(seen.access.state, 'undetermined');
  t.end();
});
