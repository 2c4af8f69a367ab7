import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../src/core/kit/random';
import { faultsOfLook, savedTexts, startBrowser, waitReady, type Tab } from './harness';

let browser: Awaited<ReturnType<typeof startBrowser>>;
let tab: Tab;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser(process.env['COTERIE_URL']);
  tab = await browser.open();
  ({ page } = tab);
});
afterAll(() => browser?.close());

/** A year and a half of orders of 400 people; every fourth one buys six times as often and for more. */
function orders(): string[][] {
  let n = 0;
  const random = createRandom(9);
  return Array.from({ length: 400 }, (_, person) => {
    const isKeen = person % 4 === 0;
    return Array.from({ length: isKeen ? 12 : 1 + random.below(3) }, () => {
      const day = new Date(Date.UTC(2024, 0, 1 + random.below(540))).toISOString().slice(0, 10);
      return [
        `C${person}`,
        `A${1000 + n++}`,
        day,
        ((isKeen ? 60 : 10) + random.below(2000) / 100).toFixed(2),
      ];
    });
  }).flat();
}
const rows = orders();
const nOrders = (customer: string) => rows.filter(([id]) => id === customer).length;
const people = [...new Set(rows.map(([id]) => id!))];

const waitIdle = () =>
  page.getByRole('list', { name: 'Jobs' }).waitFor({ state: 'detached', timeout: 120_000 });
const sentence = () => page.getByRole('textbox', { name: /^The rule as a sentence/ });
const count = (n: number) => page.getByText(new RegExp(`^${n} of ${people.length} customers \\(`)).first();
const openTab = async (name: string) => {
  await page.getByRole('tab', { name }).click();
  await waitIdle();
};

async function write(text: string) {
  await sentence().fill(text);
  await page.keyboard.press('Enter');
}

async function keep(text: string, name: string) {
  await write(text);
  await page.getByRole('textbox', { name: 'Name of the segment' }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Edit ${name}` }).waitFor();
}

test('a rule is built by keys, read from a sentence, counted exactly, and its list has just those people', async () => {
  const buffer = Buffer.from(
    `customer id,order id,order date,amount\n${rows.map((row) => row.join()).join('\n')}\n`,
  );
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('heading', { level: 1, name: 'Can I trust this data?' }).waitFor();
  await page.getByRole('list', { name: 'Jobs' }).waitFor();
  await waitIdle();
  await page.getByRole('link', { name: /^Segments/ }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor({ timeout: 120_000 });
  await waitIdle();
  await openTab('Rules');
  await page.getByText(`${people.length} of ${people.length} customers (100.0%)`).waitFor();

  await page.getByRole('button', { name: 'Add a condition' }).focus();
  await page.keyboard.press('Enter');
  // The new condition has the focus; its fields follow in order.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('About');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('3');
  const often = people.filter((id) => nOrders(id) >= 3);
  await count(often.length).waitFor();
  await expect.poll(() => sentence().inputValue()).toBe('At least 3 orders');

  await page.getByRole('button', { name: 'Show these people' }).click();
  const list = page.getByRole('button', { name: `Download list (${often.length})` });
  const [download] = await Promise.all([page.waitForEvent('download'), list.click()]);
  const saved = readFileSync((await download.path())!, 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  expect(saved.map((line) => line.split(',')[0]).sort()).toEqual([...often].sort());
  expect(saved.every((line) => line.includes('At least 3 orders'))).toBe(true);

  await write('at least 3 orders and lst order within 60 days');
  await page.getByRole('alert').filter({ hasText: 'at position 23 of the sentence' }).waitFor();
  await write('not (at least 3 orders)');
  await count(people.length - often.length).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('own segments: overlap, order, use, undo; they are there after a reload', async () => {
  await keep('At least 3 orders', 'Often');
  await keep('At least 10 orders', 'Very often');
  const often = people.filter((id) => nOrders(id) >= 3).length;
  const very = people.filter((id) => nOrders(id) >= 10).length;
  await page.getByText(`100.0% of Very often are in Often too`).waitFor();
  await page.getByRole('button', { name: 'Move Very often up' }).press('Enter');
  await page.getByText(`${very} customers of them go to one further up, ${often - very} stay`).waitFor();
  expect(await faultsOfLook(page, 'rules')).toEqual([]);

  await page.getByRole('button', { name: 'Use these as segments' }).click();
  await page.getByText('3 segments of your own').waitFor({ timeout: 60_000 });
  await waitIdle();
  const told = JSON.parse((await savedTexts(page)).get('segments.json')!);
  expect(told.segments.map(({ name, size }: { name: string; size: number }) => [name, size])).toEqual([
    ['Very often', very],
    ['Often', often - very],
    ['Everyone else', people.length - often],
  ]);
  await openTab('Overview');
  expect(await faultsOfLook(page, 'own-segments')).toEqual([]);

  expect(tab.requests).toEqual([]);
  await page.reload();
  await waitReady(page);
  tab.requests.length = 0;
  await page.getByText('3 segments of your own').waitFor();
  await openTab('Rules');
  await page.getByRole('button', { name: 'Edit Often', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Show the found segments' }).click();
  await expect.poll(() => page.getByText('3 segments of your own').count()).toBe(0);
  await page.keyboard.press('Control+z');
  await page.getByText('3 segments of your own').waitFor();
});

test('groups by outcome are found with their intervals, opened as a rule, or said not to differ', async () => {
  await openTab('By outcome');
  await page.getByRole('button', { name: 'Look for groups' }).click();
  await page
    .getByRole('heading', { name: /group by group$|^◌ No groups differ$/ })
    .waitFor({ timeout: 60_000 });
  await waitIdle();
  expect(await faultsOfLook(page, 'outcome')).toEqual([]);
  await page.getByRole('button', { name: 'Open Group A as a rule' }).click();
  await page.getByRole('heading', { name: 'Who do you mean?' }).waitFor();
  await waitIdle();
  await expect.poll(() => sentence().inputValue()).toMatch(/\w{3}/);
  expect(tab.errors).toEqual([]);
  expect(tab.requests).toEqual([]);
});
