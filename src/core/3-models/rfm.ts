import { AppError } from '../kit/errors';
import type { FeatureTable } from '../2-features/feature-table';
import { lifecycleNames, lifecycleOf } from './lifecycle';
import { medianOf, quantileSorted } from '../kit/quantiles';
import type { RfmResult } from './results';

export type RfmCell = {
  r: number;
  f: number;
  m: number;
  lifecycle: string;
  size: number;
  revenue: number;
};

/** Quintile cut points of the values. */
export function cutQuintiles(values: Float64Array): number[] {
  const sorted = values.slice().sort();
  return [0.2, 0.4, 0.6, 0.8].map((share) => quantileSorted(sorted, share));
}

/** 1 + how many cut points lie strictly below the value: equal values always score the same. */
const scoreOf = (value: number, cuts: number[]) => 1 + cuts.filter((cut) => cut < value).length;

const requireColumn = (table: FeatureTable, name: string): Float64Array => {
  const feature = table.features.find(({ definition }) => definition.name === name);
  if (!feature) throw new AppError('NoOrderHistory', name);
  return feature.values;
};

/** RFM scores by quintiles and each customer's lifecycle; customers without an order are left out. */
export function scoreRfm(table: FeatureTable): Omit<RfmResult, 'groups'> {
  const all = ['recency', 'frequency', 'monetary'].map((name) => requireColumn(table, name));
  const rows = [...table.customers.keys()].filter((i) => all.every((values) => Number.isFinite(values[i]!)));
  const [recency, frequency, monetary] = all.map((values) => Float64Array.from(rows, (i) => values[i]!)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const cuts = {
    recency: cutQuintiles(recency),
    frequency: cutQuintiles(frequency),
    monetary: cutQuintiles(monetary),
  };
  const r = Uint8Array.from(recency, (value) => 6 - scoreOf(value, cuts.recency));
  const f = Uint8Array.from(frequency, (value) => scoreOf(value, cuts.frequency));
  const m = Uint8Array.from(monetary, (value) => scoreOf(value, cuts.monetary));
  const lifecycle = r.map((score, i) => lifecycleOf(score, f[i]!, m[i]!));
  const customers = Int32Array.from(rows, (i) => table.customers[i]!);
  return { customers, recency, frequency, monetary, r, f, m, lifecycle, cuts };
}

/** The cells of the grid that have customers, at most 125: the small table the lifecycle rows are summed from. */
export function countCells(scores: Omit<RfmResult, 'groups'>): RfmCell[] {
  const cells = new Map<number, RfmCell>();
  scores.customers.forEach((_, i) => {
    const [r, f, m] = [scores.r[i]!, scores.f[i]!, scores.m[i]!];
    const key = r * 100 + f * 10 + m;
    const cell = cells.get(key) ?? {
      r,
      f,
      m,
      lifecycle: lifecycleNames[scores.lifecycle[i]!]!,
      size: 0,
      revenue: 0,
    };
    cell.size += 1;
    cell.revenue += scores.monetary[i]!;
    cells.set(key, cell);
  });
  return [...cells.values()];
}

/** The lifecycle rows from the sums of their cells (`size`, `revenue` by name), in the order of the names. */
export function describeLifecycle(
  scores: Omit<RfmResult, 'groups'>,
  sums: Map<string, { size: number; revenue: number }>,
): RfmResult['groups'] {
  const revenueOfAll = scores.monetary.reduce((sum, value) => sum + value, 0);
  return lifecycleNames.map((name, index) => {
    const { size, revenue } = sums.get(name) ?? { size: 0, revenue: 0 };
    const median = (values: Float64Array) => {
      const members = values.filter((_, i) => scores.lifecycle[i] === index);
      return members.length > 0 ? medianOf(members) : 0;
    };
    return {
      name,
      size,
      share: scores.customers.length > 0 ? size / scores.customers.length : 0,
      revenue,
      revenueShare: revenueOfAll > 0 ? revenue / revenueOfAll : 0,
      medianRecency: median(scores.recency),
      medianFrequency: median(scores.frequency),
      medianMonetary: median(scores.monetary),
    };
  });
}
