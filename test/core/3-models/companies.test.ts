// More companies than these, larger ones: TRUTH_SEEDS=10 npx vitest run --project unit test/core/3-models/companies.test.ts
import { beforeAll, expect, test } from 'vitest';
import { buildFeatures } from '../../../src/core/2-features/features';
import { adjustedRand } from '../../../src/core/3-models/clusters/indices';
import { segment } from '../../../src/core/3-models/clusters/segment';
import { importCompany } from '../../fixtures/shop';
import { startTensors } from '../../fixtures/tensors';

beforeAll(startTensors);

const asked = Number(process.env['TRUTH_SEEDS'] ?? 0);
const seeds = asked > 0 ? Array.from({ length: asked }, (_, i) => i + 1) : [1];

test.each([
  ['shop', 1500, 4000],
  ['subscription', 500, 3000],
  ['services', 400, 1500],
] as const)(
  'segment finds the planted groups of the sample company, as many as there are: %s',
  { timeout: 3_600_000 },
  async (kind, few, many) => {
    let nRight = 0;
    for (const seed of seeds) {
      const company = await importCompany(kind, seed, asked > 0 ? many : few);
      const table = buildFeatures(company.collected, company.asOf, 'all');
      const found = segment(table, { algorithm: 'kmeans', nClusters: 'auto', seed: 42 });
      const truth = Int32Array.from(found.customers, (customer) => company.truth[customer]!);
      const alike = adjustedRand(found.labels, truth);
      nRight += Number(found.nClusters === company.groups.length);
      if (asked > 0)
        console.log(
          `${kind} ${seed}: ${found.nClusters} of ${company.groups.length}, ARI ${alike.toFixed(3)}`,
        );
      expect(truth.filter((group) => group < 0).length).toBe(0);
      expect(alike).toBeGreaterThan(0.8);
      expect(found.naturalGroups).toBe(true);
      expect(new Set(found.segments.map(({ name }) => name)).size).toBe(found.nClusters);
      for (const { fidelity } of found.segments) expect(fidelity).toBeGreaterThan(0.6);
    }
    expect(nRight).toBeGreaterThanOrEqual(0.8 * seeds.length);
  },
);
