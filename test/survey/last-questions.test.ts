import t from 'tap';
import type { EndpointRecord } from '../../src/model/exchange.js';
import { observe } from '../../src/reading/index.js';
import { budgets } from '../../src/survey/index.js';
import { openElasticsearch, wall, xpackRefusal, html, json, nginxPassword } from '../support/clusters.js';
import { runSurvey, surveyed, type Reply, type Responder } from '../support/survey.js';

const asked = ({ exchanges }: EndpointRecord) => exchanges.map(({ question }) => question);
const last = (record: EndpointRecord) => asked(record).filter((id) => id === 'cors' || id.startsWith('tls-'));

/** The same server behind something that ends TLS. */
const overTls =
  (server: Responder): Responder =>
  (ask, path, number) =>
    ask.scheme === 'https' ? server({ ...ask, scheme: 'http' }, path, number) : 'closed-without-answer';

const open = openElasticsearch('8.19.21');
const walled = wall(xpackRefusal(), {}, 'https');

t.test('the last questions, and who gets them', (t) => {
  for (const [name, responder, run, wanted] of [
    ['an open cluster over plain HTTP', open, {}, ['cors']],
    ['one over TLS', overTls(open), {}, ['cors', 'tls-1-0', 'tls-1-1']],
    ['one that speaks TLS 1.0', overTls(open), { oldTls: ['TLSv1', 'TLSv1.1'] }, ['cors', 'tls-1-0']],
    ['a login over TLS', walled, {}, ['tls-1-0', 'tls-1-1']],
    ['one that speaks TLS 1.1', walled, { oldTls: ['TLSv1.1'] }, ['tls-1-0', 'tls-1-1']],
    ['a login over plain HTTP', wall(xpackRefusal()), {}, []],
    ['a proxy with a login over TLS', wall(nginxPassword, {}, 'https'), {}, ['tls-1-0', 'tls-1-1']],
    ['a web site', overTls(() => html(200, '<title>Shop</title>')), {}, []],
    ['what cannot be judged', overTls(() => json(503, {})), {}, []],
    ['nothing', (): Reply => 'refused', {}, []],
  ] as const) {
    const record = runSurvey(responder, run);
    t.strictSame(last(record), wanted, name);
    t.strictSame(asked(record).slice(-wanted.length || Infinity), wanted, `${name}: after all else`);
    const sent = record.exchanges.filter(({ request }) => request > 0).length;
    t.ok(sent <= budgets.whole, `${name}: ${sent} requests`);
    if (name.includes('login over TLS')) t.ok(sent <= budgets.unknownWall, `${name}: ${sent} requests`);
  }
  t.end();
});

t.test('a transport port that a technique added gets one question, whatever it answers', (t) => {
  const endpoint = { port: 9300, scheme: 'http', transport: true } as const;
  for (const responder of [open, overTls(open), walled, (): Reply => 'transport-port', (): Reply => 'refused']) {
    t.strictSame(asked(runSurvey(responder, { endpoint })), ['root']);
  }
  t.equal(observe(runSurvey(() => 'transport-port', { endpoint })).access.reason, 'transport-port');
  t.equal(observe(runSurvey(() => 'closed-without-answer', { endpoint })).access.reason, 'closed-without-answer');
  t.end();
});

t.test('a login denies one request more at most', (t) => {
  for (const oldTls of [[], ['TLSv1'], ['TLSv1.1'], ['TLSv1', 'TLSv1.1']] as const) {
    const { exchanges } = runSurvey(walled, { oldTls });
    const sent = exchanges.filter(({ request }) => request > 0).length;
    t.ok(sent <= budgets.recognisedWall + (oldTls.length > 0 ? 1 : 0), `${oldTls.join()}: ${sent}`);
  }
  t.end();
});

t.test('the outcome of the last questions changes no findings', (t) => {
  const isLast = (id: string) => id === 'cors' || id.startsWith('tls-');
  for (const [name, server] of [
    ['open', overTls(open)],
    ['walled', walled],
  ] as const) {
    for (const blocked of [html(403, '<title>Blocked</title>'), json(200, {}), 'reset'] as const) {
      const bent: Responder = (ask, ...more) => (isLast(ask.question.id) ? blocked : server(ask, ...more));
      const record = runSurvey(bent, { oldTls: ['TLSv1'] });
      const exchanges = record.exchanges.filter(({ question }) => !isLast(question));
      t.ok(exchanges.length < record.exchanges.length, `${name}: they were asked`);
      const { topics, ...seen } = observe(record);
      const { topics: before, ...without } = observe({ ...record, exchanges });
      t.strictSame(seen, without, name);
      t.strictSame({ ...topics, cors: null, oldTls: null }, before, name);
    }
  }
  t.end();
});

t.test('what their answers show', (t) => {
  t.strictSame(surveyed(wall(xpackRefusal())).topics.oldTls, null, 'not asked over plain HTTP');
  t.match(surveyed(walled).topics.oldTls, { accepted: null, refused: ['TLSv1', 'TLSv1.1'], reason: null });
  t.match(surveyed(walled, { oldTls: ['TLSv1.1'] }).topics.oldTls, { accepted: 'TLSv1.1', refused: ['TLSv1'] });
  const resets: Responder = (ask, ...more) => (ask.question.tls === undefined ? walled(ask, ...more) : 'reset');
  t.match(
    surveyed(resets, { oldTls: ['TLSv1'] }).topics.oldTls,
    { accepted: 'TLSv1', reason: 'reset' },
    'a request that was sent went over a finished handshake, whatever became of it',
  );
  const refusing = runSurvey(walled);
  const handshakeOf = (detail: string) =>
    refusing.exchanges.map((each) =>
      each.question.startsWith('tls-')
        ? { ...each, outcome: { kind: 'failure', failure: 'tls-failed', detail } as const }
        : each,
    );
  t.match(
    observe({ ...refusing, exchanges: handshakeOf('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR') }).topics.oldTls,
    { refused: ['TLSv1', 'TLSv1.1'], reason: null },
    'OpenSSL 3 at its usual security level',
  );
  t.match(
    observe({ ...refusing, exchanges: handshakeOf('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE') }).topics.oldTls,
    { accepted: null, refused: [], reason: 'tls-failed' },
    'no cipher in common, or no version: it is unknown',
  );

  const answers =
    (headers: Record<string, string>, status = 200): Responder =>
    (ask, path, number) =>
      ask.question.id === 'cors' ? json(status, {}, headers) : open(ask, path, number);
  const cors = (headers: Record<string, string>, status?: number) => surveyed(answers(headers, status)).topics.cors;
  const origin = 'Access-Control-Allow-Origin';
  t.match(cors({ [origin]: '*' }), { allows: 'any', credentials: false });
  t.match(cors({ [origin]: 'https://leftopen.invalid', 'Access-Control-Allow-Credentials': 'true' }), {
    allows: 'echoed',
    credentials: true,
  });
  t.match(cors({ [origin]: 'https://boards.acme.example' }), { allows: 'no' });
  t.match(cors({ [origin]: 'null' }), { allows: 'no' });
  t.match(cors({}), { allows: 'no', credentials: false });
  t.match(cors({}, 403), { allows: 'no' }, 'an origin that is refused');
  t.equal(cors({}, 502), null, 'something in front failed');
  t.end();
});
