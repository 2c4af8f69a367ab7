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

const firstSlot = (hash: number, mask: number): number => ((hash ^ (hash >>> 15)) << 1) & mask;

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

/** Distinct texts of one column as UTF-8 bytes in order of appearance; a cell becomes a code without becoming a string. */
export class Dictionary {
  size = 0;
  /** Cells that were not UTF-8 and were read as windows-1252 instead. */
  nRepaired = 0;
  /** Open addressing in pairs: a hash, then its code + 1 (0 = free), so that a look beside costs no second miss. */
  private slots = new Int32Array(4096);
  private offsets = new Uint32Array(1025);
  private bytes = new Uint8Array(8192);
  private last = 0;
  private lastHash = NaN;

  /** The code of bytes[start, end), whose hash the caller has; a new text gets the next code. */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (hash === this.lastHash && this.holds(this.last, bytes, start, end)) return this.last;
    const { slots } = this;
    const mask = slots.length - 2;
    for (let slot = firstSlot(hash, mask); ; slot = (slot + 2) & mask) {
      let code = slots[slot + 1]! - 1;
      if (code >= 0 && (slots[slot] !== hash || !this.holds(code, bytes, start, end))) continue;
      if (code < 0) code = this.add(bytes, start, end, hash, slot);
      this.last = code;
      this.lastHash = hash;
      return code;
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

  private holds(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.offsets[code]!;
    const length = end - start;
    if (this.offsets[code + 1]! - from !== length) return false;
    const own = this.bytes;
    for (let i = 0; i < length; i++) if (own[from + i] !== bytes[start + i]) return false;
    return true;
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    if (!isUtf8(bytes, start, end)) {
      this.nRepaired++;
      return this.internText(westernEurope.decode(bytes.subarray(start, end)));
    }
    const code = this.size++;
    const from = this.offsets[code]!;
    this.reserve(from + end - start);
    for (let i = start, to = from; i < end; i++) this.bytes[to++] = bytes[i]!;
    this.offsets[code + 1] = from + end - start;
    this.slots[slot] = hash;
    this.slots[slot + 1] = code + 1;
    if (this.size * 4 > this.slots.length) this.widen();
    return code;
  }

  private reserve(nBytes: number): void {
    if (nBytes > this.bytes.length) {
      const wider = new Uint8Array(Math.max(nBytes, this.bytes.length * 2));
      wider.set(this.bytes);
      this.bytes = wider;
    }
    if (this.size + 1 < this.offsets.length) return;
    const offsets = new Uint32Array(this.offsets.length * 2);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  private widen(): void {
    const old = this.slots;
    const slots = new Int32Array(old.length * 2);
    const mask = slots.length - 2;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue;
      let slot = firstSlot(old[from]!, mask);
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = old[from]!;
      slots[slot + 1] = old[from + 1]!;
    }
    this.slots = slots;
  }
}
