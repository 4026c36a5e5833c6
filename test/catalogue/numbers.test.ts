// A number that a target says may be a text or have a fraction: nothing else of its answer is lost by that.

import t from 'tap';
import { keepBanner } from '../../src/catalogue/banner.js';
import { questionById } from '../../src/catalogue/index.js';

/** How an answer with this number is kept. */
type Answer = (number: unknown) => unknown;

const kept = (id: string, body: unknown) => questionById(id).keep.json?.(body);

const places: readonly (readonly [name: string, kept: Answer, usual: number, told: unknown])[] = [
  [
    'the status of an old banner',
    (status) => keepBanner({ status, name: 'a', version: { number: '1.7.6' }, tagline: 'You Know, for Search' }),
    200,
    { status: 200, version: { number: '1.7.6' } },
  ],
  [
    'the total of a Jaeger',
    (total) => kept('jaeger-services', { data: ['a', 'b'], total, limit: 0, errors: null }),
    2,
    { count: 2 },
  ],
  [
    'the status of a Solr that names its version',
    (status) => kept('solr-system', { responseHeader: { status }, lucene: { 'solr-spec-version': '9.4.0' } }),
    0,
    { version: '9.4.0' },
  ],
  [
    'the status of a Solr that lists its cores',
    (status) => kept('solr-cores', { responseHeader: { status }, status: { one: {}, two: {} } }),
    0,
    { count: 2 },
  ],
];

for (const [name, kept, usual, told] of places) {
  t.test(name, (t) => {
    t.match(kept(usual), told, 'a number');
    t.match(kept(String(usual)), told, 'a text');
    t.match(kept(`${usual}.0`), told, 'a text with a fraction');
    t.end();
  });
}

t.test('a value that is not such a number still distinguishes products', (t) => {
  t.equal(kept('jaeger-services', { data: ['a'], total: 'many', errors: null }), null);
  t.equal(kept('solr-cores', { responseHeader: { status: '1' }, status: { one: {} } }), null);
  t.match(keepBanner({ status: [], version: { number: '1.7.6' } }), { version: { number: '1.7.6' } });
  t.end();
});

t.test('a version that is a number', (t) => {
  const kept = keepBanner({ name: 'a', cluster_name: 'b', version: { number: 7.17 }, tagline: 'You Know, for Search' });
  t.match(kept, { version: { number: '7.17' } });
  t.end();
});
