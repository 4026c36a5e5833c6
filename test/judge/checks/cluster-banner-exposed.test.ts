import t from 'tap';
import { check } from '../../../src/judge/checks/cluster-banner-exposed.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, lockedKibana, observed, openCluster, undetermined } from '../../support/observations.js';

judgesAs(t, check, [
  {
    name: 'a banner, and a proxy that refuses the rest',
    observations: observed({ access: { rung: 'banner', guardedBy: 'proxy' }, cluster: { name: 'acme', nodes: 3 } }),
    verdict: 'fail',
    severity: 'low',
    says: [/cluster `acme`/, /3 nodes/],
  },
  {
    name: 'from inside',
    observations: observed({ access: { rung: 'banner' } }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'info',
  },
  {
    name: 'a node whose cluster has not formed: what was seen stays seen',
    observations: undetermined({
      access: { rung: 'banner', reason: 'cluster-not-formed' },
      reaches: { banner: 'yes' },
    }),
    verdict: 'fail',
    severity: 'low',
    says: [/not determined: the node is up, but its cluster has not formed/],
  },
  {
    name: 'a banner that could not be shown to be real',
    observations: undetermined({
      genuine: 'unknown',
      access: { rung: 'banner', reason: 'not-authenticated-as-genuine' },
      reaches: { banner: 'yes' },
    }),
    verdict: 'undetermined',
  },
  { name: 'it shows nothing', observations: observed(), verdict: 'pass' },
  { name: 'open is another check', observations: openCluster(), verdict: 'not-applicable' },
  {
    name: 'an anonymous user is another check',
    observations: observed({ access: { rung: 'banner' }, caller: { login: 'anonymous' } }),
    verdict: 'not-applicable',
  },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
]);
