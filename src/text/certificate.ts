// The names in a certificate, on one line.

/**
 * A subject or an issuer, as `X509Certificate` has it: a line for each part. Node's types promise a text, but there is none where the
 * name is empty, as public authorities issue it in certificates of a short life, or cannot be read.
 */
export function namesOf(names: unknown): string {
  return typeof names === 'string' ? names.replaceAll('\n', ', ') : '';
}
