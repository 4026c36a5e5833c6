import t from 'tap';
import { check } from '../../../src/judge/checks/cluster-metadata-exposed.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  observed,
  openCluster,
  undetermined,
  type Mutation,
} from '../../support/observations.js';

const namesOnly = (mutation: Mutation = {}) =>
  openCluster({
    ...mutation,
    access: { rung: 'metadata', proof: 'proved', ...mutation.access },
    reaches: { documents: 'no', control: 'no', ...mutation.reaches },
    caller: { login: 'required', ...mutation.caller },
    cluster: { searchPermittedOn: null, ...mutation.cluster },
  });

judgesAs(t, check, [
  {
    name: 'as a user that something in front logs in',
    observations: openCluster({
      access: { rung: 'metadata', proof: 'proved' },
      reaches: { documents: 'no', control: 'no' },
      caller: { login: 'required', user: 'watch', roles: ['monitor'] },
    }),
    verdict: 'fail',
    says: [/its user `watch`, with the role `monitor`\. We sent no credentials/],
    remedy: /proxy_set_header Authorization/,
  },
  {
    name: 'names are shown, reading is refused',
    observations: namesOnly(),
    verdict: 'fail',
    severity: 'medium',
    remedy: /view_index_metadata/,
  },
  {
    name: 'by a proxy that refuses some paths',
    observations: namesOnly({ access: { guardedBy: 'proxy' } }),
    verdict: 'fail',
  },
  {
    name: 'names are shown, and whether records can be read is not known',
    observations: namesOnly({ reaches: { documents: 'unknown' }, cut: 'budget-spent' }),
    verdict: 'fail',
    severity: 'high',
    says: [/was not determined \(the endpoint's budget of requests is spent/],
    remedy: /xpack\.security\.enabled: true/,
  },
  {
    name: 'totals alone',
    observations: namesOnly({
      cluster: { indices: null, totals: { indices: 4, documents: 18, bytes: null }, searchPermittedOn: null },
    }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'low',
  },
  { name: 'it asks for a login', observations: observed(), verdict: 'pass' },
  { name: 'it shows its version only', observations: observed({ access: { rung: 'banner' } }), verdict: 'pass' },
  { name: 'open is another check', observations: openCluster(), verdict: 'not-applicable' },
  {
    name: 'an anonymous user is another check',
    observations: namesOnly({ caller: { login: 'anonymous' } }),
    verdict: 'not-applicable',
  },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
]);
