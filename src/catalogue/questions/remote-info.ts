import type { Question } from '../../model/question.js';
import { keepRemotes } from '../remotes.js';

/**
 * Clusters that this one is linked to for cross-cluster search. From 7.0 on, and on every OpenSearch, it is answered from what
 * the node remembers; before 7.0 the node asks each remote cluster for its addresses, so it is not put there. Source:
 * elasticsearch TransportRemoteInfoAction, pull request 29568 (`core/…/TransportRemoteInfoAction.java@0590e6fc` before,
 * `server/…/TransportRemoteInfoAction.java@179290e5` after).
 */
export const question: Question = {
  id: 'remote-info',
  method: 'GET',
  path: `/_remote/info?filter_path=*.connected`,
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows whether an open cluster is linked to other clusters, which may be closed themselves. No remote cluster is contacted by it.',
  reveals: 'names of remote clusters, and whether each is connected',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepRemotes, text: 200 },
};
