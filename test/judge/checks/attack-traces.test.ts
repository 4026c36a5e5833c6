import t from 'tap';
import { check } from '../../../src/judge/checks/attack-traces.js';
import type { TraceFacts } from '../../../src/model/observation.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  index,
  listing,
  lockedKibana,
  nothingKnown,
  nothingThere,
  observed,
  openCluster,
  openKibana,
  undetermined,
} from '../../support/observations.js';

const quiet: TraceFacts = { incident: 'none', signs: [], indices: [], total: 0, campaigns: [], evidence: [1] };

const note: TraceFacts = {
  incident: 'strong',
  signs: ['known-name', 'nothing-else'],
  indices: [index('read_me_to_recover', 1, { createdAt: '2026-01-01T00:00:00.000Z' })],
  total: 1,
  campaigns: ['the ransom notes of 2022 and later on open Elasticsearch servers'],
  evidence: [1],
};

const suspected: TraceFacts = { ...note, incident: 'suspected', signs: note.signs.slice(0, 1) };

const meow: TraceFacts = {
  ...note,
  indices: ['gk01juo8o3-meow', '4hq9vd0ymt-meow', 'z7c2kw1p8e-meow'].map((name, n) =>
    index(name, 0, { createdAt: `2026-01-01T00:0${n}:00.000Z` }),
  ),
  total: 3,
};

judgesAs(t, check, [
  {
    name: 'a ransom note and nothing else',
    observations: openCluster({ traces: note }),
    verdict: 'fail',
    severity: 'critical',
    title: /^Strong signs that attackers have been in an Elasticsearch cluster: `read_me_to_recover`$/,
    says: [/no other index of the user’s is left/, /known from the ransom notes of 2022/],
  },
  {
    name: 'the vantage does not lower the severity of what has happened',
    observations: openCluster({ traces: note }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'critical',
  },
  {
    name: 'what a bot left',
    observations: openCluster({ traces: meow }),
    verdict: 'fail',
    says: [/3 indices of that kind .* created between 2026-01-01 00:00 UTC and 2026-01-01 00:02 UTC/],
  },
  {
    name: 'a name alone',
    observations: openCluster({ traces: suspected }),
    verdict: 'fail',
    severity: 'high',
    remedy: /Ask the owner of the index/,
  },
  {
    name: 'behind an open dashboard',
    observations: openKibana({ traces: note }),
    verdict: 'fail',
    severity: 'critical',
    title: /in the cluster behind a dashboard/,
  },
  { name: 'no mark', observations: openCluster({ traces: quiet }), verdict: 'pass' },
  { name: 'no mark behind a dashboard', observations: openKibana({ traces: quiet }), verdict: 'pass' },
  {
    name: 'a name that others may use, and no other facts',
    observations: openKibana({ traces: { ...note, incident: 'none' } }),
    verdict: 'undetermined',
  },
  {
    name: 'listed in part',
    observations: openCluster({ cluster: { indices: { ...listing(index('orders', 5)), complete: false } } }),
    verdict: 'undetermined',
  },
  {
    name: 'listed without names',
    observations: openCluster({ cluster: { indices: { ...listing(index('', 5)), marked: null } } }),
    verdict: 'undetermined',
  },
  {
    name: 'kept by an older catalogue',
    observations: openCluster({ cluster: { indices: { ...listing(index('orders', 5)), marked: null } } }),
    verdict: 'undetermined',
  },
  { name: 'not listed', observations: openCluster({ cluster: { indices: null } }), verdict: 'undetermined' },
  {
    name: 'not listed through a dashboard',
    observations: openKibana({ dashboard: { cluster: nothingKnown } }),
    verdict: 'undetermined',
  },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  { name: 'it asks for a login: no name is shown', observations: observed(), verdict: 'not-applicable' },
  { name: 'a dashboard that asks for a login', observations: lockedKibana(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
]);
