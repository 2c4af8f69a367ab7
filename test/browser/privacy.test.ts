import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../terminal/launch.mjs';
import { runApp, serveWithoutHeaders, startBrowser, type Tab } from './harness';
import { fromPage, fromWorker, type Way } from './ways-out';

/** Somewhere else to send to: remembers which ways out reached it. */
async function startSink() {
  const reached = new Set<string>();
  const note = (url = '') => reached.add(url.split('/').at(-1)!);
  const server = createServer((request, response) => {
    note(request.url);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/plain' }).end();
  });
  server.on('upgrade', (request, socket) => {
    note(request.url);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    /** The ways out by which this place reached it, once everything under way has had its time. */
    async reached(from: string) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return [...reached]
        .filter((name) => name.startsWith(`${from}-`))
        .map((name) => name.split('-')[1]!)
        .sort();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Place = { evaluate(code: string): Promise<unknown> };

/** Tries every way out in one place. A refusal may be an exception; what counts is whether anything arrives. */
async function tryAll(place: Place, ways: Record<string, Way>, address: string, from: string) {
  for (const [name, way] of Object.entries(ways)) {
    const attempt = place.evaluate(`(${way})(${JSON.stringify(`${address}/${from}-${name}`)})`);
    await attempt.catch((error: Error) => {
      if (/ReferenceError|SyntaxError|is not a function/.test(error.message)) throw error;
    });
  }
}

const startBareWorker = async (page: Page) => {
  const started = page.waitForEvent('worker');
  await page.evaluate(() => {
    const source = URL.createObjectURL(new Blob(['onmessage = () => {}'], { type: 'text/javascript' }));
    (globalThis as unknown as { worker: Worker }).worker = new Worker(source);
  });
  return started;
};

let sink: Awaited<ReturnType<typeof startSink>>;
beforeAll(async () => {
  sink = await startSink();
});
afterAll(() => sink.close());

test('every way out works on a page without a policy and in its worker', async () => {
  const server = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>x</title><body></body>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser();
  try {
    const page = await browser.context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const worker = await startBareWorker(page);
    await tryAll(page, fromPage, sink.address, 'openpage');
    await tryAll(worker, fromWorker, sink.address, 'openworker');
    expect(await sink.reached('openpage')).toEqual(Object.keys(fromPage).sort());
    expect(await sink.reached('openworker')).toEqual(Object.keys(fromWorker).sort());
  } finally {
    await browser.close();
    server.close();
  }
});

describe.each(['the headers we recommend', 'no headers at all'])('on a host that sends %s', (host) => {
  let browser: Awaited<ReturnType<typeof startBrowser>>;
  let plain: Awaited<ReturnType<typeof serveWithoutHeaders>> | null = null;
  let tab: Tab;
  const workerUrls: string[] = [];

  beforeAll(async () => {
    plain = host === 'no headers at all' ? await serveWithoutHeaders() : null;
    browser = await startBrowser(plain?.url);
    browser.context.on('page', (page) => page.on('worker', (worker) => workerUrls.push(worker.url())));
    tab = await browser.open();
  });
  afterAll(async () => {
    await browser.close();
    await plain?.close();
  });

  test('a whole session without a network asks for nothing once the page is ready', async () => {
    await browser.context.setOffline(true);
    const { exports } = await runApp(tab.page, { sample: 'shop' });
    await browser.context.setOffline(false);
    const receipt = JSON.parse(exports.find(({ name }) => name === 'receipt.json')!.text);
    expect(receipt.requestsAfterLoad).toBe(0);
    expect(tab.requests).toEqual([]);
    expect(tab.refusals).toEqual([]);
    expect(tab.errors).toEqual([]);
  });

  test('every worker of the session came from a blob, so it lives under the policy of the page', () => {
    expect(workerUrls.length).toBeGreaterThanOrEqual(2);
    expect(workerUrls.filter((url) => !url.startsWith('blob:'))).toEqual([]);
  });

  test('no way out of the workers works', async () => {
    const workers = tab.page.workers();
    expect(workers.length).toBeGreaterThanOrEqual(2);
    for (const [index, worker] of workers.entries()) {
      const context = `worker${index}${plain ? 'plain' : 'headers'}`;
      await tryAll(worker, fromWorker, sink.address, context);
      expect(await sink.reached(context)).toEqual([]);
    }
  });

  test('no way out of the page works', async () => {
    const context = `page${plain ? 'plain' : 'headers'}`;
    await tryAll(tab.page, fromPage, sink.address, context);
    expect(await sink.reached(context)).toEqual([]);
    expect(tab.refusals.length).toBeGreaterThan(0);
  });
});
