import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/kit/crc32';
import { createRandom } from '../../../src/core/kit/random';

// "Check" value of CRC-32 in R. Williams, A Painless Guide to CRC Error Detection Algorithms (ROCKSOFT model).
test('crc32 of 123456789 is the check value of the ROCKSOFT model', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('crc32 of no bytes is 0', () => {
  expect(crc32(new Uint8Array())).toBe(0);
});

test("crc32 equals zlib's for every length up to 300 and every alignment", () => {
  const random = createRandom(1);
  const bytes = Uint8Array.from({ length: 310 }, () => random.below(256));
  for (let length = 0; length <= 300; length++) {
    const part = bytes.subarray(length % 9, (length % 9) + length);
    expect(crc32(part)).toBe(zlibCrc32(part));
  }
});

test('crc32(b, crc32(a)) equals crc32 of a and b together', () => {
  const random = createRandom(2);
  const bytes = Uint8Array.from({ length: 1000 }, () => random.below(256));
  for (const cut of [0, 1, 7, 8, 500, 999, 1000]) {
    expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
  }
});

test('crc32 changes with any single flipped bit', () => {
  const bytes = new TextEncoder().encode('a block of stored rows');
  const whole = crc32(bytes);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(crc32(flipped)).not.toBe(whole);
  }
});
