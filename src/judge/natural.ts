// Sort keys that order numbers in texts as people do.
/** A text as a sort key that puts `es-2` before `es-10` and 10.0.0.9 before 10.0.0.10: numbers in it count as numbers. */
export function natural(text: string): string {
  return text.replace(/\d{1,9}/g, (digits) => digits.padStart(10, '0'));
}
