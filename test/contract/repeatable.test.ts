import { beforeAll, expect, test } from 'vitest';
import { segment } from '../../src/core/3-models/clusters/segment';
import { predict } from '../../src/core/3-models/propensity/predict';
import { listResults } from '../../src/core/governance/receipt';
import { blobTable } from '../fixtures/blobs';
import { lawInput } from '../fixtures/leaving-law';
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

test('predict gives everybody the same likelihood again, from a copy of the input and after other work', () => {
  const law = { nRows: 300, seed: 1, more: 0.6 };
  const first = predict(structuredClone(lawInput(law)), { seed: 42 });
  segment(blobTable(300, 3, 3, 1).table, { ...params, seed: 7 });
  const second = predict(structuredClone(lawInput(law)), { seed: 42 });
  expect(second.propensity).toEqual(first.propensity);
  expect(listResults(null, second, null, 42)).toEqual(listResults(null, first, null, 42));
});
