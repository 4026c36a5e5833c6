import type { ProxyServer, Truth } from '../types.js';

/** The cluster behind every proxy. */
const behind = 'elasticsearch-7.17.9-open';

const login = 'auth_basic "Restricted"; auth_basic_user_file FILES/passwords;';

const wall: Truth = {
  state: 'guarded',
  product: null,
  version: null,
  distribution: null,
  rung: 'guarded',
  findings: ['login-over-plain-http'],
};

const slipsPast: Truth = {
  state: 'open',
  product: 'elasticsearch',
  version: '7.17.9',
  distribution: 'oss',
  rung: 'control',
  findings: ['cluster-open'],
};

/** Proxies in front of an open cluster. */
export const nginx: readonly ProxyServer[] = [
  {
    kind: 'nginx',
    name: 'nginx-password-everywhere',
    shows: 'a password on everything',
    configuration: 'password-everywhere',
    coordinates: ['nginx-light'],
    behind,
    port: 19410,
    scheme: 'http',
    config: `location / { ${login} proxy_pass BACKEND; }`,
    truth: wall,
  },
  {
    kind: 'nginx',
    name: 'nginx-password-on-root',
    shows: 'a password on / only: everything else is open',
    configuration: 'password-on-root',
    coordinates: ['nginx-light'],
    behind,
    port: 19411,
    scheme: 'http',
    config: `location = / { ${login} proxy_pass BACKEND; } location / { proxy_pass BACKEND; }`,
    truth: { ...slipsPast, findings: ['cluster-open', 'login-over-plain-http'] },
  },
  {
    kind: 'nginx',
    name: 'nginx-password-but-root',
    shows: 'a password on everything but /: a banner and nothing more',
    configuration: 'password-but-root',
    coordinates: ['nginx-light'],
    behind,
    port: 19412,
    scheme: 'http',
    config: `location = / { proxy_pass BACKEND; } location / { ${login} proxy_pass BACKEND; }`,
    truth: {
      state: 'guarded',
      product: 'elasticsearch',
      version: '7.17.9',
      distribution: 'oss',
      rung: 'banner',
      findings: ['cluster-banner-exposed', 'login-over-plain-http'],
    },
  },
];
