// The listing under a neutral User-Agent, where everything was denied without a login (technique `otherUserAgent`).
import type { Question } from '../../model/question.js';
import { neutralAgent } from '../agents.js';
import { catColumns, keepCatIndices } from '../listing.js';

export const question: Question = {
  id: 'cat-indices-as-browser',
  method: 'GET',
  path: `/_cat/indices?format=json&bytes=b&h=${catColumns.named.join(',')}`,
  askedOf: ['unknown'],
  why: 'Shows whether only our User-Agent was denied: every response was a 403 and no login was requested. Sent once, with the User-Agent of a browser; the request still carries our run id.',
  reveals: 'names, sizes, document counts and creation dates of the indices',
  traces: 'an access-log line with the User-Agent of a browser',
  cost: 'moderate',
  technique: 'otherUserAgent',
  cap: 4 * 1024 * 1024,
  headers: { 'user-agent': neutralAgent },
  keep: { headers: [], json: (body) => keepCatIndices(body, catColumns.named), text: 200 },
};
