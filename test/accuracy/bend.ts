import type { RecordedExchange, Recording } from '../../src/demo/replay.js';

/** Bends what a server answered into what a version to come, a fork or a proxy of tomorrow could answer. */
export type Bend = (recording: Recording) => Recording;

/** Several bends, applied one after the other. */
export function all(...bends: readonly Bend[]): Bend {
  return (recording) => bends.reduce((bent, bend) => bend(bent), recording);
}

/** The version is another one, wherever it is said: in headers and in bodies. */
export function versionIs(number: string): Bend {
  return (recording) => {
    const said = new RegExp(`(?<![\\d.])${recording.head.version.replaceAll('.', '\\.')}(?![\\d]|\\.\\d)`, 'g');
    return answers(recording, ({ head, text }) => ({
      head: head.map((line) => line.replace(said, number)),
      text: text.replace(said, number),
    }));
  };
}

/**
 * Every JSON object has a key that no one knows yet, but for those whose keys are names (of indices, nodes) and for rows: a
 * column that no one asked for is the mark of a decoy, since `h` names the columns (wire guide R.6.3).
 */
export function unknownKeys(recording: Recording): Recording {
  return jsonBodies(recording, (value, exchange) => withUnknownKeys(value, exchange, []));
}

/** Keys of objects whose own keys are names: of indices, of nodes. */
const namesUnder: Readonly<Record<string, readonly string[]>> = {
  aliases: [''],
  'index-stats': ['indices'],
  'index-health': ['indices'],
  nodes: ['nodes'],
  'remote-info': [''],
  'snapshot-repositories': [''],
  'site-plugins': ['nodes'],
};

function withUnknownKeys(value: unknown, exchange: RecordedExchange, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withUnknownKeys(item, exchange, [...path, '[]']));
  if (!isObject(value)) return value;
  const grown = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withUnknownKeys(item, exchange, [...path, key])]),
  );
  const named = namesUnder[exchange.question]?.includes(path.join('.')) === true;
  const row = path[0] === '[]' && path.length === 1 && exchange.path.includes('_cat/');
  return named || row ? grown : { ...grown, x_to_come: { since: 12, kinds: ['a', { b: null }], note: 'x' } };
}

/** Headers that no version sends today. */
export function unknownHeaders(recording: Recording): Recording {
  return answers(recording, ({ head, text }) => ({
    head: [
      ...head,
      'X-Elastic-Trace-To-Come: 7b1c2d3e',
      'Strict-Transport-Security: max-age=31536000',
      'traceresponse: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'Server-Timing: total;dur=2',
      'Alt-Svc: h3=":9200"; ma=86400',
      'Deprecation: @1790000000',
    ],
    text,
  }));
}

/** Names of headers are written in another case. */
export function headerNames(write: (name: string) => string): Bend {
  return (recording) =>
    answers(recording, ({ head, text }) => ({
      head: head.map((line, at) => (at === 0 ? line : line.replace(/^[^:]+/, write))),
      text,
    }));
}

/** JSON is served under the media type of a version. */
export function mediaType(recording: Recording): Recording {
  return answers(recording, ({ head, text }) => ({
    head: head.map((line) =>
      line.replace(
        /^(content-type): *application\/json.*$/i,
        '$1: application/vnd.elasticsearch+json;compatible-with=12',
      ),
    ),
    text,
  }));
}

/** Wordings of today's answers, and how a later version could put them. */
export const wordings: readonly (readonly [RegExp, string])[] = [
  [
    /missing authentication (?:token|credentials) for REST request/g,
    'no authentication credentials were sent with REST request',
  ],
  [/(action \[[^\]]*\]) is unauthorized for user/g, '$1 is not authorized for user'],
  [/(action \[[^\]]*\]) requires authentication/g, '$1 needs authentication'],
  [/no permissions for \[/g, 'missing permissions for ['],
  [/OpenSearch Security not initialized\./g, 'OpenSearch Security has not been initialized yet.'],
  [/contains unrecognized parameter: \[/g, 'contains an unknown parameter ['],
  [/no such index \[/g, 'there is no index ['],
  [/no handler found for uri \[/g, 'no handler is registered for uri ['],
  [/Incorrect HTTP method for uri \[/g, 'HTTP method not supported by uri ['],
  [/server is not ready yet/g, 'server is not ready to serve requests yet'],
  [/"message":"Not Found"/g, '"message":"Nothing is here"'],
  [/"message":"Authentication required"/g, '"message":"A login is required"'],
  [/exists but is not available with the current configuration/g, 'is not offered with the current configuration'],
];

/** Errors are worded slightly differently; types, statuses, realms and names stay. */
export function otherWords(recording: Recording): Recording {
  return answers(recording, ({ head, text }) => ({
    head,
    text: wordings.reduce((worded, [from, to]) => worded.replace(from, to), text),
  }));
}

/** Ids of nodes, indices and clusters are drawn anew, each the same wherever it occurs. */
export function otherIds(draw: () => string): Bend {
  return (recording) => {
    const drawn = new Map<string, string>();
    const anew = (text: string) =>
      // 128 bits in URL-safe base64; with a digit, since names of exceptions are as long
      text.replace(/(?<![\w-])(?=[\w-]{0,21}[a-z])(?=[\w-]{0,21}\d)[\w-]{22}(?![\w-])/g, (id) => {
        const other = drawn.get(id) ?? draw();
        drawn.set(id, other);
        return other;
      });
    return answers(recording, ({ head, text }) => ({ head: head.map(anew), text: anew(text) }));
  };
}

/** Rows, the keys of every object, and headers come in reverse order. */
export function reversed(recording: Recording): Recording {
  const rows = jsonBodies(recording, (value) => reversedKeys(Array.isArray(value) ? value.toReversed() : value));
  return answers(rows, ({ head: [status = '', ...headers], text }) => ({ head: [status, ...headers.reverse()], text }));
}

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversedKeys(item)]),
  );
}

/** JSON is indented. */
export function indented(recording: Recording): Recording {
  return jsonBodies(recording, (value) => value, 2);
}

/** Every number in JSON is a text. */
export function numbersAsText(recording: Recording): Recording {
  const asText = (value: unknown): unknown => {
    if (typeof value === 'number') return String(value);
    if (Array.isArray(value)) return value.map(asText);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
  };
  return jsonBodies(recording, asText);
}

/** Members of the banner are changed; null takes one away. */
export function banner(change: {
  readonly top?: Readonly<Record<string, unknown>>;
  readonly version?: Readonly<Record<string, unknown>>;
}): Bend {
  return (recording) =>
    jsonBodies(recording, (value) => {
      if (!isObject(value) || !isObject(value['version']) || typeof value['version']['number'] !== 'string')
        return value;
      return changed({ ...value, version: changed(value['version'], change.version) }, change.top);
    });
}

/** A web server in front asks for a password on `/` and lets every other path through. */
export function passwordOnRoot(recording: Recording): Recording {
  const wall = {
    kind: 'answer' as const,
    head: [
      'HTTP/1.1 401 Unauthorized',
      'Server: nginx',
      'WWW-Authenticate: Basic realm="staff"',
      'Content-Type: text/html',
    ],
    framing: 'close' as const,
    text: '<html><head><title>401 Authorization Required</title></head><body></body></html>',
  };
  const exchanges = recording.exchanges.map((exchange) =>
    ['root', 'unknown-parameter'].includes(exchange.question) ? { ...exchange, wire: wall } : exchange,
  );
  return { head: recording.head, exchanges };
}

/** Headers of these names, in lower case, are gone. */
export function withoutHeaders(...names: readonly string[]): Bend {
  return (recording) =>
    answers(recording, ({ head, text }) => ({
      head: head.filter((line, at) => at === 0 || !names.includes((line.split(':', 1)[0] ?? '').toLowerCase())),
      text,
    }));
}

function changed(value: Readonly<Record<string, unknown>>, change: Readonly<Record<string, unknown>> = {}): object {
  return Object.fromEntries(Object.entries({ ...value, ...change }).filter(([, item]) => item !== null));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Parts {
  readonly head: readonly string[];
  readonly text: string;
}

/**
 * Bends head and text of every answer; bytes that are not HTTP and bodies that are not text stay. An answer is bent when it is
 * asked for: a survey asks for few of a recording's, and there are many bends.
 */
function answers(recording: Recording, bend: (parts: Parts, exchange: RecordedExchange) => Parts): Recording {
  const exchanges = recording.exchanges.map((exchange) => ({
    question: exchange.question,
    method: exchange.method,
    path: exchange.path,
    get wire() {
      const { wire } = exchange;
      if (wire.kind === 'bytes') return wire;
      const { head, text } = bend({ head: wire.head, text: wire.text ?? '' }, exchange);
      return { ...wire, head: [...head], ...(wire.text === undefined ? {} : { text }) };
    },
  }));
  return { head: recording.head, exchanges };
}

function jsonBodies(
  recording: Recording,
  bend: (value: unknown, exchange: RecordedExchange) => unknown,
  indentation = 0,
): Recording {
  return answers(recording, ({ head, text }, exchange) => {
    if (!/^\s*[[{]/.test(text)) return { head, text };
    try {
      return { head, text: JSON.stringify(bend(JSON.parse(text), exchange), null, indentation) };
    } catch {
      return { head, text };
    }
  });
}
