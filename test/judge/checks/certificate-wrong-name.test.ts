import t from 'tap';
import { check } from '../../../src/judge/checks/certificate-wrong-name.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster, tlsWith } from '../../support/observations.js';

const other = tlsWith({ names: ['shop.example'], untrusted: 'ERR_TLS_CERT_ALTNAME_INVALID' }, { namesHost: false });

judgesAs(t, check, [
  {
    name: 'of another host',
    observations: observed({ transport: { tls: other } }),
    verdict: 'fail',
    severity: 'low',
  },
  {
    name: 'without a name',
    observations: observed({ transport: { tls: { ...other, names: [] } } }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'info',
  },
  { name: 'of this host', observations: observed(), verdict: 'pass' },
  {
    name: 'of this address',
    observations: observed({ endpoint: { host: '192.0.2.10' } }),
    verdict: 'pass',
  },
  {
    name: 'declared by its address, which the certificate does not name',
    observations: observed({ endpoint: { host: '192.0.2.10' }, transport: { tls: other } }),
    verdict: 'undetermined',
  },
  {
    name: 'untrusted is the worse flaw',
    observations: observed({
      transport: { tls: { ...other, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned: true } },
    }),
    verdict: 'not-applicable',
  },
  { name: 'plain HTTP', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
]);
