// Judges a companion product by what its own API answers.
import { productNames, type CompanionProduct } from '../model/endpoint.js';
import type { Answer, EndpointRecord } from '../model/exchange.js';
import type { QuestionId } from '../model/question.js';
import type { EvidenceRefs } from '../model/observation.js';
import { answersTo, refs } from '../catalogue/exchanges.js';
import type { Companion, CompanionAnswer } from '../catalogue/companion.js';
import { answersIn } from '../catalogue/topic.js';
import { companions } from '../topics/registry.generated.js';
import { readOtherProduct } from './other-product.js';
import { readRefusal, type Refusal } from './refusal.js';

/** A companion product that let callers in, or that refused them. */
export interface CompanionReading {
  readonly product: CompanionProduct;
  /** Null where it refused. */
  readonly shown: CompanionAnswer | null;
  readonly refusal: Refusal | null;
  readonly evidence: EvidenceRefs;
}

/** The companion product that something may be, by what it answered so far; null for none of them. */
export function recognisedCompanion(record: EndpointRecord): Companion<QuestionId> | null {
  const name = readOtherProduct(record)?.name;
  return companions.find(({ product }) => productNames[product] === name) ?? null;
}

/**
 * A companion judged by its own API: open where it answered, guarded where it was recognised and its API refused. Null where
 * nothing of its API was answered either way: then it is no more than recognised.
 */
export function readCompanion(record: EndpointRecord): CompanionReading | null {
  const reader = recognisedCompanion(record);
  if (reader === null) return null;
  const { product } = reader;
  const shown = reader.read(answersIn(record));
  const sign = readOtherProduct(record)?.evidence ?? [];
  if (shown !== null) return { product, shown, refusal: null, evidence: refs(sign, shown.evidence) };
  for (const answered of answersTo(record, ...idsOf(reader))) {
    const refusal = readRefusal(answered);
    // a bare 403 on some paths only, without a word of a login, is no guard
    const bare = refusal?.kind === 'proxy-denied' || refusal?.kind === 'unknown-403';
    if (refusal !== null && !bare) return { product, shown: null, refusal, evidence: refs(sign, answered) };
  }
  return null;
}

/**
 * A companion product that named itself and whose own API neither let the caller in nor denied access: an error, a failure or a body
 * that could not be read. Null where its API is not there (404, a page, the same as on `/`), or was not asked.
 */
export function unheardCompanion(
  record: EndpointRecord,
): { readonly product: CompanionProduct; readonly evidence: EvidenceRefs } | null {
  const reader = recognisedCompanion(record);
  if (reader === null || readCompanion(record) !== null) return null;
  const own = idsOf(reader);
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
    evidence: refs(readOtherProduct(record)?.evidence, ...answersTo(record, ...idsOf(reader))),
  };
}

function idsOf({ questions }: Companion): readonly string[] {
  return questions.map(({ id }) => id);
}

function isPage({ status, body }: Answer): boolean {
  return status === 200 && body.kind === 'text' && body.html;
}
