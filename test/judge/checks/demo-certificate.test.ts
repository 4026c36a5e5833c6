import t from 'tap';
import { check } from '../../../src/judge/checks/demo-certificate.js';
import { demoCertificates } from '../../../src/knowledge/demo-certificates.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster, tlsWith, undetermined } from '../../support/observations.js';

const [searchGuard, , , , node, administrator] = demoCertificates;
const shows = (one: typeof node) =>
  tlsWith({
    sha256: one?.sha256 ?? '',
    subject: 'C=de, L=test, O=node, OU=node, CN=node-0.example.com',
    issuer: 'CN=Example Com Inc. Root CA',
    untrusted: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  });
const opensearch = { product: 'opensearch', distribution: 'opensearch' } as const;

judgesAs(t, check, [
  {
    name: "the node's certificate of OpenSearch",
    observations: observed({ identity: opensearch, transport: { tls: shows(node) } }),
    verdict: 'fail',
    severity: 'high',
    says: [/OpenSearch since 2024/, /`kirk`/],
    remedy: /allow_unsafe_democertificates: false/,
  },
  {
    name: 'from inside',
    observations: observed({ transport: { tls: shows(searchGuard) } }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'medium',
    says: [/Search Guard 6 and 7/],
  },
  {
    name: "the administrator's",
    observations: observed({ transport: { tls: shows(administrator) } }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'low',
    says: [/administrator's certificate of the demo/],
  },
  {
    name: 'renewed with the same key, and details kept',
    observations: observed({ transport: { tls: tlsWith({}, { keySha256: node?.keySha256 ?? '' }) } }),
    verdict: 'fail',
    severity: 'high',
  },
  {
    name: 'only the names are those of the demo',
    observations: observed({ transport: { tls: { ...shows(node), sha256: 'f'.repeat(64) } } }),
    verdict: 'fail',
    severity: 'low',
    title: /with the names of a demo certificate$/,
  },
  { name: 'a certificate of its own', observations: observed(), verdict: 'pass' },
  { name: 'plain HTTP', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  {
    name: 'TLS, and no certificate kept',
    observations: observed({ transport: { tls: null } }),
    verdict: 'undetermined',
  },
  {
    name: 'it could not be judged, and was not spoken to',
    observations: undetermined({ transport: { scheme: null, tls: null } }),
    verdict: 'undetermined',
  },
]);
