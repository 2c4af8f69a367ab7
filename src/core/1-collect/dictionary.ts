import { type Bytes, growBytes, makeBytes } from './bytes-window';
import type { Texts } from './texts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const westernEurope = new TextDecoder('windows-1252');
const encoder = new TextEncoder();
let scratch = makeBytes(256);
const QUOTE = 34;

/** Cells looked up at once at most. */
export const MOST_CELLS = 512;
const hashes = new Int32Array(MOST_CELLS);
/** 1 where the cell is the one before it once more. */
const repeats = new Uint8Array(MOST_CELLS);

/** Which bytes of its only word belong to a text shorter than that, by its length. */
const masks = Int32Array.of(0, 0xff, 0xffff, 0xffffff);

const NOT_ASCII = 0x80808080 | 0;

const isUtf8 = ({ bytes, view }: Bytes, start: number, end: number): boolean => {
  let at = start;
  while (at + 4 <= end && (view.getInt32(at, true) & NOT_ASCII) === 0) at += 4;
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

/** Whether the bytes from `from` on are text[start, end). */
function isEqual(own: DataView, from: number, view: DataView, start: number, end: number): boolean {
  const length = end - start;
  if (length < 4) return ((own.getInt32(from, true) ^ view.getInt32(start, true)) & masks[length]!) === 0;
  const last = length - 4;
  for (let i = 0; i < last; i += 4)
    if (own.getInt32(from + i, true) !== view.getInt32(start + i, true)) return false;
  return own.getInt32(from + last, true) === view.getInt32(start + last, true);
}

/** Whether text[start, end) comes after the text of the same length at `from`; shorter than a word they are compared as one. */
function isAfter(own: DataView, from: number, view: DataView, start: number, end: number): boolean {
  const length = end - start;
  if (length < 4) {
    const spare = 32 - 8 * length;
    return length > 0 && view.getUint32(start) >>> spare > own.getUint32(from) >>> spare;
  }
  const last = length - 4;
  for (let i = 0; i < last; i += 4) {
    const a = view.getUint32(start + i);
    const b = own.getUint32(from + i);
    if (a !== b) return a > b;
  }
  return view.getUint32(start + last) > own.getUint32(from + last);
}

/** Cells of one column in the bytes that were read: where they are, and where their codes go. */
export type CellRun = {
  text: Bytes;
  /** Every `stride`th from `first` on is a cell's; an end is ~end where quotes are doubled. */
  starts: Int32Array;
  ends: Int32Array;
  first: number;
  stride: number;
  n: number;
  codes: Uint32Array;
  to: number;
};

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
  protected fetched = 0;
  /** Each text so far is longer than the one before it or comes after it, as with numbers given in order: nothing has its slot yet. */
  private isClimbing = true;

  private intern(text: Bytes, start: number, end: number): number {
    if (this.isClimbing) this.giveSlots();
    return this.find(text, start, end, hashOf(text.view, start, end));
  }

  /**
   * Gives the cells their codes. First all hashes, which also fetches their slots: many at once are far quicker than one
   * after the other when the table is larger than the processor's cache.
   */
  internAll(cells: CellRun): void {
    const nClimbed = this.isClimbing ? this.climb(cells) : 0;
    if (nClimbed < cells.n) this.lookUp(cells, nClimbed);
  }

  /** As `internAll`, for as many cells as each repeat the last text or climb above it; how many those were. */
  private climb({ text, starts, ends, first, stride, n, codes, to }: CellRun): number {
    const { view } = text;
    let code = this.size - 1;
    let from = code > 0 ? this.ends[code - 1]! : 0;
    let length = code < 0 ? -1 : this.ends[code]! - from;
    for (let i = 0, at = first; i < n; i++, at += stride) {
      const start = starts[at]!;
      const end = ends[at]!;
      if (end - start !== length || !isEqual(this.texts.view, from, view, start, end)) {
        const isAbove =
          end - start > length ||
          (end - start === length && isAfter(this.texts.view, from, view, start, end));
        if (!isAbove || !isUtf8(text, start, end)) {
          this.giveSlots();
          return i;
        }
        from += Math.max(length, 0);
        length = end - start;
        code = this.append(text, start, end);
      }
      codes[to + i] = code;
    }
    return n;
  }

  /** From the cell `from` on. */
  private lookUp(cells: CellRun, from: number): void {
    this.hashAll(cells, from);
    const { text, starts, ends, first, stride, n, codes, to } = cells;
    let { slots, shift, ends: ownEnds, texts } = this;
    for (let i = from, at = first + from * stride; i < n; i++, at += stride) {
      if (repeats[i] === 1) {
        codes[to + i] = codes[to + i - 1]!;
        continue;
      }
      const start = starts[at]!;
      const end = ends[at]!;
      const hash = hashes[i]!;
      const slot = (hash >>> shift) << 1;
      const code = slots[slot + 1]! - 1;
      if (end >= 0 && slots[slot] === hash && code >= 0) {
        const own = code === 0 ? 0 : ownEnds[code - 1]!;
        if (ownEnds[code]! - own === end - start && isEqual(texts.view, own, text.view, start, end)) {
          codes[to + i] = code;
          continue;
        }
      }
      codes[to + i] = end < 0 ? this.internDoubled(text, start, ~end) : this.find(text, start, end, hash);
      ({ slots, shift, ends: ownEnds, texts } = this);
    }
  }

  private hashAll({ text: { view }, starts, ends, first, stride, n }: CellRun, from: number): void {
    const { slots, shift } = this;
    let sum = 0;
    let lastStart = 0;
    let lastLength = -1;
    for (let i = from, at = first + from * stride; i < n; i++, at += stride) {
      const start = starts[at]!;
      const end = ends[at]!;
      repeats[i] = 0;
      if (end < 0) {
        lastLength = -1;
        continue;
      }
      if (end - start === lastLength && isEqual(view, lastStart, view, start, end)) {
        repeats[i] = 1;
        continue;
      }
      lastStart = start;
      lastLength = end - start;
      const hash = hashOf(view, start, end);
      hashes[i] = hash;
      sum ^= slots[(hash >>> shift) << 1]!;
    }
    this.fetched = sum & 1;
  }

  /** The code of text[start, end) with this hash; a new text gets the next code. */
  private find(text: Bytes, start: number, end: number, hash: number): number {
    const { slots } = this;
    const wrap = slots.length - 2;
    for (let slot = (hash >>> this.shift) << 1; ; slot = (slot + 2) & wrap) {
      const entry = slots[slot + 1]!;
      if (entry === 0) return this.add(text, start, end, slot, hash);
      if (slots[slot] === hash && this.holds(entry - 1, text, start, end)) return entry - 1;
    }
  }

  /** Takes the doubling off the quotes of a cell. */
  private internDoubled({ bytes }: Bytes, start: number, end: number): number {
    scratch = growBytes(scratch, end - start);
    let length = 0;
    for (let i = start; i < end; i++) {
      scratch.bytes[length++] = bytes[i]!;
      if (bytes[i] === QUOTE) i++;
    }
    return this.intern(scratch, 0, length);
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    scratch = growBytes(scratch, bytes.length);
    scratch.bytes.set(bytes);
    return this.intern(scratch, 0, bytes.length);
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

  /** Whether the text `code` is text[start, end). */
  private holds(code: number, text: Bytes, start: number, end: number): boolean {
    const from = code === 0 ? 0 : this.ends[code - 1]!;
    return this.ends[code]! - from === end - start && isEqual(this.texts.view, from, text.view, start, end);
  }

  private add(text: Bytes, start: number, end: number, slot: number, hash: number): number {
    if (!isUtf8(text, start, end)) {
      this.nRepaired++;
      return this.internText(westernEurope.decode(text.bytes.subarray(start, end)));
    }
    const code = this.append(text, start, end);
    this.slots[slot] = hash;
    this.slots[slot + 1] = code + 1;
    if (this.size * 4 > this.slots.length) this.widen();
    return code;
  }

  private append(text: Bytes, start: number, end: number): number {
    const code = this.size++;
    const from = code === 0 ? 0 : this.ends[code - 1]!;
    const length = end - start;
    this.reserve(from + length);
    const own = this.texts.view;
    for (let i = 0; i < length; i += 4) own.setInt32(from + i, text.view.getInt32(start + i, true), true);
    this.ends[code] = from + length;
    return code;
  }

  private reserve(nBytes: number): void {
    this.texts = growBytes(this.texts, nBytes);
    if (this.size <= this.ends.length) return;
    const ends = new Uint32Array(this.ends.length * 2);
    ends.set(this.ends);
    this.ends = ends;
  }

  /** Ends the climb: from now on texts are found by their hash. */
  private giveSlots(): void {
    this.isClimbing = false;
    const { size, ends, texts } = this;
    while (size * 4 > this.slots.length) {
      this.slots = new Int32Array(this.slots.length * 2);
      this.shift--;
    }
    const { slots, shift } = this;
    const wrap = slots.length - 2;
    for (let code = 0, start = 0; code < size; start = ends[code++]!) {
      const hash = hashOf(texts.view, start, ends[code]!);
      let slot = (hash >>> shift) << 1;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & wrap;
      slots[slot] = hash;
      slots[slot + 1] = code + 1;
    }
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
