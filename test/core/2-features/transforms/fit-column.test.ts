import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitColumn, readColumn, transformValue } from '../../../../src/core/2-features/transforms/fit-column';
import { markRead } from '../../../../src/core/2-features/transforms/encode-input';
import {
  levelChoice,
  numberChoice,
  type NumberTransformName,
  numberTransforms,
} from '../../../../src/core/2-features/transforms/registry';
import { robustScale } from '../../../../src/core/2-features/transforms/robust-scale';
import { standardScale } from '../../../../src/core/2-features/transforms/standard-scale';
import { createRandom } from '../../../../src/core/kit/random';

const ways = Object.keys(numberTransforms) as NumberTransformName[];
const random = createRandom(2);
/** Most spend little, one in a hundred very much. */
const spend = Float64Array.from({ length: 500 }, (_, i) =>
  i % 100 === 0 ? 50_000 : 5 + 100 * random.next(),
);

describe('fitColumn', () => {
  test('as wanted is what the transform itself gives, then standardised', () => {
    for (const by of ['winsorise', 'quantileScale'] as const) {
      const column = fitColumn('spend', spend, by);
      const own = numberTransforms[by];
      const params = by === 'quantileScale' ? { nQuantiles: 100 } : own.defaults;
      const values = own.transform(own.fit(spend, params as never) as never, spend);
      const scaled = standardScale.transform(standardScale.fit(values, {}), values);
      spend.forEach((value, i) => expect(transformValue(column, value)).toBeCloseTo(scaled[i]!, 9));
    }
    const robust = fitColumn('spend', spend, 'robustScale');
    const scaled = robustScale.transform(robustScale.fit(spend, {}), spend);
    spend.forEach((value, i) => expect(transformValue(robust, value)).toBe(scaled[i]!));
  });

  test('where nobody chose it is by amounts, or by times where that leans less', () => {
    expect(fitColumn('spend', spend)).toEqual(fitColumn('spend', spend, 'log'));
    const even = spend.map((_, i) => i);
    expect(fitColumn('even', even)).toEqual(fitColumn('even', even, 'standardScale'));
  });

  test('an extreme outweighs everybody by amounts, and not once it is pulled in or told by rank', () => {
    const far = (by: NumberTransformName) => transformValue(fitColumn('spend', spend, by), 50_000);
    expect(far('standardScale')).toBeGreaterThan(9);
    expect(far('quantileScale')).toBeLessThan(2);
    const [lowest, highest] = [5, 105].map((value) =>
      transformValue(fitColumn('spend', spend, 'robustScale'), value),
    );
    expect(highest! - lowest!).toBeGreaterThan(1.5);
  });

  test('without a middle half the values stay by amounts', () => {
    const rare = Float64Array.from({ length: 100 }, (_, i) => (i < 10 ? i : 0));
    expect(fitColumn('rare', rare, 'robustScale')).toEqual(fitColumn('rare', rare, 'standardScale'));
  });

  test('every way gives a number for any value, learns plain data, and keeps the order of values', () => {
    const values = fc.array(fc.oneof(fc.double({ noNaN: false }), fc.integer({ min: -5, max: 5 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(values, fc.constantFrom(...ways), (list, by) => {
        const column = structuredClone(fitColumn('x', Float64Array.from(list), by));
        const sorted = list.filter(Number.isFinite).sort((a, b) => a - b);
        const read = sorted.map((value) => transformValue(column, value));
        expect(read.every(Number.isFinite)).toBe(true);
        const isRead = column.sd > 0 && Number.isFinite(column.sd) && Number.isFinite(column.mean);
        if (isRead && sorted.every((value) => Math.abs(value) < 1e100))
          read.forEach((z, i) => expect(z).toBeGreaterThanOrEqual((read[i - 1] ?? -Infinity) - 1e-9));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('readColumn and transformValue agree, row by row', () => {
    for (const by of ways) {
      const column = fitColumn('spend', spend, by);
      readColumn(column, spend).forEach((value, i) =>
        expect(transformValue(column, spend[i]!)).toBeCloseTo((value - column.mean) / column.sd, 12),
      );
    }
  });
});

describe('what a person chose', () => {
  const definition = { name: 'spend', label: 'spend', unit: 'money', formula: '', source: '', high: '', low: '' } as const; // prettier-ignore
  const table = {
    asOf: null,
    customers: Int32Array.of(0),
    features: [
      { definition, values: Float64Array.of(1) },
      { definition: { ...definition, name: 'isNew', unit: 'flag' as const }, values: Float64Array.of(1) },
    ],
  };

  test('goes with traits of numbers alone, by their names', () => {
    const marked = markRead(table, [['spend', 'log'], ['isNew', 'log'], ['other', 'log']]); // prettier-ignore
    expect(marked.features.map((feature) => feature.definition)).toEqual([
      { ...definition, transform: 'log' },
      table.features[1]!.definition,
    ]);
    expect(markRead(table, [])).toBe(table);
    expect(markRead(table, [['spend', 'targetEncode']])).toEqual(table);
  });

  test('the later choice counts, and each kind has its own', () => {
    expect(numberChoice([['a', 'log'], ['a', 'winsorise']], 'a')).toBe('winsorise'); // prettier-ignore
    expect(numberChoice([['a', 'targetEncode']], 'a')).toBeNull();
    expect(levelChoice([['a', 'targetEncode']], 'a')).toBe('targetEncode');
    expect(levelChoice([['constructor', 'log']], 'toString')).toBeNull();
  });
});
