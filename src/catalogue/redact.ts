// Takes secrets, control characters and what is too long out of the texts of a target, before anything is kept.
import { quotesDocuments } from './documents.js';
import { mark, redact } from './secrets.js';

export { redact } from './secrets.js';

/** Escape sequences of terminals: CSI, OSC up to its end, and single ones. */
const ansi =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|\u001b[@-_]?/g;

/** Control characters, format characters (bidi overrides, zero-width, soft hyphen, tags), lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text that is clean already: printable ASCII words with single spaces between them. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** Characters read of a text of which `max` are kept: white space and escapes may be most of it. */
function read(text: string, max: number): string {
  return text.slice(0, max * 8 + 4096);
}

function seenOf(text: string): string {
  return (
    text
      .replace(ansi, '')
      .replace(/(?:(?!\ufeff)\s|\u0085)+/gu, ' ')
      .replace(unseen, '')
      // an invisible character may have separated two of them
      .replace(/ {2,}/g, ' ')
      .trim()
  );
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, Math.max(0, max - 1)).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/**
 * Makes a text from a target fit to be kept: white space and line ends become single spaces; terminal escapes, control
 * characters, bidi overrides and zero-width characters go; what is longer than `max` characters is cut and ends in `…`.
 */
export function clean(text: string, max: number): string {
  if (text.length <= max && plain.test(text)) return text;
  return cut(seenOf(read(text, max)), max);
}

/** A URL of which the end was not read: what looks like its host may be the half of a password. */
const unfinished = /(:\/\/)[^\s@]*$/;

/**
 * {@link clean} and without secrets; of a text that quotes documents nothing is left. Secrets are looked for once their names contain
 * nothing invisible any more, and before the text is cut, which could take away the sign that they are some.
 */
export function harmless(text: string, max: number): string {
  if (quotesDocuments(text)) return mark;
  if (text.length <= max && plain.test(text)) return redact(text);
  const part = read(text, max);
  const seen = redact(seenOf(part));
  return cut(part.length < text.length ? seen.replace(unfinished, `$1${mark}`) : seen, max);
}

/**
 * A text of at most `max` characters, not cleaned yet: what is longer is cut by {@link harmless}, so that no secret is cut in
 * two.
 */
export function within(text: string, max: number): string {
  return text.length <= max ? text : harmless(text, max);
}

/** Query values of a redirect that are kept: they say where a login page leads back to, and nothing else. */
const tellingKeys = new Set(['next', 'nexturl', 'msg', 'returnto', 'auth_provider_hint', 'msgid']);

/**
 * A `Location` (or the URL of a `Refresh`) with its userinfo and fragment gone and the values of its query parameters gone,
 * but for those that say where a login leads back to: redirects to identity providers carry one-time tokens.
 */
export function redactLocation(location: string): string {
  // First what looks like a password, since it may hold the `#` or `?` that would cut it in two.
  const [beforeFragment = ''] = redact(location).split('#', 1);
  const question = beforeFragment.indexOf('?');
  if (question < 0) return redact(beforeFragment);
  const query = beforeFragment
    .slice(question + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return pair.slice(0, 40);
      const key = pair.slice(0, equals);
      return tellingKeys.has(key.toLowerCase()) ? pair.slice(0, 120) : `${key.slice(0, 40)}=`;
    })
    .slice(0, 20)
    .join('&');
  return redact(`${beforeFragment.slice(0, question)}?${query}`);
}

/** A `Refresh` (seconds, and perhaps a URL) whose URL is redacted as a `Location` is. */
export function redactRefresh(refresh: string): string {
  const to = /url\s{0,8}=\s{0,8}/i.exec(refresh);
  if (to === null) return refresh;
  const start = to.index + to[0].length;
  return refresh.slice(0, start) + redactLocation(refresh.slice(start));
}

/**
 * The name of the cookie that a `Set-Cookie` line sets: its value may be a session and is never kept. Of a session that Kibana
 * or OpenSearch Dashboards sealed (`@hapi/iron`, whose texts begin with `Fe26.2`) that beginning stays, as a sign that one was
 * given; where a session is taken away the value is empty.
 */
export function cookieName(setCookie: string): string {
  const [, name = '', sealed = ''] = /^([^=;]*)(?:=\s*"?(Fe26\.2)\*)?/.exec(setCookie) ?? [];
  return `${harmless(name, 50)}=${sealed}`;
}
