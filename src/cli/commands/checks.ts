import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain as checkFacts, listChecks } from '../../judge/index.js';
import { Refusal } from '../exit.js';
import { fit } from '../terminal.js';
import { packageFolder } from '../version.js';

/** `leftopen checks`: a line per check. */
export function checks(options: { readonly json: boolean }): number {
  const all = listChecks();
  if (options.json) {
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return 0;
  }
  const width = Math.max(...all.map((check) => check.id.length));
  for (const check of all) process.stdout.write(`${check.id.padEnd(width)}  ${fit(check.about, 78 - width)}\n`);
  return 0;
}

/** `leftopen explain ID`: the page of one check, as the package ships it. */
export function explain(id: string): number {
  if (checkFacts(id) === null) throw new Refusal(`there is no check "${id}"; leftopen checks lists them`);
  process.stdout.write(readFileSync(join(packageFolder, 'docs', 'checks', `${id}.md`), 'utf8'));
  return 0;
}
