import type { Feature } from '../../2-features/feature-table';
import type { Matrix } from '../../kit/matrix';
import type { ColumnTransform } from '../results';
import { measureCovariance } from './principal';
import { fitColumn, transformColumns } from '../standardise';

/** Two features this correlated say the same thing: the first one stays. */
const sameFrom = 0.95;

/** A feature with one value for nearly everybody tells nearly nobody apart. */
const nearlyAll = 0.99;

/** Features made from when orders came: without meaning when all of them came on one day. */
const aboutTime = new Set([
  'recency',
  'tenure',
  'gapMean',
  'gapSpread',
  'gapRatio',
  'trend',
  'orders90',
  'spend90',
  'weekendShare',
]);

function isNearlyConstant(values: Float64Array): boolean {
  const sorted = values.slice().sort();
  let longest = 0;
  for (let start = 0, i = 1; i <= sorted.length; i++)
    if (i === sorted.length || sorted[i] !== sorted[start]) {
      longest = Math.max(longest, i - start);
      start = i;
    }
  return longest >= nearlyAll * sorted.length;
}

/** Whether first and last orders lie on the same day for everybody. */
function isOneDay(features: Feature[]): boolean {
  const ends = features.filter(({ definition }) => ['recency', 'tenure'].includes(definition.name));
  return ends.length === 2 && ends.every(({ values }) => isNearlyConstant(values));
}

/** The features that segments are made from, with their transforms and the standardised rows. */
export type ChosenFeatures = { features: Feature[]; transforms: ColumnTransform[]; X: Matrix };

/** All features that vary, minus those that repeat an earlier one. */
export function chooseFeatures(all: Feature[]): ChosenFeatures {
  const oneDay = isOneDay(all);
  const telling = all.filter(
    ({ definition, values }) => !isNearlyConstant(values) && !(oneDay && aboutTime.has(definition.name)),
  );
  const fitted = telling.map((feature) => ({
    feature,
    transform: fitColumn(feature.definition.name, feature.values),
  }));
  const varied = fitted.filter(({ transform }) => transform.sd > 0);
  const { covariance } = measureCovariance(transformOf(varied));
  const kept: number[] = [];
  varied.forEach((_, j) => {
    const repeats = kept.some((other) => Math.abs(covariance[j * varied.length + other]!) > sameFrom);
    if (!repeats) kept.push(j);
  });
  const chosen = kept.map((j) => varied[j]!);
  return {
    features: chosen.map(({ feature }) => feature),
    transforms: chosen.map(({ transform }) => transform),
    X: transformOf(chosen),
  };
}

const transformOf = (fitted: { feature: Feature; transform: ColumnTransform }[]): Matrix =>
  transformColumns(
    fitted.map(({ transform }) => transform),
    fitted.map(({ feature }) => feature.values),
  );
