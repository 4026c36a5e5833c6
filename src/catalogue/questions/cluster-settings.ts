// Whether one request can delete everything. `flat_settings` is left out: `filter_path` then no longer finds the keys (seen on
// 7.17 and 9.4). Wire guide C, R.2.
import type { Question } from '../../model/question.js';
import { keepClusterSettings } from '../write-protection.js';

export const question: Question = {
  id: 'cluster-settings',
  method: 'GET',
  path: `/_cluster/settings?include_defaults=true&filter_path=*.action.destructive_requires_name,*.cluster.blocks.read_only,*.cluster.blocks.read_only_allow_delete`,
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows whether a single request with a wildcard would delete every index, or each would have to be named, and whether all of the cluster is write-protected.',
  reveals: 'three settings: whether deleting needs a name, and two cluster-wide write protections',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepClusterSettings, text: 200 },
};
