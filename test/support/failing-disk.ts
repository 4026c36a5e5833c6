// A disk that takes so many changes and then fails every one, as a full disk does, or a process that was killed there.
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** The disk while it counts, and while it fails. */
export interface FailingDisk {
  /** Changes taken so far: files made and renamed, bytes written, flushes, removals. */
  readonly changes: number;
  /** The file system is the real one again. */
  restore(): void;
}

type Call = (...args: unknown[]) => unknown;

const synchronous = ['writeSync', 'ftruncateSync', 'fdatasyncSync', 'mkdirSync', 'rmSync', 'unlinkSync'] as const;
const promised = ['mkdir', 'rename', 'unlink', 'link', 'writeFile', 'rm', 'rmdir'] as const;

/**
 * Puts itself in place of `node:fs` for all of the process. What is in a file stays readable.
 *
 * @param most changes that are taken; every later one is refused
 */
export function failingDisk(most = Infinity): FailingDisk {
  let changes = 0;
  function count(what: string): void {
    if (changes >= most) throw Object.assign(new Error(`ENOSPC: no space left on device, ${what}`), { code: 'ENOSPC' });
    changes += 1;
  }

  const originals = { ...fs };
  const originalPromises = { ...fs.promises };
  const counted =
    (original: Call, what: string): Call =>
    (...args) => {
      // Standard output and error are no files of a run.
      if (typeof args[0] !== 'number' || args[0] > 2) count(what);
      return Reflect.apply(original, fs, args);
    };
  const countedPromise =
    (original: Call, what: string): Call =>
    async (...args) => {
      count(what);
      return Reflect.apply(original, fs.promises, args);
    };

  for (const name of synchronous) Object.assign(fs, { [name]: counted(callOf(originals[name]), name) });
  for (const name of promised)
    Object.assign(fs.promises, { [name]: countedPromise(callOf(originalPromises[name]), name) });
  Object.assign(fs, {
    openSync(path: string, flags: string, mode?: number): number {
      if (flags !== 'r') count('openSync');
      return originals.openSync(path, flags, mode);
    },
  });
  Object.assign(fs.promises, {
    async open(path: string, flags: string, mode?: number): Promise<FileHandle> {
      if (flags !== 'r') count('open');
      const handle = await originalPromises.open(path, flags, mode);
      for (const name of ['write', 'sync'] as const) {
        const original = callOf(handle[name].bind(handle));
        Object.assign(handle, { [name]: countedPromise(original, name) });
      }
      return handle;
    },
  });
  syncBuiltinESMExports();

  return {
    get changes() {
      return changes;
    },
    restore() {
      for (const name of [...synchronous, 'openSync'] as const) Object.assign(fs, { [name]: originals[name] });
      for (const name of [...promised, 'open'] as const) Object.assign(fs.promises, { [name]: originalPromises[name] });
      syncBuiltinESMExports();
    },
  };
}

/** As a function whose arguments are only handed on. */
function callOf(original: unknown): Call {
  if (typeof original !== 'function') throw new Error('not a function');
  return (...args): unknown => Reflect.apply(original, fs, args);
}
