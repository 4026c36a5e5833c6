import t from 'tap';
import { check } from '../../../src/judge/checks/site-plugin.js';
import type { SitePluginsFacts } from '../../../src/topics/site-plugins.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  undetermined,
} from '../../support/observations.js';

const version = (number: string) => ({ version: { number, certainty: 'exact', source: 'banner' } }) as const;
const plugins = (...names: string[]): SitePluginsFacts => ({ names, total: names.length, evidence: [4] });

judgesAs(t, check, [
  {
    name: 'Elasticsearch 2 with head',
    observations: openCluster({ identity: version('2.4.6'), topics: { sitePlugins: plugins('head') } }),
    verdict: 'fail',
    severity: 'medium',
    says: [/1 plugin that is a web page \(site plugins\): `head`/],
    remedy: /bin\/plugin remove head/,
  },
  {
    name: 'Elasticsearch 1 with two, from inside',
    observations: openCluster({ identity: version('1.4.2'), topics: { sitePlugins: plugins('HQ', 'kopf') } }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'low',
    says: [/CVE-2015-3337\); that was not tested/],
    remedy: /bin\/plugin --remove HQ/,
  },
  {
    name: 'a plugin whose name is unsafe in a shell',
    observations: openCluster({ identity: version('2.4.6'), topics: { sitePlugins: plugins('a; rm -rf /') } }),
    verdict: 'fail',
    remedy: /bin\/plugin remove NAME/,
  },
  {
    name: 'plugins, and none is a page',
    observations: openCluster({ identity: version('2.4.6'), topics: { sitePlugins: plugins() } }),
    verdict: 'pass',
  },
  {
    name: 'its plugins were not shown',
    observations: openCluster({ identity: version('2.4.6') }),
    verdict: 'undetermined',
  },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  { name: 'a line without site plugins', observations: openCluster(), verdict: 'not-applicable' },
  {
    name: 'it asks for a login',
    observations: observed({ identity: version('2.4.6') }),
    verdict: 'not-applicable',
  },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  { name: 'nothing answers', observations: nothingThere(), verdict: 'not-applicable' },
]);
