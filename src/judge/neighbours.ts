// What findings say of each companion product, and how to close it.
import type { CompanionProduct } from '../model/endpoint.js';

/** What is said of a neighbour that lets callers in, and how it is closed: data, a row for each product. */
export interface NeighbourWords {
  /** With its article, for the middle of a sentence. */
  readonly name: string;
  /** What its kind holds or opens, as a sentence that continues what was seen; nothing of it was asked. */
  readonly opens: string;
  /** How to close it, as steps that follow on the firewall. */
  readonly close: readonly { readonly text: string; readonly code: string | null }[];
  /** A path whose answer shows it closed. */
  readonly verify: string;
  readonly reference: string;
}

const proxy = (port: number) =>
  `location / { auth_basic "restricted"; auth_basic_user_file /etc/nginx/users; proxy_pass http://127.0.0.1:${port}; }`;

/** The neighbours in words. */
export const neighbourWords: Readonly<Record<CompanionProduct, NeighbourWords>> = {
  elasticvue: {
    name: 'an elasticvue',
    opens: 'It runs in the browser of its reader: what it shows of a cluster, that browser must reach itself.',
    close: [
      {
        text: 'Today: take the logins out of its list of clusters, and put it behind a login of its own.',
        code: `# default_clusters.json, or ELASTICVUE_CLUSTERS: "name" and "uri" only\n${proxy(8080)}`,
      },
    ],
    verify: '/api/default_clusters.json',
    reference: 'https://elasticvue.com/installation',
  },
  jaeger: {
    name: 'a Jaeger',
    opens:
      'Traces often hold addresses, queries and tokens, and are often stored in an Elasticsearch or OpenSearch: assume that whoever reaches it reads them.',
    close: [
      {
        text: 'Today: Jaeger has no login of its own. Let it listen on loopback, and put a proxy with a login in front of it.',
        code: `--query.http-server.host-port=127.0.0.1:16686\n${proxy(16686)}`,
      },
    ],
    verify: '/api/services',
    reference: 'https://www.jaegertracing.io/docs/latest/deployment/security/',
  },
  prometheus: {
    name: 'a Prometheus',
    opens:
      'Names of jobs, machines and metrics tell how an estate is built: assume that whoever reaches it reads all that it measures, and its configuration.',
    close: [
      {
        text: 'Today: give it a login (2.24 and later), or let it listen on loopback behind a proxy with one.',
        code: '# web.yml, passed as --web.config.file=web.yml\nbasic_auth_users:\n  reader: BCRYPT-HASH',
      },
    ],
    verify: '/api/v1/label/job/values',
    reference: 'https://prometheus.io/docs/prometheus/latest/configuration/https/',
  },
  solr: {
    name: 'an Apache Solr',
    opens:
      'A Solr without a login lets callers search, change and delete what it holds, unless something in front refuses: that was not tested.',
    close: [
      {
        text: 'Today: set a login for every request, and let it listen only where its clients are.',
        code: '# security.json: the BasicAuthPlugin\n"authentication": { "class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": { … } }\n# solr.in.sh (8.6 and later)\nSOLR_JETTY_HOST="127.0.0.1"',
      },
    ],
    verify: '/solr/admin/info/system?wt=json',
    reference: 'https://solr.apache.org/guide/solr/latest/deployment-guide/securing-solr.html',
  },
  zincsearch: {
    name: 'a ZincSearch',
    opens:
      'ZincSearch has a login itself: something in front of it seems to log callers in. Assume that whoever reaches it searches, changes and deletes what it holds.',
    close: [
      {
        text: 'Today: take the login out of the proxy in front of it (a fixed Authorization header), so that callers bring their own.',
        code: '# delete a line such as\nproxy_set_header Authorization "Basic …";',
      },
    ],
    verify: '/api/index',
    reference: 'https://zincsearch-docs.zinc.dev/',
  },
  zipkin: {
    name: 'a Zipkin',
    opens: 'Traces often hold addresses, queries and tokens: assume that whoever reaches it reads them.',
    close: [
      {
        text: 'Today: Zipkin has no login of its own. Let it listen on loopback, and put a proxy with a login in front of it.',
        code: `--armeria.ports[0].ip=127.0.0.1 --armeria.ports[0].port=9411 --armeria.ports[0].protocols[0]=http\n${proxy(9411)}`,
      },
    ],
    verify: '/api/v2/services',
    reference: 'https://zipkin.io/',
  },
};
