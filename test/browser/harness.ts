import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import type { RunOptions } from '../../src/state/automation';
import { readDatabase } from '../fixtures/read-database';
import { ensureBuilt, serveBuilt } from '../terminal/built-app.mjs';
import { launchBrowser, watchRequests } from '../terminal/launch.mjs';

type Automation = {
  ready: Promise<void>;
  exports(): Promise<{ name: string; text: string }[]>;
  run(options: RunOptions): Promise<{ exports: { name: string; text: string }[]; summary: string }>;
};
type View = { width?: number; height?: number; theme?: 'light' | 'dark' };

/** An open tab of the built app: what it asked for since it was ready, what its policy refused, what failed in it. */
export type Tab = { page: Page; requests: string[]; refusals: string[]; errors: string[] };

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const axeSource = readFileSync(
  fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)),
  'utf8',
);

/** A browser with a profile of its own and the built app served as `npm start` serves it. Close it when done. */
export async function startBrowser(address?: string) {
  await ensureBuilt();
  const server = address ? null : await serveBuilt();
  const url = address ?? server!.url;
  const browser = await launchBrowser();
  return {
    context: browser.context,
    url,
    async open(view: View = {}): Promise<Tab> {
      const page = await browser.context.newPage();
      await setView(page, view);
      const errors: string[] = [];
      const refusals: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (/Content Security Policy|TrustedScript|TrustedHTML/.test(message.text()))
          refusals.push(message.text());
      });
      await page.goto(url);
      await waitReady(page);
      return { page, requests: watchRequests(browser.context), refusals, errors };
    },
    async close() {
      await browser.close();
      await server?.close();
    },
  };
}

export async function setView(page: Page, { width = 1440, height = 900, theme = 'light' }: View) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
}

/** Waits until the page needs the network no more; also after a reload. */
export async function waitReady(page: Page) {
  await page.waitForFunction(() => 'coterie' in globalThis);
  await page.evaluate(() => (globalThis as unknown as { coterie: Automation }).coterie.ready);
}

/** Runs the whole route through the door that automation uses. */
export const runApp = (page: Page, options: RunOptions) =>
  page.evaluate(
    (options) => (globalThis as unknown as { coterie: Automation }).coterie.run(options),
    options,
  );

/** Everything in the app's database, as text in which a planted value could be found. */
export const storedText = (page: Page): Promise<string> => page.evaluate(readDatabase, 'coterie');

/** What the app can save of the open project, as it stands: text by file name. */
export const savedTexts = async (page: Page): Promise<Map<string, string>> => {
  const files = await page.evaluate(() =>
    (globalThis as unknown as { coterie: Automation }).coterie.exports(),
  );
  return new Map(files.map(({ name, text }) => [name, text]));
};

const looks = [
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const;

/** What is wrong with the screen as it stands, wide and narrow, in both themes: what axe finds, and what does not fit. */
export async function faultsOfLook(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const [width, theme] of looks) {
    await setView(page, { width, theme });
    await page.waitForTimeout(200);
    await takeScreenshot(page, `${name}-${width}-${theme}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) found.push(`${name} ${width}: ${overflow} px wider than the window`);
    for (const violation of await axeViolations(page)) found.push(`${name} ${theme} ${width}: ${violation}`);
  }
  await setView(page, {});
  return found;
}

/** What axe finds wrong with the page as it stands: one line each, with the first place. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Found = { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] };
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.length}) ${nodes[0]?.target.join(' ')} ${nodes[0]?.failureSummary}`,
    );
  });
}

/** Saves what the page looks like, when COTERIE_SHOTS names a folder. */
async function takeScreenshot(page: Page, name: string) {
  const folder = process.env['COTERIE_SHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built app on a host that sends no policy of its own, as most do: only the page's meta policy is left. */
export async function serveWithoutHeaders() {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    try {
      const body = readFileSync(join(dist, path === '/' ? 'index.html' : path));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/html' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

/** As on the first visit: nothing stored, nothing open. */
export async function emptyBrowser(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByRole('button', { name: 'Delete everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete everything?' });
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
}
