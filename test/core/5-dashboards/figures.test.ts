import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import { type Figure, trace } from '../../../src/core/1-collect/trace';
import { buildFeatures } from '../../../src/core/2-features/features';
import { DAY } from '../../../src/core/2-features/history';
import { scoreRfm } from '../../../src/core/3-models/rfm';
import { figureOfSegments, figureUpTo } from '../../../src/core/5-dashboards/figures';
import { rfmGrid } from '../../../src/core/5-dashboards/rfm-charts';
import { anyLine, toCollected } from '../2-features/order-lines';

const asOf = 40 * DAY;

/** Orders on whole days, in any order of the file; those of one number are one customer's. */
const anyShop = fc.array(anyLine(1, 60), { minLength: 40, maxLength: 120 }).map((drawn): Collected => {
  const lines = drawn
    .filter(({ customer, order }) => customer >= 0 && order >= 0)
    .map((line) => ({ ...line, day: Math.floor(line.day), order: line.customer * 31 + line.order }));
  const collected = toCollected(lines);
  const source = { file: new Uint16Array(lines.length), row: Int32Array.from(lines, (_, i) => i + 2) };
  return { ...collected, lines: { ...collected.lines!, source } };
});

const sumOf = (collected: Collected, figure: Figure) => trace(collected, ['o.csv'], figure, 0, Infinity).sum;

test('the rows behind a cell of RFM and behind segments add up to what is shown, also as of an earlier day', () => {
  fc.assert(
    fc.property(anyShop, (collected) => {
      const table = buildFeatures(collected, asOf, 'rfm');
      fc.pre(table.customers.length > 4);
      const rfm = scoreRfm(table);
      for (const { r, f, size, revenue } of rfmGrid(rfm).cells) {
        const members = rfm.customers.filter((_, row) => rfm.r[row] === r && rfm.f[row] === f);
        expect(sumOf(collected, figureUpTo('customers', members, asOf))).toBe(size);
        expect(sumOf(collected, figureUpTo('netRevenue', members, asOf))).toBeCloseTo(revenue, 6);
      }
      const labels = table.customers.map((customer) => (customer % 4) - 1);
      const segmentation = { customers: table.customers, labels, asOf };
      const spend = (isMeant: (row: number) => boolean) =>
        rfm.monetary.reduce((sum, money, row) => sum + (isMeant(row) ? money : 0), 0);
      const shown = [
        { segments: [0], isMeant: (row: number) => labels[row] === 0 },
        { segments: [0, 2], isMeant: (row: number) => labels[row] === 0 || labels[row] === 2 },
        { segments: [-1], isMeant: (row: number) => labels[row] === -1 },
        { segments: null, isMeant: () => true },
      ];
      for (const { segments, isMeant } of shown) {
        const customers = sumOf(collected, figureOfSegments('customers', segmentation, segments));
        expect(customers).toBe(labels.filter((_, row) => isMeant(row)).length);
        const revenue = sumOf(collected, figureOfSegments('netRevenue', segmentation, segments));
        expect(revenue).toBeCloseTo(spend(isMeant), 6);
      }
    }),
    { numRuns: 30 },
  );
});
