import t from 'tap';
import { natural } from '../../src/judge/natural.js';

t.test('numbers in a name or an address sort as numbers', (t) => {
  for (const list of [
    ['http://es-2.acme.example:9200', 'http://es-10.acme.example:9200'],
    ['http://10.0.0.9:9200', 'http://10.0.0.10:9200', 'http://10.0.1.1:9200'],
    ['a', 'b'],
    ['id-123456789', 'id-1234567890123'],
  ])
    t.strictSame(
      list.toReversed().sort((a, b) => (natural(a) < natural(b) ? -1 : 1)),
      list,
    );
  t.end();
});
