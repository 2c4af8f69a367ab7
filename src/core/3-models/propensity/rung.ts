import type { Report } from '../estimator';
import type { Stacked } from './design-matrix';

/** Rows to be scored: how many, and the values of a feature by its name. */
export type Rows = { nRows: number; column(name: string): Float64Array };

/** Why rows have their log-odds: `baseline` plus each feature's part, one value a row. */
export type Reasons = { baseline: number; features: { feature: string; values: Float64Array }[] };

/**
 * One step of the ladder. `fit` learns plain data from stacked tables, null when they lack what it needs; log-odds are
 * not yet calibrated; `contributions` adds up to them.
 */
export type Rung<Model> = {
  name: string;
  /** What it goes by, in a marketer's words. */
  words: string;
  /** Whether its likelihoods are set right on customers it did not learn from. */
  isCalibrated: boolean;
  fit(training: Stacked, run: { seed: number; report?: Report }): Model | null;
  logOdds(model: Model, rows: Rows): Float64Array;
  contributions(model: Model, rows: Rows): Reasons;
};
