import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { confusion, misses, mistake, mistakes, score, supportPage } from './score.js';

const folder = mkdtempSync(join(tmpdir(), 'leftopen-accuracy-'));
const cases = await score(folder);
rmSync(folder, { recursive: true });
console.log(`${confusion(cases)}\n`);
for (const each of cases) {
  const kind = mistake(each);
  if (kind === null) continue;
  process.exitCode = 1;
  console.log(`${kind.toUpperCase()} ${each.name}: ${misses(each).join('; ')}\n     ${each.exchanges.join(', ')}`);
}
console.log(`${cases.length} configurations; ${mistakes(cases)}`);
const page = fileURLToPath(new URL('../../docs/support.md', import.meta.url));
writeFileSync(page, await format(supportPage(cases), { parser: 'markdown', printWidth: 120 }));
