import type { Grade } from './grade';

/** When each customer's next order is likely, if there is one: days from 1970, -1 = so long overdue that it cannot be told. */
export type NextOrder = {
  from: Int32Array;
  to: Int32Array;
  /** How many of the orders that came within `days` of an earlier day fell inside windows made then: meant to be `level` of them. */
  coverage: { level: number; inside: number | null; orders: number; days: number; asOf: number | null };
  grade: Grade;
  words: string;
};

/** 0 = prices hardly matter to them, 100 = they buy by price; compared with the other customers of this shop. */
export type PriceSensitivity = {
  /** Why it cannot be told; null when it can. */
  blocked: string | null;
  index: Float64Array;
  /** Hold 80 of 100. */
  low: Float64Array;
  high: Float64Array;
  words: string;
};

export type ValueModel =
  'betaGeometric' | 'modifiedBetaGeometric' | 'paretoNbd' | 'shrunkenAverage' | 'mean' | 'none';

/** What was tried on the way to a value, and why it was taken or not. */
export type ValueRung = {
  model: ValueModel;
  parameters: Record<string, number>;
  logLikelihood: number | null;
  isChosen: boolean;
  why: string;
};

/** Purchases foretold from an earlier day to the last one, beside what came. */
export type ValueHoldOut = {
  calibratedTo: number;
  days: number;
  customers: number;
  predicted: number;
  actual: number;
  correlation: number;
  meanAbsoluteError: number;
  /** By repeat purchases up to the earlier day (the last row: that many or more). */
  byFrequency: { x: number; customers: number; predictedMean: number; actualMean: number }[];
  /** By when customers first bought, in even spans of the time learned from; absent in results made before it was told. */
  byFirstOrder?: { from: number; to: number; customers: number; predicted: number; actual: number }[];
  /** Repeat purchases of all since the first day; `expected` is empty of meaning for models without ages (null). */
  tracking: { at: number; actual: number; expected: number | null }[];
};

/** The result behind clv.json. Arrays are by `customers[i]`; money is in the reported currency, times in days and weeks. */
export type ValueResult = {
  /** Null without dated orders. */
  asOf: number | null;
  model: ValueModel;
  /** Absent in results made before it was told. */
  modelVersion?: number;
  grade: Grade;
  /** One or more sentences: why this model and this grade. */
  reason: string;
  /** Set when there is no answer at all: what is missing. */
  blocked: string | null;
  /** In weeks, of the model of purchases. */
  parameters: Record<string, number>;
  /** 95% each; null where the data set no limit. */
  parameterIntervals: Record<string, [number | null, number | null]>;
  intervalMethod: 'profile likelihood' | 'curvature' | 'none';
  logLikelihood: number | null;
  spend: {
    model: 'gammaGamma' | 'shrunkenAverage' | 'none';
    parameters: Record<string, number>;
    logLikelihood: number | null;
    populationMean: number;
    customersUsed: number;
  };
  unit: 'weeks';
  horizonDays: number;
  discountRate: number;
  margin: number;
  /** False where no file says what was paid: values are empty then. */
  hasMoney: boolean;
  /** `low` and `high` hold 95 of 100: parameters and outcomes uncertain, and as far off again as the hold-out was. */
  totals: { expected: number; low: number; high: number; perCustomerMean: number; purchases: number };
  holdOut: ValueHoldOut | null;
  /** Do those who buy often spend more or less a time? The models take it that they do not. */
  dependence: { correlation: number; p: number; customers: number; words: string } | null;
  customers: Int32Array;
  probabilityAlive: Float64Array;
  expectedPurchases: Float64Array;
  /** Of one purchase. */
  expectedSpend: Float64Array;
  lifetimeValue: Float64Array;
  /** Hold 80 of 100 outcomes of each customer. */
  low: Float64Array;
  high: Float64Array;
  /** Customers and their value by tenth of customers, least valuable first. */
  distribution: { from: number; to: number; customers: number; value: number }[];
  ladder: ValueRung[];
  /** Customers expected to buy at least once within so many days; absent in results made before it was told. */
  soon?: { days: number; customers: number }[];
  nextOrder: NextOrder | null;
  priceSensitivity: PriceSensitivity | null;
};
