// `leftopen schema NAME`: prints a JSON Schema of the package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../exit.js';
import { didYouMean } from '../../text/nearest.js';
import { packageFolder } from '../../plan/tool.js';

const ending = '.schema.json';

/** `leftopen schema NAME`: prints one of the JSON Schemas that the package ships. */
export function schema(name: string): number {
  const folder = join(packageFolder, 'schema');
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
  if (!names.includes(name)) {
    const meant = didYouMean(name, names);
    throw new Refusal(`there is no schema "${name}"; ${meant ?? `write one of ${names.join(', ')}`}`);
  }
  process.stdout.write(readFileSync(join(folder, `${name}${ending}`), 'utf8'));
  return 0;
}
