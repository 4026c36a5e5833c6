import t from 'tap';
import type { EndpointRecord, Exchange } from '../../src/model/exchange.js';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { recordingNamed } from '../replay.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import {
  failure,
  html,
  inFront,
  json,
  nginxPassword,
  openElasticsearch,
  wall,
  xpackRefusal,
  realmRefusal,
} from '../support/clusters.js';
import { exchangeOf, fakeEndpoint, surveyed } from '../support/survey.js';
import type { Reply } from '../support/survey.js';
import { writtenNamed } from '../support/written.js';

const open = openElasticsearch('8.15.0');

function read(recording: ReturnType<typeof recordingNamed>): EndpointRecord {
  const endpoint = { ...fakeEndpoint, scheme: recording.head.scheme };
  return surveyAgainst(
    recording,
    endpoint,
    survey(endpoint, { techniques: techniquesWith(), nonce: () => 'q7w8e9r0t1y2' }),
  );
}

/** A record in which some questions got other answers, kept as the client keeps them. */
function changed(record: EndpointRecord, at: (exchange: Exchange) => boolean, reply: Reply): EndpointRecord {
  const server = survey(record.endpoint, { techniques: techniquesWith(), nonce: () => 'q7w8e9r0t1y2' });
  const exchanges: Exchange[] = [];
  for (let step = server.next(); step.done !== true;) {
    const before = record.exchanges[exchanges.length];
    if (before === undefined) break;
    const exchange = at(before) ? exchangeOf(step.value, () => reply, exchanges.length + 1, []) : before;
    exchanges.push(exchange);
    step = server.next(before);
  }
  return { ...record, exchanges };
}

const written = (name: string) => read(writtenNamed(name).recording);
const asks = (record: EndpointRecord) => observe(record).transport.plainLogin;

t.test('the denial itself shows what asks for a login over plain HTTP', (t) => {
  t.strictSame(surveyed(wall(xpackRefusal())).transport.plainLogin, { by: ['product'], schemes: ['basic', 'api-key'] });
  t.equal(surveyed(wall(xpackRefusal(), {}, 'https')).transport.plainLogin, null, 'over TLS');
  t.strictSame(surveyed(wall(realmRefusal('OpenSearch Security'))).transport.plainLogin?.by, ['product']);
  t.strictSame(surveyed(wall(nginxPassword)).transport.plainLogin, { by: ['proxy'], schemes: ['basic'] });
  t.equal(surveyed(open).transport.plainLogin, null, 'open');
  t.equal(
    surveyed(wall(json(403, { Message: 'User: anonymous is not authorized to perform: es:ESHttpGet' }))).transport
      .plainLogin,
    null,
  );
  t.strictSame(
    surveyed(wall({ status: 302, headers: { Location: 'https://sso.example/login?rd=x' } })).transport.plainLogin?.by,
    ['proxy'],
    'sent to a login page',
  );
  t.end();
});

t.test('a challenge without marks may come from anything', (t) => {
  const bare: Reply = { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="Restricted"' }, body: '' };
  t.strictSame(surveyed(wall(bare)).transport.plainLogin?.by, ['unknown']);
  t.strictSame(asks(written('elasticsearch/1.5.1-http-basic'))?.by, ['unknown'], 'a plugin of the product');
  const page = html(401, '<html><head><title>401 Unauthorized</title></head></html>', {
    'WWW-Authenticate': 'Basic realm="Restricted"',
  });
  t.strictSame(surveyed(wall(page)).transport.plainLogin?.by, ['proxy'], 'a page for people');
  t.end();
});

t.test('an open cluster: its own login on another backend, or a proxy on some paths', (t) => {
  t.strictSame(asks(read(recordingNamed('elasticsearch/8.16.3-anonymous-401')))?.by, ['product']);
  const inTurn = surveyed((ask, path, number) => (number % 2 === 0 ? wall(xpackRefusal()) : open)(ask, path, number));
  t.strictSame([inTurn.access.state, inTurn.transport.plainLogin?.by], ['open', ['product']], 'mixed backends');
  const holed = surveyed(inFront(open, (path) => (path === '/' ? nginxPassword : null)));
  t.strictSame([holed.access.state, holed.transport.plainLogin?.by], ['open', ['proxy']]);
  const both = surveyed(inFront(wall(xpackRefusal()), (path) => (path === '/' ? nginxPassword : null)));
  t.strictSame(both.transport.plainLogin?.by, ['product', 'proxy']);
  t.end();
});

t.test('a dashboard: its own login, one in front, and one that it passes on', (t) => {
  const locked = written('kibana/8.15.0-login');
  t.strictSame(asks(locked), { by: ['product'], schemes: ['login-page'] });
  const evidence = observe(locked).transport.evidence.map((at) => locked.exchanges[at]?.question);
  t.ok(evidence.includes('kibana-login-state'), 'the answer that names the login is its evidence');

  const holed = observe(changed(written('kibana/8.15.0-open'), ({ path }) => path === '/', nginxPassword));
  t.strictSame(
    [holed.access.state, holed.access.guardedBy, holed.transport.plainLogin?.by],
    ['open', 'proxy', ['proxy']],
  );

  const relayed = written('kibana/5.6.16-open');
  const refused = observe(
    changed(
      relayed,
      ({ question }) => question.startsWith('kibana-proxy-'),
      failure(401, 'security_exception', 'missing authentication token for REST request [/_cat/indices]', {
        'kbn-name': 'kibana',
        'kbn-version': '5.6.16',
        'WWW-Authenticate': 'Basic realm="security" charset="UTF-8"',
      }),
    ),
  );
  t.strictSame([refused.identity.product, refused.transport.plainLogin?.by], ['kibana', ['cluster']]);
  t.end();
});

t.test('a dashboard that shows its contents although its own login is on was entered past that login', (t) => {
  const state: Reply = json(
    200,
    {
      allowLogin: true,
      layout: 'form',
      selector: { enabled: false, providers: [{ type: 'basic', name: 'basic', usesLoginForm: true }] },
    },
    { 'kbn-name': 'kb01' },
  );
  const injected = changed(written('kibana/8.15.0-open'), ({ question }) => question === 'kibana-login-state', state);
  const { access, dashboard, transport } = observe(injected);
  t.strictSame([access.state, access.caller.login, dashboard?.login], ['open', 'required', 'asked']);
  t.strictSame(
    transport.evidence.map((at) => injected.exchanges[at]?.question),
    ['kibana-login-state'],
    'what showed the login, and not what was read inside',
  );
  const off: Reply = json(200, { allowLogin: false, layout: 'form' }, { 'kbn-name': 'kb01' });
  const without = observe(
    changed(written('kibana/8.15.0-open'), ({ question }) => question === 'kibana-login-state', off),
  );
  t.equal(without.dashboard?.login, 'none', 'its cluster has no security, and no one can log in');
  t.end();
});
