// What says nothing, or the same nothing on every path, is not called a site: it may stand before anything.
import t from 'tap';
import { serve, surveyed, type Reply } from '../support/survey.js';

const nothing: Readonly<Record<string, Reply>> = {
  'an empty 200': { status: 200, body: '' },
  'an empty 200 that is called HTML': { status: 200, headers: { 'content-type': 'text/html' }, body: '' },
  'white space': { status: 200, body: ' \n\t ' },
  'an empty 204': { status: 204 },
  'an empty object': { status: 200, body: {} },
  'an empty object with spaces': { status: 200, body: '{ }\n' },
  'an empty list': { status: 200, body: [] },
  null: { status: 200, body: 'null' },
  'an envelope of a gateway': { status: 200, body: { message: 'ok', status: 'success' } },
  'an object of another kind': { status: 200, body: { a: 1 } },
};

for (const [name, reply] of Object.entries(nothing)) {
  t.test(`${name} on every path is undetermined`, (t) => {
    for (const port of [9200, 5601, 8080]) {
      const { access } = surveyed(serve({}, reply), { endpoint: { port } });
      t.equal(access.state, 'undetermined', `port ${port}`);
      t.ok(access.reason, 'and says why');
    }
    t.end();
  });
}

t.test('a site that shows its page and says that the rest is not there is one', (t) => {
  const page = {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<html><title>Acme</title><p>Welcome</p></html>',
  };
  const missing = {
    status: 404,
    headers: { 'content-type': 'text/html' },
    body: '<html><title>404 Not Found</title></html>',
  };
  t.equal(surveyed(serve({ '/': page }, missing)).access.state, 'other-product');
  t.end();
});
