import type { Feature } from '../../2-features/feature-table';
import { type ColumnTransform, fitColumn } from '../../2-features/transforms/fit-column';
import type { Matrix } from '../../kit/matrix';
import { part, type Report } from '../estimator';
import type { LeftOut } from '../results/segmentation';
import { sampleRows, takeRows } from '../rows';
import { splitFlag } from '../rules/sentences';
import { transformColumns } from '../standardise';
import { findComponents, measureCovariance, projectRows } from './principal';

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

/** Share of the customers who do not have the commonest value. */
function measureVariety(values: Float64Array): number {
  const sorted = values.slice().sort();
  let longest = 0;
  for (let start = 0, i = 1; i <= sorted.length; i++)
    if (i === sorted.length || !Object.is(sorted[i], sorted[start])) {
      longest = Math.max(longest, i - start);
      start = i;
    }
  return 1 - longest / Math.max(1, sorted.length);
}

/** Whether nearly all have one value: if any has most of the votes (Boyer and Moore), it is the one left over. */
function isNearlyConstant(values: Float64Array): boolean {
  let common = NaN;
  let votes = 0;
  for (const value of values) {
    if (votes === 0) common = value;
    votes += Object.is(value, common) ? 1 : -1;
  }
  let n = 0;
  for (const value of values) n += Number(Object.is(value, common));
  return 1 - n / Math.max(1, values.length) <= 1 - nearlyAll;
}

/** Whether first and last orders lie on the same day for everybody. */
function isOneDay(features: Feature[]): boolean {
  const ends = features.filter(({ definition }) => ['recency', 'tenure'].includes(definition.name));
  return ends.length === 2 && ends.every(({ values }) => isNearlyConstant(values));
}

/** Above this many traits the ones that vary most are kept, and above the other the strongest combinations of traits. */
const mostTraits = 300;
const mostColumns = 60;
const nCombinations = 20;
/** Correlations are measured on at most this many rows of a wide table. */
const tiedRows = 4_000;

/**
 * The features that segments are made from, with their transforms and the rows that are clustered: the standardised
 * features or, `combined`, the strongest combinations of many. `blocks`: columns of X that are values of one category.
 */
export type ChosenFeatures = {
  features: Feature[];
  transforms: ColumnTransform[];
  X: Matrix;
  blocks: number[][];
  leftOut: LeftOut[];
  /** Set when X holds combinations: how many, and the share of the features' spread that they hold. */
  combined: { nColumns: number; share: number } | null;
};

type Fitted = { feature: Feature; transform: ColumnTransform };

const labelOf = ({ feature }: Fitted) => feature.definition.label;

/** What varies: each feature with its transform, and why the others do not count. */
function keepVaried(all: Feature[], leftOut: LeftOut[], report: Report): Fitted[] {
  const oneDay = isOneDay(all);
  const kept: Fitted[] = [];
  for (const [at, feature] of all.entries()) {
    report(at / all.length);
    const { name, label, transform: wanted } = feature.definition;
    const leaveOut = (why: string) => leftOut.push({ label, why });
    if (!feature.values.some(Number.isFinite)) leaveOut('known of nobody');
    else if (isNearlyConstant(feature.values)) leaveOut('the same for nearly everybody');
    else if (oneDay && aboutTime.has(name)) leaveOut('says nothing when all orders came on one day');
    else {
      const transform = fitColumn(name, feature.values, wanted);
      if (transform.sd > 0) kept.push({ feature, transform });
      else leaveOut('the same for nearly everybody');
    }
  }
  return kept;
}

/** The traits that vary most, in their order, when there are too many. */
function limitTraits(varied: Fitted[], leftOut: LeftOut[]): Fitted[] {
  if (varied.length <= mostTraits) return varied;
  const variety = new Map(varied.map((one) => [one, measureVariety(one.feature.values)]));
  const ranked = [...varied].sort((a, b) => variety.get(b)! - variety.get(a)!);
  const kept = new Set(ranked.slice(0, mostTraits));
  const why = `only the ${mostTraits} traits that differ most between customers are used`;
  for (const one of varied) if (!kept.has(one)) leftOut.push({ label: labelOf(one), why });
  return varied.filter((one) => kept.has(one));
}

/** Without those that say the same as an earlier one. */
function dropRepeats(varied: Fitted[], leftOut: LeftOut[], report: Report): Fitted[] {
  const rows = transformOf(varied);
  const isWide = varied.length > mostColumns;
  const { covariance } = measureCovariance(
    isWide ? takeRows(rows, sampleRows(rows.nRows, tiedRows, 1)) : rows,
    report,
  );
  const d = varied.length;
  const tie = (a: number, b: number) =>
    Math.abs(covariance[a * d + b]!) /
    Math.sqrt(Math.max(1e-12, covariance[a * d + a]! * covariance[b * d + b]!));
  const kept: number[] = [];
  for (let j = 0; j < d; j++) {
    const same = kept.find((other) => tie(j, other) > sameFrom);
    if (same === undefined) kept.push(j);
    else
      leftOut.push({ label: labelOf(varied[j]!), why: `says nearly the same as ${labelOf(varied[same]!)}` });
  }
  return kept.map((j) => varied[j]!);
}

/** Columns that are the values of one category, by their names; a flag of its own is a block too. */
function findBlocks(features: Feature[]): number[][] {
  const blocks = new Map<string, number[]>();
  features.forEach(({ definition }, j) => {
    if (definition.unit !== 'flag') return;
    const key = splitFlag(definition)?.column ?? definition.name;
    blocks.set(key, [...(blocks.get(key) ?? []), j]);
  });
  return [...blocks.values()];
}

/** All features that vary, minus those that repeat an earlier one; many of them as their strongest combinations. */
export function chooseFeatures(all: Feature[], report?: Report): ChosenFeatures {
  const leftOut: LeftOut[] = [];
  const varied = limitTraits(keepVaried(all, leftOut, part(report, 0, 0.2)), leftOut);
  const chosen = dropRepeats(varied, leftOut, part(report, 0.2, 0.4));
  const features = chosen.map(({ feature }) => feature);
  const transforms = chosen.map(({ transform }) => transform);
  const rows = transformOf(chosen);
  if (chosen.length <= mostColumns)
    return { features, transforms, X: rows, blocks: findBlocks(features), leftOut, combined: null };
  const few = takeRows(rows, sampleRows(rows.nRows, tiedRows, 1));
  const components = findComponents(few, part(report, 0.4, 1));
  const spread = (n: number) => components.variances.slice(0, n).reduce((sum, value) => sum + value, 0);
  const combined = { nColumns: nCombinations, share: spread(nCombinations) / spread(chosen.length) };
  return {
    features,
    transforms,
    X: projectRows(rows, components, nCombinations),
    blocks: [],
    leftOut,
    combined,
  };
}

const transformOf = (fitted: Fitted[]): Matrix =>
  transformColumns(
    fitted.map(({ transform }) => transform),
    fitted.map(({ feature }) => feature.values),
  );
