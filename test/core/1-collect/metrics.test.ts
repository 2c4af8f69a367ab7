import { beforeAll, describe, expect, test } from 'vitest';
import { listMetrics, measure, metric, type MetricId } from '../../../src/core/1-collect/metrics';
import { type Figure, trace } from '../../../src/core/1-collect/trace';
import { buildFeatures } from '../../../src/core/2-features/features';
import { segment } from '../../../src/core/3-models/clusters/segment';
import { buildExports } from '../../../src/core/4-decisions/exports';
import { finish } from '../../../src/core/kit/steps';
import { sampleShop } from '../../../src/core/samples/shop';
import { startTensors } from '../../fixtures/tensors';
import { toCollected } from '../2-features/order-lines';
import { checkTexts } from './read-text';

beforeAll(startTensors);

const shopTexts = (): [string, string][] => sampleShop(3, 400).files.map(({ name, text }) => [name, text]);
const openShop = () => checkTexts(shopTexts());

describe('measure(collected, id)', () => {
  test('the figures of a shop small enough to add up by hand', () => {
    const collected = toCollected([
      { customer: 0, order: 0, day: 1, amount: 10, quantity: 2, discount: 1 },
      { customer: 0, order: 0, day: 1, amount: 5, quantity: 1, discount: 0 },
      { customer: 0, order: 1, day: 200, amount: -4, quantity: -1, refund: true },
      { customer: 1, order: 2, day: 199, amount: 7.5, quantity: 3, discount: 0.5 },
      { customer: 2, order: 3, day: 190, amount: -3, refund: true },
      { customer: 1, order: 4, day: 160, amount: 0, quantity: 1 },
    ]);
    const figures = Object.fromEntries(listMetrics().map(({ id }) => [id, measure(collected, id)]));
    expect(figures).toEqual({
      customers: 2,
      orders: 2,
      lines: 6,
      netRevenue: 18.5,
      grossRevenue: 22.5,
      refunds: 4,
      discount: 1.5,
      units: 7,
      averageOrder: 9.25,
      activeCustomers: 1,
      engagedCustomers: 1,
    });
    expect(measure(collected, 'netRevenue', Uint8Array.of(1, 0, 1))).toBe(11);
  });

  test('revenue is the same to the cent in the check, its export, the metric and the sum over the exported segments', async () => {
    const { check, collected } = await openShop();
    const table = buildFeatures(collected, null, 'rfm');
    const segmentation = segment(table, { algorithm: 'kmeans', nClusters: 3, seed: 1 });
    const scored = {
      customerIds: collected.customerIds,
      segmentation,
      names: [],
      rfm: null,
      prediction: null,
    };
    const json = (name: string) =>
      JSON.parse(finish(buildExports(check, scored)).find((file) => file.name === name)!.text) as {
        totals: { revenue: number; customers: number };
        score: { overall: number };
        segments: { revenue: number; revenueShare: number; size: number }[];
      };
    const cents = (amount: number) => Math.round(amount * 100);
    const revenue = measure(collected, 'netRevenue');
    expect(revenue).toBeGreaterThan(1_000);
    expect(check.totals.revenue).toBe(cents(revenue) / 100);
    expect(json('data-check.json').totals.revenue).toBe(check.totals.revenue);
    expect(json('data-check.json').score).toEqual(check.score);
    const { segments } = json('segments.json');
    expect(cents(segments.reduce((sum, one) => sum + one.revenue, 0))).toBe(cents(revenue));
    expect(segments.reduce((sum, { size }) => sum + size, 0)).toBe(json('data-check.json').totals.customers);
    segmentation.segments.forEach(({ id }, i) => {
      const mask = new Uint8Array(collected.customerIds.length);
      segmentation.labels.forEach(
        (label, row) => (mask[segmentation.customers[row]!] = label === id ? 1 : 0),
      );
      expect(cents(segments[i]!.revenue)).toBe(cents(measure(collected, 'netRevenue', mask)));
      expect(segments[i]!.revenueShare).toBeCloseTo(measure(collected, 'netRevenue', mask) / revenue, 12);
    });
  });

  test('every metric says in a sentence what it is', () => {
    for (const { definition, label } of listMetrics()) {
      expect(definition).toMatch(/^[A-Z].*\.$/);
      expect(label).not.toBe('');
    }
  });
});

describe('trace(collected, fileNames, figure)', () => {
  test('the rows of a figure add up to it, whatever it is and of whom', async () => {
    const { check, collected } = await openShop();
    const names = check.files.map(({ name }) => name);
    const some = collected.customerIds.flatMap((_, i) => (i % 3 ? [] : [i]));
    const mask = Uint8Array.from(collected.customerIds, (_, i) => (i % 3 ? 0 : 1));
    for (const { id } of listMetrics())
      for (const customers of [undefined, some]) {
        const figure: Figure = { metric: id, ...(customers && { customers }) };
        const { rows, total, sum, divisor } = trace(collected, names, figure, 0, Infinity);
        expect(rows).toHaveLength(total);
        expect(rows.reduce((all, { value }) => all + value, 0)).toBe(sum);
        expect(sum / divisor).toBe(measure(collected, id, customers ? mask : null));
      }
    expect(metric('averageOrder' satisfies MetricId).dividedBy).toBe('orders');
  });

  test('each row is the row of the file, pages follow each other, and one order or one month can be asked for', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i >> 1},c${i % 7},2024-0${1 + (i % 9)}-11,${i}.25`);
    rows.splice(40, 0, 'no customer,,2024-01-01,5.00', '"a note over', 'two lines",c1,2024-02-02,1.00');
    const { check, collected } = await checkTexts([
      ['o.csv', `order,customer,date,total\n${rows.join('\n')}\n`],
    ]);
    const names = check.files.map(({ name }) => name);
    const page = (offset: number, limit: number) =>
      trace(collected, names, { metric: 'grossRevenue' }, offset, limit).rows;
    expect([...page(0, 7), ...page(7, 5)]).toEqual(page(0, 12));
    for (const { file, row, value } of page(0, Infinity)) {
      expect(file).toBe('o.csv');
      // Row 1 has the names, row 42 nobody's order, row 43 a cell of two lines.
      const at = row < 42 ? row - 2 : row === 43 ? -1 : row - 4;
      expect(value).toBe(at < 0 ? 1 : at + 0.25);
    }
    const order = collected.lines!.order[50]!;
    const ofOrder = trace(collected, names, { metric: 'lines', order });
    expect(ofOrder.total).toBe(collected.lines!.order.filter((one) => one === order).length);
    const middle = (collected.from + collected.to) / 2;
    const halves = [{ to: middle }, { from: middle }].map((span) =>
      trace(collected, names, { metric: 'netRevenue', ...span }),
    );
    expect(halves[0]!.total + halves[1]!.total).toBe(trace(collected, names, { metric: 'netRevenue' }).total);
  });

  test('rows that a fix left out are gone from the figure, and the others keep their numbers', async () => {
    const text = (extra: string) =>
      `order_id,customer_id,order_date,product,total\n1,A,2024-01-01,x,5.50\n${extra}2,B,2024-01-02,y,7.25\n3,A,2024-02-01,x,1.00\n4,C,2024-02-02,x,2.00\n5,B,2024-02-03,y,3.00\n`;
    const fixes = [{ fault: 'test orders', file: 0, column: null }];
    const { check, collected } = await checkTexts([['o.csv', text('9,T,2024-01-01,TEST,99.00\n')]], {
      fixes,
    });
    expect(check.files[0]).toMatchObject({ rowsRead: 6, rowsUsed: 5, rowsReported: 1 });
    const { rows } = trace(collected, ['o.csv'], { metric: 'netRevenue' });
    expect(rows.map(({ row, value }) => [row, value])).toEqual([[2, 5.5], [4, 7.25], [5, 1], [6, 2], [7, 3]]); // prettier-ignore
  });

  test('without orders there is nothing to trace, and it says so', () => {
    const collected = { ...toCollected([]), lines: null };
    expect(() => trace(collected, [], { metric: 'customers' })).toThrow('need order lines');
  });
});
