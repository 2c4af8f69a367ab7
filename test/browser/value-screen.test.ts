import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyBrowser, faultsOfLook, runApp, startBrowser } from './harness';

let browser: Awaited<ReturnType<typeof startBrowser>>;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  ({ page } = await browser.open());
  await emptyBrowser(page);
});
afterAll(() => browser?.close());

const answer = () => page.locator('.answer').innerText();

test('the value tab answers, is worked out again with a margin, lists customers, and is read by keyboard', async () => {
  await runApp(page, { sample: 'services', only: ['segments', 'clv'] });
  await page.evaluate(() => (location.hash = '#/predictions'));
  await page.getByRole('tab', { name: 'How good' }).focus();
  await page.keyboard.press('End');
  await page.getByRole('heading', { name: 'What will each customer be worth?' }).waitFor();
  expect(await answer()).toMatch(
    /^All 900 customers together are worth about \S+ in the next 12 months \(95 of 100: .+; half of customers: under .+, the top 5%: over /,
  );

  const chart = page.getByRole('group', { name: /^How customer value is spread: drawing/ });
  await chart.focus();
  await page.keyboard.press('End');
  expect(await page.locator('figure', { has: chart }).locator('.reading').innerText()).toMatch(
    /^99 of 100 customers are worth less than /,
  );
  await page.getByRole('button', { name: /^Show as table ?: Foretold and what came/ }).press('Enter');
  await page.getByRole('table', { name: 'Foretold and what came' }).waitFor();

  expect(await faultsOfLook(page, 'value')).toEqual([]);

  const list = page.getByRole('region', { name: 'The most valuable customers' });
  await list.getByLabel('For').selectOption('');
  await list.getByLabel('List').selectOption('the top 5%');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    list.getByRole('button', { name: /^Download list \(4\d\)/ }).press('Enter'),
  ]);
  expect(download.suggestedFilename()).toMatch(/^most-valuable-\d{4}-\d\d-\d\d\.csv$/);
  const [header, first] = readFileSync(await download.path(), 'utf8').split('\n');
  expect(header).toMatch(/,clv,clv_low,clv_high,p_alive,/);
  expect(first).toContain('worth about');

  const before = await answer();
  await page.getByLabel('Kept of an order, %').fill('25');
  await page.getByRole('button', { name: 'Work out again' }).press('Enter');
  await expect.poll(answer, { timeout: 20_000 }).not.toBe(before);
  await page.getByRole('button', { name: 'Work out again' }).waitFor();
});

test('without orders the value tab says what would make it tell', async () => {
  const rows = Array.from({ length: 80 }, (_, i) => `${i},${(i * 37) % 50},${i % 3 ? 'no' : 'yes'}`);
  const buffer = Buffer.from(`customer id,age,left\n${rows.join('\n')}\n`);
  await page.evaluate(() => (location.hash = '#/'));
  const run = runApp(page, { only: ['clv'] });
  await page.setInputFiles('#files', { name: 'people.csv', mimeType: 'text/csv', buffer });
  await run;
  await page.evaluate(() => (location.hash = '#/predictions'));
  await page.getByRole('tab', { name: 'Value' }).click();
  await page.getByText(/learned from dated orders, and there are none in this data/).waitFor();
  expect(await answer()).toMatch(/^Cannot tell: needs orders with dates/);
});
