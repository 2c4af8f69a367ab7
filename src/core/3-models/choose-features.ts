import type { Feature } from '../2-features/feature-table';
import type { Matrix } from '../kit/matrix';
import type { ColumnTransform } from './results';
import { measureCovariance } from './principal';
import { fitColumn, transformColumns } from './standardise';

/** Two features this correlated say the same thing: the first one stays. */
const sameFrom = 0.95;

/** The features that segments are made from, with their transforms and the standardised rows. */
export type ChosenFeatures = { features: Feature[]; transforms: ColumnTransform[]; X: Matrix };

/** All features that vary, minus those that repeat an earlier one. */
export function chooseFeatures(all: Feature[]): ChosenFeatures {
  const fitted = all.map((feature) => ({
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
