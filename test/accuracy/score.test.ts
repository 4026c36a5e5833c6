import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import t from 'tap';
import { misses, score, supportPage } from './score.js';

t.test('every line is judged as its truth says, and the support page says so', async (t) => {
  const cases = await score(t.testdir());
  for (const each of cases) t.strictSame(misses(each), [], `${each.name}: ${each.exchanges.join(', ')}`);
  const page = readFileSync(fileURLToPath(new URL('../../docs/support.md', import.meta.url)), 'utf8');
  const fresh = await format(supportPage(cases), { parser: 'markdown', printWidth: 120 });
  t.equal(page, fresh, 'docs/support.md is what npm run accuracy writes');
});
