import type { FeatureTable } from '../../2-features/feature-table';
import type { Coefficient } from '../results/prediction';
import { sampleRows } from '../rows';
import { columnOf } from './design-matrix';
import { explainRows } from './fitted-rung';
import type { FittedRung } from './rungs';

/** Customers whose reasons are looked at. */
const looked = 200;

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * What pushes the likelihood up or down, the strongest first: how far a feature's part of the log-odds lies from its
 * middle, over customers drawn (for a line: its weight for one standard deviation), up when it rises with the feature.
 */
export function listDrivers(fitted: FittedRung, table: FeatureTable, seed: number): Coefficient[] {
  const rows = sampleRows(table.customers.length, looked, seed);
  const column = (name: string) => {
    const values = columnOf(table.features, name)!;
    return Float64Array.from(rows, (row) => values[row]!);
  };
  const labels = new Map(table.features.map(({ definition }) => [definition.name, definition.label]));
  return explainRows(fitted, { nRows: rows.length, column })
    .features.map(({ feature, values }) => {
      const own = column(feature);
      const [middle, ownMiddle] = [mean(values), mean(own)];
      const spread = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
      const together = mean(values.map((value, i) => (value - middle) * (own[i]! - ownMiddle)));
      return { feature, label: labels.get(feature) ?? feature, weight: Math.sign(together) * spread };
    })
    .filter(({ weight }) => Number.isFinite(weight) && weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
