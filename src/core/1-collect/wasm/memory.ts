// The memory of the cell reader: room in powers of two, which can be given back, and text as words of 8 bytes.

/** What may be read past the end of any text. */
export const SPARE: u32 = 16;
const PAGES_AT_ONCE = 256;

let top: usize = __heap_base;
/** Blocks given back, by the power of two of their size. */
const given: usize = memory.data(4 * 32);
/** Which bytes of a word belong to a text, by its length up to 8. */
const masks: usize = memory.data<u64>([
  0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, 0xffffffffffffffff,
]);

/** Room that is never given back. */
export function allocate(nBytes: u32): usize {
  const at = (top + 15) & ~15;
  top = at + nBytes;
  const nPages = <i32>((top + SPARE + 0xffff) >> 16) - memory.size();
  if (nPages > 0 && memory.grow(max(nPages, PAGES_AT_ONCE)) < 0 && memory.grow(nPages) < 0) unreachable();
  return at;
}

/** Room for at least so many bytes, whatever is in them. */
export function take(nBytes: u32): usize {
  const list = given + ((32 - clz<u32>(nBytes - 1)) << 2);
  const free = load<u32>(list);
  if (!free) return allocate(1 << (32 - clz<u32>(nBytes - 1)));
  store<u32>(list, load<u32>(free));
  return free;
}

export function giveBack(room: usize, nBytes: u32): void {
  const list = given + ((32 - clz<u32>(nBytes - 1)) << 2);
  store<u32>(room, load<u32>(list));
  store<u32>(list, <u32>room);
}

let scratch: usize = 0;
let nScratch: u32 = 0;

/** Room for so many bytes until the next call. */
export function reserve(nBytes: u32): usize {
  if (nBytes < nScratch) return scratch;
  if (nScratch) giveBack(scratch, nScratch + SPARE);
  nScratch = max(nBytes + (nBytes >> 2), 4096);
  return (scratch = take(nScratch + SPARE));
}

/** The first word of a text, with zeros behind a shorter text. */
export function firstWord(text: usize, length: u32): u64 {
  return load<u64>(text) & load<u64>(masks + (min(length, 8) << 3));
}

export function hashOf(text: usize, length: u32): u32 {
  let hash = (firstWord(text, length) ^ length) * 0x9e3779b97f4a7c15;
  if (length > 8) {
    for (let at: u32 = 8; at + 8 < length; at += 8)
      hash = (hash ^ (hash >> 32) ^ load<u64>(text + at)) * 0x9e3779b97f4a7c15;
    hash = (hash ^ (hash >> 32) ^ load<u64>(text + length - 8)) * 0x9e3779b97f4a7c15;
  }
  hash ^= hash >> 32;
  return <u32>((hash * 0xd6e8feb86659fd93) >> 32);
}

export function isEqual(a: usize, b: usize, length: u32): bool {
  if (firstWord(a, length) != firstWord(b, length)) return false;
  if (length <= 8) return true;
  for (let at: u32 = 8; at + 8 < length; at += 8) if (load<u64>(a + at) != load<u64>(b + at)) return false;
  return load<u64>(a + length - 8) == load<u64>(b + length - 8);
}

/** Whether `a` comes after `b`, byte by byte; both have this length. */
export function isAfter(a: usize, b: usize, length: u32): bool {
  let x = firstWord(a, length);
  let y = firstWord(b, length);
  for (let i: u32 = 8; x == y && i < length; i += 8) {
    const at = min(i, length - 8);
    x = load<u64>(a + at);
    y = load<u64>(b + at);
  }
  return bswap<u64>(x) > bswap<u64>(y);
}

export function isAscii(text: usize, length: u32): bool {
  let all = firstWord(text, length);
  if (length > 8) {
    for (let at: u32 = 8; at + 8 < length; at += 8) all |= load<u64>(text + at);
    all |= load<u64>(text + length - 8);
  }
  return (all & 0x8080808080808080) == 0;
}

/** A copy; up to 7 bytes behind it are written, too. */
export function copyText(to: usize, from: usize, length: u32): void {
  for (let at: u32 = 0; at < length; at += 8) store<u64>(to + at, load<u64>(from + at));
}
