// No question to a cluster brings a document over the wire, whatever part of it is lost on the way and whatever warmed the cache
// in front: every question of the catalogue, put to real servers with a canary in every document.

import { request } from 'node:http';
import t, { type Test } from 'tap';
import { catalogue } from '../../src/catalogue/index.js';
import { bodyBytes } from '../../src/demo/replay.js';
import type { Question } from '../../src/model/question.js';
import { lostParts } from '../support/lost-parts.js';
import { ask } from './lab/http.js';
import { down, serverNamed, up, urlOf } from './lab/lab.js';
import { repository } from './lab/seed.js';
import { canaryWord, isSearch, type ProxyServer, type SearchServer } from './lab/types.js';
import { putToWire } from './wire.js';

const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const skip = wanted.length > 0 && !wanted.includes('no-document');

/** One server of each line, copied with other data: questions and answers have changed from line to line. */
const lines = [
  'elasticsearch-2.4.6-open',
  'elasticsearch-5.6.16-open',
  'elasticsearch-7.17.9-open',
  'elasticsearch-9.4.3-open',
  'opensearch-2.19.4-open',
] as const;

/** The questions that are put to clusters, but those about the connection alone. */
const questions = catalogue.filter(
  ({ askedOf, tls }) =>
    tls === undefined && askedOf.some((product) => product === 'elasticsearch' || product === 'opensearch'),
);

const port = 19790;

for (const name of lines) {
  void t.test(`${name}: no question brings a document`, { skip }, async (t) => {
    const original = serverNamed(name);
    if (!isSearch(original)) throw new Error(`${name} is not a cluster`);
    const server: SearchServer = {
      ...original,
      name: `${original.kind}-canary`,
      seed: 'canary',
      backups: 'taken',
      port,
    };
    await down(server);
    t.teardown(() => down(server));
    await up(server);
    await control(t, server);
    for (const question of questions) {
      for (const path of pathsOf(question)) {
        for (const arrived of lostParts(question, path)) {
          const came = await received(port, question.method, arrived.path, arrived.headers);
          t.notMatch(came, canaryPattern, `${question.id} without ${arrived.lost}: ${arrived.path}`);
        }
      }
    }
    const cache = cacheBefore(server);
    await down(cache);
    t.teardown(() => down(cache));
    await up(cache);
    await warm(cache);
    const hit = await received(cache.port, 'GET', '/citizens/_search?size=0', {});
    t.match(hit, canaryPattern, 'the cache gives one client what another one searched');
    for (const question of questions) {
      for (const path of pathsOf(question)) {
        const came = await received(cache.port, question.method, path, question.headers);
        t.notMatch(came, canaryPattern, `${question.id} through a warmed cache: ${path}`);
      }
    }
  });
}

const canaryPattern = new RegExp(canaryWord, 'i');

/** The canary is in what a search returns; without this check its absence would show nothing. */
async function control(t: Test, server: SearchServer): Promise<void> {
  const { status, body } = await ask(`${urlOf(server)}/citizens/_search`);
  t.equal(status, 200);
  t.match(body, canaryPattern, 'a search brings the canary');
  const field = server.kind === 'elasticsearch' && server.version.startsWith('2.') ? 'tag' : 'tag.keyword';
  const terms = JSON.stringify({ size: 0, aggs: { a: { terms: { field } } } });
  const summed = await ask(`${urlOf(server)}/citizens/_search`, { method: 'POST', body: terms });
  t.match(summed.body, canaryPattern, 'and so does an aggregation over a field');
}

/** A question with its placeholders filled in: for each index with documents, a missing index, and a list of both. */
function pathsOf({ id, path }: Question): readonly string[] {
  const values: Readonly<Record<string, readonly string[]>> = {
    index: ['citizens', 'citizens,visits', '*'],
    nonce: ['q7w8e9r0t1y2'],
    repository: [repository],
    columns: ['status,pri'],
    fields: ['tagline,version.number'],
    view: ['citizens'],
  };
  return [...path.matchAll(/\{([a-z]+)\}/g)].reduce<readonly string[]>(
    (paths, [blank, name = '']) => {
      const known = values[name];
      if (known === undefined) throw new Error(`${id} has a blank that this test cannot fill in: ${blank}`);
      return paths.flatMap((one) => known.map((value) => one.replace(blank, value)));
    },
    [path],
  );
}

/** Everything that comes over the wire in answer to one request, head and body. */
async function received(
  at: number,
  method: string,
  path: string,
  own: Readonly<Record<string, string>>,
): Promise<string> {
  const headers = { Host: `127.0.0.1:${at}`, Connection: 'close', Accept: 'application/json', ...own };
  const wire = await putToWire({ address: '127.0.0.1', port: at, scheme: 'http' }, { method, path, headers }, 1 << 26);
  const head = wire.kind === 'answer' ? wire.head.join('\n') : '';
  return `${head}\n${bodyBytes(wire).toString('latin1')}`;
}

/** A cache in front that is keyed on the path, and keeps answers to POST too. */
function cacheBefore(server: SearchServer): ProxyServer {
  return {
    kind: 'nginx',
    name: 'nginx-canary-cache',
    shows: 'a cache keyed on the path',
    configuration: 'canary-cache',
    coordinates: ['nginx-light'],
    behind: [],
    port: 19791,
    scheme: 'http',
    outer: 'proxy_cache_path FILES/../tmp/cache keys_zone=shop:1m;',
    config: `location / { proxy_cache shop; proxy_cache_key $uri; proxy_cache_methods GET HEAD POST; proxy_cache_valid any 10m; proxy_ignore_headers Cache-Control Expires; proxy_pass ${urlOf(server)}; }`,
    truth: server.truth,
  };
}

/**
 * Another client's reads: on every path that we ask, with parameters of its own that bring as much as that path can, and every
 * read that brings documents.
 */
async function warm(cache: ProxyServer): Promise<void> {
  const own = questions.flatMap((question) => pathsOf(question).map((path) => path.split('?', 1)[0] ?? ''));
  const reads = ['', '/citizens', '/*', '/citizens,visits'].flatMap((index) => [
    { method: 'POST', path: `${index}/_search`, body: '{"size":20}' },
    { method: 'POST', path: `${index}/_msearch`, body: '{}\n{"size":20}\n' },
    { method: 'POST', path: `${index}/_count`, body: '{"query":{"match_all":{}}}' },
  ]);
  for (const { method, path, body } of reads) await otherClient(cache, method, path, body);
  for (const path of new Set(own)) await otherClient(cache, 'GET', `${path}?pretty&source=1&fields=*&q=*&size=20`, '');
  for (const path of new Set(own)) await otherClient(cache, 'GET', path, '');
}

function otherClient({ port: at }: ProxyServer, method: string, path: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const type = path.endsWith('_msearch') ? 'application/x-ndjson' : 'application/json';
    const headers = body === '' ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    const sent = request({ host: '127.0.0.1', port: at, method, path, headers, agent: false }, (answer) => {
      answer.resume().on('end', resolve).on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
