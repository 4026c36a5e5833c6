// JSON that is safe to embed, and written piece by piece.
import type { Finding } from '../model/finding.js';

/**
 * A value as one line of JSON. Besides what JSON demands, control and invisible characters (bidi overrides, zero widths,
 * U+2028) are written as `\u` escapes: the value stays the same, and a terminal that shows the file stays itself.
 *
 * @param value anything that JSON can carry
 * @returns JSON text without a line end
 */
export function jsonLine(value: object | string | number | boolean | null): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped);
}

/**
 * A finding that is shown while a run goes on, as one line of JSON: marked as a preview, since what several endpoints show
 * together may take its place once all have been asked.
 */
export function previewLine(finding: Finding): string {
  return jsonLine({ ...finding, preview: true });
}

function escaped(characters: string): string {
  return Array.from(
    { length: characters.length },
    (_, i) => `\\u${characters.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
