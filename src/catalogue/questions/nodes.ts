// Process start, true version, security plugins. Wire guide C, G, R.2.
import type { Question } from '../../model/question.js';
import { keepNodes } from '../cluster.js';

export const question: Question = {
  id: 'nodes',
  method: 'GET',
  path: `/_nodes/jvm,http,plugins?filter_path=cluster_name,nodes.*.name,nodes.*.version,nodes.*.build_hash,nodes.*.build_flavor,nodes.*.jvm.start_time_in_millis,nodes.*.http.publish_address,nodes.*.http_address,nodes.*.plugins.name`,
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows since when this process has run with its present settings, its true version and whether a security plugin is installed.',
  reveals: 'node names, versions, start times, HTTP addresses, plugin names',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: null,
  cap: 1024 * 1024,
  headers: {},
  keep: { headers: ['date'], json: keepNodes, text: 200 },
};
