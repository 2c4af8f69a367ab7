import type { Collected } from '../1-collect/collected';
import { attributeFeatures } from './attributes';
import type { FeatureSet, FeatureTable } from './feature-table';
import { buildHistory, dayAfter } from './history';
import { orderMeasures, rfmMeasures } from './registry';

/**
 * Features of every customer with an order at or before `asOf` (null = the midnight after the last order); all values are finite.
 * Without orders: of every customer, from their attributes, and the table's asOf is null.
 */
export function buildFeatures(collected: Collected, asOf: number | null, set: FeatureSet): FeatureTable {
  const { lines, attributes, customerIds } = collected;
  if (!lines) {
    const customers = Int32Array.from(customerIds, (_, i) => i);
    return { asOf: null, customers, features: attributeFeatures(attributes, customers) };
  }
  const history = buildHistory(lines, asOf ?? dayAfter(collected.to));
  const measures = set === 'rfm' ? rfmMeasures : orderMeasures;
  const features = measures
    .filter((measure) => measure.isAvailable?.(lines) ?? true)
    .map(({ definition, compute }) => ({ definition, values: compute(history) }));
  return { asOf: history.asOf, customers: history.customers, features };
}
