// `npm run segment`: the built app in a headless browser, fed as a person would; saves what the app exports.
import { accessSync, appendFileSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, serveBuilt } from './built-app.mjs';
import { launchBrowser, watchRequests } from './launch.mjs';
import { readOptions, usage } from './options.mjs';
import { peakTabMemoryMB } from './tab-memory.mjs';

/** @typedef {{ stage: string, fraction: number, note: string }} Progress */
/** @typedef {{ exports: { name: string, text: string }[], summary: string }} RunResult */
/** @typedef {{ ready: Promise<void>, run(options: import('./options.mjs').RunOptions): Promise<RunResult> }} Automation */

const pieceLength = 8_000_000;

/** @param {string[]} files */
function checkFiles(files) {
  for (const file of files) {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) throw new Error(`${file}: there is no such file`);
    if (!stat.isFile()) throw new Error(`${file}: this is a folder; name the files in it`);
    try {
      accessSync(file, constants.R_OK);
    } catch {
      throw new Error(`${file}: this file may not be read; allow it and run this again`);
    }
  }
}

/** Stage by stage on standard error; a terminal also sees the percentage move. */
function createProgressPrinter() {
  const isTerminal = process.stderr.isTTY;
  let current = '';
  const end = () => isTerminal && current && process.stderr.write('\n');
  return {
    end,
    print(/** @type {Progress} */ { stage, fraction, note }) {
      if (stage !== current) {
        end();
        current = stage;
        if (!isTerminal) process.stderr.write(`${stage}\n`);
      }
      if (isTerminal) process.stderr.write(`\r\x1b[2K${stage}  ${Math.floor(fraction * 100)}%  ${note}`);
    },
  };
}

/** Fails soon after the tab does, leaving time for a better sentence. @param {import('playwright').Page} page @returns {Promise<never>} */
const tabFailure = (page) =>
  new Promise((_, reject) => {
    page.on('crash', () =>
      reject(new Error('the tab ran out of memory; try fewer rows, or a machine with more memory')),
    );
    page.on('pageerror', (error) =>
      setTimeout(() => reject(new Error(`the app failed: ${error.message}`)), 5000).unref(),
    );
  });

/** Opens the page and waits until it needs the network no more. @param {import('playwright').Page} page @param {string} url */
async function openApp(page, url) {
  const progress = createProgressPrinter();
  await page.exposeFunction('printProgress', progress.print);
  await page.addInitScript(() => {
    let last = { stage: '', time: 0 };
    addEventListener('coterie:progress', (event) => {
      const { detail } = /** @type {CustomEvent<{ stage: string }>} */ (event);
      if (detail.stage === last.stage && performance.now() - last.time < 200) return;
      last = { stage: detail.stage, time: performance.now() };
      /** @type {any} */ (globalThis).printProgress(detail);
    });
  });
  await page.goto(url);
  await page.waitForFunction(() => 'coterie' in globalThis, null, { timeout: 60_000 });
  await page.evaluate(
    () => /** @type {{ coterie: Automation }} */ (/** @type {unknown} */ (globalThis)).coterie.ready,
  );
  return progress;
}

/**
 * Says what to run, gives the files as a person would, and leaves the exports in the page to be fetched one by one. The sentence a
 * person would read becomes the Error's message.
 * @param {import('playwright').Page} page @param {string[]} files @param {import('./options.mjs').RunOptions} options
 */
async function runApp(page, files, options) {
  const started = await page.evaluateHandle((options) => {
    const { coterie } = /** @type {{ coterie: Automation }} */ (/** @type {unknown} */ (globalThis));
    const outcome = coterie.run(options).then(
      (run) => ({ ...run, sentence: '' }),
      (error) => ({ exports: [], summary: '', sentence: String(error?.message ?? error) }),
    );
    return { outcome };
  }, options);
  if (files.length > 0) await page.setInputFiles('#files', files, { timeout: 0 });
  const handle = await started.evaluateHandle(({ outcome }) => outcome);
  const { sentence, summary, names } = await handle.evaluate((run) => ({
    sentence: run.sentence,
    summary: run.summary,
    names: run.exports.map(({ name }) => name),
  }));
  if (sentence) throw new Error(sentence);
  /** A part of one export's text; one may be larger than a message can be. @param {string} name @param {number} from */
  const read = (name, from) =>
    handle.evaluate(
      (run, [name, from, to]) => run.exports.find((file) => file.name === name)?.text.slice(from, to) ?? '',
      /** @type {const} */ ([name, from, from + pieceLength]),
    );
  return { summary, names, read };
}

/** The receipt, with what only the outside can measure; the app's count of requests must be the browser's. */
function completeReceipt(
  /** @type {string} */ text,
  /** @type {string[]} */ requests,
  /** @type {number | null} */ peakMemoryMB,
) {
  const receipt = JSON.parse(text);
  if (receipt.requestsAfterLoad !== requests.length)
    throw new Error(
      `the app counted ${receipt.requestsAfterLoad} requests after it was ready; the browser saw ` +
        `${requests.length}${requests.length > 0 ? `: ${requests.join(', ')}` : ''}`,
    );
  // A page sees only its own heap; the system also counts its workers.
  if (peakMemoryMB !== null) receipt.peakMemoryMB = peakMemoryMB;
  return `${JSON.stringify(receipt, null, 2)}\n`;
}

/** @param {Awaited<ReturnType<typeof runApp>>} run @param {string} receipt @param {string} folder */
async function saveExports({ names, read }, receipt, folder) {
  for (const name of names) {
    const path = join(folder, name);
    writeFileSync(path, '');
    if (name === 'receipt.json') writeFileSync(path, receipt);
    else
      for (let at = 0, piece; (piece = await read(name, at)); at += pieceLength) appendFileSync(path, piece);
    console.error(`Saved ${path}`);
  }
}

/** @param {string[]} words */
async function segment(words) {
  const { files, out, help, run: options } = readOptions(words);
  if (help) return console.log(usage);
  checkFiles(files);
  if (out) mkdirSync(out, { recursive: true });
  await ensureBuilt();
  const server = await serveBuilt();
  const browser = await launchBrowser();
  const close = () => Promise.all([browser.close(), server.close()]);
  process.once('SIGINT', () => close().finally(() => process.exit(130)));
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    const work = async () => {
      const progress = await openApp(page, server.url);
      const requests = watchRequests(browser.context);
      const run = await runApp(page, files, options).finally(progress.end);
      const receipt = completeReceipt(
        await run.read('receipt.json', 0),
        requests,
        peakTabMemoryMB(browser.profile),
      );
      if (out) await saveExports(run, receipt, out);
      if (run.summary.trim()) console.log(run.summary.trimEnd());
      if (!out) console.error('Nothing was saved: add --out DIR to keep the files.');
    };
    await Promise.race([work(), tabFailure(page)]);
  } finally {
    await close();
  }
}

try {
  await segment(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
