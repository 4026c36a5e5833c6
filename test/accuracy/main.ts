import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { liveCases } from './live.js';
import { confusion, misses, mistake, mistakes, score, supportPage } from './score.js';

const folder = mkdtempSync(join(tmpdir(), 'leftopen-accuracy-'));
const fromFiles = await score(folder);
const live = await liveCases();
rmSync(folder, { recursive: true });
const cases = [...live, ...fromFiles];
console.log(`${confusion(cases)}\n`);
for (const each of cases) {
  const kind = mistake(each);
  if (kind === null) continue;
  process.exitCode = 1;
  console.log(`${kind.toUpperCase()} ${each.name}: ${misses(each).join('; ')}\n     ${each.exchanges.join(', ')}`);
}
console.log(`${cases.length} configurations (${live.length} of them live); ${mistakes(cases)}`);
const page = 'docs/support.md';
writeFileSync(page, await format(supportPage(fromFiles), { parser: 'markdown', printWidth: 120 }));
