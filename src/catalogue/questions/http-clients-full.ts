import type { Question } from '../../model/question.js';
import { clientsPath, keepClients } from '../http-clients.js';

/** Put in the place of `http-clients` where whole addresses may be kept. */
export const question: Question = {
  id: 'http-clients-full',
  method: 'GET',
  path: clientsPath,
  askedOf: ['elasticsearch'],
  why: 'The same as http-clients, put in its place where the whole addresses of outside clients may be kept, so that their owners can be asked.',
  reveals:
    'whole addresses of clients from outside, names of client programs, counts of connections and searches; the paths they asked for are not asked for',
  traces: '',
  cost: 'moderate',
  technique: 'fullAddresses',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: ['date'], json: keepClients(true), text: 200 },
};
