// What a companion product is: one that is often found next to a cluster, declared in one file of src/topics/companions.
import { z } from 'zod';
import type { CompanionProduct } from '../model/endpoint.js';
import type { Json } from '../model/json.js';
import type { CompanionFacts, EvidenceRefs } from '../model/observation.js';
import type { Question } from '../model/question.js';
import type { Answers } from './topic.js';

/** What the API of a companion product answered a caller without credentials. */
export interface CompanionAnswer extends Omit<CompanionFacts, 'product' | 'evidence'> {
  /** As said by its API, or null. */
  readonly version: { readonly number: string; readonly source: string } | null;
  readonly evidence: EvidenceRefs;
}

/** How one companion product is judged: by what its own API answers, never by a word in a page. */
export interface Companion<Id extends string = string> {
  readonly product: CompanionProduct;
  /**
   * What is put to it once it has shown itself, in this order. `toldToAll`: the product answers it even for callers that it
   * denies the rest.
   */
  readonly questions: readonly (Question & { readonly id: Id; readonly toldToAll?: true })[];
  /** What its API showed; null where no answer is one that only this product gives to callers it lets in. */
  read(answers: Answers<Id>): CompanionAnswer | null;
}

/** Declares a companion product. */
export function defineCompanion<const Id extends string>(companion: Companion<Id>): Companion<Id> {
  return companion;
}

/** Reads a kept value back with its schema; null when it does not fit. */
export function reading<T>(schema: z.ZodType<T>): (value: unknown) => T | null {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  };
}

const counted = z.object({ count: z.number() });
/** A list of which only the length was kept. */
export const parseCount = reading(counted);

const textCountShape = z.array(z.string());

/** Keeps the length of a list of texts: no name of it. */
export function keepTextCount(body: unknown): Json | null {
  const parsed = textCountShape.safeParse(body);
  return parsed.success ? { count: parsed.data.length } : null;
}

const version = z.object({ version: z.string() });
/** A version as kept. */
export const parseVersion = reading(version);

/** Userinfo with a password in a URL. */
export const withLogin = /[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:]+:[^\s/?#@]+@/i;
