import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeBytes } from '../../../src/core/1-collect/bytes-window';
import { decodeTexts } from '../../../src/core/1-collect/texts';
import { Dictionary, MOST_CELLS } from '../../../src/core/1-collect/dictionary';

/** Codes of the texts as a reader gives them: all in one run of bytes, looked up many at a time. */
function codesOf(dictionary: Dictionary, texts: string[]): number[] {
  const parts = texts.map((text) => Buffer.from(text));
  const text = makeBytes(parts.reduce((n, part) => n + part.length, 0));
  const ends = new Int32Array(texts.length);
  let at = 0;
  parts.forEach((part, i) => {
    text.bytes.set(part, at);
    ends[i] = at += part.length;
  });
  const starts = ends.map((end, i) => end - parts[i]!.length);
  const codes = new Uint32Array(texts.length);
  for (let from = 0; from < texts.length; from += MOST_CELLS) {
    const n = Math.min(MOST_CELLS, texts.length - from);
    dictionary.internAll({ text, starts, ends, first: from, stride: 1, n, codes, to: from });
  }
  return [...codes];
}

test('Dictionary numbers distinct texts in order of appearance, whatever their bytes and lengths', () => {
  const unit = fc.constantFrom('a', 'b', '0', '9', '\0', 'é', '😀', ' ');
  const text = fc.oneof(fc.string({ unit, maxLength: 4 }), fc.string({ unit, maxLength: 30 }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 400 }), (texts) => {
      const distinct = [...new Set(texts)];
      const dictionary = new Dictionary();
      expect(codesOf(dictionary, texts)).toEqual(texts.map((t) => distinct.indexOf(t)));
      expect(decodeTexts(dictionary.textsFrom(0))).toEqual(distinct);
      expect(texts.map((t) => dictionary.internText(t))).toEqual(texts.map((t) => distinct.indexOf(t)));
    }),
  );
});

test.each([
  ['numbers in order', (i: number) => String(100_000 + i)],
  [
    'numbers in order, then not',
    (i: number) => String(i < 40_000 ? 90_000 + (i >> 1) : (i * 7919) % 120_000),
  ],
  ['long texts that differ in one place', (i: number) => `${'x'.repeat(20)}${i}${'y'.repeat(9)}`],
  ['texts that differ in zero bytes only', (i: number) => '\0'.repeat(i % 40)],
])('Dictionary keeps its codes while it grows: %s', (_, textOf) => {
  const texts = Array.from({ length: 50_000 }, (_, i) => textOf(i));
  const known = new Map([...new Set(texts)].map((text, code) => [text, code]));
  const dictionary = new Dictionary();
  const codes = [...codesOf(dictionary, texts.slice(0, 30_000)), ...codesOf(dictionary, texts.slice(30_000))];
  expect(codes.every((code, i) => code === known.get(texts[i]!))).toBe(true);
  expect(dictionary.size).toBe(known.size);
  expect(decodeTexts(dictionary.textsFrom(known.size - 1))).toEqual([[...known.keys()].at(-1)]);
});
