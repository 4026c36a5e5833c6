import type { CompanionServer, Truth } from '../types.js';

const otherProduct: Truth = {
  state: 'other-product',
  product: null,
  version: null,
  distribution: null,
  rung: 'silent',
  findings: [],
};

/** What stands beside clusters and is none. */
export const companions: readonly CompanionServer[] = [
  {
    kind: 'companion',
    program: 'zipkin',
    name: 'zipkin-3.6.1-open',
    shows: 'a tracing server: other paths, other answers, no login',
    configuration: 'open',
    version: '3.6.1',
    coordinates: ['io.zipkin:zipkin-server:3.6.1:jar:exec'],
    port: 19501,
    scheme: 'http',
    truth: otherProduct,
  },
  {
    kind: 'companion',
    program: 'prometheus',
    name: 'prometheus-2.42.0-open',
    shows: 'a metrics server: redirects /, refuses HEAD, is no cluster',
    configuration: 'open',
    version: '2.42.0',
    coordinates: ['prometheus'],
    port: 19502,
    scheme: 'http',
    truth: otherProduct,
  },
];
