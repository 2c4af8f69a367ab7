import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashTable } from '../../../src/core/1-collect/data-hash';
import type { Codes, RawTable } from '../../../src/core/1-collect/raw-table';
import { plainSha256, type Sha256, startSha256 } from '../../../src/core/1-collect/sha256';

function hashPieces(pieces: Uint8Array[], { room, take, finish }: Sha256): string {
  for (const piece of pieces) {
    room.set(piece);
    take(piece.length);
  }
  return finish();
}

describe('SHA-256 in pieces', () => {
  const piece = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 65_536 }));

  test('is what other software says, in WebAssembly and in plain script', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const expected = createHash('sha256').update(Buffer.concat(pieces)).digest('hex');
        expect(hashPieces(pieces, startSha256())).toBe(expected);
        expect(hashPieces(pieces, plainSha256())).toBe(expected);
      }),
    );
  });

  test('ends right at every length of the last block', () => {
    for (let n = 0; n <= 130; n++) {
      const bytes = new Uint8Array(n).fill(n);
      expect(hashPieces([bytes], startSha256())).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  test('WebAssembly is at work: its room does not change from hash to hash', () => {
    expect(startSha256().room.buffer).toBe(startSha256().room.buffer);
    expect(plainSha256().room.buffer).not.toBe(plainSha256().room.buffer);
  });
});

describe('the hash of a table', () => {
  const long = `${'é'.repeat(40_000)}😀${'日'.repeat(40_000)}`;
  const levels = [
    '',
    'plain',
    'ü, "quoted"',
    '😀',
    long,
    ...Array.from({ length: 5000 }, (_, i) => `row ${i}`),
  ];
  const tableOf = (codes: Codes, texts = levels): RawTable => ({
    fileName: 'a.csv',
    nRows: codes.length,
    hasHeader: true,
    refusedRows: [],
    columns: [
      { name: 'größe', levels: texts, codes },
      { name: 'none', levels: [], codes: codes.slice(0, 0) },
    ],
  });
  const codes = Uint16Array.from(levels, (_, i) => levels.length - 1 - i);
  const hash = hashTable(tableOf(codes));

  // Computed by version 0.1, in plain script: receipts of then and now name the same data alike.
  test('is what earlier versions said', () => {
    expect(hash).toBe('684b29f56b4defc5f72b9d2e2f99a611d26f83e232d303b79224137e1405a62f');
  });

  test('knows no width of codes, but each text, each cell and their order', () => {
    expect(hashTable(tableOf(Uint32Array.from(codes)))).toBe(hash);
    expect(hashTable(tableOf(codes.toReversed()))).not.toBe(hash);
    expect(hashTable(tableOf(codes, levels.with(4, `${long}.`)))).not.toBe(hash);
    expect(hashTable(tableOf(codes, levels.with(1, levels[2]!).with(2, levels[1]!)))).not.toBe(hash);
    const moved = codes.slice();
    moved[7] = 1;
    expect(hashTable(tableOf(moved))).not.toBe(hash);
  });
});
