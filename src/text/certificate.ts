// The names in a certificate, on one line.

/**
 * The parts of a subject or an issuer, joined by commas; '' for none. `X509Certificate` has a line for each part. Its types
 * promise a string, but there is none where the name cannot be read or is empty, as in short-lived certificates of public
 * authorities.
 */
export function namesOf(names: unknown): string {
  return typeof names === 'string' ? names.replaceAll('\n', ', ') : '';
}
