// How each companion product is closed, and what findings say of it.
import type { CompanionProduct } from '../model/endpoint.js';
import type { DecidedStep } from '../model/remedy.js';
import { loginEverywhere, today } from './steps.js';

/** How a companion product that lets callers in is closed. */
export interface CompanionRemedy {
  /** Steps that follow on the firewall. */
  readonly close: readonly DecidedStep<keyof typeof companionSteps>[];
  /** A path whose response shows it closed. */
  readonly verify: string;
  readonly reference: string;
}

const proxy = (port: number) => today.nginx('proxy', loginEverywhere(port));

/** How the neighbours are closed. */
export const companionRemedies: Readonly<Record<CompanionProduct, CompanionRemedy>> = {
  elasticvue: {
    close: [today.do('elasticvue-logins'), proxy(8080)],
    verify: '/api/default_clusters.json',
    reference: 'https://elasticvue.com/installation',
  },
  jaeger: {
    close: [today.shell('jaeger-on-loopback', '--query.http-server.host-port=127.0.0.1:16686'), proxy(16686)],
    verify: '/api/services',
    reference: 'https://www.jaegertracing.io/docs/latest/deployment/security/',
  },
  prometheus: {
    close: [today.yaml('prometheus-login', 'basic_auth_users:\n  reader: BCRYPT-HASH')],
    verify: '/api/v1/label/job/values',
    reference: 'https://prometheus.io/docs/prometheus/latest/configuration/https/',
  },
  solr: {
    close: [
      today.json(
        'solr-login',
        '{\n  "authentication": { "class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": {} }\n}',
      ),
      today.shell('solr-on-loopback', 'SOLR_JETTY_HOST="127.0.0.1"'),
    ],
    verify: '/solr/admin/info/system?wt=json',
    reference: 'https://solr.apache.org/guide/solr/latest/deployment-guide/securing-solr.html',
  },
  zincsearch: {
    close: [today.nginx('zincsearch-login', 'proxy_set_header Authorization "Basic …";')],
    verify: '/api/index',
    reference: 'https://zincsearch-docs.zinc.dev/',
  },
  zipkin: {
    close: [
      today.shell(
        'zipkin-on-loopback',
        '--armeria.ports[0].ip=127.0.0.1 --armeria.ports[0].port=9411 --armeria.ports[0].protocols[0]=http',
      ),
      proxy(9411),
    ],
    verify: '/api/v2/services',
    reference: 'https://zipkin.io/',
  },
};

/** What is said of a companion product that lets callers in. */
export interface CompanionWords {
  /** With its article, for the middle of a sentence. */
  readonly name: string;
  /** What its kind holds or opens, as a sentence that continues what was seen; none of it was requested. */
  readonly opens: string;
}

/** The neighbours in words. */
export const companionWords: Readonly<Record<CompanionProduct, CompanionWords>> = {
  elasticvue: {
    name: 'an elasticvue',
    opens: 'It runs in the browser: it shows of a cluster what that browser can reach itself.',
  },
  jaeger: {
    name: 'a Jaeger',
    opens:
      'Traces often contain addresses, queries and tokens, and are often stored in Elasticsearch or OpenSearch: assume that every caller can read them.',
  },
  prometheus: {
    name: 'a Prometheus',
    opens:
      'Names of jobs, machines and metrics show how an estate is built: assume that every caller can read all measurements and the configuration.',
  },
  solr: {
    name: 'an Apache Solr',
    opens:
      'Solr without a login lets callers search, change and delete its contents, unless something in front denies it: that was not tested.',
  },
  zincsearch: {
    name: 'a ZincSearch',
    opens:
      'ZincSearch always has a login, so something in front of it seems to log callers in. Assume that every caller can search, change and delete its contents.',
  },
  zipkin: {
    name: 'a Zipkin',
    opens: 'Traces often contain addresses, queries and tokens: assume that every caller can read them.',
  },
};

/** The steps that close them in words. */
export const companionSteps = {
  proxy: 'Put a proxy with a login in front of it. In nginx:',
  'elasticvue-logins':
    'Remove the logins from its list of clusters (default_clusters.json or ELASTICVUE_CLUSTERS): keep "name" and "uri" only.',
  'jaeger-on-loopback':
    'Make Jaeger, which has no login of its own, listen on loopback only. Start it with this option:',
  'prometheus-login':
    'Give it a login (2.24 and later) in web.yml, and start it with --web.config.file=web.yml. Older versions: make it listen on loopback behind a proxy with a login.',
  'solr-login': 'Require a login for every request, with the BasicAuthPlugin in security.json.',
  'solr-on-loopback': 'Make it listen only where its clients are, in solr.in.sh (8.6 and later), and restart it.',
  'zincsearch-login':
    'Remove the fixed Authorization header from the proxy in front of it, so that callers need their own login. In nginx, delete a line such as:',
  'zipkin-on-loopback':
    'Make Zipkin, which has no login of its own, listen on loopback only. Start it with these options:',
};
