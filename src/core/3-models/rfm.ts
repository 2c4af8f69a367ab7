import { AppError } from '../kit/errors';
import type { FeatureTable } from '../2-features/feature-table';
import { lifecycleNames, lifecycleOf } from './lifecycle';
import { findNaturalBreaks } from '../kit/natural-breaks';
import { medianOf, quantileSorted } from '../kit/quantiles';
import type { RfmResult } from './results/rfm-result';

export type RfmCell = {
  r: number;
  f: number;
  m: number;
  lifecycle: string;
  size: number;
  revenue: number;
};

/** Where the five points of each score begin: equal fifths, natural breaks, or four rising cuts of a person's own. */
export type RfmCuts = { kind: 'quantile' } | { kind: 'natural' } | ({ kind: 'fixed' } & RfmResult['cuts']);

/** How customers are scored, and what the eleven stages are called; an empty or missing name is the usual one. */
export type RfmOptions = { cuts: RfmCuts; names: string[] };

/** Quintile cut points of the values. */
export function cutQuintiles(values: Float64Array): number[] {
  const sorted = values.slice().sort();
  return [0.2, 0.4, 0.6, 0.8].map((share) => quantileSorted(sorted, share));
}

const middle = 3;

/** 1 + how many cut points lie strictly below the value: equal values always score the same, and in the middle if all are. */
function scoreAll(values: Float64Array, cuts: number[], by: RfmCuts): Uint8Array {
  const areAlike = by.kind !== 'fixed' && values.every((value) => value === values[0]);
  return Uint8Array.from(values, (value) =>
    areAlike ? middle : 1 + cuts.filter((cut) => cut < value).length,
  );
}

const requireColumn = (table: FeatureTable, name: string): Float64Array => {
  const feature = table.features.find(({ definition }) => definition.name === name);
  if (!feature) throw new AppError('NoOrderHistory', name);
  return feature.values;
};

function cutAll(values: [Float64Array, Float64Array, Float64Array], cuts: RfmCuts): RfmResult['cuts'] {
  if (cuts.kind === 'fixed') {
    const { recency, frequency, monetary } = cuts;
    for (const own of [recency, frequency, monetary])
      if (own.length !== 4 || own.some((cut, i) => !Number.isFinite(cut) || (i > 0 && cut <= own[i - 1]!)))
        throw new AppError('BadRfmCuts', own);
    return { recency, frequency, monetary };
  }
  const [recency, frequency, monetary] = values.map((each) =>
    cuts.kind === 'natural' ? findNaturalBreaks(each, 5) : cutQuintiles(each),
  ) as [number[], number[], number[]];
  return { recency, frequency, monetary };
}

/** RFM scores (by quintiles unless told otherwise) and each customer's lifecycle; customers without an order are left out. */
export function scoreRfm(table: FeatureTable, by: RfmCuts = { kind: 'quantile' }): Omit<RfmResult, 'groups'> {
  const all = ['recency', 'frequency', 'monetary'].map((name) => requireColumn(table, name));
  const rows = [...table.customers.keys()].filter((i) => all.every((values) => Number.isFinite(values[i]!)));
  const [recency, frequency, monetary] = all.map((values) => Float64Array.from(rows, (i) => values[i]!)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const cuts = cutAll([recency, frequency, monetary], by);
  const r = scoreAll(recency, cuts.recency, by).map((score) => 6 - score);
  const f = scoreAll(frequency, cuts.frequency, by);
  const m = scoreAll(monetary, cuts.monetary, by);
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
  names: readonly string[] = [],
): RfmResult['groups'] {
  const revenueOfAll = scores.monetary.reduce((sum, value) => sum + value, 0);
  return lifecycleNames.map((name, index) => {
    const { size, revenue } = sums.get(name) ?? { size: 0, revenue: 0 };
    const median = (values: Float64Array) => {
      const members = values.filter((_, i) => scores.lifecycle[i] === index);
      return members.length > 0 ? medianOf(members) : 0;
    };
    return {
      name: names[index]?.trim() || name,
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
