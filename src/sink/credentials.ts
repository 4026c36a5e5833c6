// Credentials for the user's own Elasticsearch: from the environment or a file, never from the command line.
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messages } from '../messages/index.js';
import { UserMistake } from '../store/mistake.js';

/** How the user's own Elasticsearch is entered; null for a cluster without security (on loopback). */
export type Credentials = { readonly apiKey: string } | { readonly username: string; readonly password: string } | null;

/** Where credentials may come from. An API key comes before a password. */
export interface CredentialSources {
  /** `LEFTOPEN_SEND_API_KEY`, `LEFTOPEN_SEND_PASSWORD`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A file that contains only an API key, such as a mounted Kubernetes secret. */
  readonly apiKeyFile?: string;
  readonly username?: string;
  /** A file that contains only the password of `username`. */
  readonly passwordFile?: string;
}

/**
 * Reads the credentials.
 *
 * @param warn called with a warning about a file that every user of this machine can read
 * @throws UserMistake for a file that cannot be read, is empty or may be written by every user, and for a password without a user
 */
export async function readCredentials(sources: CredentialSources, warn: (text: string) => void): Promise<Credentials> {
  const { environment, username } = sources;
  if (sources.apiKeyFile !== undefined && (username !== undefined || sources.passwordFile !== undefined))
    throw new UserMistake(messages().sending.credentials.twoKinds);
  if (username?.includes(':') === true) throw new UserMistake(messages().sending.credentials.colonInUser(username));
  const apiKey =
    sources.apiKeyFile === undefined ? environment['LEFTOPEN_SEND_API_KEY'] : await secretIn(sources.apiKeyFile, warn);
  if (apiKey !== undefined && apiKey !== '') {
    if (!/^[\x21-\x7e]+$/.test(wellFormed(apiKey, 'api-key')))
      throw new UserMistake(messages().sending.credentials.notEncoded);
    return { apiKey };
  }
  const password =
    sources.passwordFile === undefined
      ? environment['LEFTOPEN_SEND_PASSWORD']
      : await secretIn(sources.passwordFile, warn);
  if (password === undefined || password === '') {
    if (username === undefined) return null;
    throw new UserMistake(messages().sending.credentials.noPassword(username));
  }
  if (username === undefined) {
    throw new UserMistake(messages().sending.credentials.noUser);
  }
  return { username, password: wellFormed(password, 'password') };
}

/** Bytes of a secret, at most: servers take no longer headers. */
const longest = 4096;

/** A line end or a control character would break the header that carries it, and its text would be in the error. */
function wellFormed(secret: string, what: 'api-key' | 'password'): string {
  if (/\p{Cc}/u.test(secret)) {
    throw new UserMistake(messages().sending.credentials.notOneLine(what));
  }
  return secret;
}

async function secretIn(file: string, warn: (text: string) => void): Promise<string> {
  if (file === '') throw new UserMistake(messages().sending.credentials.namelessFile);
  const state = await stat(file).catch(() => null);
  if (state === null || !state.isFile()) {
    throw new UserMistake(messages().sending.credentials.unreadable(file));
  }
  if ((state.mode & 0o002) !== 0) {
    throw new UserMistake(messages().sending.credentials.writtenByAll(file));
  }
  const folder = dirname(resolve(file));
  const { mode } = await stat(folder);
  // With the sticky bit, as Kubernetes mounts secrets, only its owner can replace a file.
  if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0) {
    throw new UserMistake(messages().sending.credentials.replacedByAll(file, folder));
  }
  if (state.size > longest) throw new UserMistake(messages().sending.credentials.tooLarge(file, state.size));
  if ((state.mode & 0o004) !== 0) warn(messages().sending.credentials.readByAll(file));
  const text = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (text === '') throw new UserMistake(messages().sending.credentials.empty(file));
  return text;
}
