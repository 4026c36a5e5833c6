// The types of disk-changes.js.

/** A change on the disk that is about to be made: a file made, renamed or removed, bytes written, a flush. */
export interface DiskChange {
  /** The function of `node:fs` that was called. */
  readonly what: string;
  /** Makes the change; returns what the function returns. */
  readonly make: () => unknown;
  /** Writes the first half of the bytes only; absent where nothing is written. */
  readonly tear?: () => void;
}

/**
 * Puts itself in place of `node:fs` for all of the process; standard output and error are left alone, and so is what is read.
 *
 * @param instead called for each change; returns what the caller gets
 * @returns puts the real file system back
 */
export function watchDisk(instead: (change: DiskChange) => unknown): () => void;
