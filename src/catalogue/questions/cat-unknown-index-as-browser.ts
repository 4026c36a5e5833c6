// Authenticity of what was listed under a neutral User-Agent only. Docs, verdicts (open).
import type { Question } from '../../model/question.js';
import { neutralAgent } from '../agents.js';
import { keepIndexDescription } from '../authenticity.js';

export const question: Question = {
  id: 'cat-unknown-index-as-browser',
  method: 'GET',
  path: '/_cat/indices/leftopen-{nonce}?format=json&h=index',
  askedOf: ['unknown'],
  why: 'Distinguishes a genuine server from a decoy where only the User-Agent of a browser passes: the random name cannot exist and must be echoed in an error.',
  reveals: 'nothing',
  traces: 'a 404 for a random name in access and audit logs, with the User-Agent of a browser',
  cost: 'cheap',
  technique: 'otherUserAgent',
  cap: 64 * 1024,
  headers: { 'user-agent': neutralAgent },
  keep: { headers: [], json: keepIndexDescription, text: 200 },
};
