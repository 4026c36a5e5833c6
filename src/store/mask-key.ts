// Keeps the secret that pseudonyms of an engagement are made with on the auditor's machine: outside of every run folder.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { messages } from '../messages/index.js';
import { makeFolder, writeNew } from './files.js';
import { pathPart } from './lock.js';
import { errorText, storageFailure, UserMistake } from './mistake.js';

/** Where keys are: `LEFTOPEN_KEYS`, else `leftopen/keys` in the user's configuration. */
export function keysFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { LEFTOPEN_KEYS: given = '', XDG_CONFIG_HOME: config = '' } = environment;
  if (given !== '') return given;
  return join(config === '' ? join(homedir(), '.config') : config, 'leftopen', 'keys');
}

/**
 * The key of an engagement, made when it is first needed. The same key gives the same pseudonyms, in every format and run.
 *
 * @throws UserMistake when others can read it, it is damaged, or it cannot be written
 */
export async function maskKey(engagement: string, folder: string = keysFolder()): Promise<string> {
  const path = join(folder, `${pathPart(engagement)}.key`);
  let key: string;
  try {
    if (!existsSync(path)) {
      await makeFolder(folder);
      await writeNew(path, `${randomBytes(32).toString('hex')}\n`);
    }
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new UserMistake(messages().files.maskKey.readByOthers(path));
    key = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (error instanceof UserMistake) throw error;
    throw new UserMistake(messages().files.maskKey.notKept(path, storageFailure(error) ?? errorText(error)));
  }
  if (!/^[0-9a-f]{64}$/.test(key)) throw new UserMistake(messages().files.maskKey.damaged(path));
  return key;
}
