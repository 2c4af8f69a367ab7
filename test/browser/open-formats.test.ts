import { strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DataCheck } from '../../src/core/1-collect/collected';
import { emptyBrowser, savedTexts, startBrowser } from './harness';
import { type Order, orders, revenue } from './sixty-people';

let browser: Awaited<ReturnType<typeof startBrowser>>;
beforeAll(async () => {
  browser = await startBrowser();
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => browser?.close());

let page: Page;
beforeEach(async () => {
  const tab = await browser.open();
  ({ page } = tab);
  await emptyBrowser(page);
  return async () => {
    expect(tab.errors).toEqual([]);
    expect(tab.refusals).toEqual([]);
    expect(tab.requests).toEqual([]);
    await page.close();
  };
});

const check = async () => {
  const text = (await savedTexts(page)).get('data-check.json');
  return text ? (JSON.parse(text) as Pick<DataCheck, 'files' | 'totals'>) : null;
};

const names = ['order id', 'customer id', 'order date', 'amount'];
const cellsOf = (o: Order) => [o.id, o.customer, o.time, o.amount.toFixed(2)];
const half = (part: Order[]) => strToU8([names, ...part.map(cellsOf)].map((row) => row.join()).join('\n'));
const table = [names, ...orders.map(cellsOf)].map((row) => row.join('\t')).join('\n');
const column = (name: string, data: unknown[], type: 'STRING' | 'DOUBLE' = 'STRING') => ({
  name,
  data,
  type,
});
const packed: Record<string, () => Uint8Array> = {
  'orders.zip': () =>
    zipSync({ 'first.csv': half(orders.slice(0, 300)), 'second.csv': half(orders.slice(300)) }),
  'orders.ndjson': () =>
    strToU8(
      orders
        .map((o) =>
          JSON.stringify({
            order: { id: o.id },
            customer_id: o.customer,
            order_date: o.time,
            amount: o.amount,
          }),
        ) // prettier-ignore
        .join('\n'),
    ),
  'orders.parquet': () =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          column('order id', orders.map(({ id }) => id)), // prettier-ignore
          column('customer id', orders.map(({ customer }) => customer)), // prettier-ignore
          column('order date', orders.map(({ time }) => time)), // prettier-ignore
          column('amount', orders.map(({ amount }) => amount), 'DOUBLE'), // prettier-ignore
        ],
      }),
    ),
};

/** The open project holds all orders, whatever they came in. */
async function expectAllOrders(nFiles: number) {
  await expect
    .poll(async () => (await check())?.totals, { timeout: 60_000 })
    .toMatchObject({ customers: 60, orders: 600, lines: 600 });
  const { files, totals } = (await check())!;
  expect(files).toHaveLength(nFiles);
  expect(totals.revenue).toBeCloseTo(revenue, 2);
}

for (const [name, bytes] of Object.entries(packed))
  test(`${name} is opened like any file`, async () => {
    await page.setInputFiles('#files', [
      { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes()) },
    ]);
    await expectAllOrders(name.endsWith('.zip') ? 2 : 1);
  });

test.each(['anywhere on the page', 'in the field for it'])(
  'cells of a spreadsheet pasted %s',
  async (where) => {
    await page.evaluate(() => (location.hash = '#/'));
    await page.getByRole('heading', { level: 1 }).click();
    await page.evaluate((text) => navigator.clipboard.writeText(text), table);
    if (where === 'in the field for it') {
      await page.getByRole('button', { name: 'Paste a table' }).click();
      await page.getByRole('textbox', { name: /paste them here/ }).focus();
    }
    await page.keyboard.press('Control+v');
    if (where === 'in the field for it') await page.getByRole('button', { name: 'Read the table' }).click();
    await expectAllOrders(1);
  },
);
