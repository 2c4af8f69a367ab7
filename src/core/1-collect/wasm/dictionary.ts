// The distinct texts of a column in order of appearance, as records one behind the other: code, length, bytes.
import { allocate, copyText, giveBack, hashOf, isAscii, isEqual, reserve, take } from './memory';

const MAX_CHUNK: u32 = 1 << 18;
/** A length that no text has. */
export const NO_TEXT: u32 = 0xffffffff;

/** Of a new text that is not ASCII: the code of what it is repaired to, or -1 when it is good UTF-8. */
declare function repair(dictionary: usize, start: usize, end: usize): i32;

@unmanaged
export class Dictionary {
  size: u32;
  /** Open addressing in pairs: hash, then where the record is (0 = free). The first slot is the hash's highest bits. */
  slots: usize;
  nSlots: u32;
  shift: u32;
  /** Where the next record goes, the end of its chunk of memory, and how long that is. */
  next: usize;
  end: usize;
  chunk: u32;
  firstRecord: usize;
  latest: usize;
  /** Each text is longer than the one before it or comes after it, as with numbers in order: nothing has a slot yet. */
  isClimbing: bool;
  textBytes: u32;
  /** The first record that was not copied out. */
  untold: usize;
  nTold: u32;
  toldBytes: u32;
}

export function createDictionary(): Dictionary {
  const own = changetype<Dictionary>(allocate(offsetof<Dictionary>()));
  memory.fill(changetype<usize>(own), 0, offsetof<Dictionary>());
  own.nSlots = 16;
  own.shift = 28;
  own.chunk = 256;
  own.next = own.firstRecord = own.untold = take(256);
  own.end = own.next + 256;
  own.isClimbing = true;
  return own;
}

export function sizeOf(own: Dictionary): u32 {
  return own.size;
}

/** The code of the text; a new one gets the next. */
export function intern(own: Dictionary, start: usize, end: usize): u32 {
  if (own.isClimbing) giveSlots(own);
  const length = <u32>(end - start);
  return find(own, start, length, hashOf(start, length));
}

export function find(own: Dictionary, start: usize, length: u32, hash: u32): u32 {
  const slots = own.slots;
  const wrap = (own.nSlots << 3) - 1;
  let slot = (hash >> own.shift) << 3;
  while (true) {
    const record = load<u32>(slots + slot, 4);
    if (!record) return add(own, start, length, hash, slots + slot);
    if (load<u32>(slots + slot) == hash && load<u32>(record, 4) == length)
      if (isEqual(record + 8, start, length)) return load<u32>(record);
    slot = (slot + 8) & wrap;
  }
}

function add(own: Dictionary, start: usize, length: u32, hash: u32, slot: usize): u32 {
  if (!isAscii(start, length)) {
    const code = repair(changetype<usize>(own), start, start + length);
    if (code >= 0) return code;
  }
  const record = append(own, start, length);
  store<u32>(slot, hash);
  store<u32>(slot, <u32>record, 4);
  if (own.size * 2 > own.nSlots) widen(own);
  return own.size - 1;
}

function sizeOfRecord(length: u32): u32 {
  return (length + 11) & ~3;
}

export function append(own: Dictionary, start: usize, length: u32): usize {
  const size = sizeOfRecord(length);
  if (own.next + size + 16 > own.end) startChunk(own, size + 16);
  const record = own.next;
  own.next = record + size;
  store<u32>(record, own.size++);
  store<u32>(record, length, 4);
  copyText(record + 8, start, length);
  own.textBytes += length;
  return (own.latest = record);
}

/** The last record of a chunk holds no text and tells where the next chunk is. */
function startChunk(own: Dictionary, needed: u32): void {
  own.chunk = max(min(own.chunk << 1, MAX_CHUNK), needed);
  const chunk = take(own.chunk);
  store<u32>(own.next, <u32>chunk);
  store<u32>(own.next, NO_TEXT, 4);
  own.next = chunk;
  own.end = chunk + own.chunk;
}

/** The record at `at`, or the one in the next chunk. */
function recordAt(at: usize): usize {
  return load<u32>(at, 4) == NO_TEXT ? <usize>load<u32>(at) : at;
}

function place(own: Dictionary, hash: u32, record: u32): void {
  const wrap = (own.nSlots << 3) - 1;
  let slot = (hash >> own.shift) << 3;
  while (load<u32>(own.slots + slot, 4)) slot = (slot + 8) & wrap;
  store<u32>(own.slots + slot, hash);
  store<u32>(own.slots + slot, record, 4);
}

function makeSlots(own: Dictionary, by: u32): void {
  own.nSlots <<= by;
  own.shift -= by;
  own.slots = take(own.nSlots << 3);
  memory.fill(own.slots, 0, own.nSlots << 3);
}

function widen(own: Dictionary): void {
  const old = own.slots;
  const end = old + (own.nSlots << 3);
  makeSlots(own, own.nSlots < 1 << 18 ? 2 : 1);
  for (let from = old; from < end; from += 8)
    if (load<u32>(from, 4)) place(own, load<u32>(from), load<u32>(from, 4));
  giveBack(old, <u32>(end - old));
}

/** Ends the climb: from now on texts are found by their hash. */
export function giveSlots(own: Dictionary): void {
  own.isClimbing = false;
  let by: u32 = 0;
  while (own.size * 2 > own.nSlots << by) by++;
  makeSlots(own, by);
  for (let i: u32 = 0, at = own.firstRecord; i < own.size; i++) {
    at = recordAt(at);
    const length = load<u32>(at, 4);
    place(own, hashOf(at + 8, length), <u32>at);
    at += sizeOfRecord(length);
  }
}

/** Bytes of the texts that `copyTexts` would copy. */
export function newTextBytes(own: Dictionary): u32 {
  return own.textBytes - own.toldBytes;
}

/**
 * Copies the texts that were not copied yet to room for the moment: where each ends as 32 bits, then all their bytes.
 */
export function copyTexts(own: Dictionary): usize {
  const n = own.size - own.nTold;
  const room = reserve((n << 2) + newTextBytes(own) + 8);
  let to = room + (n << 2);
  const first = to;
  let record = own.untold;
  for (let i: u32 = 0; i < n; i++) {
    record = recordAt(record);
    const length = load<u32>(record, 4);
    copyText(to, record + 8, length);
    to += length;
    store<u32>(room + (i << 2), <u32>(to - first));
    record += sizeOfRecord(length);
  }
  own.untold = record;
  own.nTold = own.size;
  own.toldBytes = own.textBytes;
  return room;
}
