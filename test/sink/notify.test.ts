// Notifications: what they say, to whom, in which shape, and that neither a secret nor another owner's finding is in any.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import t, { type Test } from 'tap';
import { z } from 'zod';
import { readTargets } from '../../src/engagement/index.js';
import type { Finding, RunInfo } from '../../src/model/finding.js';
import type { FindingStatus, GoneStatus, PastCheck } from '../../src/model/history.js';
import type { Notify, NotifyTo } from '../../src/model/notify.js';
import { audiencesOf, failureNotice, noticesOf, type Notice } from '../../src/report/index.js';
import { en } from '../../src/report/texts/en.js';
import { deliver } from '../../src/sink/notify.js';
import { commandLine } from '../cli/program.js';
import { finding, full, nothing, run, stream, type Sample } from '../support/report-sample.js';

const webhook = (form: (NotifyTo & { readonly kind: 'webhook' })['form'] = 'generic'): NotifyTo => ({
  kind: 'webhook',
  urlFrom: 'HOOK',
  form,
});

const entry = (part: Partial<Notify> = {}): Notify => ({
  to: webhook(),
  owners: null,
  when: 'change',
  severity: 'info',
  detail: 'counts',
  at: 'targets.yaml:7',
  ...part,
});

const titles = new Map([['cluster-open', 'A cluster lets a caller in']]);
const contacts = new Map([
  ['Search', 'search@acme.example'],
  ['Data', 'data@acme.example'],
]);

function having(status: FindingStatus, owner: string, part: Partial<Finding> = {}): Finding {
  const endpoint = `http://${owner.toLowerCase()}.acme.example:9200`;
  const made = finding({ owner, owners: [owner], endpoint, title: `open at ${endpoint}`, ...part });
  return { ...made, history: made.history && { ...made.history, status } };
}

function sampleOf(findings: readonly Finding[], part: Partial<Sample['head']> = {}): Sample {
  return { ...nothing, head: { ...full.head, run: run(), changes: nothing.head.changes, ...part }, findings };
}

function recordOf({ head, findings, endpoints, history = [] }: Sample) {
  return { head, findings: stream(findings), endpoints: stream(endpoints), history: stream(history) };
}

async function told(entries: readonly Notify[], sample: Sample): Promise<(Notice | null)[]> {
  const record = recordOf(sample);
  return (await noticesOf(record, audiencesOf(entries, contacts), titles, en)).map(({ notice }) => notice);
}

const everything = (notice: Notice | null | undefined): string => JSON.stringify(notice);

t.test('only on change, and always when a run is incomplete or it is asked for', async (t) => {
  const same = sampleOf([having('unchanged', 'Search')]);
  t.strictSame(await told([entry()], same), [null]);
  t.match(await told([entry({ when: 'always' })], same), [{ kind: 'unchanged' }]);
  t.match(await told([entry()], sampleOf([having('new', 'Search')])), [{ kind: 'change' }]);
  t.match(await told([entry()], sampleOf([], { run: run({ gaps: ['a control failed'] }) })), [{ kind: 'incomplete' }]);
  t.match(await told([entry()], sampleOf([], { run: run({ finished: false }) })), [{ kind: 'incomplete' }]);
  const accepted = { reason: 'r', approvedBy: 'a', until: '2027-01-01' };
  t.strictSame(await told([entry()], sampleOf([having('new', 'Search', { accepted })])), [null], 'accepted');
  const made = having('unchanged', 'Search');
  const ended = { ...made, history: made.history && { ...made.history, noLongerAccepted: true as const } };
  t.match(await told([entry()], sampleOf([ended])), [
    { kind: 'change', headline: /1 no longer accepted \(up to critical\)/ },
  ]);
  const low = sampleOf([having('new', 'Search', { severity: 'low' })]);
  t.strictSame(await told([entry({ severity: 'high' })], low), [null], 'below the severity');
});

t.test('counts, checks and owners; endpoints and titles of findings only with detail: full', async (t) => {
  const sample = sampleOf([having('new', 'Search'), having('new', 'Search'), having('worse', 'Data')]);
  const [short, full] = await told([entry(), entry({ detail: 'full' })], sample);
  t.notMatch(everything(short), /acme\.example/);
  t.match(short?.headline, /2 new .*1 worse/);
  t.match(everything(short), /A cluster lets a caller in \(2 endpoints; Search\)/);
  t.match(everything(full), /http:\/\/data\.acme\.example:9200/);
});

t.test('everything that is gone counts, with each of its owners, however much there is', async (t) => {
  const { check, fingerprint, endpoint, target, title, access } = finding();
  const { id, startedAt } = run();
  const gone = (status: GoneStatus, owners: readonly string[], of = id): PastCheck => ({
    ...{ check, fingerprint, endpoint, target, title, primary: true, owner: owners[0] ?? null, owners },
    level: { severity: 'high', access, classes: [] },
    ...{ firstSeen: startedAt, openSince: startedAt, lastSeen: startedAt, daysOpen: 0, addresses: [], accepted: null },
    last: { status, at: startedAt, run: of, why: 'why', shownBy: [] },
  });
  const checks = [
    gone('fixed', ['Search', 'Data']),
    gone('fixed', ['Search'], 'an earlier run'),
    ...Array.from({ length: 1_200 }, () => gone('not-reached', ['Search'])),
  ];
  const sample = { ...sampleOf([]), history: [{ place: 'p', checks }] };
  const [whole, search, data] = await told(
    [entry(), entry({ owners: ['Search'] }), entry({ owners: ['Data'] })],
    sample,
  );
  t.match(whole?.data, { gone: { fixed: 1, 'not-reached': 1_200 } });
  t.match(search?.data, { gone: { fixed: 1, 'not-reached': 1_200 } });
  t.match(data?.data, { kind: 'change', gone: { fixed: 1, 'not-reached': 0 } }, 'the second owner hears of it too');
});

t.test('a message about a narrowed run says so', async (t) => {
  const lines = async (part: Partial<RunInfo>) =>
    (await told([entry()], sampleOf([having('new', 'Search')], { run: run(part) })))[0]?.lines.join(' ');
  t.match(await lines({ onlyTargets: ['search'] }), /--target/);
  t.match(await lines({ checks: ['end-of-life'] }), /--check/);
  t.notMatch(await lines({}), /--target|--check/);
});

t.test('an owner is notified of its own endpoints only', async (t) => {
  const shared = having('new', 'Search', { owners: ['Data', 'Search'] });
  const sample = sampleOf([having('new', 'Search'), shared, having('new', 'Data')]);
  const [search, data] = await told(
    [entry({ owners: ['Search'], detail: 'full' }), entry({ owners: ['Data'], detail: 'full' })],
    sample,
  );
  t.notMatch(everything(search), /Data|data\.acme/);
  t.match(search?.headline, /2 new/);
  t.match(data?.headline, /2 new/, 'its own, and the one that it shares');
  t.notMatch(everything(data), /Search/, 'which names no other owner');
  const mail: NotifyTo = {
    kind: 'email',
    to: 'owners',
    from: 'a@b.example',
    smtp: { host: '127.0.0.1', port: 25, user: null, passwordFrom: null, authority: null },
  };
  t.equal((await told([entry({ to: mail })], sample)).length, 2);
  // What another team's endpoints left open is not a gap of this one.
  const gap = sampleOf([], { run: run({ gaps: ['1 of 9 endpoints could not be judged'] }) });
  const [first] = full.endpoints;
  if (first === undefined) throw new Error('a sample has endpoints');
  const endpoints = [{ ...first, owner: 'Data', state: 'undetermined' as const }];
  t.match(await told([entry({ owners: ['Search'] }), entry({ owners: ['Data'] })], { ...gap, endpoints }), [
    null,
    { kind: 'incomplete' },
  ]);
});

t.test('a failed audit is reported, without its reason', async (t) => {
  const notice = failureNotice('ACME', '2026-11-29T20:00:00.000Z', en);
  t.match(notice, { kind: 'failed', headline: /ACME: the audit failed/ });
});

interface Hook {
  readonly url: string;
  readonly bodies: unknown[];
  status: number;
  location: string | null;
  hangs: boolean;
}

async function hook(t: Test, host = '127.23.0.1'): Promise<Hook> {
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.method !== 'POST') return void response.writeHead(404).end();
      made.bodies.push(JSON.parse(body));
      if (made.hangs) return;
      response.writeHead(made.status, made.location === null ? {} : { location: made.location });
      response.end('secret-path of the response');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const made: Hook = {
    url: `http://${host}:${portOf(server.address())}/secret-path`,
    bodies: [],
    status: 200,
    location: null,
    hangs: false,
  };
  return made;
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return address.port;
}

const hostile = '<!channel> @channel [x](http://evil.example) *b* `c` | \u202e';

for (const form of ['generic', 'slack', 'teams', 'mattermost'] as const) {
  t.test(`${form}: delivered once, and nothing of a target is markup`, async (t) => {
    const server = await hook(t);
    const entries = [entry({ to: webhook(form), detail: 'full' })];
    const sample = sampleOf([having('new', 'Search', { title: hostile })]);
    const record = recordOf(sample);
    const notices = await noticesOf(record, audiencesOf(entries, contacts), titles, en);
    t.match(await deliver(notices, { HOOK: server.url }, contacts), [{ failure: null }]);
    t.equal(server.bodies.length, 1);
    const [body] = server.bodies;
    if (form === 'generic')
      t.match(body, { schema: 'leftopen/notification/1', kind: 'change', findings: { new: { critical: 1 } } });
    if (form === 'slack') {
      const blocks = z.object({
        text: z.string(),
        blocks: z.array(z.object({ text: z.object({ type: z.string() }) })),
      });
      const parsed = blocks.parse(body);
      t.ok(parsed.blocks.every((block) => block.text.type === 'plain_text'));
      t.notMatch(parsed.text, /[<>]/);
    }
    if (form === 'teams')
      t.match(body, {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: { type: 'AdaptiveCard', body: [{ type: 'RichTextBlock' }] },
          },
        ],
      });
    if (form === 'mattermost') {
      const { text: markdown } = z.object({ text: z.string() }).parse(body);
      for (const line of markdown.split('\n\n').slice(1)) t.match(line, /^(`+).*\1$|^[^@<]*$/, line);
    }
  });
}

t.test('no redirect, no plain HTTP beyond loopback, no unset variable: each is one line without the URL', async (t) => {
  const server = await hook(t);
  const other = await hook(t, '127.23.0.2');
  const notice = failureNotice('ACME', '2026-11-29T20:00:00.000Z', en);
  const failureOf = async (url: string | undefined, within = 5_000): Promise<string> => {
    const notices = [{ audience: { entry: entry({ to: webhook('slack') }), owners: null }, notice }];
    const [delivery] = await deliver(notices, { HOOK: url }, contacts, within);
    return delivery?.failure ?? '';
  };
  server.status = 307;
  server.location = other.url;
  for (const [failure, why] of [
    [await failureOf(server.url), /redirects/],
    [await failureOf('http://hooks.acme.example/secret-path'), /plain HTTP/],
    [await failureOf('secret-path'), /no http\(s\) URL/],
    [await failureOf(undefined), /HOOK is not set/],
    [await failureOf('http://127.23.0.9:59999/secret-path'), /ECONNREFUSED/],
  ] as const) {
    t.match(failure, why);
    t.match(failure, /^targets\.yaml:7: slack webhook of \$HOOK: /);
    t.notMatch(failure, /secret-path/);
  }
  t.strictSame(other.bodies, []);
  server.status = 500;
  t.match(await failureOf(server.url), /500/);
  server.hangs = true;
  t.match(await failureOf(server.url, 200), /no response within/);
});

const fixture = (name: string): string => readFileSync(`test/net/fixtures/${name}`, 'utf8');

interface Mailbox {
  readonly port: number;
  readonly mails: { readonly to: readonly string[]; readonly source: string; readonly secure: boolean }[];
}

/** A mail server with STARTTLS (or without), which wants a login where it has TLS. */
async function mailServer(t: Test, tls: boolean, host: string): Promise<Mailbox> {
  const mails: Mailbox['mails'] = [];
  const server = new SMTPServer({
    ...(tls
      ? { key: fixture('server.key'), cert: fixture('server.pem') }
      : { hideSTARTTLS: true, disabledCommands: ['STARTTLS', 'AUTH'] }),
    authOptional: !tls,
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'leftopen' && password === 'p4ssword') done(null, { user: username });
      else done(new Error(`no such login: ${password ?? ''}`));
    },
    onData: (stream, session, done) => {
      void text(stream).then((source) => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source, secure: session.secure });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  t.teardown(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: portOf(server.server.address()), mails };
}

function mailTo(port: number, host: string, part: Partial<NotifyTo & { kind: 'email' }> = {}, login = true): Notify {
  return entry({
    to: {
      kind: 'email',
      to: ['soc@acme.example'],
      from: 'leftopen@acme.example',
      smtp: {
        ...{ host, port, user: login ? 'leftopen' : null, passwordFrom: login ? 'SMTP_PASSWORD' : null },
        authority: fixture('ca.pem'),
      },
      ...part,
    },
  });
}

t.test('e-mail: by STARTTLS with a login, to each owner its own', async (t) => {
  const server = await mailServer(t, true, '127.0.0.1');
  const sample = sampleOf([having('new', 'Search'), having('new', 'Data')]);
  const record = recordOf(sample);
  const entries = [mailTo(server.port, '127.0.0.1'), mailTo(server.port, '127.0.0.1', { to: 'owners' })];
  const notices = await noticesOf(record, audiencesOf(entries, contacts), titles, en);
  const deliveries = await deliver(notices, { SMTP_PASSWORD: 'p4ssword' }, contacts);
  t.match(deliveries, [{ failure: null }, { failure: null }, { failure: null }]);
  t.strictSame(
    server.mails.map(({ to }) => to),
    [['soc@acme.example'], ['search@acme.example'], ['data@acme.example']],
  );
  t.ok(server.mails.every(({ secure }) => secure));
  t.ok(server.mails.every(({ source }) => !source.includes('p4ssword')));
  t.match(server.mails[0]?.source, /Subject: leftopen ACME-2026-11: 2 new/);
  t.notMatch(server.mails[1]?.source, /Data/);
  const [wrong] = await deliver(notices.slice(0, 1), { SMTP_PASSWORD: 'wr0ng' }, contacts);
  t.match(wrong?.failure, /535/);
  t.notMatch(wrong?.failure, /wr0ng/);
});

t.test('e-mail: TLS is required beyond loopback, and its certificate is checked', async (t) => {
  const notice = failureNotice('ACME', '2026-11-29T20:00:00.000Z', en);
  const send = async (to: Notify) =>
    (
      await deliver([{ audience: { entry: to, owners: null }, notice }], { SMTP_PASSWORD: 'p4ssword' }, contacts, 5_000)
    )[0]?.failure;
  const plain = await mailServer(t, false, '::ffff:127.0.0.1');
  t.equal(await send(mailTo(plain.port, '127.0.0.1', {}, false)), null, 'on loopback');
  // The same address in words that are not known to be loopback.
  t.match(await send(mailTo(plain.port, '::ffff:127.0.0.1', {}, false)), /ETLS|took no message/);
  t.equal(plain.mails.length, 1);
  const strange = await mailServer(t, true, '127.0.0.1');
  const unknown = mailTo(strange.port, '127.0.0.1');
  const { to } = unknown;
  if (to.kind !== 'email') throw new Error('an e-mail');
  t.match(await send({ ...unknown, to: { ...to, smtp: { ...to.smtp, authority: null } } }), /took no message/);
  t.strictSame(strange.mails, []);
});

t.test('e-mail: a server that says nothing is given up once for all owners', async (t) => {
  const silent = createSocketServer(() => undefined);
  let connections = 0;
  silent.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.teardown(() => silent.close());
  const notice = failureNotice('ACME', '2026-11-29T20:00:00.000Z', en);
  const to = mailTo(portOf(silent.address()), '127.0.0.1');
  const notices = ['Search', 'Data'].map((owner) => ({ audience: { entry: to, owners: [owner] }, notice }));
  const deliveries = await deliver(notices, { SMTP_PASSWORD: 'p4ssword' }, contacts, 200);
  t.match(deliveries, [{ failure: /took no message|not taken/ }, { failure: /took no message|not taken/ }]);
  t.equal(connections, 1);
});

t.test('the file says who is notified, and the plan does not change with it', async (t) => {
  const base = 'targets: [{ id: a, hosts: 127.0.0.1, owner: search }]\nowners: { search: { name: Search } }\n';
  const folder = t.testdir({
    'a.yaml': base,
    'b.yaml': `${base}notify:\n  - webhook: { urlFrom: HOOK, format: slack }\n    owners: [search]\n    when: always\n`,
  });
  const read = async (name: string) => {
    const result = await readTargets(join(folder, name));
    if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
    return result.declaration;
  };
  const [without, with_] = [await read('a.yaml'), await read('b.yaml')];
  t.equal(with_.digest, without.digest);
  t.match(with_.notify, [{ to: webhook('slack'), owners: ['Search'], when: 'always', at: /b\.yaml:4$/ }]);
});

t.test('an audit notifies, and one that fails to is the same audit', async (t) => {
  const server = await hook(t);
  const folder = t.testdir();
  const free = await hook(t, '127.23.0.3');
  writeFileSync(
    join(folder, 'targets.yaml'),
    `targets: [{ id: a, url: "${free.url.replace('/secret-path', '')}", owner: Search }]\nnotify:\n  - { webhook: { urlFrom: HOOK }, when: always }\n`,
  );
  const audit = (args: readonly string[], url: string) =>
    commandLine(['audit', 'targets.yaml', '-q', ...args], folder, { ...process.env, HOOK: url });
  const first = await audit([], server.url);
  t.match(server.bodies, [{ schema: 'leftopen/notification/1', engagement: /./ }]);
  const failing = await audit([], 'http://127.23.0.9:59999/secret-path');
  t.type(first.code, 'number');
  t.equal(failing.code, first.code);
  t.match(failing.stderr, /notification was not delivered: targets\.yaml:3: generic webhook of \$HOOK/);
  t.notMatch(failing.stdout + failing.stderr, /secret-path/);
  await audit(['--no-notify'], server.url);
  t.equal(server.bodies.length, 1);
});
