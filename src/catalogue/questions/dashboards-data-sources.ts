// Clusters that an OpenSearch Dashboards reaches besides its own (2.4 and later, `data_source.enabled`).
// Source: opensearch-project/OpenSearch-Dashboards src/plugins/data_source/common/data_sources/types.ts (title, endpoint,
// auth.type; auth.credentials is not asked for).
import type { Question } from '../../model/question.js';
import { keepDataSources } from '../dashboard.js';

export const question = {
  id: 'dashboards-data-sources',
  method: 'GET',
  path: '/api/saved_objects/_find?type=data-source&per_page=50&fields=title&fields=endpoint&fields=auth.type',
  askedOf: ['opensearch-dashboards'],
  why: 'Shows whether one open dashboard leads to several clusters, and to which.',
  reveals: 'title, address and kind of login of at most 50 data sources',
  traces: 'the dashboard counts the request in its usage statistics (an object of its own index)',
  cost: 'cheap',
  technique: 'savedObjectTitles',
  cap: 262_144,
  headers: {},
  ifLost:
    'Without `fields`: all attributes of the data sources, a user name and an encrypted password among them, which are not kept. Without `type`: an error.',
  keep: { headers: [], json: keepDataSources, text: 300 },
} as const satisfies Question;
