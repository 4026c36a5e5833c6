// Reads CSV files with the line and column of each field.
import type { Spot } from './mistake.js';

type Place = Omit<Spot, 'file'>;

/** A field of a CSV file with its place. */
export interface Cell extends Place {
  readonly text: string;
}

/** A row of a CSV file. */
export interface Row {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/**
 * The rows of a CSV file (RFC 4180: fields in double quotes may hold delimiters, line ends and doubled quotes); a byte order
 * mark and empty lines are passed over. A quote that is not closed ends the file with `open` set to its place.
 */
export function parseCsv(
  text: string,
  delimiter: string,
): { readonly rows: readonly Row[]; readonly open: Place | null } {
  const rows: Row[] = [];
  let cells: Cell[] = [];
  let line = 1;
  let lineStart = text.startsWith('\uFEFF') ? 1 : 0;
  let at = lineStart;
  let rowLine = 1;
  const endRow = () => {
    if (cells.length > 1 || cells.some((cell) => cell.text !== '')) rows.push({ line: rowLine, cells });
    cells = [];
  };
  while (at < text.length) {
    const start: Place = { line, column: at - lineStart + 1, at: '' };
    let value = '';
    if (text[at] === '"') {
      const opening = at;
      for (at++; ; at++) {
        const character = text[at];
        if (character === undefined)
          return { rows, open: { ...start, at: text.slice(opening).split(/\r?\n/, 1)[0] ?? '' } };
        if (character === '"') {
          if (text[at + 1] !== '"') break;
          at++;
        }
        if (character === '\n') {
          line++;
          lineStart = at + 1;
        }
        value += character;
      }
      at++;
    }
    const from = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
    value = (value + text.slice(from, at)).trim();
    cells.push({ ...start, text: value, at: value });
    if (text[at] === delimiter) {
      at++;
      // A delimiter at the very end of the file or the line has an empty field behind it.
      if (at < text.length && text[at] !== '\n') continue;
      cells.push({ line, column: at - lineStart + 1, text: '', at: '' });
    }
    endRow();
    at++;
    line++;
    lineStart = at;
    rowLine = line;
  }
  endRow();
  return { rows, open: null };
}
