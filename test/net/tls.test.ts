import t from 'tap';
import { always, askOf, ending, fixture, http, questionOf, testDoor, tlsServer } from './helpers.js';

const ok = http('200 OK', [], 'ok');
const question = questionOf('/');
const pair = (name: string): { cert: string; key: string } => ({
  cert: fixture(`${name}.pem`),
  key: fixture(`${name}.key`),
});

t.test('certificates are looked at, not trusted', async (t) => {
  for (const { name, cert, host, authorities = [], facts } of [
    {
      name: 'self-signed',
      cert: 'self',
      host: 'self.test',
      facts: {
        subject: 'CN=self.test',
        issuer: 'CN=self.test',
        selfSigned: true,
        untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      },
    },
    {
      name: 'of an authority nobody knows',
      cert: 'server',
      host: 'es.test',
      facts: {
        subject: 'O=leftopen tests, CN=es.test',
        issuer: 'O=leftopen tests, CN=Test authority',
        names: ['es.test', '*.es.test', '127.0.0.1'],
        selfSigned: false,
        untrusted: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      },
    },
    {
      name: "of the user's own authority",
      cert: 'server',
      host: 'es.test',
      authorities: ['ca.pem'],
      facts: { untrusted: null },
    },
    {
      name: 'an address that it names',
      cert: 'server',
      host: '127.0.0.1',
      authorities: ['ca.pem'],
      facts: { untrusted: null },
    },
    {
      name: 'of another name',
      cert: 'server',
      host: 'kibana.test',
      authorities: ['ca.pem'],
      facts: { untrusted: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    },
    {
      name: 'expired',
      cert: 'expired',
      host: 'expired.test',
      authorities: ['ca.pem'],
      facts: {
        notBefore: '2019-01-01T00:00:00.000Z',
        notAfter: '2020-01-01T00:00:00.000Z',
        untrusted: 'CERT_HAS_EXPIRED',
      },
    },
  ]) {
    const { port } = await tlsServer(t, pair(cert), always(ok));
    const { visit, ledger } = testDoor(t, { certificateAuthorities: authorities.map(fixture) });
    const visited = visit(port, { host });
    t.equal(ending(await visited.ask(askOf(question, 'https'))), 200, name);
    t.match(
      visited.tls,
      { ...facts, protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', sha256: /^[0-9a-f]{64}$/ },
      name,
    );
    const sni = host === '127.0.0.1' ? null : host;
    t.match(ledger, [
      { kind: 'connection' },
      { kind: 'handshake', connection: 1, sni, protocol: 'TLSv1.3', certificate: visited.tls?.sha256, failure: null },
      { kind: 'request', url: `https://${host}:${port}/`, host: `${host}:${port}`, sni },
    ]);
  }
});

t.test('the declared name is the server name, an address is none', async (t) => {
  const names: unknown[] = [];
  const { port, received } = await tlsServer(t, pair('server'), (socket) => {
    names.push(Reflect.get(socket, 'servername'));
    always(ok)(socket);
  });
  const { visit } = testDoor(t);
  for (const host of ['es.acme.example', '127.0.0.1']) await visit(port, { host }).ask(askOf(question, 'https'));
  t.same(names, ['es.acme.example', false]);
  t.match(received[0], new RegExp(`host: es.acme.example:${port}\r\n`));
});

t.test('old versions can still be asked', async (t) => {
  const { port } = await tlsServer(
    t,
    { ...pair('server'), minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' },
    always(ok),
  );
  const { visit } = testDoor(t);
  const visited = visit(port);
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 200);
  t.equal(visited.tls?.protocol, 'TLSv1');
});

t.test("the user's certificate is offered only where it was declared", async (t) => {
  const seen: unknown[] = [];
  const options = { ...pair('server'), ca: fixture('ca.pem'), requestCert: true, rejectUnauthorized: false };
  const { port } = await tlsServer(t, options, (socket) => {
    seen.push(/CN=\w+/.exec(socket.getPeerX509Certificate()?.subject ?? '')?.[0] ?? null);
    always(ok)(socket);
  });
  const bare = testDoor(t);
  await bare.visit(port).ask(askOf(question, 'https'));
  const own = testDoor(t, { clientCertificate: pair('client') });
  await own.visit(port).ask(askOf(question, 'https'));
  t.same(seen, [null, 'CN=auditor']);
  t.match(own.ledger[1], { kind: 'handshake', clientCertificate: true });
});
