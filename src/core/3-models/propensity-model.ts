import type { Matrix } from '../kit/matrix';
import { applyCalibration, fitCalibration, type CalibrationModel } from './calibrate';
import { keepLatest, putCustomersAside, sampleStacked, type Stacked } from './design-matrix';
import type { Report } from './estimator';
import { logistic, logOdds, type LogisticModel } from './logistic';
import { logLoss } from './metrics';
import type { Coefficient, ColumnTransform } from './results';
import { fitColumn, transformColumns } from './standardise';

/** Share of the training customers that only the calibration sees. */
const calibrationShare = 0.25;

export type PropensityModel = {
  transforms: ColumnTransform[];
  logistic: LogisticModel;
  calibration: CalibrationModel | null;
};

/** Penalties tried, as shares of the rows learnt from; the strongest that is as good as the best is taken. */
const ridgeShares = [0.1, 0.03, 0.01, 3e-3, 3e-4];
const middleRidge = 3e-3;
/** Rows that the penalty and the dates to learn from are tried out on. */
const trialRows = 6_000;
const trialShare = 0.3;

const standardise = (transforms: ColumnTransform[], columns: Float64Array[]): Matrix =>
  transformColumns(transforms, columns);

type Fitted = { transforms: ColumnTransform[]; logistic: LogisticModel };

function fitOn(training: Stacked, ridgeShare: number, seed: number, report?: Report): Fitted {
  const transforms = training.definitions.map(({ name }, j) => fitColumn(name, training.columns[j]!));
  const params = { ...logistic.defaults, ridge: Math.max(1, ridgeShare * training.y.length) };
  const X = standardise(transforms, training.columns);
  return { transforms, logistic: logistic.fit(X, params, { seed, report, y: training.y }) };
}

/** Log-loss of each row, and their mean. */
function judge({ transforms, logistic: model }: Fitted, { columns, y }: Stacked) {
  const likelihood = logistic.predict(model, standardise(transforms, columns));
  const losses = Float64Array.from(y, (label, i) =>
    logLoss(Uint8Array.of(label), likelihood.subarray(i, i + 1)),
  );
  return { losses, mean: meanOf(losses) };
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Whether a loss is within one standard error (paired) of the best. */
function isAsGood(losses: Float64Array, best: Float64Array): boolean {
  const n = losses.length;
  const gaps = losses.map((loss, i) => loss - best[i]!);
  const mean = meanOf(gaps);
  const variance = meanOf(gaps.map((gap) => (gap - mean) ** 2));
  return mean <= Math.sqrt(variance / n);
}

/**
 * What to learn from and how strongly to hold back: all dates or the latest alone, and a penalty, by log-loss at the
 * latest date on customers kept out of the trial.
 */
function chooseFit(training: Stacked, seed: number) {
  const { kept, aside } = putCustomersAside(training, trialShare, seed + 1);
  const judged = keepLatest(aside);
  const tryOut = (rows: Stacked, ridgeShare: number) => judge(fitOn(rows, ridgeShare, seed), judged);
  const [latest, all] = [keepLatest(kept), kept].map((rows) => sampleStacked(rows, trialRows, seed));
  const hasOneDate = training.isLatest.every((flag) => flag === 1);
  const isLatestOnly = hasOneDate || tryOut(latest!, middleRidge).mean < tryOut(all!, middleRidge).mean;
  const tried = ridgeShares.map((ridgeShare) => ({
    ridgeShare,
    ...tryOut(isLatestOnly ? latest! : all!, ridgeShare),
  }));
  const best = tried.reduce((a, b) => (b.mean < a.mean ? b : a));
  const { ridgeShare } = tried.find(({ losses }) => isAsGood(losses, best.losses))!;
  return { isLatestOnly, ridgeShare };
}

/** Logistic regression on all features, calibrated at the latest date on training customers it was not fitted on. */
export function fitPropensity(training: Stacked, seed: number, report?: Report): PropensityModel {
  const { kept, aside } = putCustomersAside(training, calibrationShare, seed);
  const { isLatestOnly, ridgeShare } = chooseFit(kept, seed);
  const fitted = fitOn(isLatestOnly ? keepLatest(kept) : kept, ridgeShare, seed, report);
  const judged = keepLatest(aside);
  const scores = logOdds(fitted.logistic, standardise(fitted.transforms, judged.columns));
  return { ...fitted, calibration: fitCalibration(scores, judged.y) };
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
    calibration: null,
  };
}

/** Likelihoods of the rows; `columns` by the model's own feature names. */
export function predictPropensity(
  model: PropensityModel,
  columnOf: (name: string) => Float64Array,
): Float64Array {
  const columns = model.transforms.map(({ name }) => columnOf(name));
  const X = standardise(model.transforms, columns);
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
