import { type Bytes, growBytes, makeBytes } from './bytes-window';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const westernEurope = new TextDecoder('windows-1252');
const encoder = new TextEncoder();
let encoded = makeBytes(256);

/** Texts of up to 12 bytes are kept in their slot; `LONG` marks longer ones. */
const SHORT = 12;
const LONG = SHORT + 1;
const CODE_BITS = 28;
const CODE_MASK = (1 << CODE_BITS) - 1;
const HIGH_BITS = 0x80808080 | 0;

/** Which bytes of the first, second and third word belong to a text, by its length. */
const masks = [0, 4, 8].map((from) =>
  Int32Array.from({ length: LONG }, (_, length) => {
    const n = Math.min(4, Math.max(0, length - from));
    return n === 4 ? -1 : (1 << (8 * n)) - 1;
  }),
);
const [firstMask, secondMask, thirdMask] = masks as [Int32Array, Int32Array, Int32Array];

const mix = (a: number, b: number, c: number): number => {
  let hash = Math.imul(a ^ 0x2c1b3c6d, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0xc2b2ae3d);
  return hash ^ (hash >>> 16);
};

const isUtf8 = (bytes: Uint8Array, start: number, end: number): boolean => {
  let at = start;
  while (at < end && bytes[at]! < 128) at++;
  if (at === end) return true;
  try {
    strict.decode(bytes.subarray(start, end));
    return true;
  } catch {
    return false;
  }
};

/** Hash of text[start, end), from its words. */
function hashOf({ view }: Bytes, start: number, end: number): number {
  const length = end - start;
  if (length <= SHORT)
    return mix(
      view.getInt32(start, true) & firstMask[length]!,
      view.getInt32(start + 4, true) & secondMask[length]!,
      view.getInt32(start + 8, true) & thirdMask[length]!,
    );
  let a = length;
  let b = 0;
  for (let at = start; at + 4 < end; at += 8) {
    a = Math.imul(a ^ (a >>> 15) ^ view.getInt32(at, true), 0x9e3779b1);
    b = Math.imul((b ^ (b >>> 13)) + view.getInt32(Math.min(at + 4, end - 4), true), 0x85ebca77);
  }
  return mix(a, b, view.getInt32(end - 4, true));
}

/** Distinct texts of one column as UTF-8 bytes in order of appearance; a cell becomes a code without becoming a string. */
export class Dictionary {
  size = 0;
  /** Cells that were not UTF-8 and were read as windows-1252 instead. */
  nRepaired = 0;
  /**
   * Open addressing in fours, so that most look-ups touch one cache line: three words of text (or hash, last word and
   * length of a long one), then length and code + 1 packed (0 = free). The first slot is the hash's highest bits, so
   * that widening goes through memory in order.
   */
  private slots = new Int32Array(256);
  private shift = 26;
  private offsets = new Uint32Array(65);
  private texts = makeBytes(240);
  /** Sum of what was fetched ahead; only there so that it is fetched. */
  private fetched = 0;

  intern(text: Bytes, start: number, end: number): number {
    return this.find(text, start, end, hashOf(text, start, end));
  }

  /**
   * Hashes of the cells at `first`, `first` + `stride` … of `starts` and `ends` into `hashes`. It also fetches their
   * slots: many at once are far quicker than one after the other when the table is larger than the processor's cache.
   */
  hashAll(
    text: Bytes,
    starts: Int32Array,
    ends: Int32Array,
    first: number,
    stride: number,
    hashes: Int32Array,
    n: number,
  ) {
    const { slots, shift } = this;
    let sum = 0;
    for (let i = 0, at = first; i < n; i++, at += stride) {
      if (ends[at]! < 0) continue;
      const hash = hashOf(text, starts[at]!, ends[at]!);
      hashes[i] = hash;
      sum ^= slots[(hash >>> shift) << 2]!;
    }
    this.fetched = sum & 1;
  }

  /** The code of text[start, end) with this hash; a new text gets the next code. */
  find(text: Bytes, start: number, end: number, hash: number): number {
    const length = end - start;
    const { view } = text;
    const isShort = length <= SHORT;
    const tag = isShort ? length : LONG;
    const a = isShort ? view.getInt32(start, true) & firstMask[length]! : hash;
    const b = isShort ? view.getInt32(start + 4, true) & secondMask[length]! : view.getInt32(end - 4, true);
    const c = isShort ? view.getInt32(start + 8, true) & thirdMask[length]! : length;
    const { slots } = this;
    const wrap = slots.length - 4;
    for (let slot = (hash >>> this.shift) << 2; ; slot = (slot + 4) & wrap) {
      const entry = slots[slot + 3]!;
      if (entry === 0) return this.add(text, start, end, slot, a, b, c);
      if (slots[slot] !== a || slots[slot + 1] !== b || slots[slot + 2] !== c) continue;
      const code = (entry & CODE_MASK) - 1;
      if (entry >>> CODE_BITS === tag && (isShort || this.holds(code, view, start, length))) return code;
    }
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    encoded = growBytes(encoded, bytes.length);
    encoded.bytes.set(bytes);
    return this.intern(encoded, 0, bytes.length);
  }

  /** The texts with codes from `first` on. */
  textsFrom(first: number): string[] {
    const { offsets, size } = this;
    const { bytes } = this.texts;
    const from = offsets[first]!;
    const all = strict.decode(bytes.subarray(from, offsets[size]!));
    const isAscii = all.length === offsets[size]! - from;
    const found = new Array<string>(size - first);
    for (let code = first; code < size; code++) {
      const start = offsets[code]!;
      const end = offsets[code + 1]!;
      found[code - first] = isAscii
        ? all.slice(start - from, end - from)
        : strict.decode(bytes.subarray(start, end));
    }
    return found;
  }

  /** Whether the long text `code` is the `length` bytes at `start`. */
  private holds(code: number, view: DataView, start: number, length: number): boolean {
    const own = this.texts.view;
    const from = this.offsets[code]!;
    for (let i = 0; i < length; i += 4) {
      const mask = firstMask[Math.min(4, length - i)]!;
      if (((own.getInt32(from + i, true) ^ view.getInt32(start + i, true)) & mask) !== 0) return false;
    }
    return true;
  }

  private add(
    text: Bytes,
    start: number,
    end: number,
    slot: number,
    a: number,
    b: number,
    c: number,
  ): number {
    const length = end - start;
    const isSurelyAscii = length <= SHORT && ((a | b | c) & HIGH_BITS) === 0;
    if (!isSurelyAscii && !isUtf8(text.bytes, start, end)) {
      this.nRepaired++;
      return this.internText(westernEurope.decode(text.bytes.subarray(start, end)));
    }
    const code = this.size++;
    const from = this.offsets[code]!;
    this.reserve(from + length);
    const own = this.texts.view;
    for (let i = 0; i < length; i += 4) own.setInt32(from + i, text.view.getInt32(start + i, true), true);
    this.offsets[code + 1] = from + length;
    this.slots[slot] = a;
    this.slots[slot + 1] = b;
    this.slots[slot + 2] = c;
    this.slots[slot + 3] = (Math.min(length, LONG) << CODE_BITS) | (code + 1);
    if (this.size * 8 > this.slots.length) this.widen();
    return code;
  }

  private reserve(nBytes: number): void {
    this.texts = growBytes(this.texts, nBytes);
    if (this.size + 1 < this.offsets.length) return;
    const offsets = new Uint32Array(this.offsets.length * 2);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  private widen(): void {
    const old = this.slots;
    const by = old.length < 1 << 20 ? 2 : 1;
    const slots = new Int32Array(old.length << by);
    const wrap = slots.length - 4;
    this.shift -= by;
    for (let from = 0; from < old.length; from += 4) {
      const entry = old[from + 3]!;
      if (entry === 0) continue;
      const a = old[from]!;
      const hash = entry >>> CODE_BITS === LONG ? a : mix(a, old[from + 1]!, old[from + 2]!);
      let slot = (hash >>> this.shift) << 2;
      while (slots[slot + 3] !== 0) slot = (slot + 4) & wrap;
      slots[slot] = a;
      slots[slot + 1] = old[from + 1]!;
      slots[slot + 2] = old[from + 2]!;
      slots[slot + 3] = entry;
    }
    this.slots = slots;
  }
}
