import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOfLook, startBrowser, waitReady, type Tab } from './harness';

const realFile = fileURLToPath(
  new URL('../../../shared/data/online-retail/online_retail.csv.gz', import.meta.url),
);

let browser: Awaited<ReturnType<typeof startBrowser>>;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const title = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name });
const waitIdle = (page: Page) =>
  page.getByRole('list', { name: 'Jobs' }).waitFor({ state: 'detached', timeout: 240_000 });

async function textOfDownload(page: Page, press: () => Promise<unknown>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync((await download.path())!, 'utf8');
}

async function expectQuiet({ requests, refusals, errors }: Tab) {
  expect(requests).toEqual([]);
  expect(refusals).toEqual([]);
  expect(errors).toEqual([]);
}

/** Everything a person does after their data is in, by mouse; a reload in the middle. */
async function lookAround(tab: Tab) {
  const { page } = tab;
  await page.getByRole('link', { name: /^Segments/ }).click();
  await title(page, /Who are my customers/).waitFor({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Overview' }).waitFor({ timeout: 120_000 });
  await waitIdle(page);

  await page
    .getByRole('button', { name: /^Rename / })
    .first()
    .click();
  await page.getByRole('textbox', { name: /^New name for/ }).fill('Our best');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByText('Our best').count()).toBeGreaterThan(0);

  await expectQuiet(tab);
  await page.reload();
  await waitReady(page);
  tab.requests.length = 0;
  await expect.poll(() => page.getByText('Our best').count()).toBeGreaterThan(0);

  await page.getByRole('tab', { name: 'One segment' }).click();
  const list = await textOfDownload(page, () =>
    page
      .getByRole('button', { name: /^Download list/ })
      .first()
      .click(),
  );
  expect(list).toMatch(/^customer_id,segment,why,/);
  expect(list.split('\n').length).toBeGreaterThan(20);

  await page.getByRole('link', { name: /^Predictions/ }).click();
  await page
    .getByText(/^Tested on 3 later dates/)
    .first()
    .waitFor();
  await page.getByRole('tab', { name: 'Who to contact' }).click();
  const contacts = await textOfDownload(page, () =>
    page
      .getByRole('button', { name: /^Download list/ })
      .first()
      .click(),
  );
  expect(contacts.split('\n').length).toBeGreaterThan(20);

  await page.getByRole('combobox', { name: /I want to know/ }).selectOption({ label: 'who will buy again' });
  await page.getByRole('button', { name: /^Predict/ }).click();
  await title(page, /Who will (order|buy) again/).waitFor({ timeout: 120_000 });
  await waitIdle(page);
  await expectQuiet(tab);
}

test('the whole journey on the sample shop by mouse, and a reload keeps it', async () => {
  const tab = await browser.open();
  await tab.page.getByRole('button', { name: 'Open the sample shop' }).click();
  await lookAround(tab);
  await tab.page.close();
});

test('every screen of the sample shop passes axe in both themes, at 1440 and 390 px', async () => {
  const tab = await browser.open();
  const { page } = tab;
  const found: string[] = [];
  for (const screen of ['', 'data', 'segments', 'predictions']) {
    await page.evaluate((screen) => (location.hash = `#/${screen}`), screen);
    await page.getByRole('heading', { level: 1 }).waitFor();
    found.push(...(await faultsOfLook(page, screen || 'start')));
  }
  expect(found).toEqual([]);
  await page.close();
});

/** Everything by keys; `file` answers the file dialog that the button opens, when it opens one. */
async function travelByKeyboard(button: RegExp, file?: string) {
  const tab = await browser.open();
  const { page } = tab;
  // Listening before any key is pressed: the browser is told to hand dialogs over only once somebody listens.
  if (file) page.on('filechooser', (chooser) => void chooser.setFiles(file));
  const { keyboard } = page;
  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 120; presses++) {
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
      });
      if (name.test(focused)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`the Tab key never reaches ${name}`);
  };
  await page.evaluate(() => (location.hash = '#/'));
  await title(page, /Find the segments/).waitFor();
  await tabTo(button);
  await keyboard.press('Enter');
  // Reading ends by going to the answer; only then is a key for another screen the person's last word.
  await title(page, /Can I trust this data|Who are my customers/).waitFor({ timeout: 240_000 });
  await keyboard.press('g');
  await keyboard.press('s');
  await title(page, /Who are my customers/).waitFor({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Overview' }).waitFor({ timeout: 120_000 });
  await waitIdle(page);

  await tabTo(/^Rename /);
  await keyboard.press('Enter');
  await keyboard.type('Typed by hand');
  await keyboard.press('Enter');
  await expect.poll(() => page.getByText('Typed by hand').count()).toBeGreaterThan(0);
  await keyboard.press('Control+z');
  await expect.poll(() => page.getByText('Typed by hand').count()).toBe(0);
  await keyboard.press('Control+Shift+z');
  await expect.poll(() => page.getByText('Typed by hand').count()).toBeGreaterThan(0);

  await keyboard.press(']');
  await tabTo(/^Download list/);
  const list = await textOfDownload(page, () => keyboard.press('Enter'));
  expect(list.split('\n').length).toBeGreaterThan(20);

  await keyboard.press('g');
  await keyboard.press('d');
  await title(page, /Can I trust this data/).waitFor();
  await keyboard.press('g');
  await keyboard.press('p');
  await page
    .getByText(/^Tested on 3 later dates/)
    .first()
    .waitFor();
  await tabTo(/^How good$/);
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await tabTo(/^Download list/);
  const contacts = await textOfDownload(page, () => keyboard.press('Enter'));
  expect(contacts).toMatch(/^customer_id,segment,why,/);
  await expectQuiet(tab);
  await page.close();
}

test('the whole journey on the sample shop by keyboard alone', () =>
  travelByKeyboard(/^Open the sample shop$/));

if (existsSync(realFile)) {
  test('the whole journey on a real file by keyboard alone', () =>
    travelByKeyboard(/^Choose files$/, realFile));

  test('the whole journey on a real file: a year of invoices', async () => {
    const tab = await browser.open();
    const { page } = tab;
    await page.evaluate(() => (location.hash = '#/'));
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose files' }).click(),
    ]);
    await chooser.setFiles(realFile);
    await title(page, /Can I trust this data/).waitFor({ timeout: 240_000 });
    await page
      .getByText(/Good enough for segments/)
      .first()
      .waitFor({ timeout: 240_000 });
    await lookAround(tab);
    await page.close();
  });
} else console.log('The real files are not on this machine: the journey runs on the sample shop only.');
