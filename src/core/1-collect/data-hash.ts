import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Codes, RawTable } from './raw-table';
import { startSha256 } from './sha256';

const encoder = new TextEncoder();
const LEVELS_AT_ONCE = 4096;

/** Two 32-bit sums over the codes that depend on their order but not on the width they are stored in. */
function codesSum(codes: Codes): string {
  let a = -2128831035;
  let b = 1;
  for (let i = 0; i < codes.length; i++) {
    a = Math.imul(a ^ codes[i]!, 16777619);
    b = Math.imul(b, -1640531535) + codes[i]! + (a >>> 17);
  }
  return `${a >>> 0}.${b >>> 0}`;
}

/** SHA-256 (hex) of one table's columns; file name and block boundaries do not count. */
export function hashTable(table: RawTable): string {
  const { room, take, finish } = startSha256();
  const lengths = new Uint32Array(room.buffer, room.byteOffset, LEVELS_AT_ONCE);
  const add = (text: string) => {
    let rest = `${text.length}:${text}`;
    while (rest !== '') {
      const { read, written } = encoder.encodeInto(rest, room);
      take(written);
      rest = rest.slice(read);
    }
  };
  for (const { name, levels, codes } of table.columns) {
    add(name);
    for (let from = 0; from < levels.length; from += LEVELS_AT_ONCE) {
      const n = Math.min(LEVELS_AT_ONCE, levels.length - from);
      for (let i = 0; i < n; i++) lengths[i] = levels[from + i]!.length;
      take(4 * n);
      add(levels.slice(from, from + n).join(''));
    }
    add(`${levels.length}/${codes.length}/${codesSum(codes)}`);
  }
  return finish();
}

/** One hash for all tables of a project, whatever order they were dropped in. */
export const hashTables = (hashes: string[]): string =>
  hashes.length === 1 ? hashes[0]! : bytesToHex(sha256(encoder.encode(hashes.toSorted().join(' '))));

/** SHA-256 (hex) of a text. */
export const hashText = (text: string): string => bytesToHex(sha256(encoder.encode(text)));
