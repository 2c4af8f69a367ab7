import type { Matrix } from '../kit/matrix';
import { applyPlatt, fitPlatt, type PlattModel } from './calibrate';
import { putCustomersAside, type Stacked } from './design-matrix';
import type { Report } from './estimator';
import { logistic, logOdds, type LogisticModel } from './logistic';
import type { Coefficient, ColumnTransform } from './results';
import { fitColumn, transformColumns } from './standardise';

/** Share of the training customers that only the calibration sees. */
const calibrationShare = 0.25;

export type PropensityModel = {
  transforms: ColumnTransform[];
  logistic: LogisticModel;
  platt: PlattModel | null;
};

const standardise = (transforms: ColumnTransform[], columns: Float64Array[]): Matrix =>
  transformColumns(transforms, columns);

/** Logistic regression on all features, calibrated on training customers it was not fitted on. */
export function fitPropensity(training: Stacked, seed: number, report?: Report): PropensityModel {
  const { kept, aside } = putCustomersAside(training, calibrationShare, seed);
  const transforms = kept.definitions.map(({ name }, j) => fitColumn(name, kept.columns[j]!));
  const fitted = logistic.fit(standardise(transforms, kept.columns), logistic.defaults, {
    seed,
    report,
    y: kept.y,
  });
  const scores = logOdds(fitted, standardise(transforms, aside.columns));
  return { transforms, logistic: fitted, platt: fitPlatt(scores, aside.y) };
}

/** The rule to beat: one-dimensional logistic regression on log days since the last order. */
export function fitRecencyRule(training: Stacked, seed: number): PropensityModel | null {
  const at = training.definitions.findIndex(({ name }) => name === 'recency');
  if (at < 0) return null;
  const column = training.columns[at]!;
  const { mean, sd, skew } = fitColumn('recency', column.map(Math.log1p));
  const transforms = [{ name: 'recency', log: true, mean, sd, skew }];
  const X = standardise(transforms, [column]);
  return {
    transforms,
    logistic: logistic.fit(X, logistic.defaults, { seed, y: training.y }),
    platt: null,
  };
}

/** Likelihoods of the rows; `columns` by the model's own feature names. */
export function predictPropensity(
  model: PropensityModel,
  columnOf: (name: string) => Float64Array,
): Float64Array {
  const columns = model.transforms.map(({ name }) => columnOf(name));
  const X = standardise(model.transforms, columns);
  if (!model.platt) return logistic.predict(model.logistic, X);
  return applyPlatt(model.platt, logOdds(model.logistic, X));
}

/** What pushes the likelihood up or down, the strongest first; constant features say nothing and are left out. */
export function listCoefficients(model: PropensityModel, labelOf: (name: string) => string): Coefficient[] {
  const slope = model.platt?.slope ?? 1;
  return model.transforms
    .map(({ name, sd }, j) => ({
      feature: name,
      label: labelOf(name),
      weight: sd > 0 ? slope * model.logistic.weights[j]! : 0,
    }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
