import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { adjustedRand } from '../../../../src/core/3-models/clusters/indices';
import { segment } from '../../../../src/core/3-models/clusters/segment';
import type { Feature } from '../../../../src/core/2-features/feature-table';
import { blobTable } from '../../../fixtures/blobs';
import { groupedTable, tableOfColumns } from '../../../fixtures/truth-sets';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

const params = { algorithm: 'kmeans', nClusters: 'auto', seed: 42 } as const;

test('segment numbers the segments by size and gives each a name, a sentence and a typical customer', () => {
  const { table } = blobTable(300, 4, 4, 3);
  const { segments, labels, features, map, explained } = segment(table, params);
  expect(segments.map(({ slot }) => slot)).toEqual([1, 2, 3, 4]);
  segments.forEach(({ id, size, typical, sentence, fidelity, share }, i) => {
    expect(size).toBe(labels.filter((label) => label === id).length);
    expect(size).toBeLessThanOrEqual(segments[i - 1]?.size ?? Infinity);
    expect(share).toBeCloseTo(size / 300, 12);
    expect(labels[typical]).toBe(id);
    expect(sentence).not.toBe('');
    expect(fidelity).toBeGreaterThan(0.9);
  });
  expect(features).toHaveLength(4);
  expect(map).toHaveLength(600);
  expect(explained[0]).toBeGreaterThanOrEqual(explained[1]);
});

test('segment gives the same answer for the same seed and leaves no tensor behind', () => {
  const { table } = blobTable(200, 3, 4, 4);
  const before = memory().numTensors;
  expect(segment(table, params)).toEqual(segment(table, params));
  expect(memory().numTensors).toBe(before);
});

test('segment has no revenue without spend, and shares that add up with it', () => {
  const { table } = blobTable(200, 3, 4, 4);
  expect(
    segment(table, params).segments.every(
      ({ revenue, revenueShare }) => revenue === null && revenueShare === null,
    ),
  ).toBe(true);
  const spend = { ...table.features[0]!, definition: { ...table.features[0]!.definition, name: 'monetary' } };
  const withSpend = segment({ ...table, features: [spend, ...table.features.slice(1)] }, params);
  expect(withSpend.segments.reduce((sum, { revenueShare }) => sum + revenueShare!, 0)).toBeCloseTo(1, 9);
});

test('segment leaves out constant and repeated features and bears missing and infinite values', () => {
  const { table } = blobTable(300, 3, 4, 5);
  const change = (name: string, values: Float64Array): Feature => ({
    definition: { ...table.features[0]!.definition, name },
    values,
  });
  const gappy = table.features[1]!.values.slice();
  gappy[7] = NaN;
  gappy[8] = Infinity;
  const features = [
    table.features[0]!,
    change(
      'twice',
      table.features[0]!.values.map((value) => 2 * value),
    ),
    change('constant', new Float64Array(300).fill(3)),
    change('gappy', gappy),
    table.features[2]!,
  ];
  const result = segment({ ...table, features }, params);
  expect(result.features.map(({ name }) => name)).toEqual(['trait0', 'gappy', 'trait2']);
  expect(Number.isFinite(result.inertia)).toBe(true);
  expect(result.map.every(Number.isFinite)).toBe(true);
});

test('segment says what is missing when there are too few customers or nothing that differs', () => {
  const { table } = blobTable(5, 3, 1, 1);
  expect(() => segment(table, params)).toThrow(
    'need at least 10 customers to find segments; got 5: add more customers',
  );
  const flat = blobTable(50, 2, 1, 1).table;
  for (const feature of flat.features) feature.values.fill(1);
  expect(() => segment(flat, params)).toThrow('wanted traits that differ between customers; got 2');
});

const algorithms = [
  'kmeans',
  'miniBatchKmeans',
  'kPrototypes',
  'gaussianMixture',
  'ward',
  'density',
] as const;

test.each(algorithms)('segment finds far groups by %s, and gives everybody a place', (algorithm) => {
  const { table, truth } = blobTable(120, 3, 3, 8);
  const { labels, segments, quality, memberships, unassigned } = segment(table, {
    algorithm,
    nClusters: 3,
    seed: 1,
  });
  expect(adjustedRand(labels, truth)).toBeGreaterThan(0.95);
  expect(segments.reduce((sum, { size }) => sum + size, unassigned!.count)).toBe(120);
  expect(quality!.gamma === undefined).toBe(algorithm !== 'kPrototypes');
  for (const { stability } of segments) expect(stability).toBeGreaterThan(0.5);
  expect(memberships!.probability.every(Number.isFinite)).toBe(true);
});

test('segment counts categories as categories by k-prototypes, and tells what one that differs costs', () => {
  const { table, truth } = blobTable(150, 2, 3, 2, 3);
  const flag = (group: number): Feature => ({
    definition: {
      ...table.features[0]!.definition,
      name: `plan${group}`,
      label: `plan: ${group}`,
      unit: 'flag',
    },
    values: Float64Array.from(truth, (own) => Number(own === group)),
  });
  const features = [...table.features, flag(0), flag(1), flag(2)];
  const { labels, quality } = segment(
    { ...table, features },
    { algorithm: 'kPrototypes', nClusters: 3, seed: 1 },
  );
  expect(adjustedRand(labels, truth)).toBeGreaterThan(0.9);
  // Half the mean standard deviation of the numbers, which are standardised.
  expect(quality!.gamma).toBeCloseTo(0.5, 9);
});

test('segment of many traits is made from their strongest combinations, and says so', () => {
  const { table, truth } = groupedTable(
    {
      nRows: 120,
      nGroups: 3,
      nColumns: 70,
      nNoise: 0,
      apart: 2,
      uneven: 1,
      isSkewed: false,
      isCorrelated: false,
    },
    1,
  );
  const { labels, reason, map, features } = segment(table, { ...params, nClusters: 3 });
  expect(reason).toContain('Made from the 20 strongest combinations of 70 traits');
  expect(features).toHaveLength(70);
  expect(adjustedRand(labels, truth)).toBeGreaterThan(0.95);
  expect(map.every(Number.isFinite)).toBe(true);
});

/** A table with the given columns, beside each other. */
const tableOf = (...columns: ((row: number) => number)[]) =>
  tableOfColumns(columns.map((value) => Float64Array.from({ length: 50 }, (_, row) => value(row))));

test('segment says why a trait is left out', () => {
  const wave = (row: number) => Math.sin(7 * row);
  const { leftOut } = segment(
    tableOf(
      wave,
      (row) => 3 * wave(row) + 1,
      () => 4,
      () => NaN,
      (row) => (row === 0 ? 1 : Infinity),
    ),
    params,
  );
  expect(leftOut).toEqual([
    { label: 'trait 2', why: 'the same for nearly everybody' },
    { label: 'trait 3', why: 'known of nobody' },
    { label: 'trait 4', why: expect.stringMatching(/./) as string },
    { label: 'trait 1', why: 'says nearly the same as trait 0' },
  ]);
});

test('segment names the outcomes that it was not given', () => {
  const table = tableOf(
    (row) => Math.sin(7 * row),
    (row) => row % 5,
  );
  const { leftOut } = segment({ ...table, outcomes: ['Churn'] }, params);
  expect(leftOut!.map(({ label }) => label)).toEqual(['Churn']);
  expect(leftOut![0]!.why).toContain('what became of customers');
});

test('segment bears 50 customers, duplicates only and one who is infinitely far off', () => {
  const twoKinds = tableOf(
    (row) => row % 2,
    (row) => 5 * (row % 2),
  );
  for (const algorithm of algorithms) {
    const found = segment(twoKinds, { algorithm, nClusters: algorithm === 'density' ? 'auto' : 5, seed: 1 });
    expect(found.nClusters).toBeLessThanOrEqual(2);
    expect([found.silhouette, found.inertia, ...found.map].every(Number.isFinite)).toBe(true);
  }
  const far = segment(
    tableOf(
      (row) => (row === 3 ? Infinity : row),
      (row) => Math.cos(row),
    ),
    params,
  );
  expect([far.silhouette, far.inertia, ...far.map].every(Number.isFinite)).toBe(true);
});

test('segment says how many customers a number of segments needs, and that nothing differs', () => {
  const rows = (n: number) => tableOfColumns([Float64Array.from({ length: n }, (_, row) => row)]);
  expect(() => segment(rows(1), params)).toThrow('need at least 10 customers to find segments; got 1');
  expect(() => segment(rows(20), { ...params, nClusters: 30 })).toThrow(
    'need at least 31 customers to find segments; got 20',
  );
  const same = tableOf(
    () => 1,
    () => NaN,
  );
  expect(() => segment(same, params)).toThrow('wanted traits that differ between customers; got 2');
});

test('segment reads a trait as the person chose, says so in its transform, and gives the same again', () => {
  const { table } = blobTable(60, 3, 4, 4);
  const [first, ...others] = table.features;
  const chosen = { ...first!, definition: { ...first!.definition, transform: 'quantileScale' as const } };
  const run = () => segment({ ...table, features: [chosen, ...others] }, { ...params, nClusters: 3 });
  const found = run();
  const { transform } = found;
  expect(transform[0]!.fitted?.by).toBe('quantileScale');
  expect(transform.slice(1).every(({ fitted }) => fitted === undefined)).toBe(true);
  expect(run()).toEqual(found);
});
