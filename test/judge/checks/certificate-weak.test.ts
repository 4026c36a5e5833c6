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
    title: /^Elasticsearch 8\.15\.0 shows a certificate with an RSA key of 1024 bits$/,
    says: [/issued by `CN=ACME CA`/, /more than most attackers have/],
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
    says: [/taken apart/, /Besides, it, or an authority above it, has expired: a new certificate mends/],
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
    title: /^The server at https:\/\/es\.acme\.example:9200 shows/,
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
