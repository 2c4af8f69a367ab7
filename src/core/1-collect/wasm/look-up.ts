// The codes of many cells of one column at once.
import { append, Dictionary, find, giveSlots, intern, NO_TEXT } from './dictionary';
import { hashOf, isAfter, isAscii, isEqual, reserve } from './memory';

const QUOTE: u32 = 34;
/** Room for the hashes of as many cells as are looked up at once at most: `MOST_CELLS` in ../dictionary.ts. */
const hashes: usize = memory.data(4 * 512);

/** Codes of as many cells as each repeat the last text or climb above it; how many those were. */
function climb(
  own: Dictionary,
  text: usize,
  starts: usize,
  ends: usize,
  stride: u32,
  n: u32,
  codes: usize,
): u32 {
  let length = own.latest ? load<u32>(own.latest, 4) : NO_TEXT;
  for (let i: u32 = 0, at: u32 = 0; i < n; i++, at += stride) {
    const start = text + load<u32>(starts + at);
    const end = load<i32>(ends + at);
    const size: u32 = <u32>(text + end - start);
    if (end < 0 || size != length || !isEqual(own.latest + 8, start, length)) {
      const isAbove =
        !own.latest || size > length || (size == length && isAfter(start, own.latest + 8, length));
      if (end < 0 || !isAbove || !isAscii(start, size)) {
        giveSlots(own);
        return i;
      }
      append(own, start, size);
      length = size;
    }
    store<u32>(codes + (i << 2), own.size - 1);
  }
  return n;
}

let fetched: u32 = 0;

/**
 * Codes of the cells at `starts`, `starts` + `stride` ... (~end where quotes are doubled), counted from `text`. First all
 * hashes, which also fetches their slots: many at once are far quicker than one after the other.
 */
export function internAll(
  own: Dictionary,
  text: usize,
  starts: usize,
  ends: usize,
  stride: u32,
  n: u32,
  codes: usize,
): void {
  if (own.isClimbing) {
    const nClimbed = climb(own, text, starts, ends, stride, n, codes);
    if (nClimbed == n) return;
    internAll(
      own,
      text,
      starts + nClimbed * stride,
      ends + nClimbed * stride,
      stride,
      n - nClimbed,
      codes + (nClimbed << 2),
    );
    return;
  }
  let sum: u32 = 0;
  for (let i: u32 = 0, at: u32 = 0; i < n; i++, at += stride) {
    const start = load<u32>(starts + at);
    const end = load<i32>(ends + at);
    if (end < 0) continue;
    const hash = hashOf(text + start, end - start);
    store<u32>(hashes + (i << 2), hash);
    sum += load<u32>(own.slots + ((hash >> own.shift) << 3));
  }
  fetched = sum;
  lookUp(own, text, starts, ends, stride, n, codes);
}

function lookUp(
  own: Dictionary,
  text: usize,
  starts: usize,
  ends: usize,
  stride: u32,
  n: u32,
  codes: usize,
): void {
  let lastStart: usize = 0;
  let lastLength: u32 = NO_TEXT;
  let lastHash: u32 = 0;
  let code: u32 = 0;
  for (let i: u32 = 0, at: u32 = 0; i < n; i++, at += stride) {
    const start = text + load<u32>(starts + at);
    const end = load<i32>(ends + at);
    if (end < 0) {
      code = internDoubled(own, start, text + ~end);
      lastLength = NO_TEXT;
    } else {
      const hash = load<u32>(hashes + (i << 2));
      const length = <u32>(text + end - start);
      if (hash != lastHash || length != lastLength || !isEqual(lastStart, start, length))
        code = find(own, start, length, hash);
      lastStart = start;
      lastLength = length;
      lastHash = hash;
    }
    store<u32>(codes + (i << 2), code);
  }
}

/** Takes the doubling off the quotes of a cell. */
function internDoubled(own: Dictionary, start: usize, end: usize): u32 {
  const to = reserve(<u32>(end - start));
  let length: u32 = 0;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    store<u8>(to + length++, byte);
    if (byte == QUOTE) at++;
  }
  return intern(own, to, to + length);
}
