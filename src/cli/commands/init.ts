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

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder; make it first, or name a file in one that is there',
  ENOTDIR: 'a part of its path is not a folder; name a file in a folder',
  EACCES: 'permission is denied; name a file in a folder that you may write to',
  EROFS: 'that file system is read-only; name a file elsewhere',
  ENOSPC: 'no space is left on the disk; name a file elsewhere',
};

/** `leftopen init`: writes the starter file, never over an existing one. */
export async function init(file: string): Promise<number> {
  if (file.trim() === '') throw new Refusal('the name of the file is empty; write one: leftopen init targets.yaml');
  const schema = schemaFrom(dirname(resolve(file)));
  try {
    await writeFile(file, messages().targets.starterFile(schema), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST')
      throw new Refusal(`${file} is there already and was left as it is; write another name: leftopen init other.yaml`);
    throw new Refusal(`${file} could not be written: ${reasons[code] ?? error.message}`);
  }
  process.stderr.write(`Wrote ${file}. Fill it in, then: leftopen plan ${file}\n`);
  if (schema === besides)
    process.stderr.write(
      'For completion in your editor, in the same folder: leftopen schema targets > targets.schema.json\n',
    );
  return 0;
}
