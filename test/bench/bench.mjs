// `npm run bench`: seconds and ratios for each stage of the route, in a real browser on the app's own workers.
// Peers take turns with us, repeat by repeat; figures are medians. A ratio below 1 means that we are faster.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { freePort } from '../terminal/built-app.mjs';
import { launchBrowser } from '../terminal/launch.mjs';
import { measureImport, measureLargeImport } from './measure-import.mjs';
import { measureModels, printModels } from './measure-models.mjs';
import { findNativePeers } from './native-peers.mjs';
import { writeOrders } from './write-orders.mjs';

/** @typedef {import('./native-peers.mjs').Measure} Measure */
/** @typedef {{ name: string, seconds: number[], median: number, ratio: number | null, MBperSecond?: number, inertia?: number, logLoss?: number }} Contestant */
/** @typedef {{ stage: string, contestants: Contestant[] }} Result */

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = join(root, 'test/bench/page');

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '100000,1000000' },
    repeats: { type: 'string', default: '5' },
    /** Only the import of wide lines (about 150 bytes each), none of the stages behind it. */
    'import-only': { type: 'boolean', default: false },
    /** Only grouping and predicting so many made-up customers by so many features. */
    models: { type: 'boolean', default: false },
    customers: { type: 'string', default: '100000' },
    features: { type: 'string', default: '30' },
    /** Also one import of a file of 1 GB. */
    large: { type: 'boolean', default: false },
    json: { type: 'string', default: join(root, 'out/bench.json') },
  },
});
const repeats = Number(values.repeats);
const largeLines = 6_600_000;
/** Slow stages are repeated less often, but at least once after the warm-up. */
const secondsAStage = 150;

const median = (/** @type {number[]} */ numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

/** Every contestant in turn, `repeats` times; the first is ours, and one warm-up of each is thrown away. */
async function compete(
  /** @type {string} */ stage,
  /** @type {{ name: string, run: (repeat: number) => Measure | Promise<Measure> }[]} */ entrants,
  /** @type {number} */ bytes = 0,
) {
  console.error(`  ${stage}: ${entrants.map(({ name }) => name).join(', ')}`);
  /** @type {Map<string, Measure[]>} */
  const measures = new Map(entrants.map(({ name }) => [name, []]));
  const turn = async (/** @type {number} */ repeat) => {
    for (const { name, run } of entrants) measures.get(name)?.push(await run(repeat));
  };
  const start = performance.now();
  await turn(0);
  for (const list of measures.values()) list.pop();
  const affordable = Math.floor(secondsAStage / ((performance.now() - start) / 1000));
  for (let repeat = 1; repeat <= Math.min(repeats, Math.max(1, affordable)); repeat++) await turn(repeat);
  const ours = median((measures.get(entrants[0]?.name ?? '') ?? []).map(({ seconds }) => seconds));
  const contestants = [...measures].map(([name, list], index) => {
    const seconds = list.map((measure) => measure.seconds);
    const middle = median(seconds);
    const quality = (/** @type {'inertia' | 'logLoss'} */ key) =>
      list[0]?.[key] === undefined ? {} : { [key]: median(list.map((measure) => measure[key] ?? NaN)) };
    return {
      name,
      seconds,
      median: middle,
      ratio: index === 0 ? null : ours / middle,
      ...(bytes > 0 && { MBperSecond: bytes / 1e6 / middle }),
      ...quality('inertia'),
      ...quality('logLoss'),
    };
  });
  return { stage, contestants };
}

/** The whole app on this file, by the terminal run: its own seconds by stage and the tab's peak memory. */
function runWholeApp(/** @type {string} */ file, /** @type {string} */ folder) {
  console.error('  the whole app');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'test/terminal/segment.mjs'), file, '--out', folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the app could not finish: ${stderr.trim().split('\n').at(-1)}`);
  const { stages, peakMemoryMB, backend } = JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8'));
  return { backend, stages, peakMemoryMB };
}

/** All stages on one file. @param {string} url @param {string} file @param {string} folder */
async function measureStages(url, file, folder) {
  const native = await findNativePeers();
  const browser = await launchBrowser();
  try {
    const tab = browser.context.pages()[0] ?? (await browser.context.newPage());
    await tab.goto(url);
    await tab.waitForFunction(() => 'bench' in globalThis);
    await tab.evaluate('bench.ready');
    await tab.setInputFiles('#files', file, { timeout: 0 });
    /** @type {(call: string) => (repeat: number) => Promise<Measure>} */
    const inPage = (call) => (repeat) => tab.evaluate(`bench.${call.replace('SEED', String(repeat))}`);
    const bytes = statSync(file).size;
    /** @type {Result[]} */
    const results = [];
    results.push(
      await compete(
        'reading',
        [
          { name: 'Coterie', run: inPage('read()') },
          { name: 'papaparse 5.7.1, into rows', run: inPage('papaparse(false)') },
          { name: 'papaparse 5.7.1, into columns', run: inPage('papaparse(true)') },
          ...native.read.map(({ name, run }) => ({ name, run: () => run(file) })),
        ],
        bytes,
      ),
    );
    const shape = /** @type {{ nCustomers: number, nFeatures: number, nTraining: number }} */ (
      await tab.evaluate('bench.load()')
    );
    for (const [stage, call] of [
      ['checking', 'check()'],
      ['features', 'features()'],
      ['rfm', 'rfm()'],
      ['segments, number chosen', 'segments()'],
      ['prediction, 3 origins', 'prediction()'],
    ])
      results.push(await compete(stage ?? '', [{ name: 'Coterie', run: inPage(call ?? '') }]));

    /** @param {'segments' | 'training'} which */
    const saveMatrix = async (which) => {
      const path = join(folder, `${which}.f64`);
      const text = /** @type {string} */ (await tab.evaluate(`bench.matrix('${which}')`));
      writeFileSync(path, Buffer.from(text, 'base64'));
      return path;
    };
    const columns = String(shape.nFeatures);
    const segmentRows = native.kmeans.length > 0 ? await saveMatrix('segments') : '';
    results.push(
      await compete('k-means, 5 clusters', [
        { name: 'Coterie', run: inPage('kmeans(SEED)') },
        { name: 'naive TensorFlow.js, best of 10', run: inPage('naiveKmeans(SEED)') },
        ...native.kmeans.map(({ name, run }) => ({
          name,
          run: (/** @type {number} */ repeat) => run(segmentRows, columns, String(repeat)),
        })),
      ]),
    );
    const trainingRows = native.logistic.length > 0 ? await saveMatrix('training') : '';
    results.push(
      await compete('training, logistic', [
        { name: 'Coterie', run: inPage('logistic(SEED)') },
        { name: 'naive TensorFlow.js, 200 Adam steps', run: inPage('naiveLogistic()') },
        ...native.logistic.map(({ name, run }) => ({ name, run: () => run(trainingRows, columns) })),
      ]),
    );
    return { bytes, ...shape, browser: browser.context.browser()?.version() ?? '', results };
  } finally {
    await browser.close();
  }
}

function print(
  /** @type {number} */ nLines,
  /** @type {Awaited<ReturnType<typeof measureStages>>} */ measured,
  /** @type {ReturnType<typeof runWholeApp>} */ app,
) {
  const seconds = app.stages.reduce(
    (/** @type {number} */ sum, /** @type {Measure} */ stage) => sum + stage.seconds,
    0,
  );
  console.log(
    `\n${nLines.toLocaleString('en-US')} order lines, ${(measured.bytes / 1e6).toFixed(1)} MB, ` +
      `${measured.nCustomers.toLocaleString('en-US')} customers, ${measured.nFeatures} features`,
  );
  console.log('Medians; the ratio is our time to theirs: below 1 we are faster.');
  for (const { stage, contestants } of measured.results)
    for (const { name, median, ratio, MBperSecond, inertia, logLoss } of contestants)
      console.log(
        [
          (ratio === null ? stage : '').padEnd(26),
          name.padEnd(38),
          `${median.toFixed(3)} s`.padStart(10),
          (MBperSecond ? `${MBperSecond.toFixed(0)} MB/s` : '').padStart(10),
          (ratio === null ? '' : `${ratio.toFixed(2)}x`).padStart(8),
          inertia ? `  inertia ${inertia.toFixed(1)}` : '',
          logLoss ? `  log-loss ${logLoss.toFixed(5)}` : '',
        ].join(' '),
      );
  console.log(
    `whole app in one tab: ${seconds.toFixed(1)} s in all its stages, peak memory ${app.peakMemoryMB ?? '?'} MB`,
  );
}

/** @param {number} nLines @param {Awaited<ReturnType<typeof measureImport>>} found */
function printImport(nLines, found) {
  const { check } = found;
  console.log(
    `\n${nLines.toLocaleString('en-US')} wide order lines, ${(found.bytes / 1e6).toFixed(1)} MB, onto the disk: ` +
      `${found.seconds.toFixed(2)} s, ${found.MBperSecond.toFixed(0)} MB/s; papaparse alone into rows ` +
      `${found.papaparseSeconds.toFixed(2)} s: ${found.ratio.toFixed(2)}x`,
  );
  const { importCpuMs, checkCpuMs } = found.longestTask;
  const over50 = (/** @type {number} */ ms) => (ms > 0 ? `longest ${ms.toFixed(0)} ms` : 'none over 50 ms');
  console.log(
    `tasks of the page: ${over50(found.longestTaskMs)}, at most ${importCpuMs.toFixed(0)} ms of processor time; ` +
      `Cancel answers in ${found.cancelMs?.toFixed(0) ?? '?'} ms, peak memory ${found.peakMemoryMB ?? '?'} MB`,
  );
  console.log(
    `opened in ${check.openSeconds.toFixed(1)} s, checked in ${check.seconds.toFixed(1)} s; tasks of the page: ` +
      `${over50(check.longestTaskMs)}, at most ${checkCpuMs.toFixed(0)} ms of processor time; ` +
      `peak memory ${found.peakWithCheckMB ?? '?'} MB`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'coterie-bench-'));
try {
  const built = join(folder, 'page');
  console.error('Building the bench');
  await build({
    root: page,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      outDir: built,
      rolldownOptions: { input: ['index.html', 'models.html'].map((name) => join(page, name)) },
    },
  });
  const server = await preview({
    root: page,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: built },
    preview: { port: await freePort(), strictPort: true },
  });
  const url = server.resolvedUrls?.local[0] ?? '';
  const sizes = [];
  const nLinesAll = values.models ? [] : values.lines.split(',').map(Number);
  for (const nLines of nLinesAll) {
    console.error(`${nLines} order lines`);
    const file = join(folder, 'orders.csv');
    await writeOrders(file, nLines, true);
    const imported = await measureImport(url, file, repeats);
    printImport(nLines, imported);
    if (values['import-only']) {
      sizes.push({ nLines, imported });
      continue;
    }
    await writeOrders(file, nLines, false);
    const app = runWholeApp(file, folder);
    const measured = await measureStages(url, file, folder);
    print(nLines, measured, app);
    sizes.push({ nLines, imported, ...measured, app });
  }
  const ofModels = values.models
    ? await measureModels(`${url}models.html`, Number(values.customers), Number(values.features), folder)
    : null;
  if (ofModels) printModels(ofModels);
  let large = null;
  if (values.large) {
    const file = join(folder, 'large.csv');
    await writeOrders(file, largeLines, true);
    large = await measureLargeImport(url, file);
    console.log(
      `\n${(large.bytes / 1e9).toFixed(2)} GB onto the disk: ${large.seconds.toFixed(1)} s, ` +
        `peak memory ${large.peakMemoryMB ?? '?'} MB`,
    );
  }
  await server.close();
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, repeats, sizes, models: ofModels, large }, null, 2)}\n`,
  );
  console.error(`Saved ${values.json}`);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
