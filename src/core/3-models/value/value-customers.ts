import type { ValueInput } from '../../2-features/purchase-history';
import { part, type Report } from '../estimator';
import type { ValueResult } from '../results/value-result';
import { emptyValue } from './empty-value';
import { fitValue, type ValueOptions } from './fit-value';
import { nextOrderWindow } from './next-order';
import { priceSensitivity } from './price-sensitivity';

/** Value, next order and price sensitivity of every customer with a dated order; null = there are no dated orders. */
export function valueCustomers(
  input: ValueInput | null,
  options: ValueOptions,
  report?: Report,
): ValueResult {
  if (!input) return emptyValue(null, options, 'needs orders with dates; got none: add an orders file');
  const value = fitValue(input.purchases, options, part(report, 0, 0.8));
  if (value.blocked !== null) return value;
  report?.(0.8, 'Looking for each customer’s rhythm');
  const nextOrder = nextOrderWindow(input.purchases, part(report, 0.8, 0.95));
  report?.(0.95, 'Comparing orders at full and reduced prices');
  return { ...value, nextOrder, priceSensitivity: priceSensitivity(input.prices, value.customers) };
}
