// Writes files completely or not at all.
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, fdatasync, fdatasyncSync, ftruncateSync, read, writeSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, reading, storageFailure } from './mistake.js';

/** A file that is being written; text reaches the disk in large pieces. */
export interface Output {
  write(text: string): Promise<void>;
}

const fileMode = 0o600;
const folderMode = 0o700;
const pieceLength = 256 * 1024;

/**
 * Makes a folder with its parents, readable by its owner only. Folders that exist keep their mode. Step by step: Node's own
 * recursive form spins for ever where a folder exists and says ENOENT to everything in it (/proc, some network shares).
 */
export async function makeFolder(path: string): Promise<void> {
  await madeFolder(path, false);
}

/** @param again its parent exists by now: another process may have made it meanwhile */
async function madeFolder(path: string, again: boolean): Promise<void> {
  try {
    await mkdir(path, { mode: folderMode });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || again || dirname(path) === path) throw error;
    await madeFolder(dirname(path), false);
    await madeFolder(path, true);
  }
}

/**
 * Writes a file that is not there yet, with all of its content from its first moment: another process that makes it at the same time
 * reads one of both. Mode 0600.
 *
 * @returns false when the name is taken
 * @throws the system's error
 */
export async function writeNew(path: string, text: string): Promise<boolean> {
  const own = ownName(path);
  try {
    await writeFile(own, text, { mode: fileMode, flag: 'wx' });
    return await linkNew(own, path);
  } finally {
    await unlink(own).catch(() => undefined);
  }
}

/** Gives `from` the name `to` as well; false when the name is taken. */
export async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // File systems without hard links (FAT, some shares).
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errorCode(error))) throw error;
  }
  try {
    await writeFile(to, await readFile(from, 'utf8'), { mode: fileMode, flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Writes a file under another name, flushes it to the disk and renames it: under its own name it is never seen half
 * written. Mode 0600.
 *
 * @returns the SHA-256 (hex) of what was written
 * @throws the system's error, after the half-written file has been removed
 */
export async function writeAtomically(path: string, write: (out: Output) => Promise<void>): Promise<string> {
  const pending = await writePending(path, write);
  await pending.finish();
  return pending.sha256;
}

/** As {@link writeAtomically}, for a file that several processes may write at the same time: each writes its own, and the last one stays. */
export async function writeShared(path: string, write: (out: Output) => Promise<void>): Promise<void> {
  await (await writePending(path, write, `${ownName(path)}.unfinished`)).finish();
}

/** A name next to a file that no other process and no other call has. */
export function ownName(path: string): string {
  return `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
}

/** A complete file that still waits for its name. */
export interface PendingFile {
  readonly sha256: string;
  finish(): Promise<void>;
}

/**
 * As {@link writeAtomically}, but the name is given by the caller's `finish()`.
 *
 * @param unfinished its name until then
 */
export async function writePending(
  path: string,
  write: (out: Output) => Promise<void>,
  unfinished = `${path}.unfinished`,
): Promise<PendingFile> {
  const hash = createHash('sha256');
  const handle = await open(unfinished, 'w', fileMode);
  try {
    const buffer = Buffer.allocUnsafe(pieceLength);
    let held = 0;
    const writeAll = async (bytes: Buffer): Promise<void> => {
      hash.update(bytes);
      let done = 0;
      while (done < bytes.length) done += (await handle.write(bytes, done)).bytesWritten;
    };
    const flush = async (): Promise<void> => {
      await writeAll(buffer.subarray(0, held));
      held = 0;
    };
    await write({
      async write(text) {
        // UTF-8 takes at most three bytes for a UTF-16 code unit.
        const most = text.length * 3;
        if (held + most > buffer.length) await flush();
        if (most > buffer.length) await writeAll(Buffer.from(text, 'utf8'));
        else held += buffer.write(text, held);
      },
    });
    await flush();
    await handle.sync();
  } catch (error) {
    await handle.close();
    await unlink(unfinished).catch(() => undefined);
    throw error;
  }
  await handle.close();
  return {
    sha256: hash.digest('hex'),
    async finish() {
      await rename(unfinished, path);
      await syncFolder(dirname(path));
    },
  };
}

/** Makes a rename in the folder survive a power cut, where the system can. */
async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system opens folders (Windows does not); the rename itself was made.
  }
}

/**
 * Appends all of these bytes to an open file before it returns: what is in the kernel survives a SIGKILL of this process. When
 * the disk is full half-way, the half is taken back, so that nothing torn stays.
 *
 * @param length length of the file before
 * @returns length of the file after
 */
export function appendWhole(descriptor: number, length: number, bytes: Buffer): number {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(descriptor, bytes, done);
  } catch (error) {
    try {
      ftruncateSync(descriptor, length);
    } catch {
      // A device that cannot be cut back: the reader of the file tolerates a torn last line.
    }
    throw error;
  }
  return length + done;
}

/** An open file that is flushed to the disk every two seconds while lines are appended to it. */
export interface Flushing {
  /** Something was appended. */
  touch(): void;
  /** Flushes what is left, stops and closes the file. */
  close(): void;
}

/** A power cut costs two seconds of a file that is kept flushed; a SIGKILL costs it nothing anyway. */
const flushEvery = 2000;

/** Begins to flush an open file; see {@link Flushing}. */
export function keepFlushed(descriptor: number): Flushing {
  let touched = false;
  let open = true;
  const timer = setInterval(() => {
    if (!touched) return;
    touched = false;
    // A failure shows at the next line or at the end.
    fdatasync(descriptor, () => undefined);
  }, flushEvery).unref();
  return {
    touch() {
      touched = true;
    },
    close() {
      if (!open) return;
      open = false;
      clearInterval(timer);
      try {
        fdatasyncSync(descriptor);
      } catch (error) {
        // What the disk refuses to flush is still in the kernel; the writer of the lines reported already what is wrong.
        if (storageFailure(error) === null && errorCode(error) !== 'EINVAL') throw error;
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

/** Reads bytes of an open file at a position into a buffer; returns how many, 0 at its end. */
export function readAt(
  descriptor: number,
  into: Buffer,
  offset: number,
  length: number,
  position: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, into, offset, length, position, (error, bytesRead) => {
      if (error === null) resolve(bytesRead);
      else reject(error);
    });
  });
}

/**
 * SHA-256 (hex) of a file, read as a stream.
 *
 * @throws Unreadable where the system denies reading it
 */
export function hashFile(path: string): Promise<string> {
  return reading(path, async () => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      if (Buffer.isBuffer(chunk)) hash.update(chunk);
    }
    return hash.digest('hex');
  });
}

/** Lines of a file without their ends, and the byte at which the next piece begins. */
export interface Lines {
  readonly lines: readonly string[];
  /** Bytes of the file up to the end of the last of these lines. */
  readonly end: number;
}

/**
 * Reads a file of lines piece by piece, through one buffer: a new one for each piece would be freed late, and resident
 * memory is what a run over 1,000,000 endpoints is measured by. A last line without an end is torn (its writer was
 * killed) and is left out.
 *
 * @param until bytes read at most; the full file when absent
 * @throws Unreadable where the system denies reading it
 */
export async function* readLines(path: string, until = Infinity): AsyncGenerator<Lines, void, void> {
  const handle = await reading(path, () => open(path, 'r'));
  try {
    let buffer = Buffer.allocUnsafe(pieceLength);
    let held = 0;
    let position = 0;
    for (;;) {
      const wanted = Math.min(buffer.length - held, until - position);
      const { bytesRead } =
        wanted > 0 ? await reading(path, () => handle.read(buffer, held, wanted, position)) : { bytesRead: 0 };
      if (bytesRead === 0) return;
      position += bytesRead;
      held += bytesRead;
      const last = buffer.subarray(0, held).lastIndexOf(10);
      if (last === -1) {
        // A line longer than the buffer.
        if (held === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
        continue;
      }
      const lines = buffer.toString('utf8', 0, last).split('\n');
      buffer.copyWithin(0, last + 1, held);
      held -= last + 1;
      yield { lines, end: position - held };
    }
  } finally {
    await handle.close();
  }
}
