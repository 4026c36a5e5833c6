import t from 'tap';
import { check } from '../../../src/judge/checks/certificate-untrusted.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster, tlsWith } from '../../support/observations.js';

judgesAs(t, check, [
  {
    name: 'self-signed',
    observations: observed({
      transport: {
        tls: tlsWith({ issuer: 'CN=es.acme.example', selfSigned: true, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      },
    }),
    verdict: 'fail',
    severity: 'low',
  },
  {
    name: 'from an authority that was not declared',
    observations: observed({ transport: { tls: tlsWith({ untrusted: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }) } }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'info',
    remedy: /authorities: \[ca\.pem\]/,
  },
  { name: 'of an authority that is known', observations: observed(), verdict: 'pass' },
  {
    name: 'of a known authority, for another name',
    observations: observed({
      transport: { tls: tlsWith({ untrusted: 'ERR_TLS_CERT_ALTNAME_INVALID' }, { namesHost: false }) },
    }),
    verdict: 'pass',
  },
  {
    name: 'expired is the worse flaw',
    observations: observed({
      transport: {
        tls: tlsWith({ notAfter: '2025-06-01T00:00:00.000Z', selfSigned: true, untrusted: 'CERT_HAS_EXPIRED' }),
      },
    }),
    verdict: 'not-applicable',
  },
  { name: 'plain HTTP', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  { name: 'no certificate kept', observations: observed({ transport: { tls: null } }), verdict: 'undetermined' },
]);
