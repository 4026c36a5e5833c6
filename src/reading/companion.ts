// Judges a companion product by what its own API answers.
import { productNames, type CompanionProduct } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { QuestionId } from '../model/question.js';
import type { EvidenceRefs } from '../model/observation.js';
import { answersTo, answerTo, refs, type Answered } from '../catalogue/exchanges.js';
import type { Companion, CompanionAnswer } from '../catalogue/companion.js';
import { answersIn } from '../catalogue/topic.js';
import { companions } from '../topics/registry.generated.js';
import { readOtherProduct, recognised, saysNothing } from './other-product.js';
import { readRefusal, type Refusal } from './refusal.js';

/** A companion product that let callers in, or that denied them access. */
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
 * A companion judged by its own API: open where it answered, guarded where it was recognised and everything that was asked of its
 * API was denied, but for what it shows every caller. Null where there was no answer either way, or some of it was not denied:
 * then it is no more than recognised.
 */
export function readCompanion(record: EndpointRecord): CompanionReading | null {
  const reader = recognisedCompanion(record);
  if (reader === null) return null;
  const { product } = reader;
  const read = reader.read(answersIn(record));
  const shown = read !== null && answersAll(record, reader, read) ? null : read;
  const sign = readOtherProduct(record)?.evidence ?? [];
  if (shown !== null) return { product, shown, refusal: null, evidence: refs(sign, shown.evidence) };
  const denied = deniedReads(record, reader);
  const refusal = denied[0]?.refusal;
  return refusal === undefined
    ? null
    : { product, shown: null, refusal, evidence: refs(sign, ...denied.map(({ answered }) => answered)) };
}

/** What shows its API came, with the same body, to a question that is not part of the API too: then it is not the API. */
function answersAll(record: EndpointRecord, reader: Companion, { evidence }: CompanionAnswer): boolean {
  const own = idsOf(reader);
  const isLong = ({ answer }: Answered): boolean => answer.bytes > 2 && answer.sha256 !== '';
  const others = answersTo(record).filter(({ exchange }) => !own.includes(exchange.question));
  const bodies = new Set(others.filter(isLong).map(({ answer }) => answer.sha256));
  return answersTo(record).some((one) => evidence.includes(one.at) && isLong(one) && bodies.has(one.answer.sha256));
}

/**
 * The denials of its reads; none where one of them was not put, was not denied, or was denied by a bare 403, which is not a
 * guard.
 */
function deniedReads(
  record: EndpointRecord,
  reader: Companion,
): readonly { readonly answered: Answered; readonly refusal: Refusal }[] {
  const reads = reader.questions.filter(({ toldToAll }) => toldToAll !== true);
  const denied = reads.flatMap(({ id }) => {
    const answered = answerTo(record, id);
    const refusal = answered === null ? null : readRefusal(answered);
    const bare = refusal?.kind === 'proxy-denied' || refusal?.kind === 'unknown-403';
    return answered === null || refusal === null || bare ? [] : [{ answered, refusal }];
  });
  return denied.length === reads.length ? denied : [];
}

/**
 * A companion product that named itself and whose own API neither let the caller in nor denied access: an error, a failure or a
 * body that could not be read, or it was not asked. Null where its API is not there: 404, or what it has for any path.
 */
export function unheardCompanion(
  record: EndpointRecord,
): { readonly product: CompanionProduct; readonly evidence: EvidenceRefs } | null {
  const reader = recognisedCompanion(record);
  if (reader === null || readCompanion(record) !== null) return null;
  const own = idsOf(reader);
  const asked = record.exchanges.filter(({ question }) => own.includes(question));
  const names = (answered: Answered): boolean => recognised(answered)?.name === productNames[reader.product];
  // a product that has its page for every path says 404 of none: something in front did
  const pageForAll = answersTo(record).some(
    (answered) => answered.exchange.question !== 'root' && answered.answer.status === 200 && names(answered),
  );
  const [root] = answersTo(record, 'root');
  const absent = answersTo(record, ...own).filter((answered) => {
    const { status, sha256, body } = answered.answer;
    if (status === 404) return !pageForAll;
    if (status !== 200 || saysNothing(answered)) return false;
    if (body.kind === 'text' && body.html) return !pageForAll || names(answered);
    return sha256 !== '' && sha256 === root?.answer.sha256;
  });
  if (asked.length > 0 && absent.length === asked.length && record.cut === null) return null;
  return {
    product: reader.product,
    evidence: refs(readOtherProduct(record)?.evidence, ...answersTo(record, ...own)),
  };
}

function idsOf({ questions }: Companion): readonly string[] {
  return questions.map(({ id }) => id);
}
