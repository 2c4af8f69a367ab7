// More data sets than these: TRUTH_SEEDS=20 npx vitest run --project unit test/core/3-models/clusters/truth-sets.test.ts
import { describe, expect, test } from 'vitest';
import { chooseFeatures } from '../../../../src/core/3-models/clusters/choose-features';
import { chooseK } from '../../../../src/core/3-models/clusters/choose-k';
import type { FeatureTable } from '../../../../src/core/2-features/feature-table';
import { groupedTable, shapeOf, structurelessKinds, structurelessTable } from '../../../fixtures/truth-sets';

const asked = Number(process.env['TRUTH_SEEDS'] ?? 0);
const seedsFrom = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const sizes = [200, 300, 500, 1000, 2000, 5000, 20_000];
const widths = [2, 3, 5, 10, 30, 4];

const choose = (table: FeatureTable, seed: number) => {
  const { X, blocks } = chooseFeatures(table.features);
  return chooseK({ X, blocks, algorithm: 'kmeans', seed }, 'auto', () => {});
};

const fewKinds = ['elongated', 'exponential', 'counts', 'buyers'] as const;

describe('chooseK', () => {
  test(
    'finds the true number of planted groups in at least 8 of 10 data sets of every kind',
    { timeout: 3_600_000 },
    () => {
      const seeds =
        asked > 0
          ? seedsFrom(asked)
          : seedsFrom(30)
              .filter((seed) => shapeOf(seed).nRows <= 500)
              .slice(0, 5);
      const wrong = seeds.filter((seed) => {
        const shape = shapeOf(seed);
        const { chosen, naturalGroups } = choose(groupedTable(shape, seed).table, seed);
        return !naturalGroups || chosen.nClusters !== shape.nGroups;
      });
      if (asked > 0)
        console.log(`right in ${seeds.length - wrong.length} of ${seeds.length}; wrong: ${wrong}`);
      expect(wrong.length).toBeLessThanOrEqual(0.2 * seeds.length);
    },
  );

  test('says "no natural groups" of data without groups in at least 19 of 20', { timeout: 3_600_000 }, () => {
    let nSets = 0;
    const wrong: string[] = [];
    for (const kind of asked > 0 ? structurelessKinds : fewKinds)
      for (const seed of asked > 0 ? seedsFrom(asked) : [structurelessKinds.indexOf(kind)]) {
        const nRows = asked > 0 ? sizes[seed % sizes.length]! : 250;
        const width = asked > 0 ? widths[seed % widths.length]! : 2 + (seed % 4);
        const { naturalGroups } = choose(structurelessTable(kind, nRows, width, 101 * seed), seed);
        nSets++;
        if (naturalGroups) wrong.push(`${kind} ${seed}`);
      }
    if (asked > 0) console.log(`honest in ${nSets - wrong.length} of ${nSets}; wrong: ${wrong}`);
    expect(wrong.length).toBeLessThanOrEqual(0.05 * nSets);
  });
});
