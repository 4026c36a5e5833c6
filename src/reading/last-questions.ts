// The questions that are put last, in other ways than the rest: how they end says nothing of who answers or whom it lets in.
import type { Topic } from '../catalogue/topic.js';
import type { EndpointRecord } from '../model/exchange.js';
import { topics } from '../topics/registry.generated.js';

const lastQuestions: ReadonlySet<string> = new Set(
  Object.values<Topic>(topics)
    .filter(({ phase }) => phase === 'last')
    .flatMap(({ questions }) => questions.map(({ id }) => id)),
);

/** The record without what is asked last, when it is known how far a caller gets (another TLS version, a foreign origin). */
export function withoutLastQuestions(record: EndpointRecord): EndpointRecord {
  const first = record.exchanges.findIndex(({ question }) => lastQuestions.has(question));
  if (first === -1) return record;
  const { ordinal, endpoint, targets, at, exchanges, tls, cut } = record;
  return { ordinal, endpoint, targets, at, exchanges: exchanges.slice(0, first), tls, cut };
}
