// Numbers, sizes, instants, quotations and lists as people read them, in findings, reports and on the terminal.
import type { Exposure } from '../model/engagement.js';
import type { LoginScheme } from '../model/observation.js';
import type { OldTlsVersion } from '../model/question.js';

/** Versions of TLS that are out of use, as people write them. */
export const tlsNames = { TLSv1: 'TLS 1.0', 'TLSv1.1': 'TLS 1.1' } as const satisfies Record<OldTlsVersion, string>;

/** Where a run was made from, as people write it. */
export const exposureNames = {
  internet: 'the internet',
  partner: "a partner's network",
  internal: 'the internal network',
  host: 'the host itself',
} as const satisfies Record<Exposure, string>;

const logins: Readonly<Record<LoginScheme, string>> = {
  basic: 'Basic',
  'api-key': 'API key',
  bearer: 'bearer token',
  saml: 'SAML',
  oidc: 'OpenID Connect',
  'login-page': 'login page',
  'proxy-login': 'login of a proxy',
  iam: 'IAM',
  'client-certificate': 'client certificate',
  'ip-filter': 'IP filter',
  unknown: 'not known',
};

const loginNames: ReadonlyMap<string, string> = new Map(Object.entries(logins));

/** The logins that were seen ({@link LoginScheme}), in words; one that has none keeps its own name. */
export function loginWords(schemes: readonly string[]): string {
  return schemes.map((scheme) => loginNames.get(scheme) ?? scheme).join(', ');
}

/** 1234567 → "1,234,567". */
export function count(value: number): string {
  // Intl takes 8 MB of memory and 16 ms when it is used first.
  if (!Number.isSafeInteger(value)) return value.toLocaleString('en-US');
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A count with its noun: "1 endpoint", "12 indices". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Joined as in a sentence: `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** {@link counted}, with "no" for none: "no snapshot". */
export function countedOrNo(value: number, one: string, many = `${one}s`): string {
  return value === 0 ? `no ${one}` : counted(value, one, many);
}

/** Bytes in powers of ten: "1.2 GB". */
export function size(bytes: number): string {
  const units = [bytes === 1 ? 'byte' : 'bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** 2026-01-02T03:04:05.678Z → "2026-01-02 03:04 UTC". */
export function moment(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** Milliseconds since 1970 as UTC ISO 8601; null where there are none, or more or less than a Date can be. */
export function instant(milliseconds: number | undefined): string | null {
  // 8.64e15 ms is as far as a Date goes
  return milliseconds === undefined || milliseconds <= 0 || milliseconds > 8.64e15
    ? null
    : new Date(milliseconds).toISOString();
}

/** Joins full sentences to a paragraph, without the empty ones. */
export function paragraph(...sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== '').join(' ');
}

/** What a target says, as a quotation: a backtick in it would end the quotation and let it speak in our voice. */
export function said(text: string): string {
  return `\`${text.replace(/`/g, "'")}\``;
}

/** Up to `most` names in backticks with "and N more"; null for none. */
export function names(list: readonly string[], most: number, total: number = list.length): string | null {
  if (list.length === 0) return null;
  const shown = list.slice(0, most).map(said);
  const more = total - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${count(more)} more` : shown.join(', ');
}
