import { beforeAll, expect, test } from 'vitest';
import { buildFeatures } from '../../../src/core/2-features/features';
import { adjustedRand } from '../../../src/core/3-models/clusters/indices';
import { segment } from '../../../src/core/3-models/clusters/segment';
import { importCompany } from '../../fixtures/shop';
import { startTensors } from '../../fixtures/tensors';

beforeAll(startTensors);

test.each([
  ['subscription', 2000],
  ['services', 900],
] as const)('segment recovers the planted groups of the sample company: %s', async (kind, nCustomers) => {
  const company = await importCompany(kind, 1, nCustomers);
  const table = buildFeatures(company.collected, company.asOf, 'all');
  const found = segment(table, { algorithm: 'kmeans', nClusters: 'auto', seed: 42 });
  const truth = Int32Array.from(found.customers, (customer) => company.truth[customer]!);
  expect(truth.filter((group) => group < 0).length).toBe(0);
  expect(adjustedRand(found.labels, truth)).toBeGreaterThan(0.8);
  expect(found.naturalGroups).toBe(true);
});
