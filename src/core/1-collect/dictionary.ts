import { type Bytes, growBytes, makeBytes } from './bytes-window';
import type { Texts } from './texts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const westernEurope = new TextDecoder('windows-1252');
const encoder = new TextEncoder();
let encoded = makeBytes(256);

/** Which bytes of its only word belong to a text shorter than that, by its length. */
const masks = Int32Array.of(0, 0xff, 0xffff, 0xffffff);

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

/** Hash of text[start, end), word by word; the last word overlaps the one before it. */
function hashOf(view: DataView, start: number, end: number): number {
  const length = end - start;
  let hash = length;
  if (length < 4) hash = Math.imul(hash ^ (view.getInt32(start, true) & masks[length]!), 0x9e3779b1);
  else {
    const last = end - 4;
    for (let at = start; at < last; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ view.getInt32(last, true), 0x9e3779b1);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca77);
  return hash ^ (hash >>> 13);
}

/** Distinct texts of one column as UTF-8 bytes in order of appearance; a cell becomes a code without becoming a string. */
export class Dictionary {
  size = 0;
  /** Cells that were not UTF-8 and were read as windows-1252 instead. */
  nRepaired = 0;
  /**
   * Open addressing in pairs: hash, then code + 1 (0 = free). The first slot is the hash's highest bits, so that
   * widening goes through memory in order.
   */
  private slots = new Int32Array(128);
  private shift = 26;
  private ends = new Uint32Array(64);
  private texts = makeBytes(240);
  /** Sum of what was fetched ahead; only there so that it is fetched. */
  private fetched = 0;

  intern(text: Bytes, start: number, end: number): number {
    return this.find(text, start, end, hashOf(text.view, start, end));
  }

  /**
   * Hashes of the cells at `first`, `first` + `stride` … of `starts` and `ends` into `hashes`. It also fetches their
   * slots: many at once are far quicker than one after the other when the table is larger than the processor's cache.
   */
  hashAll(
    { view }: Bytes,
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
      const hash = hashOf(view, starts[at]!, ends[at]!);
      hashes[i] = hash;
      sum ^= slots[(hash >>> shift) << 1]!;
    }
    this.fetched = sum & 1;
  }

  /** The code of text[start, end) with this hash; a new text gets the next code. */
  find(text: Bytes, start: number, end: number, hash: number): number {
    const { slots } = this;
    const wrap = slots.length - 2;
    for (let slot = (hash >>> this.shift) << 1; ; slot = (slot + 2) & wrap) {
      const entry = slots[slot + 1]!;
      if (entry === 0) return this.add(text, start, end, slot, hash);
      if (slots[slot] === hash && this.holds(entry - 1, text.view, start, end - start)) return entry - 1;
    }
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    encoded = growBytes(encoded, bytes.length);
    encoded.bytes.set(bytes);
    return this.intern(encoded, 0, bytes.length);
  }

  /** A copy of the texts with codes from `first` on. */
  textsFrom(first: number): Texts {
    const { ends, size } = this;
    const from = first === 0 ? 0 : ends[first - 1]!;
    const to = size === 0 ? 0 : ends[size - 1]!;
    return {
      bytes: this.texts.bytes.slice(from, to),
      ends: ends.slice(first, size).map((end) => end - from),
    };
  }

  /** Whether the text `code` is the `length` bytes at `start`. */
  private holds(code: number, view: DataView, start: number, length: number): boolean {
    const own = this.texts.view;
    const from = code === 0 ? 0 : this.ends[code - 1]!;
    if (this.ends[code]! - from !== length) return false;
    if (length < 4) return ((own.getInt32(from, true) ^ view.getInt32(start, true)) & masks[length]!) === 0;
    const last = length - 4;
    for (let i = 0; i < last; i += 4)
      if (own.getInt32(from + i, true) !== view.getInt32(start + i, true)) return false;
    return own.getInt32(from + last, true) === view.getInt32(start + last, true);
  }

  private add(text: Bytes, start: number, end: number, slot: number, hash: number): number {
    if (!isUtf8(text.bytes, start, end)) {
      this.nRepaired++;
      return this.internText(westernEurope.decode(text.bytes.subarray(start, end)));
    }
    const code = this.size++;
    const from = code === 0 ? 0 : this.ends[code - 1]!;
    const length = end - start;
    this.reserve(from + length);
    const own = this.texts.view;
    for (let i = 0; i < length; i += 4) own.setInt32(from + i, text.view.getInt32(start + i, true), true);
    this.ends[code] = from + length;
    this.slots[slot] = hash;
    this.slots[slot + 1] = code + 1;
    if (this.size * 4 > this.slots.length) this.widen();
    return code;
  }

  private reserve(nBytes: number): void {
    this.texts = growBytes(this.texts, nBytes);
    if (this.size <= this.ends.length) return;
    const ends = new Uint32Array(this.ends.length * 2);
    ends.set(this.ends);
    this.ends = ends;
  }

  private widen(): void {
    const old = this.slots;
    const by = old.length < 1 << 20 ? 2 : 1;
    const slots = new Int32Array(old.length << by);
    const wrap = slots.length - 2;
    this.shift -= by;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue;
      const hash = old[from]!;
      let slot = (hash >>> this.shift) << 1;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & wrap;
      slots[slot] = hash;
      slots[slot + 1] = old[from + 1]!;
    }
    this.slots = slots;
  }
}
