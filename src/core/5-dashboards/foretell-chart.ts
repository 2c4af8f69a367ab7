import type { Ranged, SegmentsPredict } from '../3-models/results/segments-predict';
import { heads, type ChartText } from './chart';
import type { Named } from './segment-charts';
import { fillNames } from './segment-marks';
import { formatCount, formatDay, formatMoney, formatShare, nothing, plural } from './words';

/** One segment's outcome with the interval it lies in with 95%. */
export type ForestRow = { name: string; slot: number; n: number } & Ranged;
export type Forest = { rows: ForestRow[]; overall: number; isMoney: boolean; text: ChartText };

export type Foretold = {
  /** One sentence a person can repeat. */
  verdict: string;
  state: 'yes' | 'chance' | 'cannot tell';
  cameBack: Forest | null;
  spend: Forest | null;
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Do segments made at an earlier date tell who came back, and who spent, after it? */
export function foretellCharts(foretold: SegmentsPredict, segments: Named[]): Foretold {
  const { blocked, predictsSpend, predictsReturn, verdict } = foretold;
  const told = `${capital(fillNames(verdict, segments))}.`;
  if (blocked) return { verdict: told, state: 'cannot tell', cameBack: null, spend: null };
  const hasSpend = foretold.bySegment.some(({ spendPerCustomer }) => spendPerCustomer !== null);
  return {
    verdict: told,
    state: predictsSpend || predictsReturn ? 'yes' : 'chance',
    cameBack: drawForest(foretold, segments, 'cameBack'),
    spend: hasSpend ? drawForest(foretold, segments, 'spendPerCustomer') : null,
  };
}

function drawForest(
  { bySegment, horizonDays, asOf, nCustomers }: SegmentsPredict,
  segments: Named[],
  of: 'cameBack' | 'spendPerCustomer',
): Forest {
  const isMoney = of === 'spendPerCustomer';
  const show = isMoney ? formatMoney : formatShare;
  const rows = bySegment
    .flatMap((one): ForestRow[] => {
      const found = one[of];
      if (!found) return [];
      const name = fillNames(one.name, segments).replace(
        /^Gone since (\d+)$/,
        'Earlier group $1, gone today',
      );
      const slot = segments.find((segment) => segment.name === name)?.slot ?? 0;
      return [{ name, slot, n: one.n, ...found }];
    })
    .sort((a, b) => b.value - a.value);
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const overall = rows.reduce((sum, row) => sum + row.n * row.value, 0) / Math.max(1, n);
  const known = rows.filter(({ slot }) => slot > 0);
  const told = known.length > 1 ? known : rows;
  const [first, last] = [told[0], told.at(-1)];
  const within = `in the ${plural(horizonDays, 'day')} after ${formatDay(asOf)}`;
  const say = (row: ForestRow) =>
    `${row.name}: ${show(row.value)} (between ${show(row.low)} and ${show(row.high)}) of ${plural(row.n, 'customer')}`;
  const sentence =
    first && last && first !== last
      ? isMoney
        ? `A customer of ${first.name} spent ${show(first.value)} ${within}, one of ${last.name} ${show(last.value)}.`
        : `Of ${first.name} ${show(first.value)} came back ${within}, of ${last.name} ${show(last.value)}.`
      : '';
  return {
    rows,
    overall,
    isMoney,
    text: {
      title: isMoney ? 'Spent afterwards' : 'Came back afterwards',
      unit: `dot: ${isMoney ? 'spend per customer' : 'share who ordered again'} · line: where it lies with 95% · dashed: all ${formatCount(nCustomers)} customers`,
      sentence,
      table: {
        columns: heads(
          'Segment',
          'Customers then',
          isMoney ? 'Spend per customer' : 'Came back',
          'From',
          'To',
        ),
        rows: rows.map((row) => [
          row.name,
          formatCount(row.n),
          show(row.value),
          row.high === row.low ? nothing : show(row.low),
          row.high === row.low ? nothing : show(row.high),
        ]),
      },
      how: `Customers were grouped in the same way with what was known by ${formatDay(asOf)} only; then the ${horizonDays} days after were looked at. The groups of then carry the name of the segment of today that most of their members are in. Lines that overlap much may differ by chance.`,
      readings: rows.map(say),
    },
  };
}
