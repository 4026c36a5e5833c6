// The names in a certificate, on one line.

/**
 * The parts of a subject or an issuer, joined by commas. `X509Certificate` has a line for each part, and, against its types,
 * `undefined` where the name cannot be read or is empty, as in short-lived certificates of public authorities: then ''.
 */
export function namesOf(names: unknown): string {
  return typeof names === 'string' ? names.replaceAll('\n', ', ') : '';
}
