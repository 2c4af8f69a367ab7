import type { RfmCell } from '../src/core/3-models/rfm';

export type LifecycleSums = Map<string, { size: number; revenue: number }>;

/** danfojs is fetched from the bundle only when a summary is asked for. */
const loadFrames = () => import('danfojs');

/**
 * The lifecycle rows summed from the at most 125 cells of the RFM grid, by a danfojs group-by. One text key, no
 * missing values, plain arrays: its group-by is right on exactly these.
 */
export async function sumCellsByLifecycle(cells: RfmCell[]): Promise<LifecycleSums> {
  if (cells.length === 0) return new Map();
  const { DataFrame } = await loadFrames();
  const frame = new DataFrame({
    lifecycle: cells.map((cell) => cell.lifecycle),
    size: cells.map((cell) => cell.size),
    revenue: cells.map((cell) => cell.revenue),
  });
  const sums = frame.groupby(['lifecycle']).agg({ size: 'sum', revenue: 'sum' });
  const names = sums['lifecycle']!.values as string[];
  const sizes = sums['size_sum']!.values as number[];
  const revenues = sums['revenue_sum']!.values as number[];
  return new Map(names.map((name, i) => [name, { size: sizes[i]!, revenue: revenues[i]! }]));
}
