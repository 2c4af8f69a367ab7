import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOfLook, startBrowser, type Tab, waitReady } from './harness';
import { orders } from './sixty-people';

let browser: Awaited<ReturnType<typeof startBrowser>>;
let tab: Tab;
beforeAll(async () => {
  browser = await startBrowser(process.env['COTERIE_URL']);
  tab = await browser.open();
  await openOrders(tab.page);
});
afterAll(() => browser?.close());

const jobs = (page: Page) => page.getByRole('list', { name: 'Jobs' });
const csv = [
  'order_id,customer_id,date,amount',
  ...orders.map(({ id, customer, time, amount }) => `${id},${customer},${time},${amount}`),
].join('\n');

async function openOrders(page: Page) {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'orders.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv),
    });
  await page.getByRole('heading', { level: 1, name: /Can I trust|Who are my/ }).waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: /^Segments/ }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor({ timeout: 60_000 });
}

/** The segments listed on the overview. */
const listed = (page: Page) =>
  page.getByRole('region', { name: 'The segments' }).getByRole('button', { name: /^Open / });

test('a closer look comes by itself: what sets segments apart, and whether they foretell anything', async () => {
  const { page } = tab;
  const foretell = page.getByRole('region', { name: 'Do the segments foretell anything?' });
  await foretell
    .getByText(/They do|It could be chance|Cannot tell/)
    .first()
    .waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'One segment' }).click();
  const apart = page.getByRole('region', { name: 'What sets it apart' });
  await apart.getByText('Against its nearest:').waitFor();
  expect(await apart.textContent()).not.toMatch(/⟦|NaN|undefined/);
  const people = page.getByRole('region', { name: 'People who show it' }).getByRole('row');
  await expect.poll(() => people.count()).toBeGreaterThan(4);
});

test('segments are grouped another way by keyboard, and one step brings the old ones back', async () => {
  const { page } = tab;
  const { keyboard } = page;
  await page.getByRole('tab', { name: 'Overview' }).click();
  await jobs(page).waitFor({ state: 'detached', timeout: 60_000 });
  const before = await listed(page).allTextContents();
  const names = () => listed(page).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  const old = await names();
  await page.getByRole('button', { name: 'Group another way…' }).focus();
  await keyboard.press('Enter');
  const form = page.getByRole('form', { name: 'Group another way' });
  await expect
    .poll(() => form.getByLabel('Way of grouping').evaluate((e) => e === document.activeElement), {
      timeout: 30_000,
    })
    .toBe(true);
  await keyboard.press('Tab');
  await form.getByLabel('How many').selectOption(before.length === 5 ? '6' : '5');
  await form.getByRole('button', { name: 'Group again' }).focus();
  await keyboard.press('Enter');
  await expect.poll(() => listed(page).count(), { timeout: 60_000 }).toBe(before.length === 5 ? 6 : 5);
  await jobs(page).waitFor({ state: 'detached', timeout: 60_000 });
  await form.getByRole('button', { name: 'Close' }).press('Escape');
  await form.waitFor({ state: 'detached' });
  await keyboard.press('Control+z');
  await expect.poll(names, { timeout: 30_000 }).toEqual(old);
  await keyboard.press('Control+Shift+z');
  await expect.poll(() => listed(page).count(), { timeout: 30_000 }).toBe(before.length === 5 ? 6 : 5);
});

test('what was found beside the segments stays when the page is loaded again', async () => {
  const { page } = tab;
  await jobs(page).waitFor({ state: 'detached', timeout: 60_000 });
  const foretell = page.getByRole('region', { name: 'Do the segments foretell anything?' });
  const verdict = foretell.getByText(/They do|It could be chance|Cannot tell/).first();
  await verdict.waitFor({ timeout: 60_000 });
  await page.reload();
  await verdict.waitFor({ timeout: 30_000 });
  expect(await jobs(page).count()).toBe(0);
});

test('a note on a claim is counted, and one step takes it back; it is there after a reload', async () => {
  const { page } = tab;
  await page.getByRole('tab', { name: 'One segment' }).click();
  const claims = page.getByRole('region', { name: 'What is claimed of them, and what speaks for it' });
  const untested = claims.getByText('untested');
  await untested.first().waitFor();
  const before = await untested.count();
  expect(before).toBeGreaterThan(1);
  await claims.getByRole('button', { name: 'Add a note or quote' }).click();
  await claims.getByRole('combobox', { name: /^Speaks/ }).selectOption('against');
  await claims.getByLabel('Note or quote', { exact: true }).fill('That is not me');
  await claims.getByRole('button', { name: 'Keep the note' }).click();
  await claims.getByText('0 for, 1 against').waitFor();
  expect(await untested.count()).toBe(before - 1);
  await page.reload();
  await waitReady(page);
  await page.getByRole('tab', { name: 'One segment' }).click();
  await claims.getByText('That is not me').waitFor();
  await claims.getByRole('button', { name: /^Delete the note/ }).click();
  await page.getByRole('button', { name: /^Undo: delete a note/ }).click();
  await claims.getByText('0 for, 1 against').waitFor();
});

test('a cell of RFM and a segment open the rows that add up to their figures', async () => {
  const { page } = tab;
  const rows = page.getByRole('dialog');
  const sum = async () => Number((await rows.getByText(/adds? up to/).textContent())!.match(/adds? up to ([\d,.]*\d)/)![1]!.replace(/,/g, '')); // prettier-ignore
  await page.getByRole('tab', { name: 'RFM' }).click();
  const grid = page.getByRole('group', { name: /^Recency and frequency: drawing/ });
  await grid.focus();
  for (const key of ['End', 'Enter']) await page.keyboard.press(key);
  const chart = page.getByRole('figure').filter({ has: grid });
  const count = chart.getByRole('button', { name: /customers?$/ });
  const shown = Number.parseInt((await count.textContent())!, 10);
  await count.click();
  expect(await sum()).toBe(shown);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Overview' }).click();
  const figure = page.getByRole('region', { name: 'The segments' }).locator('button.figure').first();
  const size = Number((await figure.textContent())!.replace(/,/g, ''));
  await figure.click();
  expect(await sum()).toBe(size);
  await page.keyboard.press('Escape');
});

test('an overdue review is seen on every screen and kept, and its dates are taken away as a calendar', async () => {
  const { page } = tab;
  await page.getByRole('link', { name: /^Data/ }).click();
  await page.getByRole('tab', { name: /^Reviews/ }).click();
  const review = page.getByRole('region', { name: 'Are the segments still true?' });
  expect(await review.getByRole('listitem').count()).toBeGreaterThan(2);
  await review.getByLabel('Due on').fill('2020-02-29');
  await review.getByText(/days? overdue/).waitFor();
  expect(await faultsOfLook(page, 'data-Reviews')).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download calendar' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('reviews.ics');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text).toContain('\r\nDTSTART;VALUE=DATE:20200229\r\n');
  await page.getByRole('link', { name: /^Segments/ }).click();
  await page.reload();
  await page.getByRole('button', { name: 'See what to check' }).click();
  await page.getByRole('link', { name: /Data.*1 overdue review/ }).waitFor();
  await review.getByRole('button', { name: /^Reviewed today/ }).click();
  await review.getByText(/^Last reviewed on/).waitFor();
  expect(await page.getByRole('link', { name: /overdue/ }).count()).toBe(0);
  await page.getByRole('link', { name: /^Segments/ }).click();
});

test('every part passes axe and fits 1440 and 390 px, in both themes', async () => {
  const { page } = tab;
  const found: string[] = [];
  for (const part of ['Overview', 'RFM', 'How many', 'One segment', 'Compare']) {
    await page.getByRole('tab', { name: part, exact: true }).click();
    found.push(...(await faultsOfLook(page, `segments-${part}`)));
  }
  expect(found).toEqual([]);
  expect(tab.errors).toEqual([]);
});
