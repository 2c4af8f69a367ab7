/** Where hashing a cell begins, and the prime of its steps (FNV-1a); the scanner hashes while it looks for the cell's end. */
export const HASH_SEED = -2128831035;
export const HASH_PRIME = 16777619;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const westernEurope = new TextDecoder('windows-1252');
const encoder = new TextEncoder();

const hashOf = (bytes: Uint8Array): number => {
  let hash = HASH_SEED;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, HASH_PRIME);
  return hash;
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  if (bytes.every((b) => b < 128)) return true;
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Distinct texts of one column as UTF-8 bytes in order of appearance; a cell becomes a code without becoming a string. */
export class Dictionary {
  size = 0;
  /** Cells that were not UTF-8 and were read as windows-1252 instead. */
  nRepaired = 0;
  private slots = new Int32Array(2048);
  private hashes = new Int32Array(1024);
  private offsets = new Uint32Array(1025);
  private bytes = new Uint8Array(8192);
  private last = 0;

  /** The code of bytes[start, end), whose hash the caller has; a new text gets the next code. */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (this.size > 0 && this.holds(this.last, bytes, start, end, hash)) return this.last;
    const { slots } = this;
    const mask = slots.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot]! - 1;
      if (code < 0) return (this.last = this.add(bytes.subarray(start, end), hash, slot));
      if (this.holds(code, bytes, start, end, hash)) return (this.last = code);
    }
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length, hashOf(bytes));
  }

  /** The texts with codes from `first` on. */
  textsFrom(first: number): string[] {
    const from = this.offsets[first]!;
    const all = strict.decode(this.bytes.subarray(from, this.offsets[this.size]!));
    const isAscii = all.length === this.offsets[this.size]! - from;
    return Array.from({ length: this.size - first }, (_, i) => {
      const start = this.offsets[first + i]!;
      const end = this.offsets[first + i + 1]!;
      return isAscii ? all.slice(start - from, end - from) : strict.decode(this.bytes.subarray(start, end));
    });
  }

  private holds(code: number, bytes: Uint8Array, start: number, end: number, hash: number): boolean {
    if (this.hashes[code] !== hash) return false;
    const from = this.offsets[code]!;
    const length = end - start;
    if (this.offsets[code + 1]! - from !== length) return false;
    const own = this.bytes;
    for (let i = 0; i < length; i++) if (own[from + i] !== bytes[start + i]) return false;
    return true;
  }

  private add(cell: Uint8Array, hash: number, slot: number): number {
    if (!isUtf8(cell)) {
      this.nRepaired++;
      return this.internText(westernEurope.decode(cell));
    }
    const code = this.size++;
    const from = this.offsets[code]!;
    this.reserve(from + cell.length);
    this.bytes.set(cell, from);
    this.offsets[code + 1] = from + cell.length;
    this.hashes[code] = hash;
    this.slots[slot] = code + 1;
    if (this.size * 2 > this.slots.length) this.rehash();
    return code;
  }

  private reserve(nBytes: number): void {
    if (nBytes > this.bytes.length) {
      const wider = new Uint8Array(Math.max(nBytes, this.bytes.length * 2));
      wider.set(this.bytes);
      this.bytes = wider;
    }
    if (this.size === this.hashes.length) {
      const hashes = new Int32Array(this.size * 2);
      const offsets = new Uint32Array(this.size * 2 + 1);
      hashes.set(this.hashes);
      offsets.set(this.offsets);
      this.hashes = hashes;
      this.offsets = offsets;
    }
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      const hash = this.hashes[code]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}
