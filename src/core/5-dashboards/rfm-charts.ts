import type { RfmResult } from '../3-models/results';
import { heads, type ChartText } from './chart';
import { formatCount, formatExact, formatMoney, formatShare, plural } from './words';

/** `r` and `f` are 1..5, 5 best. */
export type RfmCell = { r: number; f: number; size: number; revenue: number; spend: number };

/** Customers and spend in each of the 25 cells of recency by frequency, best recency first. */
export function rfmGrid(rfm: RfmResult): { cells: RfmCell[]; text: ChartText } {
  const cells: RfmCell[] = [];
  for (let r = 5; r >= 1; r--)
    for (let f = 1; f <= 5; f++) cells.push({ r, f, size: 0, revenue: 0, spend: 0 });
  for (let i = 0; i < rfm.r.length; i++) {
    const cell = cells[(5 - rfm.r[i]!) * 5 + rfm.f[i]! - 1];
    if (!cell) continue;
    cell.size++;
    cell.revenue += rfm.monetary[i]!;
  }
  for (const cell of cells) cell.spend = cell.size ? cell.revenue / cell.size : 0;
  const size = rfm.r.length;
  const revenue = cells.reduce((sum, cell) => sum + cell.revenue, 0);
  const say = (cell: RfmCell) =>
    `recency ${cell.r}, frequency ${cell.f}: ${plural(cell.size, 'customer')} (${formatShare(size ? cell.size / size : 0)}), ${formatMoney(cell.spend)} per customer, ${formatShare(revenue ? cell.revenue / revenue : 0)} of revenue`;
  const best = cells.find(({ r, f }) => r === 5 && f === 5)!;
  return {
    cells,
    text: {
      title: 'Recency and frequency',
      unit: 'number: customers · darker: more revenue per customer',
      sentence: `Recent and frequent (recency 5, frequency 5): ${plural(best.size, 'customer')}, ${formatShare(size ? best.size / size : 0)} of ${formatExact(size)}, ${formatShare(revenue ? best.revenue / revenue : 0)} of revenue.`,
      table: {
        columns: heads('Recency', 'Frequency', 'Customers', 'Share', 'Revenue per customer', 'Revenue'),
        rows: cells.map((cell) => [
          String(cell.r),
          String(cell.f),
          formatCount(cell.size),
          formatShare(size ? cell.size / size : 0),
          formatMoney(cell.spend),
          formatMoney(cell.revenue),
        ]),
      },
      how: `Each customer gets 1 to 5 points for how recently and how often they bought, 5 best. Recency steps at ${steps(rfm.cuts.recency)} days; frequency at ${steps(rfm.cuts.frequency)} orders; spend at ${rfm.cuts.monetary.map(formatMoney).join(', ')}.`,
      readings: cells.map(say),
    },
  };
}

const steps = (cuts: number[]) => cuts.map((cut) => formatCount(Math.round(cut * 10) / 10)).join(', ');

/** One sentence over the eleven lifecycle groups: the richest, and the richest that stays away longer than is usual here. */
export function lifecycleSentence({ groups, recency }: RfmResult): string {
  const size = groups.reduce((sum, group) => sum + group.size, 0);
  const richest = [...groups].sort((a, b) => b.revenue - a.revenue)[0];
  if (!richest || !size) return 'No customers with orders yet.';
  const usual = Float64Array.from(recency).sort()[recency.length >> 1]!;
  const slipping = groups
    .filter(({ name, size }) => size > 0 && /at risk|can't lose|need attention|about to sleep/i.test(name))
    .filter(({ medianRecency }) => medianRecency > usual)
    .sort((a, b) => b.revenue - a.revenue)[0];
  const warning = slipping
    ? ` ${slipping.name} (${plural(slipping.size, 'customer')}) is slipping away with ${formatShare(slipping.revenueShare)} of revenue: ${plural(Math.round(slipping.medianRecency), 'day')} since the last order, where ${formatCount(Math.round(usual))} are usual.`
    : '';
  return `${richest.name}: ${formatShare(richest.share)} of ${plural(size, 'customer')}, ${formatShare(richest.revenueShare)} of revenue.${warning}`;
}
