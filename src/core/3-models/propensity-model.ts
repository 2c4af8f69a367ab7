import { applyCalibration, fitCalibration, type CalibrationModel } from './calibrate';
import { chooseFit, fitOn, preferLatest, type Fitted } from './choose-fit';
import { putCustomersAside, type Stacked } from './design-matrix';
import type { Report } from './estimator';
import { logistic, logOdds } from './logistic';
import { logLoss } from './metrics';
import type { Coefficient } from './results';
import { fitColumn, transformColumns } from './standardise';

/** Share of the training customers that only the calibration sees. */
const calibrationShare = 0.25;

export type PropensityModel = Fitted & { calibration: CalibrationModel | null };

/** Logistic regression on all features, calibrated at the latest date on training customers it was not fitted on. */
export function fitPropensity(training: Stacked, seed: number, report?: Report): PropensityModel {
  const { kept, aside } = putCustomersAside(training, calibrationShare, seed);
  const { isLatestOnly, ridgeShare } = chooseFit(kept, seed);
  const fitted = fitOn(isLatestOnly ? preferLatest(kept) : kept, ridgeShare, seed, report);
  const judged = preferLatest(aside);
  const scores = logOdds(fitted.logistic, transformColumns(fitted.transforms, judged.columns));
  return { ...fitted, calibration: fitCalibration(scores, judged.y) };
}

/** The rule to beat: one-dimensional logistic regression on log days since the last order. */
export function fitRecencyRule(training: Stacked, seed: number): PropensityModel | null {
  const at = training.definitions.findIndex(({ name }) => name === 'recency');
  if (at < 0) return null;
  const column = training.columns[at]!;
  const { mean, sd, skew } = fitColumn('recency', column.map(Math.log1p));
  const transforms = [{ name: 'recency', log: true, mean, sd, skew }];
  const X = transformColumns(transforms, [column]);
  return {
    transforms,
    logistic: logistic.fit(X, logistic.defaults, { seed, y: training.y }),
    calibration: null,
  };
}

/** Likelihoods of the rows; `columns` by the model's own feature names. */
export function predictPropensity(
  model: PropensityModel,
  columnOf: (name: string) => Float64Array,
): Float64Array {
  const columns = model.transforms.map(({ name }) => columnOf(name));
  const X = transformColumns(model.transforms, columns);
  if (!model.calibration) return logistic.predict(model.logistic, X);
  return applyCalibration(model.calibration, logOdds(model.logistic, X));
}

/** What pushes the likelihood up or down, the strongest first; constant features say nothing and are left out. */
export function listCoefficients(model: PropensityModel, labelOf: (name: string) => string): Coefficient[] {
  return model.transforms
    .map(({ name, sd }, j) => ({
      feature: name,
      label: labelOf(name),
      weight: sd > 0 ? model.logistic.weights[j]! : 0,
    }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
