import type { FeatureDefinition, FeatureTable, FeatureUnit } from '../../2-features/feature-table';
import { medianOf } from '../../kit/quantiles';
import { isProtected } from '../clusters/protected-words';
import { sampleRows } from '../rows';
import { columnOf } from './design-matrix';
import { explainRows, likelihoodAt, rankRowsBy } from './fitted-rung';
import type { Rows } from './rung';
import type { FittedRung } from './rungs';

/** Customers that the average is taken over; a slow model takes fewer. */
const averaged = { quick: 2_000, slow: 100 };

/** One trait of one customer: `part` is what it adds to the log-odds beyond what it adds for the average customer. */
export type ReasonPart = {
  feature: string;
  label: string;
  unit: FeatureUnit;
  /** About who somebody is, not what they do: never told without saying so. */
  isPersonal: boolean;
  value: number;
  /** The middle value of all customers. */
  typical: number;
  part: number;
};

/** Why one customer has their likelihood: `baseline` and all `part`s add up to `logOdds`, which calibration turns into it. */
export type Explanation = {
  likelihood: number;
  logOdds: number;
  baseline: number;
  /** What the model gives at `baseline`: the average customer's likelihood. */
  averageLikelihood: number;
  /** Strongest first. */
  parts: ReasonPart[];
};

/** The average customer: what each feature of a model adds for them, and the log-odds that makes. */
export type AverageCustomer = {
  baseline: number;
  features: { definition: FeatureDefinition; isPersonal: boolean; typical: number; part: number }[];
};

/** Networks take a good part of a millisecond to explain one customer, the others microseconds. */
const isSlowToExplain = ({ rung }: FittedRung): boolean => rung === 'network';

export const pickFrom = (table: FeatureTable, rows: ArrayLike<number>): Rows => ({
  nRows: rows.length,
  column(name) {
    const values = columnOf(table.features, name)!;
    const picked = new Float64Array(rows.length);
    for (let i = 0; i < picked.length; i++) picked[i] = values[rows[i]!]!;
    return picked;
  },
});

const mean = (values: ArrayLike<number>, weights: Float64Array) =>
  weights.reduce((sum, weight, i) => sum + weight * values[i]!, 0);

/** The log-odds that mean the average likelihood of the customers drawn. */
function usualLogOdds(fitted: FittedRung, table: FeatureTable, seed: number): number {
  const rows = sampleRows(table.customers.length, averaged.quick, seed);
  const logOdds = rankRowsBy(fitted, pickFrom(table, rows));
  const likelihood = likelihoodAt(fitted, logOdds);
  const usual = likelihood.reduce((sum, value) => sum + value, 0) / likelihood.length;
  let [low, high] = [Math.min(...logOdds), Math.max(...logOdds)];
  for (let i = 0; i < 60 && high > low; i++) {
    const middle = (low + high) / 2;
    if (likelihoodAt(fitted, Float64Array.of(middle))[0]! < usual) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Weights of the rows, summing to 1, whose weighted mean is `wanted`: those below it alike, and those above alike. */
function weighTo(logOdds: Float64Array, wanted: number): Float64Array {
  const n = logOdds.length;
  const isAbove = (value: number) => value >= wanted;
  const above = logOdds.filter(isAbove);
  const below = logOdds.filter((value) => !isAbove(value));
  if (above.length === 0 || below.length === 0) return new Float64Array(n).fill(1 / n);
  const middle = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const share = (wanted - middle(below)) / (middle(above) - middle(below));
  return logOdds.map((value) => (isAbove(value) ? share / above.length : (1 - share) / below.length));
}

/** The average of the customers, so weighted that its likelihood is the average likelihood. */
export function averageCustomer(fitted: FittedRung, table: FeatureTable, seed: number): AverageCustomer {
  const size = isSlowToExplain(fitted) ? averaged.slow : averaged.quick;
  const rows = sampleRows(table.customers.length, size, seed);
  const { baseline, features, logOdds } = explainRows(fitted, pickFrom(table, rows));
  const weights = weighTo(logOdds, usualLogOdds(fitted, table, seed));
  const known = features.map(({ feature, values }) => {
    const { definition, values: all } = table.features.find((one) => one.definition.name === feature)!;
    const finite = all.filter(Number.isFinite);
    const typical = finite.length > 0 ? medianOf(finite) : NaN;
    return { definition, isPersonal: isProtected(definition), typical, part: mean(values, weights) };
  });
  return { baseline: known.reduce((sum, { part }) => sum + part, baseline), features: known };
}

/** Why a customer scores as they do, against the average customer; `rows` holds that one customer. */
export function explain(fitted: FittedRung, rows: Rows, average: AverageCustomer): Explanation {
  const { features, logOdds, likelihood } = explainRows(fitted, rows);
  const parts = average.features.map(({ definition, isPersonal, typical, part }, j): ReasonPart => {
    const { name: feature, label, unit } = definition;
    const value = rows.column(feature)[0]!;
    return { feature, label, unit, isPersonal, value, typical, part: features[j]!.values[0]! - part };
  });
  return {
    likelihood: likelihood[0]!,
    logOdds: logOdds[0]!,
    baseline: average.baseline,
    averageLikelihood: likelihoodAt(fitted, Float64Array.of(average.baseline))[0]!,
    parts: parts.sort((a, b) => Math.abs(b.part) - Math.abs(a.part)),
  };
}
