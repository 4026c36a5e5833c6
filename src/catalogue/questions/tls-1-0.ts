import type { Question } from '../../model/question.js';

/** Is TLS 1.0 still accepted (RFC 8996 forbids it)? Asked once how far a caller gets is known. */
export const question: Question = {
  id: 'tls-1-0',
  method: 'HEAD',
  path: '/',
  askedOf: ['unknown', 'elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
  why: 'Shows whether connections with TLS 1.0, which is out of use, are still accepted; asked once how far a caller gets is known.',
  reveals: 'whether TLS 1.0 is accepted',
  traces:
    'where it is refused, a failed handshake in the log of the server or of what ends TLS in front of it; where it is accepted and refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 1024,
  // As for the root page: with this header Kibana starts no guest session (wire guide D.2 and S).
  headers: { 'kbn-xsrf': 'leftopen' },
  tls: 'TLSv1',
  keep: { headers: [], json: null, text: 0 },
};
