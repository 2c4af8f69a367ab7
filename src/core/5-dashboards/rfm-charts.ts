import type { RfmResult } from '../3-models/results/rfm-result';
import { heads, type ChartText } from './chart';
import { formatCount, formatExact, formatMoney, formatShare, plural } from './words';

/** `r` and `f` are 1..5, 5 best. */
export type RfmCell = { r: number; f: number; size: number; revenue: number; spend: number };

/** Customers and spend in each of the 25 cells of recency by frequency, best recency first. */
export function rfmGrid(rfm: Omit<RfmResult, 'groups'>): { cells: RfmCell[]; text: ChartText } {
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
  const fullest = cells.reduce((a, b) => (b.size > a.size ? b : a));
  const [told, is] = best.size ? [best, 'Recent and frequent'] : [fullest, 'Nobody is both; the fullest'];
  return {
    cells,
    text: {
      title: 'Recency and frequency',
      unit: 'number: customers · darker: more revenue per customer',
      sentence: `${is} (recency ${told.r}, frequency ${told.f}): ${plural(told.size, 'customer')}, ${formatShare(size ? told.size / size : 0)} of ${formatExact(size)}, ${formatShare(revenue ? told.revenue / revenue : 0)} of revenue.`,
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

/** Where the points of a score may begin, in a marketer's words. */
export const rfmWays = [
  { id: 'quantile', name: 'equal fifths', help: 'One fifth of the customers for each point.' },
  {
    id: 'natural',
    name: 'natural gaps',
    help: 'Points change where the numbers leave gaps, so that alike customers score alike.',
  },
  {
    id: 'fixed',
    name: 'steps of my own',
    help: 'The same steps month after month, so that scores can be compared.',
  },
] as const;

/** "In use: 12, 30, 57, 120 days; 1, 2, 4, 7 orders; 20.00, 60.00, 140, 400 spent." */
export function sayCuts({ cuts }: Pick<RfmResult, 'cuts'>): string {
  const say = (own: number[], show: (cut: number) => string) => own.map(show).join(', ') || 'none';
  const round = (cut: number) => formatCount(Math.round(cut * 10) / 10);
  return `In use: ${say(cuts.recency, round)} days; ${say(cuts.frequency, round)} orders; ${say(cuts.monetary, formatMoney)} spent.`;
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
    ? ` ${
        slipping === richest
          ? 'They are slipping away'
          : `${slipping.name} (${plural(slipping.size, 'customer')}) is slipping away with ${formatShare(slipping.revenueShare)} of revenue`
      }: ${plural(Math.round(slipping.medianRecency), 'day')} since the last order, where ${formatCount(Math.round(usual))} are usual.`
    : '';
  return `${richest.name}: ${formatShare(richest.share)} of ${plural(size, 'customer')}, ${formatShare(richest.revenueShare)} of revenue.${warning}`;
}
