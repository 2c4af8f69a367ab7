// Grouping (k = 2…10, ten restarts and more) and the whole ladder over three origins on made-up customers, in the app's
// own models worker: how long, how long the page was held up, how long nothing was reported, how soon Cancel answers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../terminal/launch.mjs';
import { peakTabMemoryMB } from '../terminal/tab-memory.mjs';
import { findNativePeers } from './native-peers.mjs';
import { longestTaskCpuMs } from './page-tasks.mjs';

/** @typedef {{ outcome: string, seconds: number, longestTaskMs: number, longestGapMs: number, gapAfter: string, nReports: number, cancelMs: number | null }} Measured */

const cancelAfterMs = 2_000;

/**
 * @param {string} url the built page @param {number} nCustomers @param {number} nFeatures
 * @param {string} folder for what peers read
 */
export async function measureModels(url, nCustomers, nFeatures, folder) {
  console.error(`  grouping and predicting ${nCustomers} customers by ${nFeatures} features`);
  const browser = await launchBrowser();
  try {
    const tab = browser.context.pages()[0] ?? (await browser.context.newPage());
    tab.setDefaultTimeout(0);
    await tab.goto(url);
    await tab.waitForFunction(() => 'modelsBench' in globalThis);
    await tab.evaluate(`modelsBench.make(${nCustomers}, ${nFeatures})`);
    const run = async (/** @type {'table' | 'input'} */ what, /** @type {string} */ call) => {
      /** @type {Measured | null} */
      let measured = null;
      await tab.evaluate(`modelsBench.copy('${what}')`);
      const pageCpuMs = await longestTaskCpuMs(browser.context, async () => {
        measured = await tab.evaluate(`modelsBench.${call}`);
      });
      return { .../** @type {Measured} */ (/** @type {unknown} */ (measured)), pageCpuMs };
    };
    const segments = await run('table', 'segment()');
    const cancelSegments = await run('table', `segment(${cancelAfterMs})`);
    const prediction = await run('input', 'predict()');
    const cancelPrediction = await run('input', `predict(${cancelAfterMs})`);
    const peakMemoryMB = peakTabMemoryMB(browser.profile);
    const peers = [];
    for (const { name, run } of (await findNativePeers()).kmeansSizes) {
      console.error(`  ${name}`);
      const path = join(folder, 'models.f64');
      writeFileSync(
        path,
        Buffer.from(/** @type {string} */ (await tab.evaluate('modelsBench.matrix()')), 'base64'),
      );
      peers.push({ name, ...(await run(path, String(nFeatures))) });
    }
    return {
      nCustomers,
      nFeatures,
      segments,
      cancelSegments,
      prediction,
      cancelPrediction,
      peakMemoryMB,
      peers,
    };
  } finally {
    await browser.close();
  }
}

/** @param {Awaited<ReturnType<typeof measureModels>>} found */
export function printModels(found) {
  const { nCustomers, nFeatures, segments, cancelSegments, prediction, cancelPrediction, peers } = found;
  console.log(`\n${nCustomers.toLocaleString('en-US')} customers, ${nFeatures} features, in one tab:`);
  /** @typedef {Measured & { pageCpuMs: number }} Run */
  const say = (/** @type {string} */ what, /** @type {Run} */ one, /** @type {Run} */ stopped) =>
    console.log(
      `${what}: ${one.seconds.toFixed(1)} s, longest task of the page ${one.longestTaskMs.toFixed(0)} ms (at most ` +
        `${one.pageCpuMs.toFixed(0)} ms of processor time), longest time without a report ${one.longestGapMs.toFixed(0)} ms (${one.gapAfter}), Cancel answers in ` +
        `${stopped.cancelMs?.toFixed(0) ?? '?'} ms (${stopped.outcome})`,
    );
  say('segments, number chosen from 2 to 10', segments, cancelSegments);
  for (const { name, seconds } of peers)
    console.log(
      `  ${name}: ${seconds.toFixed(1)} s; ours, with all its tests: ${(segments.seconds / seconds).toFixed(2)}x`,
    );
  say('the whole ladder over 3 origins', prediction, cancelPrediction);
  console.log(`peak memory of the tab ${found.peakMemoryMB ?? '?'} MB`);
}
