import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { segment } from '../../../../src/core/3-models/clusters/segment';
import type { Feature } from '../../../../src/core/2-features/feature-table';
import { blobTable } from '../../../fixtures/blobs';
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
  expect(() => segment(table, params)).toThrow('need at least 10 rows; got 5');
  const flat = blobTable(50, 2, 1, 1).table;
  for (const feature of flat.features) feature.values.fill(1);
  expect(() => segment(flat, params)).toThrow('wanted traits that differ between customers; got 2');
});
