// Credentials for the user's own Elasticsearch: from the environment or a file, never from the command line.
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
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
    throw new UserMistake(
      '--api-key-file goes without --user and --password-file: name one of the two. Nothing was sent.',
    );
  if (username?.includes(':') === true)
    throw new UserMistake(`--user ${username}: the name of a user holds no colon. Nothing was sent.`);
  const apiKey =
    sources.apiKeyFile === undefined ? environment['LEFTOPEN_SEND_API_KEY'] : await secretIn(sources.apiKeyFile, warn);
  if (apiKey !== undefined && apiKey !== '') {
    if (!/^[\x21-\x7e]+$/.test(wellFormed(apiKey, 'the API key')))
      throw new UserMistake(
        'the API key is not in the form that Elasticsearch calls `encoded`: letters, digits, +, / and =. Nothing was sent.',
      );
    return { apiKey };
  }
  const password =
    sources.passwordFile === undefined
      ? environment['LEFTOPEN_SEND_PASSWORD']
      : await secretIn(sources.passwordFile, warn);
  if (password === undefined || password === '') {
    if (username === undefined) return null;
    throw new UserMistake(
      `there is no password for ${username}: set LEFTOPEN_SEND_PASSWORD or name a file with --password-file. Nothing was sent.`,
    );
  }
  if (username === undefined) {
    throw new UserMistake('there is a password but no user: name one with --user. Nothing was sent.');
  }
  return { username, password: wellFormed(password, 'the password') };
}

/** Bytes of a secret, at most: servers take no longer headers. */
const longest = 4096;

/** A line end or a control character would break the header that carries it, and its text would be in the error. */
function wellFormed(secret: string, what: string): string {
  if (/\p{Cc}/u.test(secret)) {
    throw new UserMistake(`${what} holds a line end or a control character: write it on one line. Nothing was sent.`);
  }
  return secret;
}

async function secretIn(file: string, warn: (text: string) => void): Promise<string> {
  if (file === '') throw new UserMistake('the name of the file with the secret is empty. Nothing was sent.');
  const state = await stat(file).catch(() => null);
  if (state === null || !state.isFile()) {
    throw new UserMistake(
      `${file} cannot be read: name a file that holds the secret and nothing else. Nothing was sent.`,
    );
  }
  if ((state.mode & 0o002) !== 0) {
    throw new UserMistake(`${file} may be written by every user of this machine: chmod o-w ${file}. Nothing was sent.`);
  }
  const folder = dirname(resolve(file));
  const { mode } = await stat(folder);
  // With the sticky bit, as Kubernetes mounts secrets, only its owner can replace a file.
  if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0) {
    throw new UserMistake(
      `${file} may be replaced by every user of this machine, who can write to ${folder}: chmod o-w ${folder}. Nothing was sent.`,
    );
  }
  if (state.size > longest)
    throw new UserMistake(
      `${file} has ${state.size} bytes: name a file that holds the secret and nothing else. Nothing was sent.`,
    );
  if ((state.mode & 0o004) !== 0)
    warn(`${file} can be read by every user of this machine; chmod 600 ${file} if it is yours`);
  const text = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (text === '') throw new UserMistake(`${file} is empty or cannot be read. Nothing was sent.`);
  return text;
}
