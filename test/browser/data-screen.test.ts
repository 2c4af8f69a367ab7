import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DataCheck } from '../../src/core/1-collect/collected';
import { emptyBrowser, faultsOfLook, savedTexts, startBrowser, storedText, type Tab } from './harness';
import { type Order, orders, revenue } from './sixty-people';

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
  await emptyBrowser(page);
  return async () => {
    expect(tab.errors).toEqual([]);
    expect(tab.refusals).toEqual([]);
    expect(tab.requests).toEqual([]);
    await page.close();
  };
});

const cities = ['Lyon', 'Graz', 'Gent', 'Bonn', 'Turin'];

/** The city of an order; a few are written otherwise than the rest, as only people write. */
function cityOf(i: number): string {
  const city = cities[i % cities.length]!;
  return i % 50 === 7 ? ` ${city} ` : i % 50 === 11 ? city.toUpperCase() : city;
}

const header = 'order id,customer id,email,customer name,order date,amount,city,shop';
const rowOf = (o: Order, i: number) =>
  [o.id, o.customer, o.email, o.name, o.time, o.amount.toFixed(2), cityOf(i), 'Main'].join();
const csv = (name: string, header: string, rows: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${header}\n${rows.join('\n')}\n`),
});
const ordersFile = csv('orders.csv', header, orders.map(rowOf));
/** Ten of the people under ids of another system; only their e-mails tell who they are. */
const contactsFile = csv(
  'contacts.csv',
  'contact id,email,industry',
  Array.from({ length: 10 }, (_, i) => `K${i},p${i}@planted.example,${['Retail', 'Energy'][i % 2]}`),
);

const checkText = async () => (await savedTexts(page)).get('data-check.json') ?? '';
const check = async () => {
  const text = await checkText();
  return text ? (JSON.parse(text) as Pick<DataCheck, 'files' | 'issues' | 'score' | 'totals'>) : null;
};
const scoreNow = async () => (await check())!.score!.overall;

/** Nothing is being worked out: the title of the tab tells so at once, the list of jobs a little later. */
async function waitIdle() {
  await expect.poll(() => page.title(), { timeout: 60_000 }).not.toMatch(/^\d+%/);
  await page.getByRole('list', { name: 'Jobs' }).waitFor({ state: 'detached', timeout: 60_000 });
}

const review = () => page.getByRole('dialog', { name: 'Before anything is stored' });
const openTab = (name: RegExp) => page.getByRole('tab', { name }).click();

/** Waits for all there is to know about these files: the check, the segments and the predictions. */
async function waitAnswers() {
  await expect
    .poll(async () => [...(await savedTexts(page)).keys()], { timeout: 60_000 })
    .toEqual(expect.arrayContaining(['data-check.json', 'segments.json', 'predictions.json']));
  await waitIdle();
}

async function openFiles(...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.setInputFiles('#files', files);
  await review().getByRole('button', { name: 'Go on' }).click();
  await waitAnswers();
  await page.evaluate(() => (location.hash = '#/data'));
  await page.getByRole('heading', { level: 1, name: /Can I trust this data/ }).waitFor();
}

/** Presses a key until what has the focus is called so. */
async function pressUntil(key: string, name: RegExp) {
  for (let presses = 0; presses < 60; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLSelectElement ? element.labels[0]?.textContent : null;
      return (label ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
    });
    if (name.test(focused)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the key ${key} never reaches ${name}`);
}

test('every part of the Data screen passes axe wide and narrow, light and dark, and nothing is wider than the window', async () => {
  await openFiles(ordersFile, contactsFile);
  const found: string[] = [];
  const look = async (name: string) => void found.push(...(await faultsOfLook(page, `data-${name}`)));
  for (const name of ['Files', 'Roles', 'Quality', 'Traits', 'Sources']) {
    await openTab(new RegExp(`^${name}`));
    if (name === 'Traits') await page.getByRole('heading', { name: /traits known/ }).waitFor();
    await waitIdle();
    await look(name.toLowerCase());
  }
  await page.getByRole('button', { name: /^\d+ orders$/ }).click();
  await page.getByRole('dialog', { name: 'The rows behind: Orders' }).waitFor();
  await look('trace');
  expect(found).toEqual([]);
});

test('all safe fixes raise the score, each can be taken back, and undo restores the very same check', async () => {
  await openFiles(ordersFile);
  await openTab(/^Quality/);
  const before = await checkText();
  const score = await scoreNow();
  const fixAll = page.getByRole('button', { name: /^Fix all safe issues/ });
  const offered = Number(/\((\d+)\)/.exec(await fixAll.innerText())![1]);
  expect(offered).toBeGreaterThanOrEqual(2);
  await fixAll.click();
  await expect.poll(scoreNow, { timeout: 30_000 }).toBeGreaterThan(score);
  const mended = await checkText();
  await page.getByText(`✓ ${offered} fixed`).waitFor();

  const takeBack = page.getByRole('button', { name: 'Take back' });
  for (let left = offered; left > 0; left--) {
    await expect.poll(() => takeBack.count(), { timeout: 30_000 }).toBe(left);
    await takeBack.first().click();
  }
  await expect.poll(checkText, { timeout: 30_000 }).toBe(before);

  for (let left = 1; left <= offered; left++) {
    await page.keyboard.press('Control+z');
    await expect.poll(() => takeBack.count(), { timeout: 30_000 }).toBe(left);
  }
  await expect.poll(checkText, { timeout: 30_000 }).toBe(mended);
  await page.keyboard.press('Control+z');
  await expect.poll(checkText, { timeout: 30_000 }).toBe(before);
});

test('the review of personal columns by keyboard alone: nothing before "Go on", nothing of what is left out after it', async () => {
  await page.setInputFiles('#files', [ordersFile]);
  await review().waitFor();
  expect(await storedText(page)).not.toContain('orders.csv');
  await pressUntil('Tab', /^What becomes of email/);
  await page.keyboard.press('h');
  await pressUntil('Tab', /^What becomes of customer name/);
  await page.keyboard.press('l');
  await pressUntil('Tab', /^Go on$/);
  expect(await storedText(page)).not.toContain('orders.csv');
  await page.keyboard.press('Enter');
  await waitAnswers();

  const stored = await storedText(page);
  expect(stored).toContain('hashed.invalid');
  const saved = await savedTexts(page);
  expect(saved.get('customers.csv')!.split('\n').length).toBeGreaterThan(60);
  const columns = (await check())!.files[0]!.columns.map(({ name }) => name);
  expect(columns).toContain('email');
  expect(columns).not.toContain('customer name');
  for (const planted of ['planted.example', ' Planted'])
    for (const [where, text] of [['the database', stored], ...saved])
      expect(text!.includes(planted), `${planted} in ${where}`).toBe(false);
});

test('the rows behind Revenue add up to the figure, and to the orders that were made', async () => {
  await openFiles(ordersFile, contactsFile);
  const numbers = async (texts: Promise<string[]>) =>
    (await texts).map((text) => Number(text.replaceAll(',', '')));
  await page.locator('dl.figures').getByRole('button').last().click();
  const dialog = page.getByRole('dialog', { name: 'The rows behind: Revenue' });
  await dialog.waitFor();
  const later = dialog.getByRole('button', { name: 'Later' });
  const amounts: number[] = [];
  while (amounts.length < orders.length) {
    await dialog.getByText(`${amounts.length + 1} to ${amounts.length + 50} of 600`).waitFor();
    amounts.push(...(await numbers(dialog.locator('tbody td:last-child').allInnerTexts())));
    if (await later.isDisabled()) break;
    await later.click();
  }
  expect(amounts).toEqual(orders.map(({ amount }) => amount));
  const [told] = await numbers(dialog.locator('.body b').allInnerTexts());
  expect(told).toBeCloseTo(revenue, 2);
  expect((await check())!.totals.revenue).toBeCloseTo(revenue, 2);
  expect(await dialog.locator('tbody tr').last().locator('td').allInnerTexts()).toEqual([
    'orders.csv',
    '601',
    orders.at(-1)!.amount.toFixed(2),
  ]);
});

test('the clock, a role and who is one customer can each be changed and undone', async () => {
  await openFiles(ordersFile, contactsFile);
  const before = await checkText();
  const undo = async () => {
    await page.keyboard.press('Control+z');
    await expect.poll(checkText, { timeout: 30_000 }).toBe(before);
  };
  await openTab(/^Quality/);
  expect((await check())!.totals.from).toBe('2025-01-01');
  await page.getByLabel('Clock that days and hours are told by').selectOption('Asia/Tokyo');
  await expect.poll(async () => (await check())!.totals.from, { timeout: 30_000 }).toBe('2025-01-02');
  await page.getByRole('heading', { level: 1 }).click();
  await undo();

  await openTab(/^Roles/);
  const roleOfCity = async () => (await check())!.files[0]!.columns.find(({ name }) => name === 'city')!.role;
  expect(await roleOfCity()).toBe('ignore');
  await page.getByLabel('What city is').selectOption({ label: 'product group' });
  await expect.poll(roleOfCity, { timeout: 30_000 }).toBe('category');
  await page.getByRole('heading', { level: 1 }).click();
  await undo();

  await page.getByText('10 joins by e-mail or telephone').waitFor();
  await page.getByRole('button', { name: 'Keep apart' }).first().click();
  await page.getByText('1 join taken back.').waitFor();
  await page.getByText('9 joins by e-mail or telephone').waitFor();
  expect(await checkText()).not.toBe(before);
  await undo();
  await page.getByText('10 joins by e-mail or telephone').waitFor();
});

test('a trait of one’s own: a wrong formula is told where it is wrong, a right one is used', async () => {
  await openFiles(ordersFile);
  const features = async () => {
    const text = (await savedTexts(page)).get('segments.json');
    return text ? (JSON.parse(text).features as { label: string }[]).map(({ label }) => label) : [];
  };
  const usual = await features();
  expect(usual.length).toBeGreaterThan(5);
  await openTab(/^Traits/);
  await page.getByText('Write a trait of your own').click();
  await page.getByLabel('What it is called').fill('First order above the usual');
  const formula = page.getByLabel('How it is worked out');
  const add = page.getByRole('button', { name: 'Add and find segments again' });
  await formula.fill('monetary / (tenure + ');
  await add.click();
  await page
    .getByRole('alert')
    .filter({ hasText: /at position 22 of the formula/ })
    .waitFor();
  await formula.fill('firstOrder - averageOrder');
  await add.click();
  await page.getByRole('rowheader', { name: /First order above the usual/ }).waitFor({ timeout: 30_000 });
  await expect.poll(features, { timeout: 30_000 }).toContain('First order above the usual');
  await waitIdle();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(features, { timeout: 30_000 }).toEqual(usual);
});

test('a newer file in another order of columns keeps what was mended, tells what changed, and is undone', async () => {
  await openFiles(csv('orders.csv', header, orders.slice(0, 500).map(rowOf)));
  await openTab(/^Quality/);
  await page.getByRole('button', { name: /^Fix all safe issues/ }).click();
  await page.getByText(/✓ \d+ fixed/).waitFor();
  await waitIdle();
  const before = await checkText();
  const newer = orders.slice(4).map((o, i) => (i < 9 ? { ...o, amount: o.amount + 1 } : o));
  const turned = (row: string) => row.split(',').reverse().join();
  await openTab(/^File/);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Load a newer file' }).click(),
  ]);
  const rows = newer.map((o, i) => turned(rowOf(o, i + 4)));
  await chooser.setFiles([csv('orders-newer.csv', turned(header), rows)]);
  await page.getByText('100 new rows, 9 changed, 4 gone').first().waitFor({ timeout: 60_000 });
  await waitIdle();
  const after = (await check())!;
  expect(after.totals.orders).toBe(596);
  const applied = (issues: DataCheck['issues']) =>
    issues.flatMap(({ fix }) => (fix?.isApplied ? [fix.fault] : [])).sort();
  expect(applied(after.issues)).toEqual(applied(JSON.parse(before).issues));
  expect(applied(after.issues).length).toBeGreaterThanOrEqual(2);
  await page.keyboard.press('Control+z');
  await expect.poll(checkText, { timeout: 60_000 }).toBe(before);
});
