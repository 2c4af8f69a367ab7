import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextMap } from '../../../src/core/1-collect/text-map';
import { wordTest } from '../../../src/core/1-collect/word-test';

test('words are known whatever their capitals and the blanks around them, and nothing else is', () => {
  const words = ['', 'na', 'n/a', 'null', '-', '#n/a', 'keine angabe'];
  const isWord = wordTest(words);
  const near = fc
    .tuple(fc.constantFrom(...words), fc.constantFrom('', ' ', '\t', '\u00a0', '\ufeff', 'x', 'A'))
    .chain(([word, end]) => fc.constantFrom(word + end, end + word, (end + word).toUpperCase()));
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'grapheme', maxLength: 6 })), (text) => {
      expect(isWord(text)).toBe(words.includes(text.trim().toLowerCase()));
    }),
  );
});

test('a map by text tells apart all that are written apart, though their numbers may be the same', () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '1', '9'), maxLength: 18 });
  const text = fc.oneof(
    digits,
    fc.nat(20).map(String),
    fc.constantFrom('1.0', '1e3', '1000', '+1', ' 1', '1 ', '-1', '', '9007199254740993', '9007199254740992'),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), fc.array(text, { maxLength: 10 }), (texts, others) => {
      const expected = new Map<string, number>();
      const own = new TextMap<number>();
      for (const [i, one] of texts.entries()) {
        expected.set(one, i);
        own.set(one, i);
        expect(own.size).toBe(expected.size);
      }
      for (const one of [...texts, ...others]) expect(own.get(one)).toBe(expected.get(one));
    }),
  );
});
