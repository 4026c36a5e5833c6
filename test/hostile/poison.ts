import { replay, type RecordedExchange, type Recording } from '../../src/demo/replay.js';
import { recordingNames, recordingNamed } from '../replay.js';
import { writtenNamed } from '../support/written.js';
import type { Hostile, Request } from './estate.js';

/** What is put into the answers of a server that is otherwise real. */
export interface Poison {
  readonly id: string;
  readonly text: string;
}

/** Texts that a terminal, a browser, a Markdown reader or a spreadsheet would take for more than text. */
export const texts: readonly Poison[] = [
  {
    id: 'unseen',
    text:
      '\u001b[38;5;201m\u001b]0;x-mark\u0007\u009b8m\u001bc\u0000\u0008\u007f\u0085\u009dx-mark\u009c\r\n' +
      '\u202egpj.x-mark\u2066\u2069\u200b\u200d\ufeff\u00ad\u2028\u2029\u{e0041}\u061c\ud800x-mark\udc00\udfff',
  },
  {
    id: 'markup',
    text: `</code></pre></style><x-mark onclick=alert(1)>"'><script>alert("x-mark")</script><!-- " onmouseover="x-mark()" x='`,
  },
  { id: 'entities', text: '&lt;x-mark&gt;&#60;x-mark&#62;&quot;&amp;&Tab;' },
  {
    id: 'links',
    text: '[x-mark](javascript:alert(1)) ![x-mark](http://evil.example/x.png) <http://evil.example/x-mark>',
  },
  {
    id: 'bare-links',
    text: 'http://evil.example/x-mark www.evil.example/x_www.evil.example ftp://evil.example x-mark@evil.example xmpp:x@evil.example',
  },
  {
    id: 'structure',
    text: '| x-mark |\n\n# x-mark\n\n- **x** ~~y~~\n\n```\n---\n1. x\n> y\n<details>[^1][r]\n\n[r]: javascript:alert(1)\n[^1]: x\\',
  },
  { id: 'script', text: 'javascript:alert(document.domain)//x-mark' },
  { id: 'formula', text: `=cmd|' /C calc'!A0;+1@SUM(1)\${7*7}{{7*7}}$(x-mark)%0d%0a` },
  { id: 'long', text: `x${'\u0301\u0489'.repeat(300)}-mark ${'x-mark '.repeat(200)}${'x-mark'.repeat(900)}` },
  { id: 'prototypes', text: '__proto__' },
];

const jwt = 'eyJhbGciOiJIUzI1NiJ9.CANARY7eyJzdWIiOiIxIn0.CANARY7signature';
const key = '-----BEGIN RSA PRIVATE KEY-----\nMIICANARY7key\n-----END RSA PRIVATE KEY-----';

/** Secrets in the forms in which servers let them slip. Each holds a canary, `CANARY7`. */
export const secrets: readonly Poison[] = [
  ' password=CANARY7equals pwd: CANARY7colon; passphrase = "CANARY7 quoted" Authorization: Basic CANARY7basic== then',
  ' {"password":"CANARY7json","user":"x","secret_key":"CANARY7key"} authorization=Bearer CANARY7bearer.abc',
  String.raw` {\"password\":\"CANARY7escaped\",\"api_key\": \"CANARY7apikey\"} ApiKey CANARY7apikey0==`,
  ' https://elastic:CANARY7url@es.internal:9200/ postgres://u:CANARY7pg@db/x AKIACANARY7ABCDEFGHI',
  ' http://u:CANARY7/slash@h/ http://u:CANARY7?mark@h/ http://u:CANARY7#hash@h/',
  ` ${jwt} ${key}`,
  ' cloud.id: shop:CANARY7ZXUtd2VzdC0xLmF3cyQxMjM0 cloud_id=CANARY7cloud token: CANARY7token&id_token=CANARY7id',
  ' xpack.ssl.keystore.secure_password: CANARY7secure s3.client.default.secret_key=CANARY7s3 x-api-key: CANARY7x',
  ' pass\u200bword=CANARY7zerowidth pass\u001b[1mword: CANARY7escape pwd:\u001b[31mCANARY7coloured',
  ` ${' '.repeat(3900)}https://u:CANARY7${'far'.repeat(60)}@h/`,
  ` ${' '.repeat(3900)}${'-----BEGIN PRIVATE KEY-----\nMIICANARY7'.padEnd(300, 'x')}\n-----END PRIVATE KEY-----`,
].map((text, number) => ({ id: `secret-${number + 1}`, text }));

/** Fields that hold a text of the operator's or the user's, whatever server it is. */
const free = new Set(
  (
    'name cluster_name username user user_name title description host ip publish_address http_address message ' +
    'roles backend_roles build_hash build_date build_snapshot id label text'
  ).split(' '),
);

/** Objects whose keys are names of indices. */
const keyed = new Set(['indices', 'nodes']);

/** Fields that no one asked for: a leak of configuration, and a document. */
const leak = {
  password: 'CANARY7field',
  authorization: 'Basic CANARY7header',
  settings: { 'xpack.notification.email.account.x.smtp.secure_password': 'CANARY7setting' },
  _source: { ssn: 'CANARY7document', note: 'CANARY7document' },
};

/** Puts the text behind every free text of a JSON value; behind every text at all where `all`. */
function poisoned(value: unknown, text: string, all: boolean, field = ''): unknown {
  if (typeof value === 'string') return all || free.has(field) ? `${value}${text}` : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => poisoned(item, text, all, field));
    const first: unknown = value[0];
    const row = typeof first === 'object' && first !== null && 'index' in first;
    return row ? [...items, { ...first, index: text.trim() }, { ...first, index: `.${text}` }] : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, poisoned(item, text, all, key)]);
  const [first] = entries;
  const more = keyed.has(field) && first !== undefined ? [[text, first[1]] as const] : [];
  return Object.fromEntries([...entries, ...more]);
}

/** Puts the leak before everything in each object of a body. */
function leaking(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(leaking);
  if (typeof value !== 'object' || value === null) return value;
  return { ...leak, ...Object.fromEntries(Object.entries(value).map(([key, item]) => [key, leaking(item)])) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Header lines with the text in the values that a server's operator sets; only what HTTP lets a header hold. */
function poisonedHead(head: readonly string[], text: string): string[] {
  const held = text.replace(/\u001b\[\d*m|\u200b|[\0-\x1f\x7f]/g, '');
  const value = Buffer.from(held.slice(0, 2000), 'utf8').toString('latin1');
  const [status = '', ...lines] = head;
  return [
    `${status} ${value}`,
    ...lines.map((line) =>
      line
        .replace(/^((?:server|via|location|kbn-name|osd-name):.*)$/i, `$1${value.replaceAll('$', '$$$$')}`)
        .replace(
          /(realm=")([^"]*)/i,
          `$1$2${value.replaceAll('\\"', "'").replaceAll('"', "'").replaceAll('$', '$$$$')}`,
        ),
    ),
    `warning: 299 - "${value}"`,
    `x-powered-by: ${value}`,
    `x-${value.replace(/[^a-z0-9]/gi, '').slice(0, 40)}: ${value}`,
    'set-cookie: sid=CANARY7cookie; Path=/',
    'authorization: Basic CANARY7echo==',
    'x-api-key: CANARY7xkey',
  ];
}

/** A recording in which every answer carries the poison. */
export function poison(recording: Recording, { text }: Poison, how: { all: boolean; leaks: boolean }): Recording {
  const change = (exchange: RecordedExchange): RecordedExchange => {
    const { wire } = exchange;
    if (wire.kind === 'bytes') return exchange;
    const value = wire.text === undefined || wire.text === '' ? undefined : parsed(wire.text);
    const head = poisonedHead(wire.head, text);
    if (value === undefined)
      return { ...exchange, wire: { ...wire, head, ...(wire.text && { text: wire.text + text }) } };
    const changed = poisoned(value, text, how.all);
    return { ...exchange, wire: { ...wire, head, text: JSON.stringify(how.leaks ? leaking(changed) : changed) } };
  };
  return { ...recording, exchanges: recording.exchanges.map(change) };
}

/** A recording by its name, a recorded or a written one. */
export function anyRecording(name: string): Recording {
  return recordingNames().includes(name) ? recordingNamed(name) : writtenNamed(name).recording;
}

/** Serves a recording as a hostile server. */
export function answering(recording: Recording): NonNullable<Hostile['answer']> {
  return (socket, { method, path, head }: Request) => {
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const answer = replay(recording, { method, path, headers });
    if (answer === null) socket.destroy();
    else if (answer.close) socket.end(answer.bytes);
    else socket.write(answer.bytes);
  };
}
