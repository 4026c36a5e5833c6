// What findings say of each companion product, and how to close it.
import type { CompanionProduct } from '../model/endpoint.js';
import type { RemedyStep } from '../model/finding.js';
import { loginEverywhere, today } from './steps.js';

/** What is said of a companion product that lets callers in, and how it is closed. */
export interface CompanionWords {
  /** With its article, for the middle of a sentence. */
  readonly name: string;
  /** What its kind holds or opens, as a sentence that continues what was seen; none of it was requested. */
  readonly opens: string;
  /** How to close it, as steps that follow on the firewall. */
  readonly close: readonly RemedyStep[];
  /** A path whose response shows it closed. */
  readonly verify: string;
  readonly reference: string;
}

const proxy = (port: number) =>
  today.nginx('Put a proxy with a login in front of it. In nginx:', loginEverywhere(port));

/** The neighbours in words. */
export const companionWords: Readonly<Record<CompanionProduct, CompanionWords>> = {
  elasticvue: {
    name: 'an elasticvue',
    opens: 'It runs in the browser: it shows of a cluster what that browser can reach itself.',
    close: [
      today.do(
        'Remove the logins from its list of clusters (default_clusters.json or ELASTICVUE_CLUSTERS): keep "name" and "uri" only.',
      ),
      proxy(8080),
    ],
    verify: '/api/default_clusters.json',
    reference: 'https://elasticvue.com/installation',
  },
  jaeger: {
    name: 'a Jaeger',
    opens:
      'Traces often contain addresses, queries and tokens, and are often stored in Elasticsearch or OpenSearch: assume that every caller can read them.',
    close: [
      today.shell(
        'Make Jaeger, which has no login of its own, listen on loopback only. Start it with this option:',
        '--query.http-server.host-port=127.0.0.1:16686',
      ),
      proxy(16686),
    ],
    verify: '/api/services',
    reference: 'https://www.jaegertracing.io/docs/latest/deployment/security/',
  },
  prometheus: {
    name: 'a Prometheus',
    opens:
      'Names of jobs, machines and metrics show how an estate is built: assume that every caller can read all measurements and the configuration.',
    close: [
      today.yaml(
        'Give it a login (2.24 and later) in web.yml, and start it with --web.config.file=web.yml. Older versions: make it listen on loopback behind a proxy with a login.',
        'basic_auth_users:\n  reader: BCRYPT-HASH',
      ),
    ],
    verify: '/api/v1/label/job/values',
    reference: 'https://prometheus.io/docs/prometheus/latest/configuration/https/',
  },
  solr: {
    name: 'an Apache Solr',
    opens:
      'Solr without a login lets callers search, change and delete its contents, unless something in front denies it: that was not tested.',
    close: [
      {
        when: 'today',
        text: 'Require a login for every request, with the BasicAuthPlugin in security.json.',
        code: '{\n  "authentication": { "class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": {} }\n}',
        language: 'json',
      },
      today.shell(
        'Make it listen only where its clients are, in solr.in.sh (8.6 and later), and restart it.',
        'SOLR_JETTY_HOST="127.0.0.1"',
      ),
    ],
    verify: '/solr/admin/info/system?wt=json',
    reference: 'https://solr.apache.org/guide/solr/latest/deployment-guide/securing-solr.html',
  },
  zincsearch: {
    name: 'a ZincSearch',
    opens:
      'ZincSearch always has a login, so something in front of it seems to log callers in. Assume that every caller can search, change and delete its contents.',
    close: [
      today.nginx(
        'Remove the fixed Authorization header from the proxy in front of it, so that callers need their own login. In nginx, delete a line such as:',
        'proxy_set_header Authorization "Basic …";',
      ),
    ],
    verify: '/api/index',
    reference: 'https://zincsearch-docs.zinc.dev/',
  },
  zipkin: {
    name: 'a Zipkin',
    opens: 'Traces often contain addresses, queries and tokens: assume that every caller can read them.',
    close: [
      today.shell(
        'Make Zipkin, which has no login of its own, listen on loopback only. Start it with these options:',
        '--armeria.ports[0].ip=127.0.0.1 --armeria.ports[0].port=9411 --armeria.ports[0].protocols[0]=http',
      ),
      proxy(9411),
    ],
    verify: '/api/v2/services',
    reference: 'https://zipkin.io/',
  },
};
