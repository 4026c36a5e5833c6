import type { Question } from '../../model/question.js';
import { keepSitePlugins } from '../remotes.js';

/** Plugins that are web pages, served by Elasticsearch 1 and 2 under `/_plugin/` (wire guide F, R.4). */
export const question: Question = {
  id: 'site-plugins',
  method: 'GET',
  path: `/_nodes/plugins?filter_path=nodes.*.plugins.name,nodes.*.plugins.site`,
  askedOf: ['elasticsearch'],
  why: 'Shows which plugins of an Elasticsearch 1 or 2 are administration pages that it serves to callers itself.',
  reveals: 'plugin names, and which of them are web pages',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepSitePlugins, text: 200 },
};
