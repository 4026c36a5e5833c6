import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { confusion, misses, score, supportPage } from './score.js';

const folder = mkdtempSync(join(tmpdir(), 'leftopen-accuracy-'));
const cases = await score(folder);
rmSync(folder, { recursive: true });
console.log(`${confusion(cases)}\n`);
for (const each of cases) {
  const wrong = misses(each);
  if (wrong.length === 0) continue;
  process.exitCode = 1;
  console.log(`MISS ${each.name}: ${wrong.join('; ')}\n     ${each.exchanges.join(', ')}`);
}
const missed = cases.filter((each) => misses(each).length > 0).length;
console.log(`${cases.length} configurations, ${missed} missed`);
const page = fileURLToPath(new URL('../../docs/support.md', import.meta.url));
writeFileSync(page, await format(supportPage(cases), { parser: 'markdown', printWidth: 120 }));
