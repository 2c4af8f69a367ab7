import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../../src/core/kit/random';
import {
  axeViolations,
  faultsOfLook,
  savedTexts,
  startBrowser,
  storedText,
  waitReady,
  type Tab,
} from './harness';

let browser: Awaited<ReturnType<typeof startBrowser>>;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

let tab: Tab;
let page: Page;
beforeEach(async () => {
  tab = await browser.open();
  ({ page } = tab);
  return async () => {
    expect(tab.errors).toEqual([]);
    expect(tab.requests).toEqual([]);
    await page.close();
  };
});

const header = 'order id,customer id,email,customer name,credit card number,order date,amount';

/** Orders of 200 people over a year, an e-mail, a name and a card in each row; the same for the same seed. */
function orders(nRows: number): string[] {
  const random = createRandom(5);
  return Array.from({ length: nRows }, (_, i) => {
    const person = random.below(200);
    const day = new Date(Date.UTC(2025, 0, 1 + Math.floor((i * 360) / nRows)));
    const cells = [1000 + i, `C${person}`, `p${person}@planted.example`, 'Ann Planted', '4111111111111111'];
    return [...cells, day.toISOString().slice(0, 10), (5 + random.below(9000) / 100).toFixed(2)].join();
  });
}

const fileOf = (name: string, rows: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${header}\n${rows.join('\n')}\n`),
});

const waitIdle = () =>
  page.getByRole('list', { name: 'Jobs' }).waitFor({ state: 'detached', timeout: 120_000 });

const dump = () => storedText(page);

const dataHash = async () => JSON.parse((await savedTexts(page)).get('receipt.json')!).dataHash as string;

async function openOrders(rows: string[], choose: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  // The project that is open keeps its answers until the new one is there.
  const earlier = await dataHash();
  await page.setInputFiles('#files', [fileOf('orders.csv', rows)]);
  const dialog = page.getByRole('dialog', { name: 'Before anything is stored' });
  await dialog.waitFor();
  await choose(dialog);
  await expect.poll(async () => !['', earlier].includes(await dataHash()), { timeout: 60_000 }).toBe(true);
  await waitIdle();
}

async function loadNewer(rows: string[]) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Load a newer file' }).click(),
  ]);
  await chooser.setFiles([fileOf('orders-newer.csv', rows)]);
}

test('personal columns are settled by keyboard before anything is stored, and what is left out is nowhere', async () => {
  await page.setInputFiles('#files', [fileOf('orders.csv', orders(50))]);
  const dialog = page.getByRole('dialog', { name: 'Before anything is stored' });
  await dialog.waitFor();
  expect(await dump()).not.toContain('orders.csv');
  expect(await faultsOfLook(page, 'review')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count(), { timeout: 10_000 }).toBe(0);
  await waitIdle();
  expect(await dump()).not.toContain('orders.csv');

  await openOrders(orders(3000), async () => {
    await page.getByLabel('What becomes of email').selectOption({ label: 'Hash' });
    await page.getByLabel('What becomes of customer name').selectOption({ label: 'Leave out' });
    expect(await page.getByLabel('What becomes of credit card number').inputValue()).toBe('drop');
    await page.getByRole('button', { name: 'Go on' }).focus();
    await page.keyboard.press('Enter');
  });
  const stored = await dump();
  expect(stored).toContain('hashed.invalid');
  for (const planted of ['planted.example', 'Ann Planted', '4111111111111111'])
    expect(stored).not.toContain(planted);
});

test('a newer file is told apart from the older, and undone to the same data', async () => {
  const rows = orders(3000);
  await openOrders(rows.slice(0, 2500), () => page.getByRole('button', { name: 'Go on' }).click());
  const before = await dataHash();
  const newer = rows.map((row, i) => (i < 14 ? row.replace(/[^,]+$/, '77.77') : row)).slice(3);
  await loadNewer(newer);
  await page.getByText('500 new rows, 11 changed, 3 gone').first().waitFor({ timeout: 60_000 });
  await waitIdle();
  const after = await dataHash();
  expect(after).not.toBe(before);
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(dataHash, { timeout: 60_000 }).toBe(before);
  await page.reload();
  await waitReady(page);
  tab.requests.length = 0;
  expect(await dataHash()).toBe(before);
  await page.getByRole('button', { name: 'Take the newer ones again' }).click();
  await expect.poll(dataHash, { timeout: 60_000 }).toBe(after);

  await loadNewer(newer);
  await page.getByText('0 new rows, 0 changed, 0 gone').first().waitFor({ timeout: 60_000 });
});

test('a watched file is read again when it changes', async () => {
  const rows = orders(2600);
  await openOrders(rows.slice(0, 2500), () => page.getByRole('button', { name: 'Go on' }).click());
  const write = (text: string) =>
    page.evaluate(async (text) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('orders.csv', { create: true });
      const stream = await handle.createWritable();
      await stream.write(text);
      await stream.close();
      // The chooser itself is the browser's and cannot be pressed: it hands out a file of the page's own folder.
      Object.assign(globalThis, { showOpenFilePicker: async () => [handle] });
    }, text);
  await write(`${header}\n${rows.slice(0, 2500).join('\n')}\n`);
  await page.getByRole('button', { name: 'Watch a file' }).click();
  await page.getByText('0 new rows, 0 changed, 0 gone').first().waitFor({ timeout: 60_000 });
  await waitIdle();
  await write(`${header}\n${rows.join('\n')}\n`);
  await page.getByText('100 new rows, 0 changed, 0 gone').first().waitFor({ timeout: 60_000 });
  await waitIdle();
  await page.reload();
  await waitReady(page);
  tab.requests.length = 0;
  await page.getByText('● Watching').waitFor();
});

test('a second tab may change the project once the first has closed', async () => {
  await openOrders(orders(300), () => page.getByRole('button', { name: 'Go on' }).click());
  const second = await browser.open();
  tab.requests.length = 0;
  await second.page.getByText('is open in another tab').waitFor();
  await loadNewer(orders(310));
  await page.getByText('10 new rows').first().waitFor({ timeout: 60_000 });
  expect(await second.page.getByText('Read only').count()).toBe(1);
  await page.close();
  await second.page.getByText('is no longer open elsewhere').waitFor();
  expect(await second.page.getByText('Read only').count()).toBe(0);
  expect(second.errors).toEqual([]);
  tab = second;
  ({ page } = second);
});
