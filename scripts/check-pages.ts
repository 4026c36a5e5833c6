// Writes what docs/checks pages repeat: the sentence of the check below the title, and the list of requests in "What is sent" from the
// catalogue. npx tsx scripts/check-pages.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { questionById } from '../src/catalogue/index.js';
import { listChecks } from '../src/judge/index.js';

for (const { id, about, questions } of listChecks()) {
  const file = `docs/checks/${id}.md`;
  const lines = questions.map((question) => {
    const { method, path, why } = questionById(question);
    return `- \`${question}\`: \`${method} ${path}\`. ${why}`;
  });
  const page = readFileSync(file, 'utf8');
  const titled = page.replace(/^(# .*\n\n).*\n/, (_, title: string) => `${title}${about}\n`);
  const written = titled.replace(/(^## What is sent\n[^]*?)(?:^- `[a-z0-9-]+`: .*\n)+/m, (_, before: string) => {
    return `${before}${lines.join('\n')}\n`;
  });
  if (written !== page) writeFileSync(file, written);
}
