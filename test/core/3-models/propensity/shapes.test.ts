import { expect, test } from 'vitest';
import { additive } from '../../../../src/core/3-models/propensity/additive';
import {
  contributionsOfBoosting,
  histogramBoosting,
  logOddsOfBoosting,
} from '../../../../src/core/3-models/propensity/boosting';
import { logOddsOfAdditive, type AdditiveModel } from '../../../../src/core/3-models/propensity/shapes';
import { childOf, type Tree } from '../../../../src/core/3-models/propensity/trees';
import type { Matrix } from '../../../../src/core/kit/matrix';
import { makeLabelledRows } from '../../../fixtures/labelled-rows';

const { X, y } = makeLabelledRows(1_500, 6, 7);

/** Log-odds along column `j`, all else as in the first row. */
function along(j: number, logOdds: (rows: Matrix) => Float64Array): Float64Array {
  const rows = { data: new Float64Array(41 * 6), nRows: 41, nColumns: 6 };
  for (let i = 0; i < 41; i++) {
    rows.data.set(X.data.subarray(0, 6), i * 6);
    rows.data[i * 6 + j] = -2 + i / 10;
  }
  return logOdds(rows);
}

const falls = (values: Float64Array) => values.some((value, i) => i > 0 && value < values[i - 1]! - 1e-12);
const rises = (values: Float64Array) => values.some((value, i) => i > 0 && value > values[i - 1]! + 1e-12);

test('a sign keeps trees and shapes from bending the other way, and only in its column', () => {
  const signs = [1, -1, 0, 0, 0, 0];
  const trees = histogramBoosting.fit(
    X,
    { ...histogramBoosting.defaults, nTrees: 60, signs },
    { seed: 1, y },
  );
  const shapes = additive.fit(X, { ...additive.defaults, signs }, { seed: 1, y });
  const free = histogramBoosting.fit(X, { ...histogramBoosting.defaults, nTrees: 60 }, { seed: 1, y });
  for (const logOdds of [
    (rows: Matrix) => logOddsOfBoosting(trees, rows),
    (rows: Matrix) => logOddsOfAdditive(shapes, rows),
  ]) {
    expect(falls(along(0, logOdds))).toBe(false);
    expect(rises(along(0, logOdds))).toBe(true);
    expect(rises(along(1, logOdds))).toBe(false);
  }
  expect(falls(along(0, (rows) => logOddsOfBoosting(free, rows)))).toBe(true);
});

/** What the tree says on average when only the columns in `known` are known (share of training rows at other turns). */
function expectation(tree: Tree, row: Float64Array, known: Set<number>, node = 0): number {
  const column = tree.columns[node]!;
  if (column < 0) return tree.values[node]!;
  if (known.has(column)) return expectation(tree, row, known, childOf(tree, node, row[column]!));
  const left = tree.left[node]!;
  const whole = tree.cover[node]!;
  const half = (child: number) => (tree.cover[child]! / whole) * expectation(tree, row, known, child);
  return half(left) + half(left + 1);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

test('contributionsOfBoosting are the Shapley values by their definition, over all sets of columns', () => {
  const params = { ...histogramBoosting.defaults, nTrees: 8, patience: 0, learningRate: 0.5 };
  const model = histogramBoosting.fit(X, params, { seed: 1, y });
  const { parts } = contributionsOfBoosting(model, X);
  for (const at of [0, 1, 2, 3, 4]) {
    const row = Float64Array.from(X.data.subarray(at * 6, at * 6 + 6));
    const found = parts.map((values) => values[at]!);
    for (let j = 0; j < 6; j++) {
      let value = 0;
      for (let mask = 0; mask < 64; mask++) {
        if (mask & (1 << j)) continue;
        const set = new Set([0, 1, 2, 3, 4, 5].filter((k) => mask & (1 << k)));
        const weight = (factorial(set.size) * factorial(5 - set.size)) / factorial(6);
        for (const tree of model.trees)
          value += weight * (expectation(tree, row, new Set([...set, j])) - expectation(tree, row, set));
      }
      expect(found[j]).toBeCloseTo(value, 10);
    }
  }
});

const weighted = (model: AdditiveModel) => logOddsOfAdditive(model, X).reduce((sum, value) => sum + value, 0);

test('additive centres its shapes, finds the planted pair and the columns that say something', () => {
  const model = additive.fit(X, additive.defaults, { seed: 1, y });
  expect(weighted(model) / X.nRows).toBeCloseTo(model.intercept, 8);
  const [first] = [...model.pairs].sort((a, b) => b.importance.value - a.importance.value);
  expect(first!.columns).toEqual([3, 4]);
  const ranked = [...model.shapes].sort((a, b) => b.importance.value - a.importance.value);
  expect(new Set(ranked.slice(0, 3).map(({ column }) => column))).toEqual(new Set([0, 1, 2]));
  const missing = model.shapes[2]!;
  expect(missing.values[0]! - missing.values[1]!).toBeGreaterThan(0.5);
  for (const { values, low, high, edges } of model.shapes) {
    expect(values).toHaveLength(edges.length + 2);
    values.forEach((value, b) => expect(low[b]! <= value && value <= high[b]!).toBe(true));
  }
});

test('of very many columns those that matter are kept', () => {
  const wide = makeLabelledRows(400, 500, 9);
  const params = { ...histogramBoosting.defaults, nTrees: 20, patience: 0 };
  const { trees } = histogramBoosting.fit(wide.X, params, { seed: 1, y: wide.y });
  expect(trees.some(({ columns }) => columns.includes(1))).toBe(true);
});
