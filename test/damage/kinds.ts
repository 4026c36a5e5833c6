/**
 * What something between a caller and a server does to requests and answers: proxies, gateways, caches, CDNs, filters, bad
 * lines. None of it says anything about the server behind, so none of it may change the verdict on the server.
 */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import * as alter from './alter.js';
import { seedOf, type Random } from './random.js';
import {
  headerOf,
  isObject,
  jsonOf,
  partsOf,
  targetOf,
  withBody,
  type Header,
  type Instead,
  type NoReply,
  type Reply,
  type Request,
  type Server,
} from './wire.js';

/** Something in front of a server. */
export type Layer = (server: Server) => Server;

/** A kind of damage. */
export interface Kind {
  readonly id: string;
  readonly what: string;
  /**
   * One instance of the kind.
   *
   * @param asked the targets that the undamaged survey asks for, in order: damage is done where something is asked
   */
  readonly make: (random: Random, asked: readonly string[]) => Layer;
}

type Change = (reply: Reply) => Reply | NoReply;

/** Changes every answer of the server. */
function onAnswers(change: Change): Layer {
  return (server) => (request) => {
    const reply = server(request);
    return reply.kind === 'answer' ? change(reply) : reply;
  };
}

/** Changes every request. */
function onRequests(change: (request: Request) => Request): Layer {
  return (server) => (request) => server(change(request));
}

/** Changes one answer, the n-th from 1. */
function onOne(number: number, change: Change): Layer {
  return (server) => {
    let count = 0;
    return (request) => {
      const reply = server(request);
      count += 1;
      return count === number && reply.kind === 'answer' ? change(reply) : reply;
    };
  };
}

/** Responds itself where it wants to; null lets the request pass. The server does not see requests handled this way. */
function instead(answer: (request: Request, number: number) => Reply | NoReply | null): Layer {
  return (server) => {
    let count = 0;
    return (request) => {
      count += 1;
      return answer(request, count) ?? server(request);
    };
  };
}

/** An answer that something on the way writes itself. */
export function written(by: Instead, status: number, headers: readonly Header[], body = ''): Reply {
  const bytes = Buffer.from(body, 'utf8');
  const typed = headers.some(([name]) => /^content-type$/i.test(name)) || body === '';
  const type: Header = ['Content-Type', 'text/html'];
  return {
    kind: 'answer',
    status,
    headers: [...headers, ...(typed ? [] : [type]), ['Content-Length', String(bytes.length)]],
    body: bytes,
    instead: by,
  };
}

const nginx: Header = ['Server', 'nginx/1.22.1'];
const json: Header = ['Content-Type', 'application/json'];

function nginxPage(by: Instead, status: number, title: string, headers: readonly Header[] = []): Reply {
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;
  return written(by, status, [nginx, ...headers], page);
}

/** Denials, each of which names a login or the component that denies. */
const recognisedDenials: readonly (() => Reply)[] = [
  () => nginxPage('login', 401, '401 Authorization Required', [['WWW-Authenticate', 'Basic realm="Restricted"']]),
  () => nginxPage('denial', 403, '403 Forbidden'),
  () =>
    written('login', 302, [
      nginx,
      ['Location', 'https://sso.example.org/oauth2/authorize?response_type=code&client_id=x'],
    ]),
  () => written('login', 401, [['WWW-Authenticate', 'Bearer realm="gateway"'], json], '{"message":"Unauthorized"}'),
  () =>
    written(
      'denial',
      403,
      [['Server', 'Apache/2.4.57 (Debian)']],
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>403 Forbidden</title>\n</head><body>\n<h1>Forbidden</h1>\n<p>You don\'t have permission to access this resource.</p>\n</body></html>\n',
    ),
];

/** Denials that do not say what denies or how to get in. */
const bareDenials: readonly (() => Reply)[] = [
  () => written('bare-denial', 403, []),
  () => written('bare-denial', 403, [['Content-Type', 'text/plain']], 'Forbidden'),
  () => written('bare-denial', 403, [json], '{"message":"Forbidden"}'),
  () => written('bare-denial', 403, [json], '{"error":"access denied"}'),
];

const denials = [...recognisedDenials, ...bareDenials];

/** Pages that require a browser, or a human, before anything is let through. */
const challenges: readonly (() => Reply)[] = [
  () =>
    written(
      'challenge',
      403,
      [
        ['Server', 'cloudflare'],
        ['CF-RAY', '8f2b6a1d5c3e4f70-FRA'],
        ['cf-mitigated', 'challenge'],
      ],
      '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>',
    ),
  () =>
    written(
      'challenge',
      503,
      [
        ['Server', 'cloudflare'],
        ['CF-RAY', '8f2b6a1d5c3e4f70-FRA'],
      ],
      '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser before accessing the site.</body></html>',
    ),
  () =>
    written('challenge', 202, [
      ['Server', 'CloudFront'],
      ['x-amzn-waf-action', 'challenge'],
    ]),
  () =>
    written(
      'challenge',
      405,
      [
        ['Server', 'CloudFront'],
        ['x-amzn-waf-action', 'captcha'],
      ],
      '<!DOCTYPE html><html><head><title>Human Verification</title></head><body></body></html>',
    ),
  () =>
    written(
      'challenge',
      200,
      [nginx],
      '<html><head><script>document.cookie="__test=1";location.href=location.href</script></head><body>This site requires Javascript to work.</body></html>',
    ),
  () =>
    written(
      'challenge',
      403,
      [['Server', 'ddos-guard']],
      '<!doctype html><html><head><title>DDoS-Guard</title></head><body>Checking your browser before accessing</body></html>',
    ),
];

const pages: readonly (() => Reply)[] = [
  () => nginxPage('page', 502, '502 Bad Gateway'),
  () => nginxPage('page', 503, '503 Service Temporarily Unavailable'),
  () => nginxPage('page', 504, '504 Gateway Time-out'),
  () =>
    written(
      'page',
      503,
      [],
      '<html><head><title>Down for maintenance</title></head><body>We will be back soon.</body></html>',
    ),
  () =>
    written(
      'page',
      200,
      [],
      '<html><head><title>Maintenance</title></head><body>We are down for maintenance.</body></html>',
    ),
  () => nginxPage('page', 404, '404 Not Found'),
];

function chosen(random: Random, replies: readonly (() => Reply)[]): Reply {
  return random.pick(replies)?.() ?? nginxPage('page', 502, '502 Bad Gateway');
}

/** A path without its made-up names, so that a rule applies to both spellings of a path. */
function pathOf({ target }: Request): string {
  return partsOf(target).path;
}

/** A rule that covers some of the paths, always the same ones. */
function somePaths(random: Random): (request: Request) => boolean {
  const salt = random.below(2 ** 31);
  const share = 0.2 + random.next() * 0.6;
  return (request) => (seedOf(salt, pathOf(request).replace(/leftopen-\w+/, 'x')) % 1000) / 1000 < share;
}

const underscored = (request: Request): boolean => /\/_[^/]*/.test(`/${pathOf(request).split('/')[1] ?? ''}`);

/** True for a status that a proxy with its own pages treats as an error. */
const isError = ({ status }: Reply): boolean => status >= 400;

/** Not for those that ask for a login: most proxies leave 401 and 403 responses alone. */
const isPlainError = ({ status }: Reply): boolean => status >= 400 && status !== 401 && status !== 403;

function reasonOf(status: number): string {
  const reasons: Readonly<Record<number, string>> = {
    400: 'Bad Request',
    401: 'Authorization Required',
    403: 'Forbidden',
    404: 'Not Found',
    405: 'Not Allowed',
    500: 'Internal Server Error',
    503: 'Service Temporarily Unavailable',
  };
  return reasons[status] ?? 'Error';
}

/** JSON that is serialised again: only its text differs. */
function rewritten(write: (value: unknown, random: Random) => string): Kind['make'] {
  return (random) =>
    onAnswers((reply) => {
      const value = jsonOf(reply);
      return value === undefined ? reply : withBody(reply, write(value, random));
    });
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortedKeys(item)]),
  );
}

function everywhere(
  value: unknown,
  change: (item: unknown, key: string | null) => unknown,
  key: string | null = null,
): unknown {
  const changed = change(value, key);
  if (changed !== value) return changed;
  if (Array.isArray(value)) return value.map((item: unknown) => everywhere(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const kept = everywhere(item, change, name);
      return kept === undefined ? [] : [[name, kept] as const];
    }),
  );
}

function packed(coding: string, pack: (body: Buffer) => Buffer): Layer {
  return onAnswers((reply) =>
    reply.body.length === 0
      ? reply
      : withBody({ ...reply, headers: [...reply.headers, ['Content-Encoding', coding]] }, pack(reply.body)),
  );
}

const codings: readonly (readonly [string, (body: Buffer) => Buffer])[] = [
  ['gzip', (body) => gzipSync(body)],
  ['deflate', (body) => deflateSync(body)],
  ['br', (body) => brotliCompressSync(body)],
];

function withoutHeaders(gone: (name: string) => boolean): Layer {
  return onAnswers((reply) => ({ ...reply, headers: reply.headers.filter(([name]) => !gone(name.toLowerCase())) }));
}

/** Answers the same to everything from a request on. */
function from(number: number, answer: () => Reply | NoReply): Layer {
  return instead((_, count) => (count >= number ? answer() : null));
}

/** The number of a request that is really sent. */
function someNumber(random: Random, asked: readonly string[]): number {
  return 1 + random.below(Math.max(1, asked.length));
}

const noReply = (failure: NoReply['failure']): NoReply => ({ kind: 'failure', failure });

function lossOf(names: readonly string[]): Layer {
  return onRequests((request) => {
    const { path, query } = partsOf(request.target);
    if (!query.some(([name]) => names.includes(name))) return request;
    return { ...request, target: targetOf({ path, query: query.filter(([name]) => !names.includes(name)) }) };
  });
}

const withoutQuery = (request: Request): Request => ({ ...request, target: pathOf(request) });

/** Every kind of damage. */
export const kinds: readonly Kind[] = [
  // Requests.
  { id: 'query-lost', what: 'the query of every request is lost', make: () => onRequests(withoutQuery) },
  {
    id: 'query-lost-on-indices',
    what: 'paths that begin with the name of an index lose their query',
    make: () =>
      onRequests((request) => (underscored(request) || pathOf(request) === '/' ? request : withoutQuery(request))),
  },
  {
    id: 'query-lost-on-underscore',
    what: 'paths that begin with an underscore lose their query',
    make: () => onRequests((request) => (underscored(request) ? withoutQuery(request) : request)),
  },
  {
    id: 'query-lost-on-some',
    what: 'some paths lose their query',
    make: (random) => {
      const covered = somePaths(random);
      return onRequests((request) => (covered(request) ? withoutQuery(request) : request));
    },
  },
  {
    id: 'query-lost-once',
    what: 'one request loses its query',
    make: (random, asked) => {
      const number = someNumber(random, asked);
      return (server) => {
        let count = 0;
        return (request) => server(++count === number ? withoutQuery(request) : request);
      };
    },
  },
  {
    id: 'parameter-lost',
    what: 'one parameter is lost wherever it is sent',
    make: (random, asked) => {
      const names = [...new Set(asked.flatMap((target) => partsOf(target).query.map(([name]) => name)))];
      return lossOf([random.pick(names.filter((name) => !name.startsWith('leftopen_'))) ?? 'h']);
    },
  },
  {
    id: 'unknown-parameters-lost',
    what: 'a gateway drops parameters that are not on its list',
    make: () =>
      onRequests((request) => {
        const { path, query } = partsOf(request.target);
        return {
          ...request,
          target: targetOf({ path, query: query.filter(([name]) => !name.startsWith('leftopen_')) }),
        };
      }),
  },
  {
    id: 'columns-and-filters-lost',
    what: 'h and filter_path are lost, the rest arrives',
    make: () => lossOf(['h', 'filter_path']),
  },
  {
    id: 'accept-and-query-lost',
    what: 'the query and the Accept header are lost: tables come as text',
    make: () => onRequests((request) => ({ ...withoutQuery(request), wantsJson: false })),
  },
  {
    id: 'query-reordered',
    what: 'parameters arrive in the order of their names',
    make: () =>
      onRequests((request) => {
        const { path, query } = partsOf(request.target);
        return { ...request, target: targetOf({ path, query: query.toSorted(([a], [b]) => (a < b ? -1 : 1)) }) };
      }),
  },
  {
    id: 'parameter-added',
    what: 'a gateway adds a parameter that servers accept everywhere',
    make: () =>
      onRequests((request) => {
        const { path, query } = partsOf(request.target);
        return {
          ...request,
          target: path === '/' ? request.target : targetOf({ path, query: [...query, ['pretty', 'true']] }),
        };
      }),
  },
  {
    id: 'own-answers-cached',
    what: 'a cache is keyed on the path alone: the first success for a path answers all its queries',
    make: (random) => {
      const all = random.next() < 0.5;
      return (server) => {
        const cache = new Map<string, Reply | NoReply>();
        return (request) => {
          const path = pathOf(request);
          const found = cache.get(path);
          if (found !== undefined) return found;
          const reply = server(request);
          if (reply.kind === 'answer' && (all || reply.status === 200)) cache.set(path, reply);
          return reply;
        };
      };
    },
  },
  // Errors.
  {
    id: 'errors-as-pages',
    what: 'errors are pages of the proxy under their own status',
    make: () =>
      onAnswers((reply) =>
        isPlainError(reply) ? nginxPage('page', reply.status, `${reply.status} ${reasonOf(reply.status)}`) : reply,
      ),
  },
  {
    id: 'all-errors-as-pages',
    what: 'errors and refusals are pages of the proxy under their own status',
    make: () =>
      onAnswers((reply) =>
        isError(reply)
          ? {
              ...nginxPage('page', reply.status, `${reply.status} ${reasonOf(reply.status)}`),
              ...(reply.status === 401 || reply.status === 403 ? { instead: 'denial' as const } : {}),
            }
          : reply,
      ),
  },
  {
    id: 'errors-as-one-page',
    what: 'errors are one page with 200',
    make: () =>
      onAnswers((reply) =>
        isPlainError(reply)
          ? written(
              'page',
              200,
              [nginx],
              '<!doctype html><html><head><title>Acme portal</title></head><body>Page not found</body></html>',
            )
          : reply,
      ),
  },
  {
    id: 'errors-as-json-200',
    what: 'errors are JSON with 200',
    make: (random) => {
      const body =
        random.pick([
          '{}',
          '[]',
          '{"ok":true}',
          '{"code":404,"message":"not found","data":null}',
          '{"success":false}',
          '{"error":"not found"}',
          'null',
          '""',
        ]) ?? '{}';
      return onAnswers((reply) => (isPlainError(reply) ? written('page', 200, [json], body) : reply));
    },
  },
  {
    id: 'errors-with-200',
    what: 'errors keep their body and get the status 200',
    make: () => onAnswers((reply) => (isPlainError(reply) ? { ...reply, status: 200 } : reply)),
  },
  {
    id: 'errors-with-another-status',
    what: 'errors keep their body and get one status for all',
    make: (random) => {
      const status = random.pick([400, 404, 500, 502, 503, 418]) ?? 500;
      return onAnswers((reply) => (isPlainError(reply) ? { ...reply, status } : reply));
    },
  },
  {
    id: 'errors-emptied',
    what: 'errors have no body',
    make: () => onAnswers((reply) => (isPlainError(reply) ? withBody(reply, '') : reply)),
  },
  {
    id: 'errors-terse',
    what: 'errors say no more than their kind (http.detailed_errors.enabled: false)',
    make: () =>
      onAnswers((reply) => {
        const value = jsonOf(reply);
        if (!isPlainError(reply) || !isObject(value) || !isObject(value['error'])) return reply;
        const { type, reason } = value['error'];
        // only exceptions of Elasticsearch's own are shown, with their words (ElasticsearchException.generateFailureXContent)
        const own = type === 'index_not_found_exception' && typeof reason === 'string';
        const error = own ? `IndexNotFoundException[${reason}]` : 'No ElasticsearchException found';
        return withBody(reply, JSON.stringify({ error, status: reply.status }));
      }),
  },
  {
    id: 'errors-redirected',
    what: 'errors lead to the front page',
    make: () => onAnswers((reply) => (isPlainError(reply) ? written('page', 302, [nginx, ['Location', '/']]) : reply)),
  },
  {
    id: 'server-errors-for-errors',
    what: 'errors of the server are 502 pages',
    make: () => onAnswers((reply) => (isPlainError(reply) ? nginxPage('page', 502, '502 Bad Gateway') : reply)),
  },
  // Bodies.
  {
    id: 'gateway-envelope',
    what: 'a gateway wraps every JSON answer',
    make: (random) => {
      const wrap = random.pick<(value: unknown, status: number) => unknown>([
        (data, code) => ({ code: code === 200 ? 0 : code, message: 'ok', data }),
        (body, statusCode) => ({ statusCode, body: JSON.stringify(body) }),
        (result, status) => ({ success: status < 400, result, errors: [] }),
        (response) => ({ requestId: '7f1c2d3e', response }),
      ]);
      const keepsStatus = random.next() < 0.5;
      return onAnswers((reply) => {
        const value = jsonOf(reply);
        if (value === undefined || wrap === undefined) return reply;
        return withBody(
          { ...reply, status: keepsStatus ? reply.status : 200 },
          JSON.stringify(wrap(value, reply.status)),
        );
      });
    },
  },
  {
    id: 'packed',
    what: 'answers are packed, asked or not',
    make: (random) => {
      const [coding, pack] = random.pick(codings) ?? ['gzip', gzipSync];
      return packed(coding, pack);
    },
  },
  {
    id: 'packed-untold',
    what: 'answers are packed, and the header that says so is lost',
    make: () => onAnswers((reply) => (reply.body.length === 0 ? reply : withBody(reply, gzipSync(reply.body)))),
  },
  {
    id: 'packed-for-nothing',
    what: 'answers are said to be packed and are not',
    make: () => onAnswers((reply) => ({ ...reply, headers: [...reply.headers, ['Content-Encoding', 'gzip']] })),
  },
  {
    id: 'truncated',
    what: 'every body is cut at a length, and says that length',
    make: (random) => {
      const most = random.pick([0, 1, 16, 64, 256, 1024]) ?? 64;
      return onAnswers((reply) => (reply.body.length > most ? withBody(reply, reply.body.subarray(0, most)) : reply));
    },
  },
  {
    id: 'large-bodies-cut',
    what: 'the connection ends within every body above a length',
    make: (random) => {
      const most = random.pick([16, 128, 512]) ?? 128;
      return onAnswers((reply) =>
        reply.body.length > most ? { ...reply, body: reply.body.subarray(0, most), cut: true } : reply,
      );
    },
  },
  { id: 'bodies-emptied', what: 'every body is empty', make: () => onAnswers((reply) => withBody(reply, '')) },
  {
    id: 'some-bodies-emptied',
    what: 'the bodies of some paths are empty, as after HEAD',
    make: (random) => {
      const covered = somePaths(random);
      return (server) => (request) => {
        const reply = server(request);
        return reply.kind === 'answer' && covered(request) ? withBody(reply, '') : reply;
      };
    },
  },
  { id: 'json-printed-anew', what: 'JSON is indented', make: rewritten((value) => JSON.stringify(value, null, 2)) },
  {
    id: 'json-sorted',
    what: 'the keys of JSON are sorted',
    make: rewritten((value) => JSON.stringify(sortedKeys(value))),
  },
  {
    id: 'numbers-as-texts',
    what: 'numbers of JSON are texts',
    make: rewritten((value) =>
      JSON.stringify(everywhere(value, (item) => (typeof item === 'number' ? String(item) : item))),
    ),
  },
  {
    id: 'numbers-as-floats',
    what: 'numbers of JSON are floats',
    make: rewritten((value) => JSON.stringify(value).replace(/(?<=[:,[])(-?\d{1,15})(?=[,\]}])/g, '$1.0')),
  },
  {
    id: 'nulls-removed',
    what: 'nulls and empty parts of JSON are left out',
    make: rewritten((value) =>
      JSON.stringify(everywhere(value, (item) => (item === null || item === '' ? undefined : item)) ?? {}),
    ),
  },
  {
    id: 'field-masked',
    what: 'one field is left out of every answer',
    make: (random) => {
      const gone = random.pick([
        'name',
        'cluster_name',
        'cluster_uuid',
        'version',
        'tagline',
        'number',
        'index',
        'docs.count',
        'uuid',
        'status',
        'type',
        'reason',
        'root_cause',
        'error',
        'title',
        'id',
        'attributes',
        'saved_objects',
      ]);
      return rewritten((value) =>
        JSON.stringify(everywhere(value, (item, key) => (key === gone ? undefined : item)) ?? {}),
      )(random, []);
    },
  },
  {
    id: 'value-masked',
    what: 'the values of one field are masked',
    make: (random) => {
      const masked = random.pick([
        'name',
        'cluster_name',
        'cluster_uuid',
        'number',
        'index',
        'uuid',
        'reason',
        'resource.id',
        'title',
      ]);
      return rewritten((value) =>
        JSON.stringify(everywhere(value, (item, key) => (key === masked && typeof item === 'string' ? '***' : item))),
      )(random, []);
    },
  },
  {
    id: 'field-added-everywhere',
    what: 'a gateway adds a member to the top of every JSON answer',
    make: rewritten((value) =>
      JSON.stringify(
        isObject(value)
          ? { ...value, requestId: '7f1c2d3e', _links: { self: '/' } }
          : Array.isArray(value)
            ? value.map((item: unknown) => (isObject(item) ? { ...item, requestId: '7f1c2d3e' } : item))
            : value,
      ),
    ),
  },
  {
    id: 'byte-order-mark',
    what: 'bodies begin with a byte-order mark',
    make: () => onAnswers((reply) => withBody(reply, Buffer.concat([Buffer.from('\uFEFF'), reply.body]))),
  },
  {
    id: 'prefix-against-hijacking',
    what: "JSON begins with )]}',",
    make: () =>
      onAnswers((reply) =>
        jsonOf(reply) === undefined ? reply : withBody(reply, Buffer.concat([Buffer.from(")]}',\n"), reply.body])),
      ),
  },
  {
    id: 'script-injected',
    what: 'a script is put into every page',
    make: () =>
      onAnswers((reply) =>
        /html/i.test(headerOf(reply, 'content-type') ?? '')
          ? withBody(
              reply,
              `${reply.body.toString('utf8').replace(/<head[^>]*>/i, '$&<script src="/cdn-cgi/rum.js"></script>')}<!-- served by edge-7 -->`,
            )
          : reply,
      ),
  },
  // Headers.
  {
    id: 'headers-added',
    what: 'a CDN adds its headers',
    make: () =>
      onAnswers((reply) => ({
        ...reply,
        headers: [
          ...reply.headers.filter(([name]) => name.toLowerCase() !== 'server'),
          ['Server', 'cloudflare'],
          ['CF-RAY', '8f2b6a1d5c3e4f70-FRA'],
          ['CF-Cache-Status', 'DYNAMIC'],
          ['Via', '1.1 varnish'],
          ['X-Cache', 'MISS from edge-7'],
          ['Set-Cookie', '__cf_bm=abc; path=/; HttpOnly'],
          ['Strict-Transport-Security', 'max-age=31536000'],
        ],
      })),
  },
  {
    id: 'said-to-be-cached',
    what: 'a CDN says of every answer that it came from its cache',
    make: () => onAnswers((reply) => ({ ...reply, headers: [...reply.headers, ['X-Cache', 'HIT'], ['Age', '17']] })),
  },
  {
    id: 'headers-stripped',
    what: 'only the headers of the body are left',
    make: () => withoutHeaders((name) => !name.startsWith('content-')),
  },
  { id: 'all-headers-stripped', what: 'no header is left', make: () => withoutHeaders(() => true) },
  {
    id: 'product-headers-stripped',
    what: 'the headers of the product are hidden',
    make: () => withoutHeaders((name) => /^(?:x-elastic|x-opensearch|kbn-|osd-|warning|x-found)/.test(name)),
  },
  {
    id: 'headers-renamed',
    what: 'the headers of the server are passed on under other names',
    make: () =>
      onAnswers((reply) => ({
        ...reply,
        headers: reply.headers.map(([name, value]): Header =>
          /^content-|^location$/i.test(name) ? [name, value] : [`X-Upstream-${name}`, value],
        ),
      })),
  },
  {
    id: 'content-type-lost',
    what: 'no answer says its type',
    make: () => withoutHeaders((name) => name === 'content-type'),
  },
  {
    id: 'content-type-wrong',
    what: 'every answer says another type',
    make: (random) => {
      const type =
        random.pick([
          'text/html',
          'text/plain',
          'application/octet-stream',
          'text/html; charset=utf-8',
          'application/xml',
        ]) ?? 'text/html';
      return onAnswers((reply) => ({
        ...reply,
        headers: [...reply.headers.filter(([name]) => name.toLowerCase() !== 'content-type'), ['Content-Type', type]],
      }));
    },
  },
  {
    id: 'headers-lower-case',
    what: 'names of headers are in lower case',
    make: () =>
      onAnswers((reply) => ({
        ...reply,
        headers: reply.headers.map(([name, value]): Header => [name.toLowerCase(), value]),
      })),
  },
  {
    id: 'headers-upper-case',
    what: 'names of headers are in upper case',
    make: () =>
      onAnswers((reply) => ({
        ...reply,
        headers: reply.headers.map(([name, value]): Header => [name.toUpperCase(), value]),
      })),
  },
  // Limits and breakdown.
  {
    id: 'too-many-requests',
    what: 'a rate limit answers from some request on',
    make: (random, asked) => {
      const headers: readonly Header[] =
        random.pick<readonly Header[]>([
          [],
          [['Retry-After', '3']],
          [['Retry-After', 'Sun, 29 Nov 2026 10:00:00 GMT']],
        ]) ?? [];
      const status = random.pick([429, 429, 503]) ?? 429;
      const body =
        random.pick([
          '',
          '{"error":"rate limit exceeded"}',
          '<html><head><title>503 Service Temporarily Unavailable</title></head></html>',
        ]) ?? '';
      return from(1 + someNumber(random, asked), () => written('throttle', status, [nginx, ...headers], body));
    },
  },
  {
    id: 'every-second-limited',
    what: 'a rate limit answers every second request',
    make: (random) => {
      const status = random.pick([429, 503]) ?? 503;
      return instead((_, count) =>
        count % 2 === 0
          ? written(
              'throttle',
              status,
              [nginx],
              '<html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>',
            )
          : null,
      );
    },
  },
  {
    id: 'breaks-down',
    what: 'the server behind is gone from some request on: 502, 503 or 504',
    make: (random, asked) => {
      const page = chosen(random, pages.slice(0, 4));
      return from(1 + someNumber(random, asked), () => page);
    },
  },
  {
    id: 'denied-from-some-request-on',
    what: 'something blocks the caller from some request on',
    make: (random, asked) => {
      const denial = chosen(random, denials);
      return from(1 + someNumber(random, asked), () => denial);
    },
  },
  {
    id: 'silent-from-some-request-on',
    what: 'something drops the caller from some request on',
    make: (random, asked) => {
      const failure =
        random.pick<NoReply['failure']>(['reset', 'response-timeout', 'closed-without-answer']) ?? 'reset';
      return from(1 + someNumber(random, asked), () => noReply(failure));
    },
  },
  {
    id: 'challenge-from-some-request-on',
    what: 'a challenge is in front of everything from some request on',
    make: (random, asked) => {
      const challenge = chosen(random, challenges);
      return from(1 + someNumber(random, asked), () => challenge);
    },
  },
  // Rules by path.
  {
    id: 'challenge-on-some-paths',
    what: 'a challenge is in front of some paths',
    make: (random) => {
      const covered = somePaths(random);
      const challenge = chosen(random, challenges);
      return instead((request) => (covered(request) ? challenge : null));
    },
  },
  {
    id: 'challenge-on-every-path',
    what: 'a challenge is in front of every path',
    make: (random) => {
      const challenge = chosen(random, challenges);
      return instead(() => challenge);
    },
  },
  {
    id: 'underscore-denied',
    what: 'a rule denies paths that begin with an underscore',
    make: (random) => {
      const denial = chosen(random, denials);
      return instead((request) => (underscored(request) ? denial : null));
    },
  },
  {
    id: 'all-but-underscore-denied',
    what: 'a rule denies the paths that do not begin with an underscore',
    make: (random) => {
      const denial = chosen(random, denials);
      return instead((request) => (underscored(request) ? null : denial));
    },
  },
  {
    id: 'root-denied',
    what: 'a rule denies the front page only',
    make: (random) => {
      const denial = chosen(random, denials);
      return instead((request) => (pathOf(request).endsWith('/') ? denial : null));
    },
  },
  {
    id: 'tables-denied',
    what: 'a rule denies /_cat',
    make: (random) => {
      const denial = chosen(random, denials);
      return instead((request) => (/\/_cat\b/.test(pathOf(request)) ? denial : null));
    },
  },
  {
    id: 'some-paths-denied',
    what: 'a rule denies some paths',
    make: (random) => {
      const covered = somePaths(random);
      const denial = chosen(random, denials);
      return instead((request) => (covered(request) ? denial : null));
    },
  },
  {
    id: 'some-paths-redirected-to-login',
    what: 'some paths lead to a login',
    make: (random) => {
      const covered = somePaths(random);
      const location =
        random.pick([
          '/login',
          'https://sso.example.org/login?rd=%2F',
          'https://login.example.org/oauth2/authorize?response_type=code',
        ]) ?? '/login';
      return instead((request) => (covered(request) ? written('login', 302, [nginx, ['Location', location]]) : null));
    },
  },
  {
    id: 'some-paths-are-pages',
    what: 'some paths are pages of the proxy',
    make: (random) => {
      const covered = somePaths(random);
      const page = chosen(random, pages);
      return instead((request) => (covered(request) ? page : null));
    },
  },
  {
    id: 'everything-denied',
    what: 'every path is denied',
    make: (random) => {
      const denial = chosen(random, denials);
      return instead(() => denial);
    },
  },
  // One answer.
  ...Object.entries(alter.smallDamages).map(([id, change]): Kind => ({
    id: `one-${id}`,
    what: `one answer is damaged: ${id.replaceAll('-', ' ')}`,
    make: (random, asked) => onOne(someNumber(random, asked), (reply) => change(reply, random)),
  })),
  {
    id: 'every-answer-one-bit',
    what: 'a bad line flips one bit of every answer',
    make: (random) => onAnswers((reply) => alter.flipBit(reply, random)),
  },
  {
    id: 'one-reset',
    what: 'one request is reset',
    make: (random, asked) => {
      const number = someNumber(random, asked);
      const failure =
        random.pick<NoReply['failure']>([
          'reset',
          'closed-without-answer',
          'response-timeout',
          'body-timeout',
          'bad-http',
        ]) ?? 'reset';
      return instead((_, count) => (count === number ? noReply(failure) : null));
    },
  },
  {
    id: 'front-page-reset',
    what: 'the front page is reset every time',
    make: (random) => {
      const failure =
        random.pick<NoReply['failure']>(['reset', 'closed-without-answer', 'response-timeout']) ?? 'reset';
      return instead((request) => (/^\/(?:\?|$)/.test(request.target) ? noReply(failure) : null));
    },
  },
  {
    id: 'one-replaced',
    what: 'one answer is a page, a challenge or an error of something in front',
    make: (random, asked) => {
      const number = someNumber(random, asked);
      const other = chosen(random, [
        ...pages,
        ...challenges,
        () => written('page', 200, [json], '{}'),
        () => written('page', 200, [json], '[]'),
        () => written('page', 204, []),
      ]);
      return instead((_, count) => (count === number ? other : null));
    },
  },
  {
    id: 'one-denied',
    what: 'one request is denied',
    make: (random, asked) => {
      const number = someNumber(random, asked);
      const denial = chosen(random, denials);
      return instead((_, count) => (count === number ? denial : null));
    },
  },
];
