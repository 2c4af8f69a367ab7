import { AppError } from '../kit/errors';
import type { Collected } from './collected';
import { measure, metric, type MetricId } from './metrics';

/** A figure on a screen: what it measures and of whom; `customers` index the project's customers, times are [from, to). */
export type Figure = {
  metric: MetricId;
  customers?: ArrayLike<number>;
  /** Index of one order. */
  order?: number;
  from?: number;
  to?: number;
};

/** A row of a file, counted like a spreadsheet, and what it adds to the figure. */
export type TracedRow = { file: string; row: number; value: number };

export type Trace = {
  rows: TracedRow[];
  /** Rows there are in all, and what they sum to in the order of the files. */
  total: number;
  sum: number;
  /** The sum divided by this is the figure; 1 for all that is no average. */
  divisor: number;
  definition: string;
};

/**
 * The rows behind a figure in the order of the files, from `offset` on, and what all of them add up to. Rows that add
 * nothing are left out. `fileNames` are those of DataCheck.files.
 */
export function trace(
  collected: Collected,
  fileNames: string[],
  figure: Figure,
  offset = 0,
  limit = 100,
): Trace {
  const { lines, customerIds } = collected;
  if (!lines?.source) throw new AppError('NothingToTrace');
  const { perLine, dividedBy, definition } = metric(figure.metric);
  const mask = figure.customers ? maskOf(figure.customers, customerIds.length) : null;
  const valueOf = perLine(collected, lines);
  const { from = -Infinity, to = Infinity, order } = figure;
  const rows: TracedRow[] = [];
  let total = 0;
  let sum = 0;
  for (let i = 0; i < lines.nRows; i++) {
    if (mask && !mask[lines.customer[i]!]) continue;
    if (order !== undefined && lines.order[i] !== order) continue;
    if (!(lines.time[i]! >= from && lines.time[i]! < to)) continue;
    const value = valueOf(i);
    if (value === 0) continue;
    sum += value;
    if (total++ < offset || rows.length === limit) continue;
    rows.push({ file: fileNames[lines.source.file[i]!]!, row: lines.source.row[i]!, value });
  }
  return { rows, total, sum, definition, divisor: dividedBy ? measure(collected, dividedBy, mask) : 1 };
}

function maskOf(customers: ArrayLike<number>, nCustomers: number): Uint8Array {
  const mask = new Uint8Array(nCustomers);
  for (let i = 0; i < customers.length; i++) mask[customers[i]!] = 1;
  return mask;
}
