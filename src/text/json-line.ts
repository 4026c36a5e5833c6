// JSON, one value a line: written so that it is safe to embed, and read where it may be damaged.

/** Characters that a terminal would follow, or not show. */
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Most lines hold nothing else, and this is quickly seen: ASCII, Latin letters and punctuation, without what is invisible. */
const printable = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/;

/**
 * A value as one line of JSON. Besides what JSON demands, control and invisible characters (bidi overrides, zero widths,
 * U+2028) are written as `\u` escapes: the value stays the same, and a terminal that shows the file stays itself.
 *
 * @param value anything that JSON can carry
 * @returns JSON text without a line end
 */
export function jsonLine(value: object | string | number | boolean | null): string {
  const json = JSON.stringify(value);
  return printable.test(json) ? json : json.replace(unsafe, escaped);
}

function escaped(characters: string): string {
  return Array.from(
    { length: characters.length },
    (_, i) => `\\u${characters.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** The value of a text of JSON; undefined where the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
