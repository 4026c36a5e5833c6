import type { Question } from '../../model/question.js';

/**
 * May pages of any origin read it through a visitor's browser? The origin is invented; `.invalid` never resolves (RFC 2606).
 * Some lines answer an origin that is not allowed with 403: so it is put apart from what decides a verdict, and only where the
 * caller gets in.
 */
export const question: Question = {
  id: 'cors',
  method: 'GET',
  path: '/?filter_path=tagline',
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows whether a web page of any origin could read the cluster through the browser of somebody who can reach it.',
  reveals: 'whether cross-origin requests are allowed, and with credentials',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 4 * 1024,
  headers: { origin: 'https://leftopen.invalid' },
  keep: {
    headers: ['access-control-allow-origin', 'access-control-allow-credentials'],
    json: null,
    text: 0,
  },
};
