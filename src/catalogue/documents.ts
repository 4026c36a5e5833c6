// Recognises texts that quote documents of a cluster, or the answer of a search.

/** A quotation mark, plain or as JSON in JSON, HTML, URLs and scripts write it. */
const quote = String.raw`(?:\\{0,8}["']|&(?:quot|apos|#0?3[49]|#x0?2[27]);|%(?:25){0,3}2[27])`;

/** Keys of search answers and documents: as JSON has them, in whatever it is wrapped, and as YAML has them. */
const keys = new RegExp(
  String.raw`${quote}(?:_source|_doc|hits)${quote}\s{0,8}(?::|=>|&#58;|%(?:25){0,3}3a)|(?:^|\n|\\n)[ \t]{0,40}(?:- )?_source {0,8}:`,
  'i',
);

/** A JSON text with its `\\u` escapes undone: what cannot be seen could be part of a secret's name, or of a document's key. */
export function unescaped(raw: string): string {
  return raw.replace(/\\{1,8}u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Whether a text quotes a document or a search answer: nothing of it may be kept. */
export function quotesDocuments(text: string): boolean {
  return keys.test(text) || (text.includes('\\u00') && keys.test(unescaped(text)));
}
