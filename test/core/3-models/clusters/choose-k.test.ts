import { beforeAll, expect, test } from 'vitest';
import { chooseFeatures } from '../../../../src/core/3-models/clusters/choose-features';
import { chooseK } from '../../../../src/core/3-models/clusters/choose-k';
import { adjustedRand } from '../../../../src/core/3-models/clusters/indices';
import type { Report } from '../../../../src/core/3-models/estimator';
import { createRandom } from '../../../../src/core/kit/random';
import type { Matrix } from '../../../../src/core/kit/matrix';
import { blobTable } from '../../../fixtures/blobs';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

const choose = (X: Matrix, nClusters: 'auto' | number, seed: number, report: Report = () => {}) =>
  chooseK({ X, blocks: [], algorithm: 'kmeans', seed }, nClusters, report);

/** More data sets than these: TRUTH_SEEDS=20. */
const nSeeds = Number(process.env['TRUTH_SEEDS'] ?? 10);
const seeds = Array.from({ length: nSeeds }, (_, i) => i + 1);

function structureless(kind: 'normal' | 'uniform', seed: number): Matrix {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: 250 * 3 }, () =>
    kind === 'normal' ? random.normal() : 3.4 * (random.next() - 0.5),
  );
  return { data, nRows: 250, nColumns: 3 };
}

test('chooseK finds the true number of separate groups in at least 9 of 10 data sets', () => {
  const right = seeds.filter((seed) => {
    const nGroups = 4 + (seed % 3);
    const { table, truth } = blobTable(200, 4, nGroups, seed);
    const { chosen, naturalGroups } = choose(chooseFeatures(table.features).X, 'auto', seed);
    return naturalGroups && chosen.nClusters === nGroups && adjustedRand(chosen.labels, truth) > 0.95;
  });
  expect(right.length).toBeGreaterThanOrEqual(0.9 * nSeeds);
});

test.each(['normal', 'uniform'] as const)(
  'chooseK says "no natural groups" on structureless %s data in at least 9 of 10 data sets',
  (kind) => {
    const honest = seeds.filter((seed) => {
      const { chosen, naturalGroups, reason } = choose(structureless(kind, seed), 'auto', seed);
      return !naturalGroups && reason.startsWith('No natural groups here') && chosen.nClusters >= 3;
    });
    expect(honest.length).toBeGreaterThanOrEqual(0.9 * nSeeds);
  },
);

test('chooseK keeps to the number asked for, shows 2 to 10 all the same, and reports up to the end', () => {
  const { table } = blobTable(200, 3, 4, 1);
  const fractions: number[] = [];
  const { chosen, candidates, reason } = choose(chooseFeatures(table.features).X, 3, 1, (fraction) =>
    fractions.push(fraction),
  );
  expect(chosen.nClusters).toBe(3);
  expect(candidates.map(({ nClusters }) => nClusters)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(reason).toContain('You asked for 3 segments.');
  fractions.forEach((fraction, i) => expect(fraction).toBeGreaterThanOrEqual((fractions[i - 1] ?? 0) - 0.02));
  expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
});

test('chooseK says how clear groups are: clear when far apart, with counts a person can read', () => {
  const { table } = blobTable(5_200, 3, 4, 2);
  const { reason, chosen } = choose(chooseFeatures(table.features).X, 4, 1);
  expect(reason).toMatch(
    /^You asked for 4 segments\. Four groups: customers sit closer together than in made-up data without groups \(clear-cut by 0\.\d\d against 0\.\d\d\)\. Redrawn samples give nearly the same groups\. The smallest has 1,\d{3} customers\.$/,
  );
  expect(reason).toContain(`(clear-cut by ${chosen.silhouette.toFixed(2)} against`);
  expect(reason).not.toContain('  ');
});

test('chooseK never takes a segment below 2% of the customers, nor below 5 of them, by itself', () => {
  const { table } = blobTable(400, 3, 3, 6);
  for (const { values } of table.features) for (let i = 0; i < 3; i++) values[i] = 500;
  const { chosen, candidates } = choose(chooseFeatures(table.features).X, 'auto', 1);
  expect(candidates.some(({ smallestShare }) => smallestShare * 400 < 5)).toBe(true);
  expect(chosen.smallestShare * 400).toBeGreaterThanOrEqual(8);
});

test('chooseFeatures leaves out what nearly everybody shares, and time when all orders came on one day', () => {
  const { table } = blobTable(400, 4, 1, 7);
  const [first, ...rest] = table.features;
  const rename = (name: string, values: Float64Array) => ({
    definition: { ...first!.definition, name },
    values,
  });
  const rare = new Float64Array(400);
  rare.fill(1, 0, 4);
  const names = (sameDay: boolean) =>
    chooseFeatures([
      rename('recency', sameDay ? new Float64Array(400).fill(1) : rest[0]!.values),
      rename('tenure', sameDay ? new Float64Array(400).fill(1) : rest[1]!.values),
      rename('gapMean', rest[2]!.values),
      rename('rare', rare),
      first!,
    ]).features.map(({ definition }) => definition.name);
  expect(names(false)).toEqual(['recency', 'tenure', 'gapMean', 'trait0']);
  expect(names(true)).toEqual(['trait0']);
});
