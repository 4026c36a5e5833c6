// `leftopen checks` and `leftopen explain`: what is checked, and one check's page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain as checkFacts, listChecks } from '../../judge/index.js';
import { messages } from '../../messages/index.js';
import { likelyMeant } from '../../text/nearest.js';
import { Refusal } from '../exit.js';
import { explainPage } from '../explain-page.js';
import { wrap } from '../terminal.js';
import { packageFolder } from '../../plan/tool.js';

/** `leftopen checks`: what each check finds. */
export function checks(options: { readonly json?: true }): number {
  const all = listChecks();
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return 0;
  }
  const width = Math.max(...all.map((check) => check.id.length));
  for (const check of all) {
    wrap(check.about, 78 - width).forEach((line, row) => {
      process.stdout.write(`${(row === 0 ? check.id : '').padEnd(width)}  ${line}\n`);
    });
  }
  return 0;
}

/** `leftopen explain ID`: one check's page, as the package ships it. */
export function explain(id: string, options: { readonly sent?: true; readonly md?: true }): number {
  if (checkFacts(id) === null) {
    const known = listChecks().map((check) => check.id);
    throw new Refusal(messages().commands.unknown.check(id, likelyMeant(id, known)));
  }
  const page = readFileSync(join(packageFolder, 'docs', 'checks', `${id}.md`), 'utf8');
  process.stdout.write(options.md === true ? page : explainPage(page, options.sent === true));
  return 0;
}
