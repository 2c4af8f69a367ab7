import { expect, test } from 'vitest';
import type { FeatureDefinition, FeatureUnit } from '../../../src/core/2-features/feature-table';
import type { Named } from '../../../src/core/5-dashboards/segment-charts';
import { typicalTraits } from '../../../src/core/5-dashboards/typical-customer';

const feature = (label: string, unit: FeatureUnit): FeatureDefinition => ({
  name: label,
  label,
  unit,
  formula: '',
  source: '',
  high: '',
  low: '',
});
const features = [
  feature('tenure', 'number'),
  feature('Contract: monthly', 'flag'),
  feature('Contract: yearly', 'flag'),
  feature('Charges: missing', 'flag'),
];
const segment = (size: number, means: number[]): Named => ({
  id: size,
  name: '',
  slot: 1,
  size,
  share: 0.5,
  revenue: 0,
  revenueShare: 0,
  sentence: '',
  rule: { kind: 'and', rules: [] },
  fidelity: 1,
  precision: 1,
  isSimple: true,
  stability: 1,
  typical: 0,
  traits: features.map(({ name, label }, i) => ({ feature: name, label, z: 0, mean: means[i]!, median: 15 })),
});

test('numbers are medians; a column with values is its commonest one, with the share of all customers beside', () => {
  const all = [segment(30, [20, 0.9, 0.1, 0]), segment(10, [20, 0.1, 0.9, 0])];
  const said = (of: Named) => typicalTraits(of, all, features).map((t) => [t.label, t.value, t.overall]);
  expect(said(all[0]!)).toEqual([
    ['tenure', '15', ''],
    ['Contract: monthly', '90.0%', '70.0%'],
  ]);
  expect(said(all[1]!)[1]).toEqual(['Contract: yearly', '90.0%', '30.0%']);
});
