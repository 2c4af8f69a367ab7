import type { Delimiter } from './raw-table';

export const MAX_COLUMNS = 10_000;
export const MAX_FIELD = 1 << 20;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BLANK = 32;
const TAB = 9;

type RowProblem = 'none' | 'unclosed quote' | 'text after quote' | 'too many columns';

/** Cuts one row of bytes into cells; what it found stays in its arrays until the next row with the same `base`. */
export type RowScanner = {
  /** Cells of the last row; 0 for a blank line. */
  nCells: number;
  /** Where in `starts` and `ends` the cells of the next row go. */
  base: number;
  starts: Int32Array;
  /** ~end where the cell holds doubled quotes, still doubled. */
  ends: Int32Array;
  problem: RowProblem;
  /** Where the last cell begins: how long an unfinished cell already is. */
  openCell: number;
  /** Scans a row from `from`; the start of the next row, or -1 when the bytes end before the row does. */
  scan(bytes: Uint8Array, from: number, to: number, isLast: boolean): number;
};

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of cell `i` of the last row. */
export function cellText(row: RowScanner, bytes: Uint8Array, i: number): string {
  const end = row.ends[row.base + i]!;
  const text = decoder.decode(bytes.subarray(row.starts[row.base + i]!, end < 0 ? ~end : end));
  return end < 0 ? text.replaceAll('""', '"') : text;
}

/** RFC 4180 with LF, CR or CRLF in any mixture, or runs of blanks; `room` is how far `base` may go. */
export function createRowScanner(delimiter: Delimiter, room = 0): RowScanner {
  const scanner: RowScanner = {
    nCells: 0,
    base: 0,
    starts: new Int32Array(room + MAX_COLUMNS + 2),
    ends: new Int32Array(room + MAX_COLUMNS + 2),
    problem: 'none',
    openCell: 0,
    scan:
      delimiter === 'blank'
        ? (bytes, from, to, isLast) => scanBlanks(scanner, bytes, from, to, isLast)
        : (bytes, from, to, isLast) =>
            scanDelimited(scanner, delimiter.charCodeAt(0), bytes, from, to, isLast),
  };
  return scanner;
}

/** Position after the line end at `at`, or -1 when a CR is the last byte known and an LF may follow. */
const afterLineEnd = (bytes: Uint8Array, at: number, to: number, isLast: boolean): number => {
  if (bytes[at] === LF) return at + 1;
  if (at + 1 === to) return isLast ? to : -1;
  return bytes[at + 1] === LF ? at + 2 : at + 1;
};

function addCell(row: RowScanner, start: number, end: number): void {
  if (row.nCells > MAX_COLUMNS) {
    row.problem = 'too many columns';
    return;
  }
  const at = row.base + row.nCells++;
  row.starts[at] = start;
  row.ends[at] = end;
}

function scanDelimited(
  row: RowScanner,
  delimiter: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  isLast: boolean,
): number {
  row.nCells = 0;
  row.problem = 'none';
  const { starts, ends, base } = row;
  const highest = delimiter > CR ? delimiter : CR;
  for (let at = from, nCells = 0; ; at++) {
    row.openCell = at;
    if (at < to && bytes[at] === QUOTE) {
      row.nCells = nCells;
      at = scanQuoted(row, delimiter, bytes, at + 1, to, isLast);
      if (at < 0) return -1;
      nCells = row.nCells;
    } else {
      const start = at;
      for (; at < to; at++) {
        const b = bytes[at]!;
        if (b <= highest && (b === delimiter || b === LF || b === CR)) break;
      }
      if (nCells > MAX_COLUMNS) row.problem = 'too many columns';
      else {
        starts[base + nCells] = start;
        ends[base + nCells++] = at;
      }
    }
    if (at < to && bytes[at] === delimiter) continue;
    row.nCells = nCells;
    if (at >= to) return isLast ? to : -1;
    if (nCells === 1 && at === from) row.nCells = 0;
    return afterLineEnd(bytes, at, to, isLast);
  }
}

/** From behind the opening quote to the delimiter or line end after the closing one; -1 when the bytes end first. */
function scanQuoted(
  row: RowScanner,
  delimiter: number,
  bytes: Uint8Array,
  start: number,
  to: number,
  isLast: boolean,
): number {
  let isDoubled = false;
  let at = start;
  for (; ; at += 2) {
    while (at < to && bytes[at] !== QUOTE) at++;
    if (at >= to) {
      if (isLast) row.problem = 'unclosed quote';
      return isLast ? to : -1;
    }
    if (at + 1 === to && !isLast) return -1;
    if (at + 1 === to || bytes[at + 1] !== QUOTE) break;
    isDoubled = true;
  }
  addCell(row, start, isDoubled ? ~at : at);
  for (at++; at < to; at++) {
    const b = bytes[at]!;
    if (b === delimiter || b === LF || b === CR) break;
    if (b !== BLANK) row.problem = 'text after quote';
  }
  return at;
}

function scanBlanks(row: RowScanner, bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
  row.nCells = 0;
  row.problem = 'none';
  for (let at = from; ;) {
    while (at < to && (bytes[at] === BLANK || bytes[at] === TAB)) at++;
    row.openCell = at;
    if (at >= to) return isLast ? to : -1;
    if (bytes[at] === LF || bytes[at] === CR) return afterLineEnd(bytes, at, to, isLast);
    const start = at;
    for (; at < to; at++) {
      const b = bytes[at]!;
      if (b === BLANK || b === TAB || b === LF || b === CR) break;
    }
    addCell(row, start, at);
  }
}
