import { expect, test } from 'vitest';
import type { FeatureTable, FeatureUnit } from '../../../../src/core/2-features/feature-table';
import { explainSegments } from '../../../../src/core/3-models/separation/explain-segments';
import { createRandom } from '../../../../src/core/kit/random';

test('explainSegments tells each segment from the rest and from its neighbour, and never by who people are', () => {
  const random = createRandom(2);
  const labels = Int32Array.from({ length: 300 }, (_, i) => i % 3);
  const column = (name: string, unit: FeatureUnit, of: (label: number) => number) => ({
    definition: {
      name,
      label: name,
      unit,
      formula: '',
      source: 'orders',
      high: `much ${name}`,
      low: `little ${name}`,
    },
    values: Float64Array.from(labels, of),
  });
  const table: FeatureTable = {
    asOf: null,
    customers: Int32Array.from(labels.keys()),
    features: [
      column('number of orders', 'orders', (l) => [2, 6, 12][l]! + random.below(2)),
      column('age', 'number', (l) => 30 + 20 * l + random.below(3)),
      column('basket', 'money', () => 50 + 10 * random.normal()),
    ],
  };
  const customers = table.customers.toReversed();
  const found = explainSegments(table, { customers, labels: labels.toReversed() }, [
    'New',
    'Regulars',
    'Fans',
  ]);
  expect(found.separations.map((own) => own[0]!.strength)).toEqual([
    'strongly',
    expect.any(String),
    'strongly',
  ]);
  expect(found.contrasts.map(({ segment, nearest }) => [segment, nearest])).toEqual([
    [0, 1],
    [1, 0],
    [2, 1],
  ]);
  expect(found.personas[0]![0]).toMatch(
    /^New: 100 of 300 customers, typically with number of orders \S+ orders/,
  );
  expect(found.personas[0]![1]).toMatch(/^Most unlike the others in number of orders: /);
  expect(JSON.stringify(found.personas)).not.toMatch(/\bage\b/);
  expect(structuredClone(found)).toEqual(found);
});
