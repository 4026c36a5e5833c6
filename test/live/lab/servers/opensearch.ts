import { stringify } from 'yaml';
import { distinguishedNames } from '../certificates.js';
import { openSearchSecurityFiles } from '../security.js';
import type { SearchServer, Truth } from '../types.js';

const core = (version: string): string => `org.opensearch.distribution.integ-test-zip:opensearch:${version}:zip`;
const security = (version: string): string => `org.opensearch.plugin:opensearch-security:${version}:zip`;

const open = (version: string): Truth => ({
  state: 'open',
  product: 'opensearch',
  version,
  distribution: 'opensearch',
  rung: 'control',
  findings: ['cluster-open'],
});

const closed: Truth = {
  state: 'guarded',
  product: 'opensearch',
  version: null,
  distribution: null,
  rung: 'guarded',
  findings: [],
};

/** OpenSearch Security with certificates of the lab; it cannot do without TLS between nodes. */
const secured = {
  'plugins.security.ssl.transport.pemcert_filepath': 'certs/node.pem',
  'plugins.security.ssl.transport.pemkey_filepath': 'certs/node.key',
  'plugins.security.ssl.transport.pemtrustedcas_filepath': 'certs/ca.pem',
  'plugins.security.ssl.transport.enforce_hostname_verification': false,
  'plugins.security.ssl.http.enabled': true,
  'plugins.security.ssl.http.pemcert_filepath': 'certs/node.pem',
  'plugins.security.ssl.http.pemkey_filepath': 'certs/node.key',
  'plugins.security.ssl.http.pemtrustedcas_filepath': 'certs/ca.pem',
  'plugins.security.allow_default_init_securityindex': true,
  'plugins.security.authcz.admin_dn': [distinguishedNames.admin],
  'plugins.security.nodes_dn': [distinguishedNames.node],
};

/** Anonymous access with a role of its own, as OpenSearch Security's files say it. */
const anonymous = (role: object): Record<string, string> => ({
  ...openSearchSecurityFiles(true),
  'opensearch-security/roles.yml': stringify({ _meta: { type: 'roles', config_version: 2 }, visitor_read: role }),
  'opensearch-security/roles_mapping.yml': stringify({
    _meta: { type: 'rolesmapping', config_version: 2 },
    all_access: { reserved: false, backend_roles: ['admin'] },
    visitor_read: { reserved: false, backend_roles: ['opendistro_security_anonymous_backendrole'] },
  }),
});

/** OpenSearch by version and configuration. */
export const opensearch: readonly SearchServer[] = [
  {
    kind: 'opensearch',
    name: 'opensearch-2.19.4-open',
    shows: 'without the security plugin',
    configuration: 'open',
    version: '2.19.4',
    coordinates: [core('2.19.4')],
    java: 17,
    port: 19320,
    scheme: 'http',
    security: 'none',
    settings: {},
    seed: 'shop',
    truth: open('2.19.4'),
  },
  {
    kind: 'opensearch',
    name: 'opensearch-2.19.4-closed',
    shows: 'OpenSearch Security over TLS',
    configuration: 'closed',
    version: '2.19.4',
    coordinates: [core('2.19.4'), security('2.19.4.0')],
    java: 17,
    port: 19321,
    scheme: 'https',
    security: 'opensearch-security',
    settings: secured,
    seed: 'shop',
    truth: closed,
  },
  {
    kind: 'opensearch',
    name: 'opensearch-2.19.4-anonymous',
    shows: 'anonymous access to one index pattern (orders-*)',
    configuration: 'anonymous',
    version: '2.19.4',
    coordinates: [core('2.19.4'), security('2.19.4.0')],
    java: 17,
    port: 19322,
    scheme: 'https',
    security: 'opensearch-security',
    settings: secured,
    files: anonymous({
      cluster_permissions: ['cluster_monitor'],
      index_permissions: [{ index_patterns: ['orders-*'], allowed_actions: ['read'] }],
    }),
    seed: 'shop',
    truth: {
      state: 'open',
      product: 'opensearch',
      version: '2.19.4',
      distribution: 'opensearch',
      rung: 'metadata',
      findings: ['cluster-anonymous-access'],
    },
  },
];
