import { writeFile } from 'node:fs/promises';
import { starterFile } from '../../engagement/index.js';
import { Refusal } from '../exit.js';

/** `leftopen init`: writes the starter file, never over an existing one. */
export async function init(file: string): Promise<number> {
  try {
    await writeFile(file, starterFile, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const exists = 'code' in error && error.code === 'EEXIST';
    throw new Refusal(
      exists
        ? `${file} is there already and was left as it is; write another name: leftopen init other.yaml`
        : `${file} could not be written: ${error.message}`,
    );
  }
  process.stderr.write(`Wrote ${file}. Fill it in, then: leftopen plan ${file}\n`);
  return 0;
}
