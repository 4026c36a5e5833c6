import t from 'tap';
import { check } from '../../../src/judge/checks/anyone-can-delete.js';
import type { PowerFacts } from '../../../src/model/observation.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  listing,
  index,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  openKibana,
  undetermined,
} from '../../support/observations.js';

const power: PowerFacts = {
  ground: { kind: 'no-login' },
  groundEvidence: [3],
  writes: [],
  reconfigures: true,
  mayNotDelete: null,
  namesRequired: { on: false, source: 'said' },
  clusterBlock: null,
  settingsEvidence: [4],
  blocks: { readOnly: 0, writeOnly: 0, names: [], evidence: [5] },
};

judgesAs(t, check, [
  {
    name: 'no login, a wildcard is enough',
    observations: openCluster({ power }),
    verdict: 'fail',
    severity: 'high',
    remedy: /destructive_requires_name.*xpack\.security\.enabled/,
  },
  {
    name: 'from inside: less, and no stranger',
    observations: openCluster({ power }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'each index has to be named',
    observations: openCluster({ power: { ...power, namesRequired: { on: true, source: 'said' } } }),
    verdict: 'fail',
    title: /, index by index$/,
    remedy: /^(?!.*PUT)/,
  },
  {
    name: 'an old line that does not show its settings file',
    observations: openCluster({ power: { ...power, namesRequired: { on: false, source: 'default' } } }),
    verdict: 'fail',
    title: /in an Elasticsearch cluster$/,
  },
  {
    name: 'a new line that did not say',
    observations: openCluster({ power: { ...power, namesRequired: { on: true, source: 'default' }, blocks: null } }),
    verdict: 'fail',
  },
  {
    name: 'neither setting nor version is known',
    observations: openCluster({ power: { ...power, namesRequired: null } }),
    verdict: 'fail',
    title: /in an Elasticsearch cluster$/,
  },
  {
    name: 'one index is write-protected: a wildcard fails for all',
    observations: openCluster({
      power: { ...power, blocks: { readOnly: 1, writeOnly: 0, names: ['orders'], evidence: [5] } },
    }),
    verdict: 'fail',
    title: /in an Elasticsearch cluster$/,
  },
  {
    name: 'the entire cluster is write-protected',
    observations: openCluster({ power: { ...power, clusterBlock: 'read-only' } }),
    verdict: 'fail',
  },
  {
    name: 'the entire cluster is write-protected, except for deletion',
    observations: openCluster({ power: { ...power, clusterBlock: 'read-only-but-deletable' } }),
    verdict: 'fail',
    title: /with a single request$/,
    says: [/deleting is allowed/],
  },
  {
    name: 'an anonymous user with the role of the superuser',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      caller: { login: 'anonymous', user: 'visitor', roles: ['superuser'] },
      power: { ...power, ground: { kind: 'role', role: 'superuser' } },
    }),
    verdict: 'fail',
    remedy: /Delete the anonymous user/,
  },
  {
    name: 'something in front logs every caller in as the superuser',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      caller: { login: 'required', user: 'elastic', roles: ['superuser'] },
      power: { ...power, ground: { kind: 'role', role: 'superuser' } },
    }),
    verdict: 'fail',
    remedy: /^(?!.*anonymous user).*proxy_set_header Authorization.*_security\/user\/elastic\/_password/,
  },
  {
    name: 'an anonymous user whom the server lets delete what matches a pattern',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      caller: { login: 'anonymous', user: 'visitor', roles: ['shop'] },
      power: { ...power, ground: { kind: 'privileges', deletes: ['ord*'] }, reconfigures: false },
    }),
    verdict: 'fail',
    remedy: /Delete the anonymous user/,
  },
  {
    name: 'an anonymous user whom the server lets delete everything',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      caller: { login: 'anonymous', user: 'visitor', roles: ['shop'] },
      power: { ...power, ground: { kind: 'privileges', deletes: ['*'] } },
    }),
    verdict: 'fail',
  },
  {
    name: 'an anonymous user who may not delete, according to the server',
    observations: openCluster({
      caller: { login: 'anonymous', user: 'visitor', roles: ['visitor_read'] },
      power: { ...power, ground: null, reconfigures: false, mayNotDelete: [6] },
    }),
    verdict: 'pass',
  },
  { name: 'it asks for a login', observations: observed(), verdict: 'pass' },
  { name: 'a dashboard that asks for a login', observations: lockedKibana(), verdict: 'pass' },
  {
    name: 'an anonymous user whose roles do not show it',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      caller: { login: 'anonymous', user: 'visitor', roles: ['visitor_read'] },
      power: { ...power, ground: null },
    }),
    verdict: 'undetermined',
  },
  {
    name: 'who we are is not known',
    observations: openCluster({ caller: { login: 'unknown' }, power: { ...power, ground: null } }),
    verdict: 'undetermined',
  },
  { name: 'through a dashboard no read shows it', observations: openKibana(), verdict: 'undetermined' },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  {
    name: 'no data of the user',
    observations: openCluster({
      power,
      cluster: { indices: listing(index('.kibana_1', 7)), searchPermittedOn: null },
    }),
    verdict: 'not-applicable',
  },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
]);
