import t from 'tap';
import { check } from '../../../src/judge/checks/certificate-expired.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, lockedKibana, nothingThere, observed, openCluster, tlsWith } from '../../support/observations.js';

const expired = { notAfter: '2025-06-01T10:20:00.000Z', untrusted: 'CERT_HAS_EXPIRED' };

judgesAs(t, check, [
  {
    name: 'expired',
    observations: observed({ transport: { tls: tlsWith(expired) } }),
    verdict: 'fail',
    severity: 'low',
    says: [/It expired on 2025-06-01 10:20 UTC/],
    remedy: /xpack\.security\.http\.ssl\.keystore/,
  },
  {
    name: 'expired, self-signed and of another name: one finding',
    observations: observed({
      transport: { tls: tlsWith({ ...expired, selfSigned: true }, { namesHost: false }) },
    }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'info',
  },
  {
    name: 'not valid yet, of a dashboard',
    observations: lockedKibana({
      transport: { tls: tlsWith({ notBefore: '2026-03-01T00:00:00.000Z', untrusted: 'CERT_NOT_YET_VALID' }) },
    }),
    verdict: 'fail',
    title: /not valid before 2026-03-01$/,
    remedy: /server\.ssl\.certificate/,
  },
  {
    name: 'the authority above it has expired',
    observations: observed({ transport: { tls: tlsWith({ untrusted: 'CERT_HAS_EXPIRED' }) } }),
    verdict: 'fail',
  },
  { name: 'within its dates', observations: observed(), verdict: 'pass' },
  {
    name: 'self-signed within its dates',
    observations: observed({
      transport: { tls: tlsWith({ selfSigned: true, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' }) },
    }),
    verdict: 'pass',
  },
  {
    name: 'a weak key is the worse flaw',
    observations: observed({ transport: { tls: tlsWith(expired, { keyBits: 1024 }) } }),
    verdict: 'not-applicable',
  },
  { name: 'plain HTTP', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  { name: 'no certificate kept', observations: observed({ transport: { tls: null } }), verdict: 'undetermined' },
]);
