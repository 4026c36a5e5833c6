/** What stands where a secret stood. */
const mark = '[redacted]';

/** Names of things whose values are secrets, wherever they are written as `name=value`, `name: value` or `"name":"value"`. */
const secretName =
  'pass(?:word|wd|phrase)?|pwd|secret|client[_-]?secret|secret[_-]?key|token|access[_-]?token|refresh[_-]?token|id[_-]?token|api[_-]?key|apikey|access[_-]?key(?:[_-]?id)?|private[_-]?key|credentials?|authorization|proxy-authorization|set-cookie|cookie|session[_-]?id|sessionid|sid|x-api-key|signature|cloud[._-]?id|' +
  // a password, as administrators write it in other languages
  'contrase(?:ñ|n\u0303|n)a|clave|mot[ _-]?de[ _-]?passe|motdepasse|mdp|passwor[td]|kennwort|wachtwoord|senha|palavra[ _-]?passe|has[łl]o|heslo|parola|[şs]ifre|lösenord|adgangskode|passord|salasana|jelszó|пароль|密码|密碼|口令|パスワード|비밀번호|암호|κωδικός|סיסמה|كلمة المرور|mật khẩu|kata sandi|รหัสผ่าน';

const rules: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY-----|$)/g, mark],
  // userinfo in a URL, also of several hosts in one setting: everything between the slashes and the last @ of the authority
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]*@/gi, `$1${mark}@`],
  // a password may hold the characters that end an authority; a port before a path does not begin one
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@:"'<>[]+:(?!\d{1,5}[/?#])[^\s"'<>]*@/gi, `$1${mark}@`],
  // a value that follows the name of a scheme; `Basic realm="…"` is a challenge, not a secret
  [
    /\b([Bb]asic|[Bb]earer|[Aa]pi[Kk]ey|[Dd]igest|[Nn]egotiate|NTLM|[Tt]oken|AWS4-HMAC-SHA256)([ +]+)(?!realm\b|charset\b)(?=[^\s",]*[0-9=]|[^\s",]+[A-Z])[A-Za-z0-9+/=._~:-]{6,}/g,
    `$1$2${mark}`,
  ],
  [/\beyJ[A-Za-z0-9_-]{5,4000}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)?/g, mark],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, mark],
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9_-]{20,}|glpat-[A-Za-z0-9_-]{15,})/g,
    mark,
  ],
  // the value of a field in a form
  [
    /(<(?:input|option|textarea)\b[^>]{0,300}?\bvalue\s*=\s*)(?:\\{0,6}"[^"]*(?:"|$)|\\{0,6}'[^']*(?:'|$)|[^\s>"']+)/gi,
    `$1"${mark}"`,
  ],
  // userinfo without a scheme; `mailto:` names nobody's password
  [/(?<=^|[\s"'`(=,[{<>])(?!mailto:)[\w.+%-]{1,64}:(?!\/\/)[^\s"'<>]{0,300}@(?=[\w[])/g, `${mark}@`],
  // arguments of commands: `curl -u name:value`, `mysql -pvalue`, `--password value`
  [/((?:^|\s)(?:-u|-U|--user|--proxy-user)[ =]?\\{0,6}["']?[^\s:"'\\]{1,64}:)[^\s"'<>]+/g, `$1${mark}`],
  [
    /(\b(?:mysql|mariadb|mongo|psql|sshpass|redis-cli|mosquitto|ldapsearch)\w*\b[^|;]{0,200}?\s-[paw])\s?(?![\s-]|\[redacted\])\S+/g,
    `$1${mark}`,
  ],
  [new RegExp(`((?:^|\\s)--?(?:${secretName})\\s+)(?!\\[redacted\\])[^\\s"'<>]+`, 'gi'), `$1${mark}`],
  // a value in brackets, as Elasticsearch writes them
  [
    new RegExp(`((?<![A-Za-z0-9])(?:${secretName})\\s*(?:is|was|:|=)?\\s*)\\[(?!redacted\\])[^\\]]*(?:\\]|$)`, 'gi'),
    `$1${mark}`,
  ],
  // the name of a setting and its value, with nothing but a space between them
  [
    new RegExp(`([A-Za-z0-9-][._](?:${secretName})\\s+)(?!is\\b|was\\b|\\[redacted\\]|[=:])[^\\s"'<>]+`, 'gi'),
    `$1${mark}`,
  ],
  // … and in running text, where the value looks like none of its words
  [
    /(\b(?:password|passwd|passphrase|pwd|secret)\s+(?:is\s+|was\s+)?)(?!\[redacted\])(?=[^\s"'<>]*[0-9!#$%^&*])[^\s"'<>]{4,}/gi,
    `$1${mark}`,
  ],
  // "name":"value" with quotes of JSON (escaped ones too), a missing end included
  [
    new RegExp(
      `((?:${secretName})(?:\\\\{0,6}["'])\\s*:\\s*)(?:\\\\{0,6}["'])(?:[^"'\\\\]|\\\\.)*(?:\\\\{0,6}["']|$)`,
      'gi',
    ),
    `$1"${mark}"`,
  ],
  // name=value and name: value in running text, quoted (in JSON with the quotes escaped) or not
  [
    new RegExp(
      `(?<![A-Za-z0-9])([A-Za-z0-9_.-]{0,40}(?:${secretName})\\s*[=:：]\\s*)\\\\{0,6}["'](?!\\[redacted\\])[^"']*(?:["']|$)`,
      'gi',
    ),
    `$1"${mark}"`,
  ],
  [
    new RegExp(
      `(?<![A-Za-z0-9])([A-Za-z0-9_.-]{0,40}(?:${secretName})\\s*[=:：]\\s*)(?!\\[redacted\\]|\\\\{0,6}["']|[\\[{])[^\\s&;,"'<>)\\]}]+`,
      'gi',
    ),
    `$1${mark}`,
  ],
];

/** What every rule needs somewhere in the text. Most texts have none of it, and the rules cost a microsecond each time. */
const suspicious = new RegExp(
  `[:=：]|\\s-|(?:${secretName})[\\s[]|eyJ|A[KS]IA|gh[pousr]_|xox[abprs]-|sk-|glpat-|-----BEGIN|(?:basic|bearer|apikey|digest|negotiate|ntlm|token|sha256)[ +]`,
  'i',
);

/**
 * Takes secrets out of a text: userinfo in URLs, values of Authorization-like headers, tokens and JWTs, `password=…` and
 * its kin, API and access keys, private keys. What is taken out is replaced by `[redacted]`; never throws. Idempotent.
 */
export function redact(text: string): string {
  if (!suspicious.test(text)) return text;
  let result = text;
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement);
  return result;
}

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
      // what was not seen may have stood between two of them
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
 * {@link clean} and without secrets. They are looked for once nothing unseen stands in their names any more, and before the
 * text is cut, which could take away the sign that they are some.
 */
export function harmless(text: string, max: number): string {
  if (text.length <= max && plain.test(text)) return redact(text);
  const part = read(text, max);
  const seen = redact(seenOf(part));
  return cut(part.length < text.length ? seen.replace(unfinished, `$1${mark}`) : seen, max);
}

/** A text of at most `max` characters, not cleaned yet: what is longer is cut by {@link harmless}, so that no secret is cut in two. */
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

/**
 * The name of the cookie that a `Set-Cookie` line sets: its value may be a session and is never kept. Of a session that Kibana
 * or OpenSearch Dashboards sealed (`@hapi/iron`, whose texts begin with `Fe26.2`) that beginning stays, as a sign that one was
 * given; where a session is taken away the value is empty.
 */
export function cookieName(setCookie: string): string {
  const [, name = '', sealed = ''] = /^([^=;]*)(?:=\s*"?(Fe26\.2)\*)?/.exec(setCookie) ?? [];
  return `${name.trim()}=${sealed}`;
}
