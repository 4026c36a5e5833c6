// What went wrong with a file, in words.
import { messages } from '../messages/index.js';

/**
 * A mistake of the user, found before anything was sent: the message is one clear line that says what to do instead.
 * Commands print it on stderr and exit 2.
 */
export class UserMistake extends Error {
  override readonly name = 'UserMistake';
  /** What is wrong, without what to do instead where the two were given apart. */
  readonly what: string;

  constructor(said: string | { readonly message: string; readonly instead: string }) {
    super(typeof said === 'string' ? said : `${said.message}; ${said.instead}`);
    this.what = typeof said === 'string' ? said : said.message;
  }
}

/** A record of an earlier run is not as it was written: someone changed it, or the disk did. */
export class AlteredRecord extends UserMistake {}

/** The system's name of an error (`ENOSPC`, `EACCES` …), or '' where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What went wrong in words, whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Why a file of ours could not be written or read, in words; null when the error is not one of storage. */
export function storageFailure(error: unknown): string | null {
  return storageWords(errorCode(error));
}

function storageWords(code: string): string | null {
  return Object.entries(messages().files.storage).find(([name]) => name === code)?.[1] ?? null;
}

/** A file or folder that the system does not let the user read. It keeps the system's name of the error. */
export class Unreadable extends UserMistake {
  readonly code: string;

  constructor(path: string, code: string) {
    super(messages().files.unreadable(path, storageWords(code) ?? code));
    this.code = code;
  }
}

/** What is the user's to put right; a full or broken disk is not, and a file that is missing means something else each time. */
const denials: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EISDIR', 'ENOTDIR']);

/** Whether the system denied a step because of what is at a path, or of the user's rights to it. */
export function isDenied(error: unknown): boolean {
  return denials.has(errorCode(error));
}

/**
 * Reads something at a path.
 *
 * @throws Unreadable where the system denies it, and any other error as it is
 */
export async function reading<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw isDenied(error) && !(error instanceof Unreadable) ? new Unreadable(path, errorCode(error)) : error;
  }
}
