import type { Question } from '../../model/question.js';

/** Is TLS 1.1 still accepted (RFC 8996 forbids it)? Asked only where TLS 1.0 was not accepted. */
export const question: Question = {
  id: 'tls-1-1',
  method: 'HEAD',
  path: '/',
  askedOf: ['unknown', 'elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
  why: 'Shows whether connections with TLS 1.1, which is out of use, are still accepted; asked only where TLS 1.0 was not accepted.',
  reveals: 'whether TLS 1.1 is accepted',
  traces:
    'where it is refused, a failed handshake in the log of the server or of what ends TLS in front of it; where it is accepted and refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 1024,
  // As for the root page: with this header Kibana starts no guest session (wire guide D.2 and S).
  headers: { 'kbn-xsrf': 'leftopen' },
  tls: 'TLSv1.1',
  keep: { headers: [], json: null, text: 0 },
};
