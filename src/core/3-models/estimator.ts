import type { Matrix } from '../kit/matrix';

/** Told now and then how far a long computation is: 0..1, and what it is doing. */
export type Report = (fraction: number, note?: string) => void;

/** What one fitting is given beside the data and the params. */
type Run = { seed: number; report?: Report };

/**
 * A run of a model that learns from outcomes: `y[i]` is 1 when the event came for row i, `weights[i]` (none = 1) is how
 * much row i counts.
 */
export type LabelledRun = Run & { y: Uint8Array; weights?: Float64Array };

/** A model of the house: `fit` returns plain data that can be posted, stored and compared; `predict` gives one answer a row. */
export type Estimator<Params, Model, Output, R extends Run = Run> = {
  name: string;
  /** Raised when the same data, params and seed would give another model. */
  version: number;
  defaults: Params;
  fit(X: Matrix, params: Params, run: R): Model;
  predict(model: Model, X: Matrix): Output;
};

/** A report for a part of the work: its 0..1 becomes from..to of the whole. */
export const part =
  (report: Report | undefined, from: number, to: number): Report =>
  (fraction, note) =>
    report?.(from + (to - from) * fraction, note);

/**
 * The ways to cluster, by their names in the registry. `fit` gives a model that holds `centroids: number[][]`, one
 * row a cluster (fewer than asked for when fewer rows differ); `predict` gives each row's cluster, -1 for none.
 */
export type ClusterAlgorithm =
  'kmeans' | 'miniBatchKmeans' | 'kPrototypes' | 'gaussianMixture' | 'ward' | 'density';
