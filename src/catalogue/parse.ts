// Schemas for values that a target may send as a number, a text or not at all.
import { z } from 'zod';
import { within } from './redact.js';

/**
 * A string of at most `max` characters, or undefined where it is missing or of another type: never a reason to refuse the rest.
 */
export function optionalText(max: number): z.ZodType<string | undefined> {
  return z
    .string()
    .transform((value) => within(value, max))
    .optional()
    .catch(undefined);
}

/** A finite number, integer or not, also one written as a decimal string (`_cat` writes all numbers so). */
export const number: z.ZodType<number> = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,18}(?:\.\d{1,9})?$/)
      .transform(Number),
  ])
  .refine((value) => Number.isFinite(value));

/** The same, or undefined where it is missing or of another type: never a reason to refuse the rest. */
export const optionalNumber: z.ZodType<number | undefined> = number.optional().catch(undefined);

/** At most `count` strings of at most `max` characters; anything else is left out. */
export function texts(count: number, max: number): z.ZodType<string[]> {
  return z
    .array(z.unknown())
    .transform((items) =>
      items
        .filter((item) => typeof item === 'string')
        .slice(0, count)
        .map((item) => within(item, max)),
    )
    .catch([]);
}

/** The own entries of a JSON object, `__proto__` among them as a plain key; an empty list for anything else. */
export function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
