// What the server says that an anonymous user of it may do: every user may ask for their own privileges (Elasticsearch
// reference, "Get user privileges API"; seen on 9.4). Filters by record and field are left out of the answer.
import type { Question } from '../../model/question.js';
import { keepOwnPrivileges } from '../write-protection.js';

export const question: Question = {
  id: 'own-privileges',
  method: 'GET',
  path: `/_security/user/_privileges?filter_path=cluster,indices.names,indices.privileges`,
  askedOf: ['elasticsearch'],
  why: 'Asks the server what it lets the anonymous user do that it takes us for: search, where nothing was listed; write, delete and reconfigure, which are then read, and not tried.',
  reveals: "the caller's own privileges, with the patterns of index names they are for",
  traces: '',
  cost: 'cheap',
  technique: 'names',
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepOwnPrivileges, text: 200 },
};
