// Finds secrets in a text: by their format, by their place in a URL or a command, by the name before them, and by chance itself.
import { secretFormats } from '../knowledge/secrets.js';
import { withoutNamed } from './secret-names.js';

/** What is put in the place of a secret. */
export const mark = '[redacted]';

// Every rule takes time in proportion to the length of the text: whatever is looked for from many places on has a bound.

/** Not within a word, unless what comes before it is an escape of a URL or of JSON. */
const begins = String.raw`(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}|\\[nrt]))`;

const byFormat = new RegExp(`${begins}(?:${secretFormats.map(({ pattern }) => pattern).join('|')})`, 'g');

const privateKey =
  /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)|PuTTY-User-Key-File-[\s\S]*$/g;

/** A value that follows the name of a scheme; `Basic realm="…"` is a challenge, not a secret. */
const afterScheme =
  /\b([Bb]asic|[Bb]earer|[Aa]pi[Kk]ey|[Dd]igest|[Nn]egotiate|NTLM|[Tt]oken|GenieKey|Splunk|SSWS|AWS4-HMAC-SHA256)([ +]{1,8})(?!realm\b|charset\b)(?=[^\s",]{0,200}[0-9=]|[^\s",]{1,200}[A-Z]|[a-z]{20})[A-Za-z0-9+/=._~:-]{6,}/g;

/** The value of a field in a form. */
const formValue =
  /(<(?:input|option|textarea)\b[^>]{0,300}?\bvalue\s{0,8}=\s{0,8})(?:\\{0,6}"[^"]*(?:"|$)|\\{0,6}'[^']*(?:'|$)|[^\s>"']+)/gi;

/** `curl -u name:value`, `mysql -pvalue`, `snmpget -c value`, `net use … /user:name value`. */
const commands =
  /((?:^|\s)(?:-u|-U|--user|--proxy-user)[ =]?\\{0,6}["']?[^\s:"'\\]{1,64}:|\b(?:mysql|mariadb|mongo|psql|sshpass|redis-cli|mosquitto|ldapsearch)\w{0,20}\b[^|;]{0,200}?\s-[paw] ?|\buser(?:add|mod)\b[^|;]{0,200}?\s-p ?|\bsnmp\w{2,12}\b[^|;]{0,200}?\s-c ?|\bsnmp-server\s{1,4}community\s{1,4}|\bnet\s{1,4}use\b[^|;]{0,200}?\s\/user:\S{1,100}\s{1,4})(?:\\{0,6}["'])?(?![\s-]|\[redacted\])[^\s"'<>]+/g;

/** Oracle: `scott/tiger@//host`, `scott/tiger@host:1521/x`, `thin:scott/tiger@host`, `sqlplus scott/tiger@db`. */
const oracle =
  /((?:(?<![\w/.:@-])(?=[\w$#]{1,30}\/[^\s/@"'<>]{1,128}@(?:\/\/|[\w.-]{1,100}:\d{4,5}[\/:]))|\b(?:thin|oci8?):|\bsqlplus\s{1,8}(?:-\w{1,10}\s{1,8})?)[A-Za-z][\w$#]{0,29}\/)[^\s/@"'<>]{1,128}(?=@)/gi;

/**
 * Arguments in quotes that are credentials by what comes before them: SQL's `IDENTIFIED BY '…'`, PHP's `define('AUTH_KEY', '…')`,
 * PowerShell's `ConvertTo-SecureString "…"`, `PSCredential('name', '…')`, Python's `auth=('name', '…')`.
 */
const argument =
  /(\b(?:identified\s{1,3}(?:by|with\s{1,3}\S{1,40}\s{1,3}(?:by|as))(?:\s{1,3}password)?\s{1,3}|define\(\s{0,3}["']\w{0,40}(?:KEY|SALT|PASS|SECRET|TOKEN)\w{0,20}["']\s{0,3},\s{0,3}|ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?|(?:PSCredential|auth\s{0,3}=\s{0,3})\(\s{0,3}["'][^"']{1,80}["']\s{0,3},\s{0,3}))(\\{0,6}["'])(?!\[redacted\])[^"'\\]+/gi;

/** A quick look for what the two long rules around it need, which most texts do not hold. */
const beforeArgument = /identified|define\(|securestring|pscredential|auth\s{0,3}=/i;
const beforeOdd = /WIFI:|_AUTH=|[?&]u=|(?:word|ret) \d |routing_?key|chpasswd/i;

/** What is not named in the way of others: Wi-Fi in a QR code, `NEO4J_AUTH=name/value`, InfluxDB's `u=…&p=…`, network devices. */
const oddNames =
  /(\bWIFI:[^\s"']{0,100}?\bP:|\b\w{1,20}_AUTH=[\w.@-]{1,64}[/:]|[?&]u=[^&\s"']{0,100}&p=|\b(?:password|secret)\s[0-9]\s|\brouting_?key["']?\s?[=:]\s?["']?(?=[a-f0-9]{32}\b)|\becho\s{1,4}["']?[\w.-]{1,64}:(?=[^|\s]{1,200}\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?chpasswd))(?!\[redacted\])[^\s;&"'<>]+/gi;

/** Twelve words and more of a seed of BIP-39: three to eight small letters each, and none of those that make a sentence. */
const seedWord = String.raw`(?!(?:the|and|for|was|has|had|are|not|but|its|did|does|been|were|with|from|which|could|because)\b)[a-z]{3,8}`;
const seedPhrase = new RegExp(String.raw`(?<![a-z'-] |[\w'-])(?:${seedWord} ){11,23}${seedWord}(?![\w'-]| [a-z])`, 'g');

/** What may be `name:value` in base64: a basic login, an API key of Elasticsearch. */
const packed = /(?<![A-Za-z0-9+/_-])(?=[a-z0-9+/]{0,200}[A-Z])[A-Za-z0-9+/]{12,400}={0,2}(?![A-Za-z0-9+/=_-])/g;

/** Lines of .netrc and .pgpass. */
const passwordFiles =
  /(\b(?:login|user)\s{1,8}\S{1,100}\s{1,8}pass(?:word|wd)?\s{1,8}|(?<![\w.-])(?:[\w-]{1,63}\.[\w.-]{1,190}|localhost|\*):(?:\d{4,5}|\*):[\w.*-]{1,63}:[\w.*-]{1,63}:)(?!\[redacted\])[^\s:"'<>]{3,}/g;

/** Characters of which a long random value is made. */
const longToken = /[A-Za-z0-9+/_~-]{24,}={0,2}/g;

/** What separates a name from its value. */
const signs = /[\s:=：＝﹕%"'`>[]/;

/**
 * What most texts are: a word. It holds no secret if it is short, or if no digit touches a letter and no capital a small
 * letter.
 */
const word = /^[\w.-]*$/;
const mixed = /[A-Za-z]\d|\d[A-Za-z]|[a-z][A-Z]/;

/**
 * Takes secrets out of a text: credentials that their format gives away (`src/knowledge/secrets.ts`), userinfo in URLs, values of
 * `Authorization` and its kin, `password=…` in some fifty languages, private keys, and long values that look random. What is
 * taken out is replaced by `[redacted]`. Takes time in proportion to the text's length; never throws. Idempotent.
 */
export function redact(text: string): string {
  if (word.test(text) && (text.length < 16 || !mixed.test(text))) return text;
  let result = text;
  if (text.includes('PRIVATE KEY') || text.includes('PuTTY')) result = result.replace(privateKey, mark);
  result = withoutUserinfo(result);
  if (result.includes('/') && result.includes('@')) result = result.replace(oracle, `$1${mark}`);
  if (result.includes(' ') || result.includes('+')) result = result.replace(afterScheme, `$1$2${mark}`);
  result = result.replace(byFormat, mark);
  if (result.includes('<')) result = result.replace(formValue, `$1"${mark}"`);
  if (result.includes('-') || result.includes('/user:')) result = result.replace(commands, `$1${mark}`);
  if (beforeArgument.test(result)) result = result.replace(argument, `$1$2${mark}`);
  if (beforeOdd.test(result)) result = result.replace(oddNames, `$1${mark}`);
  if (result.length > 40 && result.split(' ', 12).length === 12) result = result.replace(seedPhrase, mark);
  result = result.replace(packed, (token) =>
    /^[ -~]+:[ -~]+$/.test(Buffer.from(token, 'base64').toString('latin1')) ? mark : token,
  );
  result = result.replace(passwordFiles, `$1${mark}`);
  if (signs.test(result)) result = withoutNamed(result, mark);
  return result.length < 24 ? result : result.replace(longToken, (token) => (isRandom(token) ? mark : token));
}

/** What ends a URL in running text. */
const outsideUrl = /[\s"'<>]/g;

/**
 * Userinfo in URLs, with a scheme or without, also of several hosts in one setting: all between the slashes and the last `@` of
 * the authority. A password may hold the characters that end an authority, so all up to the last `@` goes where a colon comes
 * first that begins no port.
 */
function withoutUserinfo(text: string): string {
  if (!text.includes('@')) return text;
  let result = '';
  for (let from = 0; from < text.length;) {
    outsideUrl.lastIndex = from;
    const end = outsideUrl.exec(text)?.index ?? text.length;
    result += userinfoOf(text.slice(from, end)) + text.slice(end, end + 1);
    from = end + 1;
  }
  return result;
}

/** The same in one word, which has no white space and no quotes. */
function userinfoOf(word: string): string {
  const lastAt = word.lastIndexOf('@');
  if (lastAt < 0) return word;
  let result = '';
  let from = 0;
  for (
    let slashes = word.indexOf('://');
    slashes >= 0 && slashes < lastAt;
    slashes = word.indexOf('://', slashes + 3)
  ) {
    const start = slashes + 3;
    if (start < from || !/[a-z][a-z0-9+.-]{0,20}$/i.test(word.slice(Math.max(0, slashes - 21), slashes))) continue;
    if (/^[^/?#@:[]{1,200}:(?!\d{1,5}[/?#])/.test(word.slice(start, start + 208)))
      return `${result}${word.slice(from, start)}${mark}${word.slice(lastAt)}`;
    const length = word.slice(start).search(/[/?#]/);
    const at = word.lastIndexOf('@', length < 0 ? undefined : start + length);
    if (at < start) continue;
    if (at < lastAt && /^[^/?#@:[]{1,200}:(?!\d{1,5}(?:[/?#,]|$))/.test(word.slice(at + 1, at + 209)))
      return `${result}${word.slice(from, start)}${mark}${word.slice(lastAt)}`;
    result += `${word.slice(from, start)}${mark}`;
    from = at;
  }
  return result + withoutScheme(word.slice(from));
}

/** A component of Kibana in its status, `plugin:security@6.4.2`. */
const component = /^(?:plugin|core):\w{1,60}@\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/;

/** `name:value@host` where a word or a part of it begins; `mailto:` holds no password. */
function withoutScheme(word: string): string {
  const lastAt = word.lastIndexOf('@');
  if (lastAt < 0 || component.test(word) || !/^@[\w[]/.test(word.slice(lastAt, lastAt + 2))) return word;
  for (const { 0: found, index } of word
    .slice(0, lastAt)
    .matchAll(/(?<=^|[`(=,[{])(?!mailto:)[\w.+%-]{1,64}:(?!\/\/)/g))
    if (lastAt - index - found.length <= 300) return `${word.slice(0, index)}${mark}${word.slice(lastAt)}`;
  return word;
}

/** Characters of the ids of clusters, nodes and indices: sixteen bytes in base64, without padding. */
const idLength = 22;

/** A hash or a part of a uuid within a word: `7.17.9-SNAPSHOT-ef48222227ee…`. */
const hash = /(?<![A-Za-z0-9])(?:[0-9a-f]{8,}|[0-9A-F]{8,})(?![A-Za-z0-9])/g;

/**
 * True where a word of at least 24 characters looks as if chance had made it: capitals, small letters and digits change places
 * about as often as in base64, or it is a word of small letters or capitals with digits all through. The ids of clusters and
 * nodes (22 characters), uuids and hashes (hexadecimal), names in camel case, names with dates and the names that an index can
 * have are not.
 */
export function isRandom(token: string): boolean {
  if (token.split('/').some((part) => part.length === idLength)) return false;
  const [lower, upper, digits] = [/[a-z]/.test(token), /[A-Z]/.test(token), /\d/.test(token)];
  const characters = token.replace(hash, '').replace(/[^A-Za-z0-9]/g, '');
  if (characters.length < 20) return false;
  let changes = 0;
  for (let at = 1; at < characters.length; at += 1) if (kind(characters, at) !== kind(characters, at - 1)) changes += 1;
  const share = changes / (characters.length - 1);
  if (lower && upper) return share >= (digits ? 0.35 : 0.4);
  if (!digits || /[-_/+~]/.test(token) || /^[0-9a-f]+$/i.test(characters)) return false;
  return characters.length >= 32 && share >= 0.25;
}

function kind(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? 0 : code < 91 ? 1 : 2;
}
