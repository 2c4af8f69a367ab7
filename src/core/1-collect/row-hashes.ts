import type { ReadTable } from './read-table';

export type RowHashes = { low: Int32Array; high: Int32Array };

function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/**
 * 64 bits of what a row says beside who and when, the same in any file: each cell with its column's name, whatever the
 * order of the columns; empty cells do not count.
 */
export function hashRows({ profile, columns }: ReadTable): RowHashes {
  const low = new Int32Array(profile.nRows);
  const high = new Int32Array(profile.nRows);
  for (const { profile: column, words, reading } of columns) {
    if (reading.role === 'customer' || reading.role === 'time') continue;
    const { levels, isMissing, codes } = column;
    const seeds = [hashText(words, 0x2c1b3c6d), hashText(words, 0x297a2d39)] as const;
    const lows = Int32Array.from(levels, (text, code) =>
      isMissing[code] ? 0 : hashText(text.trim(), seeds[0]),
    );
    const highs = Int32Array.from(levels, (text, code) =>
      isMissing[code] ? 0 : hashText(text.trim(), seeds[1]),
    );
    for (let i = 0; i < low.length; i++) {
      low[i]! += lows[codes[i]!]!;
      high[i]! += highs[codes[i]!]!;
    }
  }
  return { low, high };
}
