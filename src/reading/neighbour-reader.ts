import type { Neighbour } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { QuestionId } from '../model/question.js';
import type { EvidenceRefs, NeighbourFacts } from '../model/observation.js';

/** What the API of a neighbour answered a caller without credentials. */
export interface NeighbourAnswer extends Omit<NeighbourFacts, 'product' | 'evidence'> {
  /** As said by its API, or null. */
  readonly version: { readonly number: string; readonly source: string } | null;
  readonly evidence: EvidenceRefs;
}

/** How one product beside a cluster is judged: by what its own API answers, never by a word in a page. */
export interface NeighbourReader {
  readonly product: Neighbour;
  /** What is put to it, in this order. The first refusal ends it. */
  readonly questions: readonly QuestionId[];
  /** What its API showed; null where no answer is one that only this product gives to callers it lets in. */
  readonly read: (record: EndpointRecord) => NeighbourAnswer | null;
}
