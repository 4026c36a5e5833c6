import t, { type Test } from 'tap';
import { catalogue, denied, denyList, questionById } from '../../src/catalogue/index.js';
import { judgeRecord } from '../../src/judge/index.js';
import type { Recording } from '../../src/demo/replay.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { Endpoint, Target } from '../../src/model/endpoint.js';
import type { Technique } from '../../src/model/engagement.js';
import type { EndpointRecord, Exchange } from '../../src/model/exchange.js';
import type { Ask } from '../../src/model/question.js';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { answerFrom, surveyAgainst, techniquesWith } from '../support/answer.js';
import { shipped } from '../support/knowledge.js';
import { sample } from '../support/sample.js';
import { writtenFiles, writtenNamed } from '../support/written.js';

const endpoint: Endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: 18601, basePath: '', scheme: 'http' };

/** The endpoint over the scheme that a file speaks. */
function endpointOf(recording: Recording): Endpoint {
  return { ...endpoint, scheme: recording.head.scheme };
}

function options(changes: Partial<Record<Technique, boolean>> = {}) {
  let made = 0;
  return { techniques: techniquesWith(changes), nonce: () => `q7w8e9r0t1y${++made}` };
}

function surveyed(name: string, changes: Partial<Record<Technique, boolean>> = {}): EndpointRecord {
  return surveyAgainst(writtenNamed(name).recording, endpoint, survey(endpoint, options(changes)));
}

function asked(record: EndpointRecord): readonly string[] {
  return record.exchanges.map(({ question }) => question);
}

const target: Target = {
  id: 't',
  owner: null,
  ownerContact: null,
  operator: null,
  environment: null,
  labels: {},
  notes: null,
  expect: { kind: 'closed' },
  fronts: null,
  declaredIn: null,
};

const context: JudgeContext = {
  run: 'leftopen-20260102T030405Z-00000000',
  vantage: { name: 'lab', exposure: 'internet', egress: null },
  now: '2026-11-23T02:00:00.000Z',
  targets: new Map([['t', target]]),
  knowledge: shipped,
};

/** A login page is asked for once at most, and only after the dashboard sent us to that very page. */
function loginPagesAsked(t: Test, name: string, { exchanges }: EndpointRecord): number {
  const asks = exchanges.flatMap(({ question }, place) => (/-login-page$/.test(question) ? [place] : []));
  t.ok(asks.length <= 1, `${name}: its login page once`);
  for (const place of asks) {
    const path = exchanges[place]?.path ?? '';
    const sent = exchanges.slice(0, place).some(({ outcome }) => {
      const location = outcome.kind === 'answer' ? outcome.headers['location']?.[0] : undefined;
      const to = location === undefined ? '' : new URL(location, 'http://127.0.0.1:18601').pathname;
      // The guest login of OpenSearch Dashboards comes from the same plugin as its login page.
      return to === path || to === path.replace(/\/app\/login$/, '/auth/anonymous');
    });
    t.ok(sent, `${name}: asked for ${path} after a redirect to it`);
  }
  return asks.length;
}

t.test('every written server is judged as its file says, within its budget', (t) => {
  let pages = 0;
  for (const { name, recording, expected } of writtenFiles()) {
    const at = endpointOf(recording);
    const record = surveyAgainst(recording, at, survey(at, options()));
    const seen = observe(record);
    const { dashboard } = seen;
    const { truth } = recording.head;
    const judged = judgeRecord(record, context);
    t.strictSame(
      {
        state: seen.access.state,
        product: seen.identity.product,
        version: seen.identity.version.number,
        distribution: seen.identity.distribution,
        rung: seen.access.rung,
        findings: judged.found.map(({ finding }) => finding.check).sort(),
        bugs: judged.bugs,
      },
      { ...truth, findings: truth.findings.toSorted(), bugs: [] },
      name,
    );
    t.ok(record.exchanges.length <= expected.requestsAtMost, `${name}: ${record.exchanges.length} requests`);
    const also = {
      login: dashboard?.login,
      status: dashboard?.status,
      backend: dashboard?.backend.state,
      address: dashboard?.backend.addresses[0],
      proof: seen.access.proof,
      reason: seen.access.reason ?? undefined,
      guardedBy: seen.access.guardedBy ?? undefined,
      schemes: seen.access.loginSchemes,
      uuid: dashboard?.cluster?.uuid ?? null,
      started: seen.time.processStartedAt !== null,
      setupOpen: dashboard?.setupOpen,
      mixed: seen.access.mixed,
      basePath: dashboard?.basePath,
      otherProduct: seen.identity.otherProduct,
    };
    t.match(also, { ...expected, requestsAtMost: undefined }, `${name}: what else it expects`);
    pages += loginPagesAsked(t, name, record);
    if (seen.access.state === 'open') t.ok(seen.access.evidence.length > 0, `${name}: open has evidence`);
    if (seen.access.state === 'decoy') t.ok(seen.authenticity.tells.length > 0, `${name}: the signs are named`);
    t.notMatch(JSON.stringify(record), /Canary/, `${name}: no secret is kept`);
  }
  t.ok(pages > 10, `${pages} login pages`);
  t.end();
});

t.test('no server gets a forbidden request', (t) => {
  const everything = Object.fromEntries(Object.keys(techniquesWith()).map((name) => [name, true]));
  const known = new Set(catalogue.map(({ id }) => id));
  const excepted = new Set(denyList.flatMap(({ except = [] }) => except.map(({ question }) => question)));
  for (const { name, recording } of writtenFiles()) {
    const at = endpointOf(recording);
    const record = surveyAgainst(recording, at, survey(at, options(everything)));
    const wrong = record.exchanges.filter(
      ({ method, path, question }) =>
        !['GET', 'HEAD'].includes(method) ||
        denied(path, questionById(question)) !== null ||
        (/\/app\/|\/auth\/|timelion|timeline|\/goto\//.test(path) && !excepted.has(question)) ||
        !known.has(question),
    );
    t.strictSame(wrong, [], name);
  }
  t.end();
});

t.test('a guest login is never used: `/` is asked in a way that starts no session', (t) => {
  const root = catalogue.find(({ id }) => id === 'root');
  t.ok(root && 'kbn-xsrf' in root.headers, 'Kibana takes the request for one of a script');
  t.strictSame(asked(surveyed('kibana/8.15.0-guest')), ['root', 'dashboard-status', 'kibana-login-state']);
  // Where a caller chooses on a page, a session begins by POST only: it is not tried.
  const allowed = surveyed('kibana/8.15.0-guest', { guestSession: true });
  t.strictSame(asked(allowed), ['root', 'dashboard-status', 'kibana-login-state']);
  t.end();
});

t.test('the header for internal routes goes out only where the engagement names it', (t) => {
  const internal = (record: EndpointRecord) =>
    asked(record).filter((id) => id === 'kibana-resolve-index-internal').length;
  t.equal(internal(surveyed('kibana/9.2.0-open')), 0);
  t.equal(internal(surveyed('kibana/9.2.0-open', { internalApi: true })), 1);
  const withHeader = catalogue
    .filter(({ headers }) => 'x-elastic-internal-origin' in headers)
    .map(({ id, technique }) => [id, technique]);
  t.strictSame(withHeader, [['kibana-resolve-index-internal', 'internalApi']]);
  t.end();
});

t.test('disabled techniques cost names, not the verdict', (t) => {
  for (const name of [
    'kibana/5.1.1-open',
    'kibana/6.8.23-open',
    'kibana/7.17.9-open',
    'kibana/8.15.0-open',
    'opensearch-dashboards/2.19.4-open',
  ]) {
    const record = surveyed(name, { names: false, savedObjectTitles: false, documentCounts: false });
    const seen = observe(record);
    t.equal(seen.access.state, 'open', `${name} is open`);
    t.notMatch(JSON.stringify(record), /parcels-2026|customers|Operations/, `${name}: no name is kept`);
    const allowed = new Set(catalogue.filter(({ technique }) => technique === null).map(({ id }) => id));
    t.strictSame(
      asked(record).filter((id) => !allowed.has(id)),
      [],
      `${name}: only what is always allowed`,
    );
  }
  t.end();
});

t.test('a dashboard is never called open before it was tested for being genuine', (t) => {
  for (const name of [
    'kibana/5.1.1-open',
    'kibana/7.17.9-open',
    'kibana/9.2.0-open',
    'opensearch-dashboards/2.19.4-open',
  ]) {
    const { recording } = writtenNamed(name);
    for (let answered = 1; answered < 12; answered++) {
      const record = cutAfter(answered, (ask, number) => answerFrom(recording, ask, number));
      const seen = observe(record);
      const tested = asked(record).slice(0, answered).includes('dashboard-unknown-path');
      if (seen.access.state === 'open') t.ok(tested, `${name}: open after ${answered} answers`);
      else t.equal(seen.access.state, 'undetermined', `${name}: ${answered} answers are not enough`);
    }
  }
  t.end();
});

/** A survey whose budget is spent after some answers. */
function cutAfter(answers: number, answer: (ask: Ask, number: number) => Exchange): EndpointRecord {
  const exchanges: Exchange[] = [];
  const conversation = survey(endpoint, options());
  let step = conversation.next();
  while (step.done !== true) {
    const full = answer(step.value, exchanges.length + 1);
    const spent: Exchange = { ...full, outcome: { kind: 'failure', failure: 'budget-spent', detail: '' } };
    const exchange = exchanges.length < answers ? full : spent;
    exchanges.push(exchange);
    step = conversation.next(exchange);
  }
  return { ordinal: 0, endpoint, targets: ['t'], at: exchanges[0]?.at ?? '', exchanges, tls: null, cut: null };
}

t.test('the process start is counted back from the end of the exchange', (t) => {
  const record = surveyed('kibana/7.17.9-open');
  const status = record.exchanges.find(({ question }) => question === 'dashboard-status');
  const started = observe(record).time.processStartedAt;
  const uptime = 412 * 86_400_000 + 3_600_000;
  const wanted = Date.parse(status?.at ?? '') + (status?.ms ?? 0) - uptime;
  // Node 12 and later report a fraction of a millisecond.
  t.ok(Math.abs(Date.parse(started?.at ?? '') - wanted) <= 1, 'counted back');
  t.end();
});

t.test('the contents behind an open dashboard are counted through it', (t) => {
  const table = [
    ['kibana/5.1.1-open', 5, 302_008, 'proved'],
    ['kibana/7.17.9-open', 5, 302_008, 'inferred'],
    ['opensearch-dashboards/2.19.4-open', 9, 302_008, 'inferred'],
  ] as const;
  for (const [name, total, documents, proof] of table) {
    const seen = observe(surveyed(name));
    t.equal(seen.dashboard?.cluster?.indices?.total, total, `${name}: indices`);
    t.equal(seen.dashboard?.cluster?.indices?.documents, documents, `${name}: documents`);
    t.equal(seen.access.proof, proof, `${name}: proof`);
    t.equal(seen.access.reaches.control, 'unknown', `${name}: writing is not tested`);
  }
  const relay = observe(surveyed('kibana/5.1.1-open'));
  t.strictSame(relay.dashboard?.cluster?.searchPermittedOn?.documents, 37);
  t.equal(relay.time.oldestDataAt?.at, '2025-08-01T00:00:00.000Z');
  t.strictSame(observe(surveyed('kibana/7.17.9-open')).dashboard?.savedObjects, ['parcels-*', 'customers']);
  t.end();
});

t.test('a decoy gives no keys by which it could be grouped', (t) => {
  for (const { name, recording } of writtenFiles()) {
    if (recording.head.truth.state !== 'decoy') continue;
    const seen = observe(surveyAgainst(recording, endpoint, survey(endpoint, options())));
    t.strictSame([seen.cluster, seen.dashboard, seen.identity.product], [null, null, null], name);
  }
  t.end();
});

t.test('a lost or damaged answer never makes a closed server open, or a real one a decoy', (t) => {
  const spoilt: Record<string, (exchange: Exchange) => Exchange> = {
    'timed out': (exchange) => ({
      ...exchange,
      outcome: { kind: 'failure', failure: 'response-timeout', detail: '' },
    }),
    'a gateway error': (exchange) => ({ ...exchange, outcome: page(502, 'Bad Gateway') }),
    'a page with 200': (exchange) => ({ ...exchange, outcome: page(200, 'Acme') }),
    'too many requests': (exchange) => ({ ...exchange, outcome: page(429, 'Too Many Requests') }),
  };
  const ways = Object.entries(spoilt);
  const wrong: string[] = [];
  let runs = 0;
  const files = sample(writtenFiles(), 18);
  for (const [file, { name, recording }] of files.entries()) {
    const { state, product } = recording.head.truth;
    for (let at = 1; at <= 12; at++) {
      const [what, spoil] = ways[(file + at) % ways.length] ?? ['nothing', (exchange: Exchange) => exchange];
      const record = spoiltAt(endpointOf(recording), at, spoil, (ask, number) => answerFrom(recording, ask, number));
      if (record.exchanges.length < at) break;
      runs += 1;
      const seen = observe(record).access.state;
      if (seen === 'open' && state !== 'open') wrong.push(`${name}: open with answer ${at} ${what}`);
      if (seen === 'decoy' && product !== null) wrong.push(`${name}: decoy with answer ${at} ${what}`);
      // at most for an open endpoint (docs/verdicts.md)
      if (record.exchanges.length > 22)
        wrong.push(`${name}: ${record.exchanges.length} requests, answer ${at} ${what}`);
    }
  }
  t.strictSame(wrong, []);
  t.ok(runs > 2 * files.length, `${runs} surveys`);
  t.end();
});

t.test('a page in place of the answer for an index that cannot exist makes no decoy', (t) => {
  let runs = 0;
  for (const { name, recording } of sample(writtenFiles(), 60)) {
    if (recording.head.truth.product === null) continue;
    const at = endpointOf(recording);
    const answer = (ask: Ask, number: number) => answerFrom(recording, ask, number);
    const number = asked(surveyAgainst(recording, at, survey(at, options()))).indexOf('unknown-index') + 1;
    if (number === 0) continue;
    runs += 1;
    const record = spoiltAt(at, number, (exchange) => ({ ...exchange, outcome: page(200, 'Acme') }), answer);
    t.not(observe(record).access.state, 'decoy', name);
  }
  t.ok(runs > 5, `${runs} surveys`);
  t.end();
});

function page(status: number, title: string): Exchange['outcome'] {
  const body = { kind: 'text', text: title, title, html: true } as const;
  return { kind: 'answer', status, headers: { server: ['nginx'] }, body, bytes: 10, truncated: false, sha256: title };
}

function spoiltAt(
  endpoint: Endpoint,
  at: number,
  spoil: (exchange: Exchange) => Exchange,
  answer: (ask: Ask, number: number) => Exchange,
): EndpointRecord {
  const exchanges: Exchange[] = [];
  const conversation = survey(endpoint, options());
  let step = conversation.next();
  while (step.done !== true) {
    const full = answer(step.value, exchanges.length + 1);
    const exchange = exchanges.length + 1 === at ? spoil(full) : full;
    exchanges.push(exchange);
    step = conversation.next(exchange);
  }
  return { ordinal: 0, endpoint, targets: ['t'], at: exchanges[0]?.at ?? '', exchanges, tls: null, cut: null };
}
