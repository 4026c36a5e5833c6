import { constants, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import t from 'tap';
import { canOffer, oldVersionContext, signatureAlgorithm, tlsFacts } from '../../src/net/tls.js';
import { randomOf } from '../damage/random.js';
import { always, askOf, ending, fixture, http, questionOf, testClient, tlsServer } from './helpers.js';

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
      name: 'without a subject, as public authorities issue it',
      cert: 'nameless',
      host: 'nameless.test',
      facts: { subject: '', issuer: '', names: ['nameless.test', '127.0.0.1'], details: { namesHost: true } },
    },
    {
      name: 'from an unknown authority',
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
    const { endpointClient, ledger } = testClient(t, { certificateAuthorities: authorities.map(fixture) });
    const visited = endpointClient(port, { host });
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

t.test('whatever bytes a certificate has, what can be read of it is read', (t) => {
  const certificates = ['self', 'server', 'expired', 'nameless'].map(
    (name) => new X509Certificate(fixture(`${name}.pem`)).raw,
  );
  const { below } = randomOf(7);
  let read = 0;
  for (let round = 0; round < 2000; round++) {
    const der = Buffer.from(certificates[round % certificates.length] ?? Buffer.alloc(0));
    for (let change = 0; change < 1 + (round % 3); change++) der[below(der.length)] = below(256);
    const certificate = parsed(der);
    if (certificate === null) continue;
    for (const host of ['es.test', '127.0.0.1']) {
      const facts = tlsFacts(
        {
          authorized: true,
          authorizationError: new Error(''),
          getCipher: () => ({ name: '', standardName: '', version: '' }),
          getPeerX509Certificate: () => certificate,
          getProtocol: () => null,
          getSharedSigalgs: () => [],
        },
        host,
        false,
        (text) => text,
      );
      if (facts?.sha256.length === 64) read++;
    }
  }
  t.ok(read > 1000, `${read} were read`);
  t.end();
});

/** A certificate that OpenSSL takes; null where it does not. */
function parsed(der: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

t.test('the declared name is the server name, an address is not one', async (t) => {
  const names: unknown[] = [];
  const { port, received } = await tlsServer(t, pair('server'), (socket) => {
    names.push(Reflect.get(socket, 'servername'));
    always(ok)(socket);
  });
  const { endpointClient } = testClient(t);
  for (const host of ['es.acme.example', '127.0.0.1'])
    await endpointClient(port, { host }).ask(askOf(question, 'https'));
  t.same(names, ['es.acme.example', false]);
  t.match(received[0], new RegExp(`host: es.acme.example:${port}\r\n`));
});

t.test('old versions can still be asked', async (t) => {
  const { port } = await tlsServer(
    t,
    { ...pair('server'), minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' },
    always(ok),
  );
  const { endpointClient } = testClient(t);
  const visited = endpointClient(port);
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
  const bare = testClient(t);
  await bare.endpointClient(port).ask(askOf(question, 'https'));
  const own = testClient(t, { clientCertificate: pair('client') });
  await own.endpointClient(port).ask(askOf(question, 'https'));
  t.same(seen, [null, 'CN=auditor']);
  t.match(own.ledger[1], { kind: 'handshake', clientCertificate: true });
});

t.test("the user's certificate is shown only to a server that asks for one, and it is written down", async (t) => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
    for (const requestCert of [false, true]) {
      const options = { ...pair('server'), ca: fixture('ca.pem'), requestCert, rejectUnauthorized: false, maxVersion };
      const { port } = await tlsServer(t, options, always(ok));
      for (const clientCertificate of [null, pair('client')]) {
        const httpClient = testClient(t, { clientCertificate, certificateAuthorities: [fixture('ca.pem')] });
        const visited = httpClient.endpointClient(port);
        t.equal(ending(await visited.ask(askOf(question, 'https'))), 200);
        const shown = requestCert && clientCertificate !== null;
        const name = `${maxVersion}, ${requestCert ? 'asks' : 'does not ask'}, ${clientCertificate === null ? 'none' : 'one'} declared`;
        t.equal(visited.tls?.clientCertificate, shown, name);
        t.match(httpClient.ledger[1], { kind: 'handshake', clientCertificate: shown }, name);
      }
    }
});

t.test('a question that offers one old version only', async (t) => {
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  for (const { name, server, first, second } of [
    { name: 'of today', server: {}, first: 'tls-version', second: 'tls-version' },
    { name: 'that speaks all', server: old, first: 200, second: 200 },
    { name: 'that speaks 1.1 and later', server: { ...old, minVersion: 'TLSv1.1' }, first: 'tls-version', second: 200 },
    { name: 'that speaks 1.0 alone', server: { ...old, maxVersion: 'TLSv1' }, first: 200, second: 'tls-version' },
  ] as const) {
    const { port, connections } = await tlsServer(t, { ...pair('server'), ...server }, always(ok));
    const { endpointClient, ledger } = testClient(t, { certificateAuthorities: [fixture('ca.pem')] });
    const visited = endpointClient(port, { host: 'es.test' });
    t.equal(ending(await visited.ask(askOf(question, 'https'))), 200, `a server ${name}`);
    const shown = visited.tls;
    for (const [tls, wanted] of [
      ['TLSv1', first],
      ['TLSv1.1', second],
    ] as const) {
      const exchange = await visited.ask(askOf(questionOf('/', { id: tls, tls }), 'https'));
      t.equal(ending(exchange), wanted, `${name}: ${tls}`);
      t.equal(exchange.request > 0, wanted === 200, `${name}: a request is sent over a finished handshake only`);
      t.match(
        ledger.filter(({ kind }) => kind === 'handshake').at(-1),
        {
          connection: exchange.connection,
          offered: tls,
          protocol: wanted === 200 ? tls : null,
          clientCertificate: false,
          failure: wanted === 200 ? null : wanted,
        },
        `${name}: the ledger says what was offered`,
      );
    }
    t.strictSame(visited.tls, shown, `${name}: what the usual handshake showed is kept`);
    t.equal(visited.cut, null, name);
    // Every connection except that of the usual question is closed after its question.
    t.ok(
      connections.slice(0, -1).every(({ destroyed, readableEnded }) => destroyed || readableEnded),
      `${name}: none is left open next to another`,
    );
    t.equal(ending(await visited.ask(askOf(question, 'https'))), 200, `${name}: and it can be asked on as usual`);
    t.match(
      ledger.findLast(({ kind }) => kind === 'handshake'),
      { offered: null },
      name,
    );
  }
});

t.test('an old version is offered inside the same bounds as all else', async (t) => {
  const { port, connections } = await tlsServer(t, pair('server'), always(ok));
  const versioned = questionOf('/', { id: 'v', tls: 'TLSv1' });
  const outside = testClient(t, { scope: { mayAsk: () => ({ allowed: false, why: 'excluded' }) } });
  t.equal(ending(await outside.endpointClient(port).ask(askOf(versioned, 'https'))), 'out-of-scope');
  const spent = testClient(t, { limits: { requestsPerEndpoint: 3 } });
  const visited = spent.endpointClient(port, {}, { requestsSpent: 3 });
  t.equal(ending(await visited.ask(askOf(versioned, 'https'))), 'budget-spent');
  t.equal(visited.cut, 'budget-spent');
  const closed = testClient(t, { openAt: () => ({ open: false, opensAt: null }) });
  t.equal(ending(await closed.endpointClient(port).ask(askOf(versioned, 'https'))), 'window-closed');
  t.equal(connections.length, 0, 'nothing was opened');
  await t.rejects(testClient(t).endpointClient(port).ask(askOf(versioned, 'http')), /our bug/);
});

t.test("the user's certificate is never offered over an old version", async (t) => {
  const seen: unknown[] = [];
  const options = { ...pair('server'), ca: fixture('ca.pem'), requestCert: true, rejectUnauthorized: false };
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  const { port } = await tlsServer(t, { ...options, ...old }, (socket) => {
    seen.push(/CN=\w+/.exec(socket.getPeerX509Certificate()?.subject ?? '')?.[0] ?? null);
    always(ok)(socket);
  });
  const own = testClient(t, { clientCertificate: pair('client'), certificateAuthorities: [fixture('ca.pem')] });
  const visited = own.endpointClient(port);
  t.equal(ending(await visited.ask(askOf(questionOf('/', { id: 'v', tls: 'TLSv1' }), 'https'))), 200);
  t.same(seen, [null]);
});

t.test('a version that our own library does not support is not offered', async (t) => {
  t.equal(await canOffer(() => oldVersionContext('TLSv1')), true, 'the library that Node brings can');
  const secureOptions = constants.SSL_OP_NO_TLSv1 | constants.SSL_OP_NO_TLSv1_1;
  const without = () => createSecureContext({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', secureOptions });
  t.equal(await canOffer(without), false, 'one that has them switched off cannot');
  t.equal(
    await canOffer(() => {
      throw new Error('unknown protocol');
    }),
    false,
    'nor one that does not know the version',
  );
});

t.test('what else a certificate says', async (t) => {
  for (const [name, host, details] of [
    ['server', 'es.test', { keyType: 'ec', keyBits: 256, signature: '1.2.840.10045.4.3.2', chain: 1, namesHost: true }],
    ['server', 'a.es.test', { namesHost: true }],
    ['server', 'a.b.es.test', { namesHost: false }],
    ['server', '127.0.0.1', { namesHost: true }],
    ['self', 'es.test', { namesHost: false, chain: 1 }],
  ] as const) {
    const { port } = await tlsServer(t, pair(name), always(ok));
    const visited = testClient(t).endpointClient(port, { host });
    await visited.ask(askOf(question, 'https'));
    t.match(
      visited.tls?.details,
      { ...details, serial: /^[0-9a-f]+$/, keySha256: /^[0-9a-f]{64}$/ },
      `${name} ${host}`,
    );
  }
});

t.test('the signature of a certificate, however its bytes are changed', (t) => {
  const { raw } = new X509Certificate(fixture('server.pem'));
  t.equal(signatureAlgorithm(raw), '1.2.840.10045.4.3.2');
  for (let length = 0; length < raw.length; length += 1) {
    t.ok(['', '1.2.840.10045.4.3.2'].includes(signatureAlgorithm(raw.subarray(0, length))), `cut at ${length}`);
  }
  for (const bytes of [[0x30, 0x80], [0x30, 0x89, 1], [0x30, 0x84, 255, 255, 255, 255], []])
    t.equal(signatureAlgorithm(Uint8Array.from(bytes)), '');
  t.end();
});
