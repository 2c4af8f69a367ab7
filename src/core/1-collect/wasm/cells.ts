// Cuts delimited text into cells and numbers the texts of each column, as bytes; what its exports mean is in ../wasm-cells.ts.
import { Dictionary } from './dictionary';
import { internAll } from './look-up';

export { copyTexts, createDictionary, intern, newTextBytes, sizeOf } from './dictionary';
export { allocate, reserve } from './memory';

const QUOTE: u32 = 34;
const LF: u32 = 10;
const CR: u32 = 13;

/** Where in [at, to) the byte is; `to` or more where it is not. */
function seek(byte: u32, at: usize, to: usize): usize {
  const wanted = i8x16.splat(<i8>byte);
  for (; at < to; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found) return at + ctz<i32>(found);
  }
  return to;
}

export function indexOf(byte: u32, at: usize, to: usize): usize {
  return min(seek(byte, at, to), to);
}

/** Where the rows that `scanRows` found end. */
export let scanned: usize = 0;

/**
 * Cuts rows of just `nColumns` cells into `starts` and `ends` (counted from `text`; ~end where quotes are doubled) and
 * tells how many; stops before the first row that is anything else, longer than `mostBytes` or not whole before `to`.
 */
export function scanRows(
  text: usize,
  from: usize,
  to: usize,
  delimiter: u32,
  nColumns: u32,
  maxRows: u32,
  mostBytes: u32,
  starts: usize,
  ends: usize,
): u32 {
  const delimiters = i8x16.splat(<i8>delimiter);
  const lineFeeds = i8x16.splat(<i8>LF);
  const returns = i8x16.splat(<i8>CR);
  let at = text + from;
  const end = text + to;
  scanned = from;
  for (let n: u32 = 0; n < maxRows; n++) {
    const rowAt = at;
    let nCells: u32 = 0;
    let byte: u32;
    do {
      if (at >= end || nCells == nColumns) return n;
      let start = at;
      let doubled: u32 = 0;
      let cellEnd: usize;
      if (load<u8>(at) == QUOTE) {
        for (at = ++start; ; at += 2) {
          at = seek(QUOTE, at, end);
          if (at + 1 >= end) return n;
          if (load<u8>(at, 1) != QUOTE) break;
          doubled = 0xffffffff;
        }
        cellEnd = at++;
      } else {
        for (; ; at += 16) {
          if (at >= end) return n;
          const bytes = v128.load(at);
          const isLineEnd = v128.or(i8x16.eq(bytes, lineFeeds), i8x16.eq(bytes, returns));
          const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, delimiters), isLineEnd));
          if (!found) continue;
          at += ctz<i32>(found);
          break;
        }
        if (at >= end) return n;
        cellEnd = at;
      }
      store<u32>(starts, <u32>(start - text));
      store<u32>(ends, (<u32>(cellEnd - text)) ^ doubled);
      starts += 4;
      ends += 4;
      nCells++;
      byte = load<u8>(at++);
    } while (byte == delimiter);
    if (nCells != nColumns || at == rowAt + 1) return n;
    if (byte == CR) {
      if (at >= end) return n;
      if (load<u8>(at) == LF) at++;
    } else if (byte != LF) return n;
    if (at - rowAt > <usize>mostBytes) return n;
    scanned = at - text;
  }
  return maxRows;
}

/** Codes of `n` rows that `scanRows` found: those of column c go to `codes` + c * `codesStep`. */
export function internRows(
  dictionaries: usize,
  nColumns: u32,
  text: usize,
  starts: usize,
  ends: usize,
  n: u32,
  codes: usize,
  codesStep: u32,
): void {
  for (let c: u32 = 0; c < nColumns; c++)
    internAll(
      changetype<Dictionary>(load<u32>(dictionaries + (c << 2))),
      text,
      starts + (c << 2),
      ends + (c << 2),
      nColumns << 2,
      n,
      codes + c * codesStep,
    );
}
