import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Coded } from '../../../../src/core/1-collect/canonical';
import { flagGaps } from '../../../../src/core/2-features/transforms/flag-gaps';
import { frequencyEncode } from '../../../../src/core/2-features/transforms/frequency-encode';
import { log } from '../../../../src/core/2-features/transforms/log';
import { oneHot } from '../../../../src/core/2-features/transforms/one-hot';
import { quantileScale } from '../../../../src/core/2-features/transforms/quantile-scale';
import { robustScale } from '../../../../src/core/2-features/transforms/robust-scale';
import { standardScale } from '../../../../src/core/2-features/transforms/standard-scale';
import { targetEncode } from '../../../../src/core/2-features/transforms/target-encode';
import type { NumberTransform } from '../../../../src/core/2-features/transforms/transform';
import { winsorise } from '../../../../src/core/2-features/transforms/winsorise';
import { createRandom } from '../../../../src/core/kit/random';

type Column = Record<
  | 'train'
  | 'other'
  | 'log'
  | 'winsorise'
  | 'standardScale'
  | 'robustScale'
  | 'quantileScale'
  | 'quantileScaleOfTrain',
  (number | null)[]
>;
/** Written by transforms-reference.py beside it, with scikit-learn and numpy; their versions stand inside. */
const path = fileURLToPath(new URL('../../../fixtures/transforms-reference.json', import.meta.url));
const reference = JSON.parse(readFileSync(path, 'utf8')) as {
  columns: Record<string, Column>;
  oneHot: { train: string[]; other: string[]; levels: string[]; rows: number[][] };
};
const read = (values: (number | null)[]) => Float64Array.from(values, (value) => value ?? NaN);

function expectNear(found: Float64Array, wanted: (number | null)[]) {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, i) => {
    const want = wanted[i] ?? NaN;
    if (Number.isNaN(want)) expect(value).toBeNaN();
    else expect(Math.abs(value - want) / Math.max(1, Math.abs(want)), `row ${i}`).toBeLessThanOrEqual(1e-9);
  });
}

describe.each(Object.entries(reference.columns))('on the column "%s"', (_, column) => {
  const apply = <P, M>({ fit, transform }: NumberTransform<P, M>, params: P, values = column.other) =>
    transform(structuredClone(fit(read(column.train), params)), read(values));

  test('every transform gives what scikit-learn and numpy give', () => {
    expectNear(apply(log, {}), column.log);
    expectNear(apply(winsorise, { low: 0.05, high: 0.95 }), column.winsorise);
    expectNear(apply(standardScale, {}), column.standardScale);
    expectNear(apply(robustScale, {}), column.robustScale);
    expectNear(apply(quantileScale, { nQuantiles: 100 }), column.quantileScale);
    expectNear(apply(quantileScale, { nQuantiles: 100 }, column.train), column.quantileScaleOfTrain);
  });

  test('what is transformed does not change what was learnt, nor the values given', () => {
    const values = read(column.train);
    const model = quantileScale.fit(values, { nQuantiles: 100 });
    const before = JSON.stringify(model);
    quantileScale.transform(model, Float64Array.of(-1e9, 1e9));
    expect(JSON.stringify(model)).toBe(before);
    expect(values).toEqual(read(column.train));
  });
});

const code = (texts: (string | null)[]): Coded => {
  const levels = [...new Set(texts.filter((text) => text !== null))];
  return { levels, codes: Int32Array.from(texts, (text) => (text === null ? -1 : levels.indexOf(text))) };
};

test('oneHot gives what scikit-learn gives; a text never seen, or none, is zero everywhere', () => {
  const { train, other, levels, rows } = reference.oneHot;
  const model = oneHot.fit(code(train), {});
  expect(model.levels).toEqual(levels);
  const columns = oneHot.transform(model, code(other));
  expect(other.map((_, row) => columns.map((column) => column[row]))).toEqual(rows);
  expect(oneHot.transform(model, code([null])).map((column) => column[0])).toEqual(levels.map(() => 0));
});

test('frequencyEncode gives shares of training rows; unseen is 0, missing is a text of its own', () => {
  const model = frequencyEncode.fit(code(['a', 'b', 'a', null]), {});
  const [column] = frequencyEncode.transform(model, code(['b', 'c', null, 'a']));
  expect(Array.from(column!)).toEqual([0.25, 0, 0.25, 0.5]);
});

describe('targetEncode', () => {
  const coded = code(['a', 'a', 'a', 'b', null]);
  const y = [1, 0, 1, 1, 0];

  test('mixes the mean of a text with the overall mean, reckoned by hand', () => {
    const model = targetEncode.fit(coded, y, { ...targetEncode.defaults, smoothing: 2 });
    // Overall mean 3/5. a: (2 + 2 * 0.6) / (3 + 2); b: (1 + 1.2) / 3; missing: (0 + 1.2) / 3; unseen: 0.6.
    expectNear(targetEncode.transform(model, code(['a', 'b', null, 'z'])), [3.2 / 5, 2.2 / 3, 1.2 / 3, 0.6]);
  });

  test('with smoothing 0 gives each text its own mean', () => {
    const model = targetEncode.fit(coded, y, { ...targetEncode.defaults, smoothing: 0 });
    expectNear(targetEncode.transform(model, code(['a', 'b'])), [2 / 3, 1]);
  });

  test('tells a training row nothing of its own outcome: pure noise stays noise', () => {
    const random = createRandom(3);
    const noise = Array.from({ length: 600 }, () => random.below(2));
    const alone = code(noise.map((_, i) => `customer ${i}`));
    const params = { ...targetEncode.defaults, smoothing: 0, seed: 4 };
    const own = targetEncode.transform(targetEncode.fit(alone, noise, params), alone);
    expect(Array.from(own)).toEqual(noise);
    const told = targetEncode.fitTransform(alone, noise, params);
    const meanOf = (outcome: number) => {
      const values = told.filter((_, i) => noise[i] === outcome);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(Math.abs(meanOf(1) - meanOf(0))).toBeLessThan(0.01);
    expect(targetEncode.fitTransform(alone, noise, params)).toEqual(told);
  });
});

test('flagGaps marks missing values only', () => {
  expect(
    Array.from(flagGaps.transform(flagGaps.fit(new Float64Array(0), {}), Float64Array.of(0, NaN, -1))),
  ).toEqual([0, 1, 0]);
});
