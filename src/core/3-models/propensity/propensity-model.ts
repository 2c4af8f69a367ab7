import { applyCalibration, fitCalibration, type CalibrationModel } from './calibrate';
import { chooseFit, fitOn, preferLatest, type Fitted } from './choose-fit';
import { columnByName, putCustomersAside, type Stacked } from './design-matrix';
import type { Report } from '../estimator';
import { logistic, logOdds } from './logistic';
import { logLoss } from './metrics';
import type { Coefficient } from '../results';
import { fitColumn } from '../standardise';
import { designRows, straightTerm, valueOfTerm } from './terms';

/** Share of the training customers that only the calibration sees. */
const calibrationShare = 0.25;

export type PropensityModel = Fitted & { calibration: CalibrationModel | null };

/** Logistic regression on all features, calibrated at the latest date on training customers it was not fitted on. */
export function fitPropensity(training: Stacked, seed: number, report?: Report): PropensityModel {
  const { kept, aside } = putCustomersAside(training, calibrationShare, seed);
  const { isLatestOnly, ridgeShare } = chooseFit(kept, seed);
  const fitted = fitOn(isLatestOnly ? preferLatest(kept) : kept, ridgeShare, seed, report);
  const judged = preferLatest(aside);
  const scores = logOdds(fitted.logistic, designRows(fitted.terms, columnByName(judged)));
  return { ...fitted, calibration: fitCalibration(scores, judged.y) };
}

/** The rule to beat: one-dimensional logistic regression on log days since the last order. */
export function fitRecencyRule(training: Stacked, seed: number): PropensityModel | null {
  const at = training.definitions.findIndex(({ name }) => name === 'recency');
  if (at < 0) return null;
  const column = training.columns[at]!;
  const { mean, sd, skew } = fitColumn('recency', column.map(Math.log1p));
  const terms = [straightTerm({ name: 'recency', log: true, mean, sd, skew })];
  const X = designRows(terms, () => column);
  return {
    terms,
    logistic: logistic.fit(X, logistic.defaults, { seed, y: training.y }),
    calibration: null,
  };
}

/** Likelihoods of the rows; `columns` by the model's own feature names. */
export function predictPropensity(
  { terms, logistic: model, calibration }: PropensityModel,
  columnOf: (name: string) => Float64Array,
): Float64Array {
  const X = designRows(terms, columnOf);
  if (!calibration) return logistic.predict(model, X);
  return applyCalibration(calibration, logOdds(model, X));
}

/** What pushes the likelihood up or down, the strongest first; what has no weight is left out. */
export function listCoefficients(model: PropensityModel, labelOf: (name: string) => string): Coefficient[] {
  const weights = new Map<string, number>();
  model.terms.forEach((term, j) => {
    const { name, sd } = term.transform;
    const around = sd > 0 ? (valueOfTerm(term, 1) - valueOfTerm(term, -1)) / 2 : 0;
    weights.set(name, (weights.get(name) ?? 0) + around * model.logistic.weights[j]!);
  });
  return [...weights]
    .map(([feature, weight]) => ({ feature, label: labelOf(feature), weight }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
