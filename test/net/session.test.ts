// The guest session of a dashboard: kept in memory, sent where it is asked for, written nowhere.
import t from 'tap';
import { always, askOf, http, json, onRequest, questionOf, rawServer, testClient } from './helpers.js';

const canary = 'Fe26.2**canary7*sealed~and-long_enough';
const begins = questionOf('/begin', { session: 'begins' });
const within = questionOf('/inside');
const cookie = (line: string): readonly string[] => [...json, `set-cookie: ${line}`];

t.test('a session goes with what is asked in it, with nothing else, and never to disk', async (t) => {
  const { port, received } = await rawServer(t, (socket) => {
    onRequest(socket, (head) => {
      const lines = head.startsWith('GET /begin') ? cookie(`sid=${canary}; Path=/; HttpOnly`) : json;
      socket.write(http('200 OK', lines, '{}'));
    });
  });
  const { endpointClient, ledger } = testClient(t);
  const visited = endpointClient(port);
  const kept = [
    await visited.ask({ ...askOf(within), session: true }),
    await visited.ask(askOf(begins)),
    await visited.ask({ ...askOf(within), session: true }),
    await visited.ask(askOf(within)),
    await visited.ask({ ...askOf(within), session: true }),
  ];
  const heads = received.join('').split('\r\n\r\n').slice(0, -1);
  t.strictSame(
    heads.map((head) => /^cookie: (.*)$/im.exec(head)?.[1] ?? null),
    [null, null, `sid=${canary}`, null, `sid=${canary}`],
  );
  t.notMatch(JSON.stringify([kept, ledger]), /canary7/, 'its value is in no exchange and in no line of the ledger');
  t.match(kept[1]?.outcome, { headers: { 'set-cookie': ['sid=Fe26.2'] } }, 'that one was given is kept');
  const next = endpointClient(port);
  await next.ask({ ...askOf(within), session: true });
  t.notMatch(received.at(-1) ?? '', /cookie:/i, 'another visit has none');
});

t.test('only a value that a dashboard sealed is a session, and only where a question may begin one', async (t) => {
  for (const line of [
    'sid=; Max-Age=0; Path=/',
    'route=a1b2c3; Path=/',
    `sid=${canary}\u00a0x; Path=/`,
    'security_authentication=Fe26.2; Path=/',
  ]) {
    const { port, received } = await rawServer(t, always(http('200 OK', cookie(line), '{}')));
    const visited = testClient(t).endpointClient(port);
    await visited.ask(askOf(begins));
    await visited.ask({ ...askOf(within), session: true });
    t.notMatch(received.join(''), /^cookie:/im, line);
  }
  const { port, received } = await rawServer(t, always(http('200 OK', cookie(`sid=${canary}; Path=/`), '{}')));
  const visited = testClient(t).endpointClient(port);
  await visited.ask(askOf(within));
  await visited.ask({ ...askOf(within), session: true });
  t.notMatch(received.join(''), /^cookie:/im, 'a session that was not requested is not used');
});
