// The app's whole import (sniffed, read, every row on the disk) beside papaparse that only cuts the same file into rows.
import { statSync } from 'node:fs';
import { launchBrowser } from '../terminal/launch.mjs';
import { longestTaskCpuMs } from './page-tasks.mjs';
import { peakTabMemoryMB } from '../terminal/tab-memory.mjs';

/** @typedef {{ seconds: number, longestTaskMs: number, storedMB: number }} Import */

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;

/**
 * A tab on the bench page with the file chosen. @template T @param {string} url @param {string} file
 * @param {(evaluate: (call: string) => Promise<any>, peakMB: () => number | null, context: import('playwright').BrowserContext) => Promise<T>} work
 */
async function inTab(url, file, work) {
  const browser = await launchBrowser();
  try {
    const tab = browser.context.pages()[0] ?? (await browser.context.newPage());
    await tab.goto(url);
    await tab.waitForFunction(() => 'bench' in globalThis);
    await tab.setInputFiles('#files', file, { timeout: 0 });
    return await work(
      (call) => tab.evaluate(`bench.${call}`),
      () => peakTabMemoryMB(browser.profile),
      browser.context,
    );
  } finally {
    await browser.close();
  }
}

/**
 * Imports by turns with papaparse, after one of each that does not count; memory in a tab of its own, without papaparse.
 * @param {string} url @param {string} file @param {number} repeats
 */
export async function measureImport(url, file, repeats) {
  console.error('  importing: Coterie, papaparse 5.7.1 into rows');
  const bytes = statSync(file).size;
  const alone = await inTab(url, file, async (evaluate, peakMB) => {
    await evaluate('importFile()');
    const peakMemoryMB = peakMB();
    return { peakMemoryMB, check: await evaluate('checkFile()'), peakWithCheckMB: peakMB() };
  });
  const longestTask = await inTab(url, file, async (evaluate, _, context) => ({
    importCpuMs: await longestTaskCpuMs(context, () => evaluate('importFile()')),
    checkCpuMs: await longestTaskCpuMs(context, () => evaluate('checkFile()')),
  }));
  const together = await inTab(url, file, async (evaluate) => {
    const imports = /** @type {Import[]} */ ([]);
    /** @type {number[]} */
    const papaparse = [];
    /** @type {number[]} */
    const cancelled = [];
    for (let repeat = 0; repeat <= repeats; repeat++) {
      const own = await evaluate('importFile()');
      const { seconds } = await evaluate('papaparse(false)');
      const cancel = await evaluate('cancelImport()');
      if (repeat === 0) continue;
      imports.push(own);
      papaparse.push(seconds);
      if (cancel.outcome === 'cancelled') cancelled.push(cancel.seconds * 1000);
    }
    return { imports, papaparse, cancelled };
  });
  const ours = median(together.imports.map((/** @type {Import} */ own) => own.seconds));
  const theirs = median(together.papaparse);
  return {
    bytes,
    seconds: ours,
    MBperSecond: bytes / 1e6 / ours,
    papaparseSeconds: theirs,
    ratio: ours / theirs,
    longestTaskMs: median(together.imports.map((/** @type {Import} */ own) => own.longestTaskMs)),
    /** Null when every import was over before it could be cancelled. */
    cancelMs: together.cancelled.length > 0 ? Math.max(...together.cancelled) : null,
    storedMB: together.imports[0]?.storedMB ?? NaN,
    longestTask,
    ...alone,
    ...together,
  };
}

/** One import of a file too large to repeat, and what it took. @param {string} url @param {string} file */
export function measureLargeImport(url, file) {
  console.error('  importing once');
  return inTab(url, file, async (evaluate, peakMB) => {
    const found = await evaluate('importFile()');
    return { bytes: statSync(file).size, ...found, peakMemoryMB: peakMB() };
  });
}
