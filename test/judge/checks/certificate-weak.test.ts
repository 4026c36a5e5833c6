import t from 'tap';
import { check } from '../../../src/judge/checks/certificate-weak.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster, tlsWith } from '../../support/observations.js';

judgesAs(t, check, [
  {
    name: 'a key of 1024 bits',
    observations: observed({ transport: { tls: tlsWith({}, { keyBits: 1024 }) } }),
    verdict: 'fail',
    severity: 'low',
    says: [/issued by `CN=ACME CA`/],
    remedy: /2048 bits or more/,
  },
  {
    name: 'a key of 512 bits, expired besides',
    observations: observed({
      transport: {
        tls: tlsWith({ notAfter: '2025-06-01T00:00:00.000Z', untrusted: 'CERT_HAS_EXPIRED' }, { keyBits: 512 }),
      },
    }),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'from the machine itself',
    observations: observed({ transport: { tls: tlsWith({}, { signature: '1.2.840.113549.1.1.4' }) } }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'info',
    title: /MD5 with RSA$/,
  },
  {
    name: 'signed with SHA-1, of what could not be identified',
    observations: observed({
      identity: { product: null },
      transport: { tls: tlsWith({}, { signature: '1.2.840.113549.1.1.5' }) },
    }),
    verdict: 'fail',
  },
  { name: 'a key of today', observations: observed(), verdict: 'pass' },
  { name: 'plain HTTP', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  {
    name: 'a journal from before details were kept',
    observations: observed({ transport: { tls: tlsWith({}, null) } }),
    verdict: 'undetermined',
  },
]);
