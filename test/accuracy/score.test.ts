import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import t from 'tap';
import type { State } from '../../src/model/endpoint.js';
import { confusion, misses, mistake, mistakes, score, supportPage, type Case } from './score.js';

const cases = await score(t.testdir());

t.test('every line is judged correctly, and the support page matches', async (t) => {
  for (const each of cases) t.strictSame(misses(each), [], `${each.name}: ${each.exchanges.join(', ')}`);
  const page = readFileSync('docs/support.md', 'utf8');
  const fresh = await format(supportPage(cases), { parser: 'markdown', printWidth: 120 });
  t.equal(page, fresh, 'docs/support.md is what npm run accuracy writes');
});

t.test('mistakes are classified and counted', (t) => {
  const [some] = cases;
  if (some === undefined) throw new Error('there is nothing to score');
  const said = (called: State, truth: State, version = some.head.truth.version): Case => ({
    ...some,
    head: { ...some.head, truth: { ...some.head.truth, state: truth } },
    seen: { ...some.head.truth, state: called, version },
  });
  const wrong = [
    said('open', 'guarded'),
    said('guarded', 'open'),
    said('guarded', 'undetermined'),
    said('decoy', 'open'),
    said('undetermined', 'open'),
    said('open', 'open', '0.0.0'),
  ];
  t.strictSame(wrong.map(mistake), [
    'wrong open',
    'wrong guarded',
    'wrong guarded',
    'wrongly put aside',
    'undetermined though it could be known',
    'right state, wrong fact',
  ]);
  t.equal(mistake(said('open', 'open')), null);
  t.equal(
    mistakes(wrong),
    'wrong open: 1 · wrong guarded: 2 · wrongly put aside: 1 · undetermined though it could be known: 1 · right state, wrong fact: 1',
  );
  t.match(confusion(wrong), / {2}open +1 +1 +1 +· +· +1\n/, 'a row of the table: what open ones were called');
  t.end();
});
