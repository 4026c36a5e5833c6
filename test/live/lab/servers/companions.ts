import type { CompanionServer, Truth } from '../types.js';

const open = (product: Truth['product'], version: string): Truth => ({
  state: 'open',
  product,
  version,
  distribution: null,
  rung: 'metadata',
  findings: ['neighbour-open'],
});

const zipkin = ['io.zipkin:zipkin-server:3.6.1:jar:exec'];

/** What runs next to clusters, and what poses as one. */
export const companions: readonly CompanionServer[] = [
  {
    kind: 'companion',
    program: 'zipkin',
    name: 'zipkin-3.6.1-open',
    shows: 'a tracing server: other paths, other answers, no login',
    configuration: 'open',
    version: '3.6.1',
    coordinates: zipkin,
    port: 19501,
    scheme: 'http',
    truth: open('zipkin', '3.6.1'),
  },
  {
    kind: 'companion',
    program: 'zipkin',
    name: 'zipkin-3.6.1-published-login',
    shows: 'a tracing server that prints the login of its store, which is down',
    configuration: 'published-login',
    version: '3.6.1',
    coordinates: zipkin,
    environment: {
      STORAGE_TYPE: 'elasticsearch',
      ES_HOSTS: 'http://invented-user:invented-secret@127.0.0.1:19939',
    },
    port: 19932,
    scheme: 'http',
    truth: open('zipkin', '3.6.1'),
  },
  {
    kind: 'companion',
    program: 'prometheus',
    name: 'prometheus-2.42.0-open',
    shows: 'a metrics server: redirects /, refuses HEAD, has no login',
    configuration: 'open',
    version: '2.42.0',
    coordinates: ['prometheus'],
    port: 19502,
    scheme: 'http',
    truth: open('prometheus', '2.42.0+ds'),
  },
  {
    kind: 'companion',
    program: 'solr',
    name: 'solr-4.10.4-open',
    shows: 'another search server, without a login, in a Jetty',
    configuration: 'open',
    version: '4.10.4',
    coordinates: [
      'org.apache.solr:solr:4.10.4:war',
      'org.eclipse.jetty:jetty-runner:9.4.44.v20210927:jar',
      'org.slf4j:slf4j-api:1.7.36:jar',
      'org.slf4j:slf4j-simple:1.7.36:jar',
      'org.slf4j:jcl-over-slf4j:1.7.36:jar',
      'org.slf4j:log4j-over-slf4j:1.7.36:jar',
    ],
    port: 19930,
    scheme: 'http',
    truth: open('solr', '4.10.4'),
  },
  {
    kind: 'companion',
    program: 'qeeqbox-honeypots',
    name: 'qeeqbox-honeypots-0.66',
    shows: 'a decoy that poses as an Elasticsearch with a login',
    configuration: 'as-shipped',
    version: '0.66',
    coordinates: ['honeypots==0.66'],
    port: 19931,
    scheme: 'https',
    truth: { state: 'decoy', product: null, version: null, distribution: null, rung: 'silent', findings: [] },
  },
];
