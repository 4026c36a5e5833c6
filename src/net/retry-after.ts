// Reads how long a target wants to be left in peace.

/** IMF-fixdate and RFC 850 (RFC 9110, 5.6.7), and ISO 8601, which some gateways send. */
const dates =
  /^(?:[A-Za-z]{3,9}, \d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} (?:GMT|UTC)|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}))$/;

/** asctime, which names no zone and means GMT (RFC 9110, 5.6.7). */
const asctime = /^[A-Za-z]{3} [A-Za-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * Milliseconds that the `Retry-After` lines of an answer ask for (RFC 9110, 10.2.3): seconds of any size or a date; 0 for a date
 * that is over, Infinity for what cannot be read, which may mean anything; of several lines the longest. Null without the header.
 *
 * @param at when the answer came
 */
export function retryAfterMs(lines: readonly string[] | undefined, at: Date): number | null {
  if (lines === undefined || lines.length === 0) return null;
  return Math.max(...lines.map((line) => waitOf(line.trim(), at)));
}

function waitOf(text: string, at: Date): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = dates.test(text) ? Date.parse(text) : asctime.test(text) ? Date.parse(`${text} GMT`) : NaN;
  return Number.isNaN(date) ? Infinity : Math.max(0, date - at.getTime());
}
