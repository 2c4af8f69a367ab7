import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOfLook, runApp, savedTexts, startBrowser, type Tab } from './harness';

/** Groups of buyers who come back in rhythms of their own, and some who stop: enough to learn from, quickly. */
function orders(): Buffer {
  const rows = ['customer_id,order_id,order_date,amount'];
  for (let c = 0; c < 400; c++) {
    const gap = 12 + ((c * 7) % 40);
    const stops = c % 3 === 0 ? 200 + ((c * 13) % 260) : 540;
    for (let day = c % 30, n = 0; day < stops; day += gap, n++) {
      const date = new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
      rows.push(`C${1000 + c},${c}-${n},${date},${20 + ((c * 11 + n * 3) % 60)}`);
    }
  }
  return Buffer.from(rows.join('\n'));
}

async function analyse(page: Tab['page']): Promise<void> {
  const running = runApp(page, { only: ['segments', 'predictions'] });
  await page.setInputFiles('#files', [{ name: 'orders.csv', mimeType: 'text/csv', buffer: orders() }]);
  await running;
}

let browser: Awaited<ReturnType<typeof startBrowser>>;
let tab: Tab;

beforeAll(async () => {
  browser = await startBrowser();
  tab = await browser.open();
  const { page } = tab;
  await analyse(page);
  await page.evaluate(() => (location.hash = '#/predictions'));
  await page.getByRole('tab', { name: 'One customer' }).click();
  await page.getByRole('heading', { name: 'What if' }).waitFor();
});
afterAll(() => browser?.close());

test('one customer by keyboard: found by id, told why, moved by a slider, put back', async () => {
  const { page } = tab;
  await page.getByRole('combobox', { name: 'Customer', exact: true }).fill('C1003');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Customer C1003' }).waitFor();
  await page.getByRole('heading', { name: /^Why / }).waitFor();
  await page.getByRole('heading', { name: 'What would move them' }).waitFor();
  const shown = () => page.locator('.live .big').textContent();
  const before = await shown();
  const slider = page.getByRole('slider').first();
  await slider.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.getByText(/^instead of .*, with 1 of \d traits moved/).waitFor();
  await page.getByRole('button', { name: 'Reset' }).press('Enter');
  await page.getByText(/^as they are: move a trait/).waitFor();
  await expect.poll(shown).toBe(before);
  await page.getByRole('button', { name: /^Show as table.*Why/ }).press('Enter');
  await page
    .getByRole('cell', { name: 'All together' })
    .or(page.getByRole('rowheader', { name: 'All together' }))
    .waitFor();
});

test('an id that nobody has gives a sentence, and a list opens the customer', async () => {
  const { page } = tab;
  await page.getByRole('combobox', { name: 'Customer', exact: true }).fill('nobody');
  await page.keyboard.press('Enter');
  await page.getByText('No customer “nobody” has a likelihood').waitFor();
  await page.getByRole('tab', { name: 'Who to contact' }).click();
  const first = page.getByRole('button', { name: /^Look at customer/ }).first();
  const id = (await first.textContent())!.trim();
  await first.press('Enter');
  await page.getByRole('heading', { name: `Customer ${id}` }).waitFor();
});

test('axe finds nothing at 1440 and 390, and nothing is wider than the window', async () => {
  const { page } = tab;
  expect(await faultsOfLook(page, 'customer')).toEqual([]);
  expect(tab.errors).toEqual([]);
});

test('the same file with the same settings gives the same fingerprints in a fresh tab, after other work too', async () => {
  const results = async (page: Tab['page']) =>
    JSON.parse((await savedTexts(page)).get('receipt.json')!).results as Record<
      string,
      { hash: string } | null
    >;
  const first = await results(tab.page);
  expect(first['segments']!.hash).toMatch(/^[0-9a-f]{64}$/);
  const again = await browser.open();
  await runApp(again.page, { sample: 'services', only: ['segments'] });
  await analyse(again.page);
  const second = await results(again.page);
  expect(second['segments']).toEqual(first['segments']);
  expect(second['predictions']).toEqual(first['predictions']);
  await again.page.close();
});
