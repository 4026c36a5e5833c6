// What went wrong with a file, in words.
/**
 * A mistake of the user, found before anything was sent: the message is one clear line that says what to do instead.
 * Commands print it on stderr and exit 2.
 */
export class UserMistake extends Error {
  override readonly name = 'UserMistake';
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

const storage: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would become larger than this system allows',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EIO: 'the disk reports an error',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'the path is a folder',
  ENOENT: 'there is no such file or folder',
  EMFILE: 'no file descriptor is free',
  ENFILE: 'no file descriptor is free',
};

/** Why a file of ours could not be written or read, in words; null when the error is not one of storage. */
export function storageFailure(error: unknown): string | null {
  return storage[errorCode(error)] ?? null;
}
