import { productNames, type Neighbour } from '../model/endpoint.js';
import type { Answer, EndpointRecord } from '../model/exchange.js';
import type { EvidenceRefs } from '../model/observation.js';
import { answersTo, refs } from '../catalogue/exchanges.js';
import type { NeighbourAnswer, NeighbourReader } from './neighbour-reader.js';
import { readOtherProduct } from './other-product.js';
import { readRefusal, type Refusal } from './refusal.js';
import { neighbourReaders } from './registry.generated.js';

/** A neighbour that let callers in, or that refused them. */
export interface NeighbourReading {
  readonly product: Neighbour;
  /** Null where it refused. */
  readonly shown: NeighbourAnswer | null;
  readonly refusal: Refusal | null;
  readonly evidence: EvidenceRefs;
}

/** The neighbour that something may be, by what it answered so far; null for none of them. */
export function recognisedNeighbour(record: EndpointRecord): NeighbourReader | null {
  const name = readOtherProduct(record)?.name;
  return neighbourReaders.find(({ product }) => productNames[product] === name) ?? null;
}

/**
 * A neighbour judged by its own API: open where it answered, guarded where it was recognised and its API refused. Null where
 * nothing of its API was answered either way: then it is no more than recognised.
 */
export function readNeighbour(record: EndpointRecord): NeighbourReading | null {
  const reader = recognisedNeighbour(record);
  if (reader === null) return null;
  const { product } = reader;
  const shown = reader.read(record);
  const sign = readOtherProduct(record)?.evidence ?? [];
  if (shown !== null) return { product, shown, refusal: null, evidence: refs(sign, shown.evidence) };
  for (const answered of answersTo(record, ...reader.questions)) {
    const refusal = readRefusal(answered);
    // a bare 403 on some paths only, without a word of a login, is no guard
    const bare = refusal?.kind === 'proxy-denied' || refusal?.kind === 'unknown-403';
    if (refusal !== null && !bare) return { product, shown: null, refusal, evidence: refs(sign, answered) };
  }
  return null;
}

/**
 * A neighbour that named itself and whose own API neither let the caller in nor denied access: an error, a failure or a body
 * that could not be read. Null where its API is not there (404, a page, the same as on `/`), or was not asked.
 */
export function unheardNeighbour(
  record: EndpointRecord,
): { readonly product: Neighbour; readonly evidence: EvidenceRefs } | null {
  const reader = recognisedNeighbour(record);
  if (reader === null || readNeighbour(record) !== null) return null;
  const own: readonly string[] = reader.questions;
  const asked = record.exchanges.filter(({ question }) => own.includes(question));
  const root = answersTo(record, 'root')[0]?.answer.sha256;
  const none = asked.length === 0 && record.exchanges.every(({ outcome }) => outcome.kind === 'answer');
  const absent =
    asked.length === 0
      ? none
      : asked.every(
          ({ outcome }) =>
            outcome.kind === 'answer' &&
            (outcome.status === 404 ||
              (outcome.status === 200 && outcome.sha256 === root && root !== '') ||
              isPage(outcome)),
        );
  if (absent && record.cut === null) return null;
  return {
    product: reader.product,
    evidence: refs(readOtherProduct(record)?.evidence, ...answersTo(record, ...reader.questions)),
  };
}

function isPage({ status, body }: Answer): boolean {
  return status === 200 && body.kind === 'text' && body.html;
}
