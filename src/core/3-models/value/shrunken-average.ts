import type { PurchaseHistory } from '../../2-features/purchase-history';
import { quantileSorted } from '../../kit/quantiles';
import { type Calibration, calibrate, daysAWeek, firstDayOf, purchasesAfter } from './calibration';

/** How often customers alike bought in a later stretch of time: by repeat purchases (rows) and by quiet so far (columns). */
export type ShrunkenAverage = {
  /** Purchases in the window by all. */
  learnedFrom: number;
  windowWeeks: number;
  /** Weeks since the last purchase that part the columns. */
  cuts: number[];
  /** Purchases a customer in the window, and the share who bought at all. */
  mean: number[];
  active: number[];
  /** Mean square of purchases, for the spread. */
  square: number[];
};

const bands = [0, 1, 2, 4, 9];
const nColumns = 4;
/** Customers that the average of all counts for in each cell. */
const shrink = 10;
/** Where nothing came, half a purchase of all counts: none so far does not mean none ever. */
const leastCame = 0.5;

const rowOf = (x: number) => bands.findLastIndex((least) => x >= least);
const columnOf = (cuts: number[], quiet: number) => cuts.filter((cut) => quiet > cut).length;

/** Learned on the second half of what is known by `lastDay`, from how customers stood at the half. */
export function fitShrunkenAverage(history: PurchaseHistory, lastDay: number): ShrunkenAverage | null {
  const first = firstDayOf(history);
  const half = Math.floor((first + lastDay) / 2);
  if (lastDay - half < 7) return null;
  const before = calibrate(history, half);
  if (before.rows.length < 20) return null;
  const later = purchasesAfter(history, before, lastDay);
  const quiet = before.T.map((T, i) => T - before.tx[i]!).sort();
  const cuts = [0.25, 0.5, 0.75].map((share) => quantileSorted(quiet, share));
  const nCells = bands.length * nColumns;
  const [n, sum, active, square] = [0, 0, 0, 0].map(() => new Float64Array(nCells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  later.forEach((count, i) => {
    const cell = cellOf(cuts, before, i);
    n[cell]!++;
    sum[cell]! += count;
    square[cell]! += count * count;
    if (count > 0) active[cell]!++;
  });
  const toAll = (sums: Float64Array) => {
    const all =
      Math.max(
        leastCame,
        sums.reduce((a, b) => a + b, 0),
      ) / later.length;
    return Array.from(sums, (value, cell) => (value + shrink * all) / (n[cell]! + shrink));
  };
  const windowWeeks = (lastDay - half) / daysAWeek;
  const learnedFrom = sum.reduce((a, b) => a + b, 0);
  return { learnedFrom, windowWeeks, cuts, mean: toAll(sum), active: toAll(active), square: toAll(square) };
}

const cellOf = (cuts: number[], { x, tx, T }: Calibration, i: number) =>
  rowOf(x[i]!) * nColumns + columnOf(cuts, T[i]! - tx[i]!);

/** Purchases in the next `weeks`, and the share of customers alike who bought again at all, of customer i. */
export function averageOf(model: ShrunkenAverage, now: Calibration, i: number, weeks: number) {
  const cell = cellOf(model.cuts, now, i);
  const times = weeks / model.windowWeeks;
  const mean = model.mean[cell]! * times;
  const spread = Math.max(0, model.square[cell]! - model.mean[cell]! ** 2 - model.mean[cell]!);
  return { alive: model.active[cell]!, purchases: mean, variance: mean + spread * times * times };
}
