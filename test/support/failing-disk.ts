// A disk that takes so many changes and then fails every one, as a full disk does.
import { watchDisk } from './disk-changes.js';

/** The disk while it counts, and while it fails. */
export interface FailingDisk {
  /** Changes taken so far: files made and renamed, bytes written, flushes, removals. */
  readonly changes: number;
  /** The file system is the real one again. */
  restore(): void;
}

/**
 * Puts itself in place of `node:fs` for all of the process. What is in a file stays readable.
 *
 * @param most changes that are taken; every later one is refused
 */
export function failingDisk(most = Infinity): FailingDisk {
  let changes = 0;
  const restore = watchDisk(({ what, make }) => {
    if (changes >= most) throw Object.assign(new Error(`ENOSPC: no space left on device, ${what}`), { code: 'ENOSPC' });
    changes += 1;
    return make();
  });
  return {
    get changes() {
      return changes;
    },
    restore,
  };
}
