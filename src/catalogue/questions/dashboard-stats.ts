// Without `exclude_usage` it would gather statistics over all of Kibana, which is expensive; that parameter is known from 7.x on.
// Source: elastic/kibana src/plugins/usage_collection/server/routes/stats/stats.ts@02d83544.
import type { Question } from '../../model/question.js';
import { keepStats } from '../dashboard.js';

export const question = {
  id: 'dashboard-stats',
  method: 'GET',
  path: '/api/stats?extended=true&exclude_usage=true',
  askedOf: ['kibana', 'opensearch-dashboards'],
  why: 'Shows which cluster is behind the dashboard, so that both endpoints are recognised as one problem.',
  reveals: "the uuid of the cluster behind, the dashboard's version and load",
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  ifLost:
    'Without `extended`: the load alone. Without `exclude_usage`: statistics over all saved objects, which cost the dashboard more; they are not kept.',
  keep: { headers: [], json: keepStats, text: 300 },
} as const satisfies Question;
