// `leftopen init`: writes a targets file to start from.
import { writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { messages } from '../../messages/index.js';
import { Refusal } from '../exit.js';
import { packageFolder } from '../../plan/tool.js';

const besides = './targets.schema.json';

/**
 * Where an editor finds the schema: in the package, where it is below the folder of the file; else in a file next to it, which
 * `leftopen schema` writes. Never a path that holds on this machine alone.
 */
function schemaFrom(folder: string): string {
  const path = relative(folder, join(packageFolder, 'schema', 'targets.schema.json'));
  const isBelow = !path.startsWith('..') && !isAbsolute(path);
  return isBelow ? `./${path.split(sep).map(encodeURIComponent).join('/')}` : besides;
}

/** `leftopen init`: writes the starter file, never over an existing one. */
export async function init(file: string): Promise<number> {
  const words = messages().commands.init;
  if (file.trim() === '') throw new Refusal(words.namelessFile);
  const schema = schemaFrom(dirname(resolve(file)));
  try {
    await writeFile(file, messages().targets.starterFile(schema), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST') throw new Refusal(words.exists(file));
    const why = Object.entries(words.reasons).find(([name]) => name === code)?.[1];
    throw new Refusal(words.notWritten(file, why ?? error.message));
  }
  process.stderr.write(`${words.wrote(file)}\n`);
  if (schema === besides) process.stderr.write(`${words.schema}\n`);
  return 0;
}
