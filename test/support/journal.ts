// Reads and changes journals by what docs/run-folder.md says of their format, without the code that writes them.
import { appendFileSync, readFileSync } from 'node:fs';
import { constants, crc32, gunzipSync, gzipSync } from 'node:zlib';

/** The lines of a segment as text, without their ends, the way `zcat` shows them. */
export function segmentLines(path: string): string[] {
  const text = gunzipSync(readFileSync(path), { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
  return text.split('\n').slice(0, -1);
}

/** A line with its number and checksum. */
export function checkedLine(number: number, value: object): string {
  const text = JSON.stringify({ line: number, ...value }).slice(0, -1);
  return `${text},"crc":"${crc32(text).toString(16).padStart(8, '0')}"}`;
}

/** Adds lines to a segment whose writer has ended, in a block of their own. */
export function addLines(path: string, ...values: readonly object[]): void {
  const next = Math.max(...segmentLines(path).map((line) => Number(/^\{"line":(\d+)/.exec(line)?.[1]))) + 1;
  const lines = values.map((value, index) => `${checkedLine(next + index, value)}\n`);
  appendFileSync(path, gzipSync(lines.join('')));
}
