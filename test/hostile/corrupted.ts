// Hostile servers that are real but for one thing: an answer that is damaged, a status, a header.
import { gzipSync } from 'node:zlib';
import { always, asHtml, asJson, http, type Ending, type Group, type Hostile } from './estate.js';
import { anyRecording, answering } from './poison.js';

const undetermined = { state: 'undetermined' } as const;

/** What is done to the bytes of one answer; null closes the connection instead of answering. */
type Corruption = (answer: Buffer) => Buffer | null;

function bodyOf(answer: Buffer): Buffer {
  return answer.subarray(answer.indexOf('\r\n\r\n') + 4);
}

function flipped(answer: Buffer, share: number): Buffer {
  const bytes = Buffer.from(answer);
  const start = answer.indexOf('\r\n\r\n') + 4;
  const at = Math.min(bytes.length - 1, start + Math.floor((bytes.length - start) * share));
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

const corruptions: Readonly<Record<string, Corruption>> = {
  'body-cut': (answer) => http('200 OK', [asJson], bodyOf(answer).subarray(0, bodyOf(answer).length / 2)),
  'early-flip': (answer) => flipped(answer, 0.2),
  'late-flip': (answer) => flipped(answer, 0.8),
  empty: () => http('200 OK', [asJson]),
  'empty-object': () => http('200 OK', [asJson], '{}'),
  'empty-list': () => http('200 OK', [asJson], '[]'),
  'packed-unasked': (answer) => http('200 OK', [asJson, 'content-encoding: gzip'], gzipSync(bodyOf(answer))),
  'half-packed': (answer) =>
    http('200 OK', [asJson, 'content-encoding: gzip'], gzipSync(bodyOf(answer)).subarray(0, 20)),
  'page-of-an-error': () => http('502 Bad Gateway', [asHtml], '<title>502 Bad Gateway</title>'),
  'not-found': () => http('404 Not Found', [asHtml], '<title>404 Not Found</title>'),
  denied: () => http('403 Forbidden', [asHtml], '<title>403 Forbidden</title>'),
  throttled: () => http('429 Too Many Requests', [asHtml], ''),
  'hung-up': () => null,
};

/** Which answer is damaged. */
const places: Readonly<Record<string, RegExp>> = {
  root: /^\/(?:\?|$)/,
  listing: /^\/_cat\/indices|^\/_mapping|^\/_cluster\/health\//,
  'one-more': /^\/_security|^\/_plugins|^\/_nodes|^\/[a-z0-9]+-?[0-9a-f]{12}/,
};

/** Never decoy, other product or, of an open one, guarded by one damaged answer; never open, of a closed one. */
const servers: Readonly<Record<string, readonly Ending[]>> = {
  'elasticsearch/7.17.9-open': [{ state: 'open' }, undetermined],
  'opensearch/2.19.4-open': [{ state: 'open' }, undetermined],
  'elasticsearch/7.17.9-closed': [{ state: 'guarded' }, undetermined],
  'nginx/7.17.9-password-everywhere': [{ state: 'guarded' }, undetermined],
};

function corrupting(name: string, place: RegExp, corrupt: Corruption): NonNullable<Hostile['answer']> {
  const real = answering(anyRecording(name));
  return (socket, request, ports) => {
    if (!place.test(request.path)) {
      real(socket, request, ports);
      return;
    }
    const write = socket.write.bind(socket);
    const sent: Buffer[] = [];
    // What the real server would send is caught, and only once.
    socket.write = (bytes: unknown): boolean =>
      sent.push(Buffer.from(bytes instanceof Uint8Array ? bytes : String(bytes))) > 0;
    try {
      real(socket, request, ports);
    } finally {
      socket.write = write;
    }
    const changed = corrupt(Buffer.concat(sent));
    if (changed === null) socket.destroy();
    else socket.write(changed);
  };
}

const oneThing: readonly Hostile[] = Object.entries(servers).flatMap(([name, ends]) =>
  Object.entries(places).flatMap(([where, place]) =>
    Object.entries(corruptions).map(([what, corrupt]) => ({
      id: `${name.replaceAll('/', '-')}-${where}-${what}`,
      answer: corrupting(name, place, corrupt),
      ends,
    })),
  ),
);

const statuses: readonly Hostile[] = [
  ...[
    201, 202, 203, 205, 207, 218, 226, 300, 305, 402, 405, 406, 408, 409, 410, 411, 413, 414, 415, 417, 418, 420, 421,
    422, 423, 424, 425, 426,
  ],
  ...[
    428, 431, 444, 449, 451, 494, 497, 498, 499, 500, 501, 502, 504, 505, 506, 507, 508, 509, 510, 511, 520, 521, 522,
    523, 524, 525, 526, 530, 598, 599,
  ],
].map((status) => ({
  id: `status-${status}`,
  answer: always(http(`${status} Odd`, [asHtml], `<html><title>${status}</title><p>${status}</p></html>`)),
  ends: undetermined,
}));

const names = [
  'www-authenticate',
  'server',
  'via',
  'location',
  'content-type',
  'x-elastic-product',
  'kbn-name',
  'retry-after',
  'warning',
  'set-cookie',
];
const values: Readonly<Record<string, string>> = {
  empty: '',
  long: 'x'.repeat(8_000),
  quotes: '"\'"\'"\'\\"\\\'"',
  lists: ', ,, ;;, =, "'.repeat(100),
  markup: '<script>alert(1)</script>',
  numbers: '-1e309',
};
const headers: readonly Hostile[] = names.flatMap((name) =>
  Object.entries(values).map(([kind, value]): Hostile => ({
    id: `header-${name}-${kind}`,
    answer: always(http('404 Not Found', [`${name}: ${value}`], '{"error":"x"}')),
    ends: undetermined,
  })),
);

export const corruptedGroups: readonly Group[] = [
  { name: 'one thing corrupted in a real server’s answers', hostiles: oneThing, patienceMs: 20_000 },
  { name: 'statuses', hostiles: statuses, patienceMs: 20_000 },
  { name: 'headers', hostiles: headers, patienceMs: 20_000 },
];
