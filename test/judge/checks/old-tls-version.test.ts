import t from 'tap';
import { check } from '../../../src/judge/checks/old-tls-version.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster, tlsWith } from '../../support/observations.js';

const none = { accepted: null, refused: ['TLSv1', 'TLSv1.1'], reason: null, evidence: [0] } as const;

judgesAs(t, check, [
  {
    name: 'TLS 1.0',
    observations: observed({ topics: { oldTls: { ...none, accepted: 'TLSv1', refused: [] } } }),
    verdict: 'fail',
    severity: 'low',
    title: /^Elasticsearch 8\.15\.0 still accepts TLS 1\.0$/,
    remedy: /supported_protocols/,
  },
  {
    name: 'TLS 1.1, and nothing later, of a proxy',
    observations: observed({
      identity: { product: null },
      transport: {
        tls: tlsWith({ protocol: 'TLSv1.1' }),
      },
      topics: { oldTls: { ...none, accepted: 'TLSv1.1', refused: ['TLSv1'] } },
    }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'info',
    remedy: /ssl_protocols TLSv1\.2 TLSv1\.3/,
  },
  { name: 'both refused', observations: observed({ topics: { oldTls: none } }), verdict: 'pass' },
  { name: 'plain HTTP', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  {
    name: 'our own library cannot',
    observations: observed({ topics: { oldTls: { ...none, refused: [], reason: 'tls-version-not-ours' } } }),
    verdict: 'undetermined',
  },
  {
    name: 'one of them was reset',
    observations: observed({ topics: { oldTls: { ...none, refused: ['TLSv1'], reason: 'reset' } } }),
    verdict: 'undetermined',
  },
  {
    name: 'only one was asked',
    observations: observed({ topics: { oldTls: { ...none, refused: ['TLSv1'] } } }),
    verdict: 'undetermined',
  },
  { name: 'not asked', observations: observed(), verdict: 'undetermined' },
]);
