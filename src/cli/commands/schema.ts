// `leftopen schema NAME`: prints a JSON Schema of the package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../exit.js';
import { messages } from '../../messages/index.js';
import { likelyMeant } from '../../text/nearest.js';
import { packageFolder } from '../../plan/tool.js';

const ending = '.schema.json';

/** `leftopen schema NAME`: prints one of the JSON Schemas that the package ships. */
export function schema(name: string): number {
  const folder = join(packageFolder, 'schema');
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
  if (!names.includes(name)) {
    throw new Refusal(messages().commands.unknown.schema(name, likelyMeant(name, names), names));
  }
  process.stdout.write(readFileSync(join(folder, `${name}${ending}`), 'utf8'));
  return 0;
}
