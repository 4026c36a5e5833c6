import type { Question } from '../../model/question.js';
import { clientsPath, keepClients } from '../http-clients.js';

/** Who was there? Elasticsearch 7.13 and later. Wire guide G, R.2. */
export const question: Question = {
  id: 'http-clients',
  method: 'GET',
  path: clientsPath,
  askedOf: ['elasticsearch'],
  why: 'Shows which clients were connected in the last minutes, and how many connections and searches there were since the start: whether outsiders use the open door.',
  reveals:
    'networks (/24, /48) of clients from outside, names of client programs, counts of connections and searches; the paths they asked for are not asked for',
  traces: '',
  cost: 'moderate',
  technique: 'outsideReaders',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: ['date'], json: keepClients(false), text: 200 },
};
