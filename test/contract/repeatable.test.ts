import { beforeAll, expect, test } from 'vitest';
import { segment } from '../../src/core/3-models/clusters/segment';
import { blobTable } from '../fixtures/blobs';
import { startTensors } from '../fixtures/tensors';

beforeAll(startTensors);

const params = { algorithm: 'kmeans', nClusters: 'auto' } as const;

test('segment puts everybody into the same segment again, from a copy of the table and after other work', () => {
  // More rows than any sample inside, and groups that overlap, so that chance would show.
  const { table } = blobTable(7_000, 4, 5, 9, 4);
  const first = segment(structuredClone(table), { ...params, seed: 42 });
  segment(blobTable(300, 3, 3, 1).table, { ...params, seed: 7 });
  const second = segment(structuredClone(table), { ...params, seed: 42 });
  expect(second.labels).toEqual(first.labels);
  expect(second).toEqual(first);
});
