import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderLinesCsv } from '../../src/core/samples/order-lines';
import { runApp, startBrowser } from './harness';

const folder = mkdtempSync(join(tmpdir(), 'coterie-bad-'));
const write = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
let big: string | null = null;
const bigFile = () => (big ??= write('big.csv', [...orderLinesCsv(3, 1_000_000)].join('')));

type Saved = { name: string; text: string };

/** What the app itself says it holds: counts, and the hash over every stored column. */
function fingerprint(exports: Saved[]) {
  const read = (name: string) => JSON.parse(exports.find((file) => file.name === name)!.text);
  return { totals: read('data-check.json').totals, hash: read('receipt.json').dataHash };
}

let browser: Awaited<ReturnType<typeof startBrowser>>;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

const header = 'order_id,customer_id,order_date,amount\n';
const rows = (row: (i: number) => string) => Array.from({ length: 120 }, (_, i) => row(i)).join('\n');
const day = (i: number) => `2025-0${1 + (i % 9)}-1${i % 10}`;

/** name, content, what the one sentence must say: the file (or column) and the next step. */
const cases: [string, string | Uint8Array, RegExp][] = [
  ['empty.csv', '', /empty\.csv.*empty/i],
  ['header-only.csv', header, /header-only\.csv.*rows below the column names/],
  ['renamed.csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), /renamed\.csv/],
  [
    'no-customer.csv',
    `order_id,order_date,amount\n${rows((i) => `${i},${day(i)},${i}.50`)}`,
    /no-customer\.csv.*says who the customer is/i,
  ],
  [
    'no-date.csv',
    `order_id,customer_id,amount\n${rows((i) => `A${i},C${i % 30},${i}.50`)}`,
    /no-date\.csv.*date of each order/i,
  ],
  ['same-day.csv', header + rows((i) => `${i},C${i % 30},2025-03-03,${i}.50`), /same day/i],
  [
    'one-customer.csv',
    header + rows((i) => `${i},C1,${day(i)},${i}.50`),
    /one customer|at least 2 customers/i,
  ],
  [
    'text-amounts.csv',
    header + rows((i) => `${i},C${i % 30},${day(i)},lots`),
    /text-amounts\.csv.*amount.*lots/i,
  ],
];

test('each kind of bad file gets a sentence that says where and what, and what was stored before is still there', async () => {
  const { page, errors } = await browser.open();
  const good = write('good.csv', header + rows((i) => `${i},C${i % 30},${day(i)},${i}.50`));
  await page.setInputFiles('#files', good);
  await page
    .getByText(/customers with/)
    .first()
    .waitFor({ timeout: 60_000 });
  for (const [name, content, sentence] of cases) {
    await page.setInputFiles('#files', write(name, content));
    const shown = page.getByText(sentence).first();
    await shown.waitFor({ timeout: 30_000 }).catch(async () => {
      throw new Error(
        `${name}: no sentence like ${sentence}; the page says: ${await page.innerText('main')}`,
      );
    });
  }
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByRole('button', { name: 'Open good' }).click();
  await page.getByRole('link', { name: /^Data/ }).click();
  await page
    .getByText(/customers with/)
    .first()
    .waitFor();
  expect(errors).toEqual([]);
  await page.close();
});

test('an import cancelled half way, or cut off by closing the tab, is offered for resume or discard', async () => {
  const path = bigFile();
  const { page } = await browser.open();
  await page.setInputFiles('#files', path);
  // Before the first rows are stored there is nothing to resume.
  await page
    .getByRole('list', { name: 'Jobs' })
    .getByText(/[1-9][\d,]* rows/)
    .waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click({ timeout: 60_000 });
  await page.getByText(/Everything stored before is still here/).waitFor();
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByText(/Reading was interrupted/).waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByText(/Reading was interrupted/).waitFor({ state: 'detached' });

  await page.setInputFiles('#files', path);
  await page
    .getByText(/[1-9]\d\d,\d{3} rows/)
    .first()
    .waitFor({ timeout: 60_000 });
  await page.close();
  const again = await browser.open();
  await again.page.evaluate(() => (location.hash = '#/'));
  await again.page.getByText(/Reading was interrupted/).waitFor();
  const [chooser] = await Promise.all([
    again.page.waitForEvent('filechooser'),
    again.page.getByRole('button', { name: 'Choose the same file' }).click(),
  ]);
  await chooser.setFiles(path);
  await again.page
    .getByText(/customers with/)
    .first()
    .waitFor({ timeout: 240_000 });
  const resumed = await again.page.evaluate(() =>
    (globalThis as unknown as { coterie: { exports(): Promise<Saved[]> } }).coterie.exports(),
  );
  const inOneGo = runApp(again.page, { only: ['check'] });
  await again.page.setInputFiles('#files', path);
  expect(fingerprint(resumed)).toEqual(fingerprint((await inOneGo).exports));
  await again.page.close();
});

test('a file larger than the room left is refused with what to do, and what was stored is still there', async () => {
  const own = await startBrowser();
  // The browser looks at the room left when a database is opened: the cap comes before the page.
  const blank = own.context.pages()[0] ?? (await own.context.newPage());
  const devtools = await own.context.newCDPSession(blank);
  const origin = new URL(own.url).origin;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 6_000_000 });
  const { page } = await own.open();
  await page.setInputFiles(
    '#files',
    write('kept.csv', header + rows((i) => `${i},C${i % 30},${day(i)},${i}.50`)),
  );
  await page
    .getByText(/customers with/)
    .first()
    .waitFor({ timeout: 60_000 });
  await page.getByRole('list', { name: 'Jobs' }).waitFor({ state: 'detached', timeout: 60_000 });
  await page.setInputFiles('#files', bigFile());
  await page
    .getByRole('list', { name: 'Jobs' })
    .getByText(/no room left/)
    .first()
    .waitFor({ timeout: 120_000 });
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByRole('button', { name: 'Open kept' }).click();
  await page.getByRole('link', { name: /^Data/ }).click();
  await page
    .getByText(/customers with/)
    .first()
    .waitFor();
  await own.close();
});

test('a second tab on the same project may look but not change', async () => {
  const first = await browser.open();
  await first.page.setInputFiles(
    '#files',
    write('shared.csv', header + rows((i) => `${i},C${i % 30},${day(i)},${i}.50`)),
  );
  await first.page
    .getByText(/customers with/)
    .first()
    .waitFor({ timeout: 60_000 });
  const second = await browser.open();
  await second.page
    .getByText(/open in another tab/)
    .first()
    .waitFor();
  await second.page.getByRole('link', { name: /^Data/ }).click();
  await second.page
    .getByText(/customers with/)
    .first()
    .waitFor();
  await first.page.close();
  await second.page.close();
});
