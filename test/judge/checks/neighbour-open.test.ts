import t from 'tap';
import { check } from '../../../src/judge/checks/neighbour-open.js';
import type { CompanionProduct } from '../../../src/model/endpoint.js';
import type { CompanionFacts } from '../../../src/model/observation.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster, undetermined } from '../../support/observations.js';

function open(product: CompanionProduct, facts: Partial<CompanionFacts> = {}, version: string | null = null) {
  return observed({
    identity: {
      product,
      distribution: null,
      version: { number: version, certainty: version === null ? 'unknown' : 'exact', source: 'its API' },
    },
    access: { state: 'open', rung: 'metadata', guardedBy: null, loginSchemes: [], realm: null },
    reaches: { banner: 'yes', metadata: 'yes', documents: 'unknown', control: 'unknown' },
    caller: { login: 'unknown' },
    companion: { product, ...facts },
  });
}

judgesAs(t, check, [
  {
    name: 'Zipkin that stores in a cluster',
    observations: open('zipkin', { lists: { what: 'services', count: 12 }, data: 'cluster', login: 'no' }, '3.6.1'),
    verdict: 'fail',
    severity: 'high',
    title: /^A stranger on the internet can enter a Zipkin without a login: it lists 12 services$/,
    says: [/as Zipkin 3\.6\.1/, /only the number was kept/, /was not tested/],
    remedy: /no login of its own.*api\/v2\/services/,
  },
  {
    name: 'the same from inside',
    observations: open('zipkin', { lists: { what: 'services', count: 12 }, data: 'cluster', login: 'no' }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'Zipkin without a service yet',
    observations: open('zipkin', { lists: { what: 'services', count: 0 }, data: 'itself', login: 'no' }),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'Zipkin that prints the login of its cluster',
    observations: open('zipkin', { data: 'cluster', login: 'yes' }),
    verdict: 'fail',
    severity: 'high',
    remedy: /ES_CREDENTIALS_FILE/,
  },
  {
    name: 'elasticvue with logins in its list',
    observations: open('elasticvue', { lists: { what: 'clusters', count: 2 }, data: 'nowhere', login: 'yes' }),
    verdict: 'fail',
    severity: 'high',
    says: [/It lists 2 clusters/, /list of clusters is given to every caller, with a login in it/],
    remedy: /Change every password and key/,
  },
  {
    name: 'the same from the machine itself',
    observations: open('elasticvue', { lists: { what: 'clusters', count: 2 }, data: 'nowhere', login: 'yes' }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'elasticvue without a login in its list',
    observations: open('elasticvue', { lists: { what: 'clusters', count: 1 }, data: 'nowhere', login: 'no' }),
    verdict: 'fail',
    severity: 'medium',
    title: /can enter an elasticvue without a login: it lists 1 cluster$/,
  },
  {
    name: 'Prometheus: metrics are no records',
    observations: open('prometheus', { lists: { what: 'scrape-jobs', count: 3 }, data: 'itself' }, '2.42.0'),
    verdict: 'fail',
    severity: 'medium',
    says: [/lists 3 scrape jobs/],
    remedy: /--web\.config\.file/,
  },
  {
    name: 'Solr',
    observations: open('solr', { lists: { what: 'cores', count: 4 }, data: 'itself' }, '8.11.2'),
    verdict: 'fail',
    severity: 'high',
    remedy: /solr\.BasicAuthPlugin/,
  },
  {
    name: 'Solr whose cores were not counted',
    observations: open('solr', { data: 'itself' }, '8.11.2'),
    verdict: 'fail',
    severity: 'high',
    title: /can enter an Apache Solr without a login$/,
  },
  {
    name: 'ZincSearch behind a proxy that logs callers in',
    observations: open('zincsearch', { lists: { what: 'indices', count: 7 }, data: 'itself' }, '0.4.10'),
    verdict: 'fail',
    severity: 'high',
    remedy: /proxy_set_header Authorization/,
  },
  {
    name: 'Jaeger',
    observations: open('jaeger', { lists: { what: 'services', count: 1 } }),
    verdict: 'fail',
    severity: 'high',
    says: [/Jaeger \(version not shown\)/, /lists 1 service;/],
  },
  {
    name: 'it asks for a login',
    observations: observed({ identity: { product: 'solr', distribution: null }, access: { state: 'guarded' } }),
    verdict: 'pass',
  },
  {
    name: 'what answers could not be identified',
    observations: undetermined({ identity: { product: null } }),
    verdict: 'undetermined',
  },
  { name: 'an open cluster', observations: openCluster(), verdict: 'not-applicable' },
  {
    name: 'recognised and not judged',
    observations: observed({
      identity: { product: null, otherProduct: 'elasticsearch-head' },
      access: { state: 'other-product', rung: 'silent' },
    }),
    verdict: 'not-applicable',
  },
  { name: 'nothing answers', observations: nothingThere(), verdict: 'not-applicable' },
]);

t.test('each companion has its words, and its API is said to be asked', (t) => {
  t.same([...new Set(check.questions)], check.questions, 'no question twice');
  t.ok(check.questions.length > 6);
  t.end();
});
