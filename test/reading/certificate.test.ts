import t from 'tap';
import { demoCertificates } from '../../src/knowledge/demo-certificates.js';
import type { TlsFacts } from '../../src/model/exchange.js';
import { readCertificate } from '../../src/reading/certificate.js';
import { at, exchange, tlsWith } from '../support/observations.js';

function read(tls: TlsFacts | null, host = 'es.acme.example') {
  return readCertificate({
    ordinal: 0,
    endpoint: { host, address: '192.0.2.10', port: 9200, basePath: '', scheme: null },
    targets: [],
    at,
    exchanges: [{ ...exchange(0, 'root', '/'), scheme: 'https' }],
    tls,
    cut: null,
  });
}

const expired = { notBefore: '2024-01-01T00:00:00.000Z', notAfter: '2025-12-31T00:00:00.000Z' };
const noAuthority = { untrusted: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' };

t.test('what is wrong with a certificate, the worst first', (t) => {
  for (const [name, tls, flaws] of [
    ['nothing', tlsWith({}), []],
    ['expired', tlsWith({ ...expired, untrusted: 'CERT_HAS_EXPIRED' }), ['expired']],
    ['an authority of its chain expired', tlsWith({ untrusted: 'CERT_HAS_EXPIRED' }), ['expired']],
    [
      'of the future',
      tlsWith({ notBefore: '2026-02-01T00:00:00.000Z', untrusted: 'CERT_NOT_YET_VALID' }),
      ['not-yet-valid'],
    ],
    ['self-signed', tlsWith({ selfSigned: true, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), ['untrusted']],
    ["self-signed, and the user's own authority", tlsWith({ selfSigned: true }), []],
    ['from an unknown authority', tlsWith(noAuthority), ['untrusted']],
    ['of another name', tlsWith({ untrusted: 'ERR_TLS_CERT_ALTNAME_INVALID' }, { namesHost: false }), ['wrong-name']],
    ['a short RSA key', tlsWith({}, { keyBits: 1024 }), ['weak']],
    ['a curve of 224 bits', tlsWith({}, { keyType: 'ec', keyBits: 224 }), []],
    ['a short curve', tlsWith({}, { keyType: 'ec', keyBits: 160 }), ['weak']],
    ['a curve that is not known', tlsWith({}, { keyType: 'ec', keyBits: null }), []],
    ['Ed25519', tlsWith({}, { keyType: 'ed25519', keyBits: null }), []],
    ['signed with SHA-1', tlsWith({}, { signature: '1.2.840.113549.1.1.5' }), ['weak']],
    [
      'self-signed with SHA-1: its signature proves nothing anyway',
      tlsWith({ selfSigned: true, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, { signature: '1.2.840.113549.1.1.5' }),
      ['untrusted'],
    ],
    [
      'all at once',
      tlsWith(
        { ...expired, selfSigned: true, untrusted: 'CERT_HAS_EXPIRED', sha256: demoCertificates[0]?.sha256 ?? '' },
        { keyBits: 512, namesHost: false },
      ),
      ['demo', 'weak', 'expired', 'untrusted', 'wrong-name'],
    ],
  ] as const) {
    t.strictSame(read(tls)?.flaws, flaws, name);
  }
  t.equal(read(null), null);
  t.end();
});

t.test('how weak it is', (t) => {
  const weak = (tls: TlsFacts) => read(tls)?.weak;
  t.strictSame(weak(tlsWith({}, { keyBits: 1024 })), {
    of: 'key',
    keyType: 'rsa',
    keyBits: 1024,
    breakable: false,
  });
  t.strictSame(weak(tlsWith({}, { keyBits: 512 })), {
    of: 'key',
    keyType: 'rsa',
    keyBits: 512,
    breakable: true,
  });
  t.match(weak(tlsWith({}, { signature: '1.2.840.113549.1.1.4' })), { of: 'signature', hash: /MD5/, breakable: true });
  t.match(weak(tlsWith({}, { signature: '1.2.840.10045.4.1' })), { of: 'signature', hash: /SHA-1/, breakable: false });
  t.end();
});

t.test('demo certificates: by fingerprint, by key, by name', (t) => {
  t.ok(demoCertificates.length >= 6);
  for (const { sha256, keySha256, role, source } of demoCertificates) {
    t.match(sha256, /^[0-9a-f]{64}$/);
    t.match(keySha256, /^[0-9a-f]{64}$/);
    t.ok(source.length > 20);
    const byKey = read(tlsWith({}, { keySha256 }));
    t.match(read(tlsWith({ sha256 }, null)), { flaws: ['demo'], demo: { role } }, 'also where details were not kept');
    t.match(byKey, { flaws: ['demo'], demo: { role } }, 'a renewal that keeps the key');
  }
  const named = {
    subject: 'DC=de, L=test, O=node, OU=node, CN=node-0.example.com',
    issuer: 'CN=Example Com Inc. Root CA',
  };
  t.strictSame(read(tlsWith(named))?.demo, { shippedWith: null, role: 'node' });
  t.equal(read(tlsWith({ subject: named.subject }))?.demo, null);
  t.end();
});

t.test('what cannot be verified is not called right', (t) => {
  t.match(read(tlsWith({}, null))?.unknown, {
    weak: 'certificate-details-not-kept',
    'wrong-name': 'certificate-details-not-kept',
  });
  t.match(read(tlsWith({}, { keyType: '', keyBits: null }))?.unknown, { weak: 'certificate-key-unreadable' });
  t.match(read(tlsWith({}, { namesHost: false }), '192.0.2.10')?.unknown, { 'wrong-name': 'declared-by-address' });
  t.match(read(tlsWith({}, { namesHost: false }), '2001:db8::1')?.unknown, { 'wrong-name': 'declared-by-address' });
  t.match(read(tlsWith({ ...expired, untrusted: 'CERT_HAS_EXPIRED' }))?.unknown, {
    untrusted: 'certificate-dates-hide-authority',
  });
  t.strictSame(read(tlsWith({}))?.unknown, {});
  t.strictSame(read(tlsWith({ notAfter: '', notBefore: '' }))?.flaws, [], 'dates that could not be read');
  t.end();
});
