// A browser on a profile of its own that leaves nothing behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensureBrowser, launchArguments } from './find-browser.mjs';

/** A persistent profile, since an off-the-record one stores and connects differently from a person's. */
export async function launchBrowser(
  /** @type {Parameters<typeof chromium.launchPersistentContext>[1]} */ options = {},
) {
  const profile = mkdtempSync(join(tmpdir(), 'coterie-'));
  const removeProfile = () => rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: ensureBrowser(),
      args: [...launchArguments, ...(options.args ?? [])],
      handleSIGINT: false,
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    const close = async () => {
      await context.close();
      removeProfile();
    };
    return { context, profile, close };
  } catch (error) {
    removeProfile();
    throw error;
  }
}

/** The addresses asked for over the network from now on, by the pages of this browser and their workers. */
export function watchRequests(/** @type {import('playwright').BrowserContext} */ context) {
  /** @type {string[]} */
  const urls = [];
  const note = (/** @type {string} */ url) => /^(https?|wss?):/.test(url) && urls.push(url);
  context.on('request', (request) => note(request.url()));
  for (const page of context.pages()) page.on('websocket', (socket) => note(socket.url()));
  context.on('page', (page) => page.on('websocket', (socket) => note(socket.url())));
  return urls;
}
