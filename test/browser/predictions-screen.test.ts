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

const look = async (name: string) => expect(await faultsOfLook(page, name)).toEqual([]);

test('by keyboard: how good it is, what drives it, and a list of those whom contacting pays for', async () => {
  await runApp(page, { sample: 'services', only: ['segments', 'predictions'] });
  await page.evaluate(() => (location.hash = '#/predictions'));
  await page.getByText(/^(Validated|. Validated)/).waitFor();
  const ladder = page.getByRole('region', { name: /^Is it better than/ });
  expect(await ladder.getByRole('row').count()).toBe(7);
  expect(await ladder.getByText('✓ in use').count()).toBe(1);
  expect(await ladder.getByText(/^± .+ over 3 dates$/).count()).toBeGreaterThan(4);
  await page.getByRole('figure').filter({ hasText: 'Can the likelihood be taken at its word?' }).waitFor();
  await look('predictions-quality');

  await page.getByRole('tab', { name: 'How good' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('heading', { name: 'Which traits have the most say' }).waitFor();
  expect(await page.getByText(/^Likelihood (falls|rises|goes|is|hardly)/).count()).toBeGreaterThan(2);
  const first = page.getByRole('group', { name: /drawing/ }).nth(1);
  await first.focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('.reading', { hasText: /%/ }).count()).toBeGreaterThan(0);
  await look('predictions-drivers');

  await page.getByRole('tab', { name: 'What drives it' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('radio', { name: 'what pays' }).check();
  const answer = () => page.getByRole('figure').filter({ hasText: 'How many contacts pay' }).innerText();
  expect(await answer()).toMatch(/Contact [\d,]+ of [\d,]+ customers: about/);
  await look('predictions-contact');

  await page.getByLabel('Contacts at most').fill('25');
  await expect.poll(answer).toMatch(/Contact 25 of /);
  await page.getByLabel('A contact costs').fill('1000000');
  await expect.poll(answer).toMatch(/Nobody: at these figures a contact costs more/);
  expect(await page.getByRole('button', { name: /^Download list/ }).isDisabled()).toBe(true);
  await page.getByLabel('A contact costs').fill('0.1');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download list (25)' }).press('Enter'),
  ]);
  expect(
    readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(26);
});

test('what cannot be predicted says so and what would unlock it; value stays within reach', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${(i * 37) % 50},${['x', 'y', 'z'][i % 3]}`);
  const buffer = Buffer.from(`customer id,age,colour\n${rows.join('\n')}\n`);
  await page.evaluate(() => (location.hash = '#/'));
  const run = runApp(page, { only: ['segments'] });
  await page.setInputFiles('#files', { name: 'people.csv', mimeType: 'text/csv', buffer });
  await run;
  await page.evaluate(() => (location.hash = '#/predictions'));
  await page.getByText(/Any one of these would unlock it/).waitFor();
  await page.getByText(/^Who will leave or buy again: needs orders with dates/).waitFor();
  await page.getByRole('tab', { name: 'Value' }).click();
  await page.getByRole('heading', { name: 'What will each customer be worth?' }).waitFor();
  await look('predictions-nothing');
});
