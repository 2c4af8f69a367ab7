import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import killPage from '../storage/kill-page.ts?source';
import { ensureBrowser, launchArguments } from '../terminal/find-browser.mjs';

const executablePath = ensureBrowser();
const profile = mkdtempSync(join(tmpdir(), 'coterie-kill-'));
let server: Server;
let address = '';

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><meta charset="utf-8"><script>${killPage}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
});

/** Opens the profile, goes on with the import, and kills the browser `afterMs` later; how many blocks it was told. */
async function importUntilKilled(afterMs: number): Promise<{ toldBefore: number; told: number }> {
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: launchArguments });
  const told: number[] = [];
  const page = await context.newPage();
  await page.exposeFunction('tell', (nBlocks: number) => void told.push(nBlocks));
  await page.goto(address);
  const toldBefore = await page.evaluate<number>('killPage.openAndCheck()');
  void page.evaluate('killPage.importForEver()').catch(() => {}); // the kill ends it
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await kill(context);
  return { toldBefore, told: told.at(-1) ?? toldBefore };
}

/** As a crash would: the browser has no chance to save anything. */
async function kill(context: BrowserContext) {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const closed = new Promise((resolve) => context.on('close', resolve));
  process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
  await closed;
  rmSync(join(profile, 'SingletonLock'), { force: true });
}

test('twelve kills in the middle of an import lose no block that was acknowledged, and nothing stored before', async () => {
  let acknowledged = 0;
  for (let round = 0; round < 12; round++) {
    const { toldBefore, told } = await importUntilKilled(100 + round * 60);
    expect(toldBefore).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = told;
  }
  expect(acknowledged).toBeGreaterThan(12);
});
