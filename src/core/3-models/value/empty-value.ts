import type { ValueResult } from '../results/value-result';
import type { ValueOptions } from './fit-value';

/** The answer where there is nothing to answer with. */
export const emptyValue = (
  asOf: number | null,
  { horizonDays, discountRate, margin }: ValueOptions,
  why: string,
): ValueResult => ({
  asOf,
  model: 'none',
  grade: 'cannot tell',
  reason: `Cannot tell: ${why}.`,
  blocked: why,
  parameters: {},
  parameterIntervals: {},
  intervalMethod: 'none',
  logLikelihood: null,
  spend: { model: 'none', parameters: {}, logLikelihood: null, populationMean: 0, customersUsed: 0 },
  unit: 'weeks',
  horizonDays,
  discountRate,
  margin,
  hasMoney: false,
  totals: { expected: 0, low: 0, high: 0, perCustomerMean: 0, purchases: 0 },
  holdOut: null,
  dependence: null,
  customers: new Int32Array(0),
  probabilityAlive: new Float64Array(0),
  expectedPurchases: new Float64Array(0),
  expectedSpend: new Float64Array(0),
  lifetimeValue: new Float64Array(0),
  low: new Float64Array(0),
  high: new Float64Array(0),
  distribution: [],
  ladder: [],
  nextOrder: null,
  priceSensitivity: null,
});
