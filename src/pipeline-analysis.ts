import type { DataCheck } from './core/1-collect/collected';
import type { FeatureSet, Target } from './core/2-features/feature-table';
import type { FormulaDefinition } from './core/2-features/formula/define-formula';
import type { ChosenTransforms, Purpose } from './core/2-features/transforms/registry';
import type { ClusterAlgorithm } from './core/3-models/estimator';
import type { RfmOptions } from './core/3-models/rfm';
import { AppError } from './core/kit/errors';

const dayMs = 86_400_000;

/** What the person chose for segments and predictions. `asOf` is an ISO day; null = the day after the last order. */
export type Analysis = {
  asOf: string | null;
  features: FeatureSet;
  algorithm: ClusterAlgorithm;
  nClusters: 'auto' | number;
  seed: number;
  /** Null = what this data is usually asked. */
  target: Target | null;
  horizonDays: number;
  nOrigins: number;
  splitRule: string | null;
  /** Columns that are learnt from although they tell the outcome almost perfectly. */
  knownBefore: string[];
  /** How far ahead customers are valued, the share of an order kept as profit, and a year's loss of worth of money to come. */
  value: { horizonDays: number; margin: number; discountRate: number };
  /** How recency, frequency and spend are scored, and what the stages are called. */
  rfm: RfmOptions;
  /** Features the person wrote, beside those of the registry. */
  formulas: FormulaDefinition[];
  /** How the person wants single traits read when groups are made and when something is foretold. */
  transforms: Record<Purpose, ChosenTransforms>;
};

export const defaultAnalysis: Analysis = {
  asOf: null,
  features: 'all',
  algorithm: 'kmeans',
  nClusters: 'auto',
  seed: 42,
  target: null,
  horizonDays: 90,
  nOrigins: 3,
  splitRule: null,
  knownBefore: [],
  value: { horizonDays: 365, margin: 1, discountRate: 0 },
  rfm: { cuts: { kind: 'quantile' }, names: [] },
  formulas: [],
  transforms: { grouping: [], predicting: [] },
};

/** To leave is to end a contract where at least so many ended: from fewer nothing is learnt. */
const fewestEnds = 50;

/**
 * What is asked of this data: what the person chose, else who will end a subscription, else who will stop ordering.
 * Without dated orders nobody can be seen to stop or come back: a ready label of the customer table is asked instead.
 */
export function targetOf({ target }: Pick<Analysis, 'target'>, check: DataCheck): Target {
  const { nEnded = 0 } = check.datedTargets?.subscriptions ?? {};
  if (target === null && nEnded >= fewestEnds) return { kind: 'cancel' };
  const asked = target ?? { kind: 'churn' };
  if (check.totals.to !== null || (asked.kind !== 'churn' && asked.kind !== 'repurchase')) return asked;
  if (check.files.some((file) => file.kind === 'subscriptions'))
    return asked.kind === 'churn' ? { kind: 'cancel' } : asked;
  return check.usualLabel ? { kind: 'column', ...check.usualLabel } : asked;
}

/** The end of observation in ms UTC; null when nothing in this data carries a date. */
export function asOfInstant({ asOf }: Analysis, { totals: { from, to } }: DataCheck): number | null {
  if (from === null || to === null) return null;
  if (asOf && Date.parse(asOf) <= Date.parse(from)) throw new AppError('AsOfTooEarly', asOf, from);
  return asOf ? Date.parse(asOf) : Date.parse(to) + dayMs;
}

/** When likelihoods are told: the day the person chose counts even where nothing is dated. */
export const scoredAt = (analysis: Analysis, check: DataCheck): number | null =>
  asOfInstant(analysis, check) ?? (analysis.asOf ? Date.parse(analysis.asOf) : null);
