import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNaturalBreaks } from '../../../src/core/kit/natural-breaks';

const spreadOf = (values: number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};
const spreadBy = (values: number[], breaks: number[]) => {
  const classes = new Map<number, number[]>();
  for (const value of values) {
    const at = breaks.filter((cut) => cut < value).length;
    classes.set(at, [...(classes.get(at) ?? []), value]);
  }
  return [...classes.values()].reduce((sum, members) => sum + spreadOf(members), 0);
};

test('breaks fall into the gaps', () => {
  expect(findNaturalBreaks(Float64Array.from([12, 1, 21, 2, 3, 10, 22, 11, 20]), 3)).toEqual([3, 12]);
});

test('no other three classes have less spread within', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 14 });
  fc.assert(
    fc.property(numbers, (values) => {
      const breaks = findNaturalBreaks(Float64Array.from(values), 3);
      const distinct = [...new Set(values)].sort((x, y) => x - y);
      let least = Infinity;
      for (const first of distinct)
        for (const second of distinct) least = Math.min(least, spreadBy(values, [first, second]));
      expect(spreadBy(values, breaks)).toBeCloseTo(least, 6);
    }),
  );
});

test('fewer values than classes, missing ones and a million of them are no trouble', () => {
  expect(findNaturalBreaks(Float64Array.from([7, 7, 7]), 5)).toEqual([]);
  expect(findNaturalBreaks(Float64Array.from([1, NaN, 9, Infinity]), 5)).toEqual([1]);
  const many = Float64Array.from({ length: 1_000_000 }, (_, i) => (i % 1000) ** 2);
  const breaks = findNaturalBreaks(many, 5);
  expect(breaks).toHaveLength(4);
  expect([...breaks].sort((a, b) => a - b)).toEqual(breaks);
});
