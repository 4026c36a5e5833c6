import t from 'tap';
import { budgets } from '../../src/survey/index.js';
import {
  html,
  inFront,
  json,
  nginxPassword,
  noSuchIndex,
  nodes,
  openElasticsearch,
  openOpenSearch,
  unknownParameter,
} from '../support/clusters.js';
import { surveyed, type Reply, type Responder } from '../support/survey.js';

const asked = (seen: ReturnType<typeof surveyed>) => seen.record.exchanges.map(({ path }) => path);

/** What denies, or responds to, everything that is not on the list. */
const walls: Readonly<Record<string, Reply>> = {
  'a password': html(401, '<h1>401 Authorization Required</h1>', {
    server: 'nginx',
    'www-authenticate': 'Basic realm="x"',
  }),
  'a refusal': html(403, '<h1>403 Forbidden</h1>', { server: 'nginx' }),
  'a single sign-on': { status: 302, headers: { location: 'https://sso.example/oauth2/authorize?client_id=x' } },
  'nothing there': html(404, '<h1>404 Not Found</h1>', { server: 'nginx' }),
};

/** A server of 5.0 or later through a proxy that passes one folder on. */
function only(folder: string, version: string, wall: Reply): Responder {
  const cluster = openElasticsearch(version);
  return (ask, path, number) => {
    if (!path.startsWith(folder)) return wall;
    const [plain = ''] = path.split('?', 1);
    if (path.includes('?leftopen_') || path.includes('&leftopen_')) return unknownParameter(plain);
    return cluster(ask, path, number);
  };
}

t.test('one open listing behind a login is found, and proved on its own path (R.6)', (t) => {
  for (const [name, wall] of Object.entries(walls)) {
    const folders = name === 'nothing there' ? ['/_aliases', '/_cluster/'] : ['/_aliases', '/_cluster/', '/_stats/'];
    for (const folder of folders) {
      const seen = surveyed(only(folder, '8.15.0', wall));
      t.match(seen, { access: { state: 'open' }, authenticity: { genuine: 'yes' } }, `${folder}, ${name}`);
      t.ok(asked(seen).length <= 17, `${folder}, ${name}: ${asked(seen).length} requests`);
    }
  }
  t.end();
});

/** What may deny some paths only, and asks for no login of the product: an access policy of AWS, a certificate for some locations. */
const byPath: Readonly<Record<string, Reply>> = {
  'a policy': json(403, {
    Message:
      'User: anonymous is not authorized to perform: es:ESHttpGet because no resource-based policy allows the es:ESHttpGet action',
  }),
  'a certificate': html(400, '<html><head><title>400 No required SSL certificate was sent</title></head></html>'),
};

t.test('a policy or a demand for a certificate that names paths may leave others open', (t) => {
  for (const [name, wall] of Object.entries(byPath)) {
    const open = openElasticsearch('7.17.9');
    const holed = surveyed((ask, path, number) => (/^\/(?:_|\?|$)/.test(path) ? wall : open(ask, path, number)));
    t.match(holed, { access: { state: 'open' }, authenticity: { genuine: 'yes' } }, name);
    if (name === 'a policy') t.equal(holed.identity.distribution, 'aws', 'whose service it is');
    t.ok(holed.refused.paths.includes('/_cat/indices'), `${name}: what was denied is seen`);
    t.ok(asked(holed).includes('/*/_stats/docs,store'), `${name}: what was listed is counted on another path`);
    const closed = surveyed(() => wall);
    t.match(closed.access, { state: 'guarded' }, name);
    t.ok(asked(closed).length <= 7, `${name}: ${asked(closed).length} requests`);
  }
  t.end();
});

t.test(
  'paths of indices that pass where everything else is a page: the error of the cluster says that it is there',
  (t) => {
    const pages: Responder = (ask, path, number) => {
      if (/^\/(?:\*|leftopen-|[a-z-]+\/_)/.test(path)) return openElasticsearch('7.17.9')(ask, path, number);
      return html(path === '/' ? 200 : 404, `<title>${path === '/' ? 'Welcome to nginx!' : '404 Not Found'}</title>`);
    };
    t.match(surveyed(pages), { access: { state: 'open' }, authenticity: { genuine: 'yes' } });
    t.end();
  },
);

t.test('aliases next to a page of a site are asked, and are not a web site', (t) => {
  const page = html(200, '<html><head><title>Shop</title></head></html>');
  const seen = surveyed(only('/_aliases', '8.15.0', page));
  t.ok(asked(seen).some((path) => path.startsWith('/_aliases?leftopen_')));
  t.not(seen.access.state, 'other-product');
  t.not(seen.access.state, 'guarded');
  t.end();
});

t.test('a listing that cannot be proved is not called open: before 5.0, and one that takes any parameter', (t) => {
  const wall = walls['nothing there'] ?? { status: 404 };
  const takesAny = surveyed((ask, path, number) =>
    path.startsWith('/_aliases') ? openElasticsearch('8.15.0')(ask, '/_aliases', number) : wall,
  );
  t.match(takesAny.access, { state: 'undetermined', reason: 'not-authenticated-as-genuine' });
  const old = surveyed((ask, path, number) =>
    path.startsWith('/_nodes')
      ? nodes('2.4.6')
      : path.startsWith('/_aliases')
        ? openElasticsearch('2.4.6')(ask, path, number)
        : wall,
  );
  t.match(old.access, { state: 'undetermined', reason: 'not-authenticated-as-genuine' });
  t.end();
});

t.test('an index that is missing by name proves it without another question', (t) => {
  const seen = surveyed((ask, path, number) =>
    path.startsWith('/leftopen')
      ? noSuchIndex()
      : path.startsWith('/_aliases')
        ? openElasticsearch('8.15.0')(ask, path, number)
        : { status: 404 },
  );
  t.match(seen.access, { state: 'open' });
  t.notOk(asked(seen).some((path) => path.includes('/_aliases?leftopen_')));
  t.end();
});

t.test('logins that hold get no more requests than there are for a guard that is not recognised', (t) => {
  for (const [name, wall] of Object.entries(walls)) {
    for (const port of [9200, 5601]) {
      const seen = surveyed(() => wall, { endpoint: { port } });
      t.ok(asked(seen).length <= budgets.unknownWall, `${name}: ${asked(seen).length} requests`);
      t.match(seen.access.state, /^(?:guarded|undetermined)$/, name);
    }
  }
  t.end();
});

t.test('an empty object on every path is not an empty cluster', (t) => {
  const seen = surveyed(() => ({ status: 200, body: {} }));
  t.match(seen.access, { state: 'undetermined' });
  t.end();
});

const frontOnly: Readonly<Record<string, Reply>> = {
  ...walls,
  'a login page': { status: 302, headers: { location: '/login?next=%2F' } },
  'a page of a site': html(200, '<html><head><title>Shop</title></head></html>'),
};

/** Kibana 4 and 5 relay every read, with headers of their own (wire guide D.1, R.3). */
function relay(wall: Reply): Responder {
  const cluster = openElasticsearch('5.6.16');
  return (ask, path, number) => {
    if (!path.startsWith('/elasticsearch/')) return wall;
    const reply = cluster(ask, path.slice('/elasticsearch'.length), number);
    if (typeof reply === 'string') return reply;
    return { ...reply, headers: { ...reply.headers, 'kbn-name': 'kibana', 'kbn-version': '5.6.16' } };
  };
}

t.test('an open relay behind a login or a site is open, whatever it answers to a path that cannot exist (R.6)', (t) => {
  for (const [name, wall] of Object.entries(frontOnly)) {
    const seen = surveyed(relay(wall), { endpoint: { port: 5601 } });
    t.match(seen, { access: { state: 'open', rung: 'documents' }, identity: { product: 'kibana' } }, name);
  }
  t.end();
});

t.test('spaces of a Kibana left open behind a login are open', (t) => {
  const spaces: Reply = {
    status: 200,
    headers: { 'kbn-name': 'kibana', 'kbn-license-sig': 'a' },
    body: [{ id: 'default', name: 'Default', disabledFeatures: [], _reserved: true }],
  };
  const missing: Reply = {
    status: 404,
    headers: { 'kbn-name': 'kibana', 'kbn-license-sig': 'a' },
    body: { statusCode: 404, error: 'Not Found', message: 'Not Found' },
  };
  for (const name of ['a password', 'a single sign-on', 'a login page']) {
    const seen = surveyed((_, path) => {
      if (path === '/api/spaces/space') return spaces;
      return path.startsWith('/api/spaces/space/') ? missing : (frontOnly[name] ?? { status: 500 });
    });
    t.match(seen, { access: { state: 'open', rung: 'metadata' }, identity: { product: 'kibana' } }, name);
  }
  t.end();
});

t.test('saved objects left open behind a login, as for a page that is embedded, are open', (t) => {
  const body = { page: 1, per_page: 50, total: 1, saved_objects: [{ id: 'a', attributes: { title: 'orders*' } }] };
  const missing = { statusCode: 404, error: 'Not Found', message: 'Not Found' };
  for (const header of ['kbn-name', 'osd-name']) {
    const headers = { [header]: 'dashboard' };
    for (const name of ['a password', 'a refusal', 'a single sign-on', 'a login page']) {
      const wall = frontOnly[name] ?? { status: 500 };
      for (const port of [5601, 443]) {
        const seen = surveyed(
          (_, path) => {
            if (path.startsWith('/api/saved_objects/_find')) return { status: 200, headers, body };
            return path.startsWith('/api/saved_objects/') ? { status: 404, headers, body: missing } : wall;
          },
          { endpoint: { port } },
        );
        t.match(seen.access, { state: 'open', rung: 'metadata' }, `${header}, ${name}, ${port}`);
      }
    }
  }
  t.end();
});

t.test('a Kibana that denies its spaces to a caller who is inside is asked for the rest', (t) => {
  const headers = { 'kbn-name': 'kibana', 'kbn-license-sig': 'a' };
  const own = (status: number, error: string): Reply => ({
    status,
    headers,
    body: { statusCode: status, error, message: error },
  });
  const objects = { page: 1, per_page: 20, total: 1, saved_objects: [{ id: 'a', attributes: { title: 'orders*' } }] };
  const kibana = (reads: Reply): Responder =>
    inFront(
      () => own(404, 'Not Found'),
      (path) => {
        if (path === '/') return { status: 302, headers: { ...headers, location: '/app/home' } };
        if (path.startsWith('/api/saved_objects/_find')) return reads;
        return path === '/api/spaces/space' ? own(403, 'Forbidden') : null;
      },
    );
  t.match(surveyed(kibana({ status: 200, headers, body: objects })).access, { state: 'open' });
  t.match(surveyed(kibana(own(403, 'Forbidden'))).access, { state: 'guarded', guardedBy: 'product' });
  t.end();
});

t.test('a list of spaces as the only path that passes is not shown to be genuine', (t) => {
  const spaces: Reply = {
    status: 200,
    headers: { 'kbn-name': 'kibana', 'kbn-license-sig': 'a' },
    body: [{ id: 'default', name: 'Default' }],
  };
  for (const [name, wall] of Object.entries(frontOnly)) {
    const seen = surveyed((_, path) => (path === '/api/spaces/space' ? spaces : wall));
    const canned = surveyed((_, path) => (path.startsWith('/api/spaces/space') ? spaces : wall));
    t.notMatch(seen.access.state, /open|guarded|decoy|other-product/, name);
    t.not(canned.access.state, 'open', `${name}, canned`);
  }
  t.end();
});

t.test('ReadonlyREST that refuses with 401 is asked past its first rule, as with 403 (B.1)', (t) => {
  const reason = { type: 'forbidden_response', reason: 'Forbidden by ReadonlyREST', due_to: 'OPERATION_NOT_ALLOWED' };
  for (const status of [401, 403]) {
    const wall: Reply = {
      status,
      headers: { 'content-type': 'application/json', ...(status === 401 && { 'www-authenticate': 'Basic' }) },
      body: { error: { root_cause: [reason], ...reason }, status },
    };
    for (const folder of ['/_cluster/', '/_aliases']) {
      const seen = surveyed(only(folder, '7.17.9', wall));
      t.match(seen.access, { state: 'open' }, `${status}, ${folder}`);
    }
    const closed = surveyed(() => wall);
    t.match(closed.access, { state: 'guarded', guardedBy: 'product' });
    t.ok(asked(closed).length <= 7, `${asked(closed).length} requests`);
  }
  t.end();
});

t.test('rules of ReadonlyREST by action or by path: what a caller may search is listed where `_cat` is denied', (t) => {
  const reason = { type: 'forbidden_response', reason: 'Forbidden by ReadonlyREST', due_to: 'OPERATION_NOT_ALLOWED' };
  const denied: Reply = { status: 403, body: { error: { root_cause: [reason], ...reason }, status: 403 } };
  const rules = (passes: (path: string) => Reply | null): Responder => {
    // parameters are looked at before its rules (wire guide B.1)
    return (_, path) => (path.includes('leftopen_') ? unknownParameter('/') : (passes(path) ?? denied));
  };
  const count: Reply = {
    status: 200,
    body: { count: 912, _shards: { total: 1, successful: 1, skipped: 0, failed: 0 } },
  };
  // actions: ["indices:data/read/*"]
  const reads = surveyed(
    rules((path) => {
      if (path.startsWith('/_field_caps')) return { status: 200, body: { indices: ['catalogue'] } };
      return path === '/catalogue/_count' ? count : null;
    }),
  );
  t.match(reads, { access: { state: 'open', rung: 'documents' }, authenticity: { genuine: 'yes' } });
  // uri_re: ^/[^_].*
  const plain = surveyed(
    rules((path) => {
      if (path.startsWith('/*/_alias')) return { status: 200, body: { catalogue: { aliases: {} } } };
      return path === '/catalogue/_count' ? count : null;
    }),
  );
  t.match(plain, { access: { state: 'open' }, authenticity: { genuine: 'yes' } });
  const none = surveyed(rules((path) => (/^\/(?:\*|_field_caps)/.test(path) ? { status: 200, body: {} } : null)));
  t.not(none.access.state, 'open', 'an empty list shows nothing');
  t.end();
});

t.test('which of two lookalike products it is, is named only where it was shown', (t) => {
  const listing = (cluster: Responder) =>
    surveyed(inFront(cluster, (path) => (path.startsWith('/_cat') ? null : nginxPassword)));
  const openSearch = listing(openOpenSearch('2.19.4'));
  t.match(openSearch.access, { state: 'open', rung: 'metadata' });
  t.match(openSearch.identity, { orItsFork: true, version: { number: null } });
  t.equal(listing(openElasticsearch('8.15.0')).identity.orItsFork, undefined, 'its header names it');
  t.end();
});
