// No question to a cluster can bring a document, whatever part of it is lost on the way: by its paths, without a server. The
// same is shown on real servers in test/live/no-document.test.ts.

import t from 'tap';
import { catalogue } from '../../src/catalogue/index.js';
import { lostParts } from '../support/lost-parts.js';

/** The reads of Elasticsearch and OpenSearch whose answers hold documents, or terms and values of their fields. */
const reads: readonly RegExp[] = [
  /\/_(?:search|msearch|async_search|knn_search|rank_eval|pit)\b/,
  /\/_(?:doc|source|mget|termvectors?|mtermvectors|explain|terms_enum|percolate|mpercolate|graph|analyze)\b/,
  /\/_(?:sql|ppl|query|eql|esql|fleet|ml|transform|rollup_search|search_template|render)\b/,
  /\/_cat\/(?:fielddata|tasks)\b/,
  /\/_tasks\b/,
  /\/_cluster\/state\b/,
];

/** A document by its address of the old lines, `/index/type/id`. */
const address = /^\/[^/_?][^/?]*\/[^/_?][^/?]*\/[^/?]+/;

const cluster = catalogue.filter(({ askedOf }) =>
  askedOf.some((product) => product === 'elasticsearch' || product === 'opensearch'),
);

t.test('no question to a cluster returns a document, whatever part of it is lost', (t) => {
  t.ok(cluster.length > 20, 'there are questions to clusters');
  for (const question of cluster) {
    for (const { lost, path } of lostParts(question, question.path.replaceAll(/\{[a-z]+\}/g, 'x'))) {
      const [bare = ''] = path.split('?', 1);
      for (const read of reads) t.notMatch(bare, read, `${question.id} without ${lost}: ${path}`);
      t.notMatch(bare, address, `${question.id} without ${lost}: ${path}`);
    }
  }
  t.end();
});

t.test('requests that return documents are recognised', (t) => {
  for (const path of ['/x/_search?size=0', '/x/_doc/1', '/_cat/fielddata', '/x/record/1', '/_search'])
    t.ok(
      [...reads, address].some((read) => read.test(path.split('?', 1)[0] ?? '')),
      path,
    );
  t.end();
});

t.test('a request loses each of its parts in turn', (t) => {
  const arrived = lostParts({ headers: { accept: 'a', 'x-b': 'c' } }, '/p?size=0&h=i');
  t.strictSame(
    arrived.map(({ path, headers }) => `${path} ${Object.keys(headers).join(',')}`),
    [
      '/p?size=0&h=i accept,x-b',
      '/p accept,x-b',
      '/p?h=i accept,x-b',
      '/p?size&h=i accept,x-b',
      '/p?size=0 accept,x-b',
      '/p?size=0&h accept,x-b',
      '/p?size=0&h=i x-b',
      '/p?size=0&h=i accept',
    ],
  );
  t.end();
});
