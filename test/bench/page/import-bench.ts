import { collection, models } from '../../../src/bridge/workers';
import type { Engine, Step } from '../../../src/pipeline';
import { importFiles } from '../../../src/pipeline-files';
import { openStore } from '../../../src/storage/store';

const project = { id: 'bench', name: 'Bench', isSample: false };
const noPrivacy = { key: new Uint8Array(0), choices: [] };
const cancelAfterMs = 400;

/** Notes the longest task of the page that took more than 50 ms, 0 when none did. */
export function watchMainThread() {
  let longest = 0;
  const note = (entries: PerformanceEntryList) => {
    for (const { duration } of entries) longest = Math.max(longest, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ entryTypes: ['longtask'] });
  return () => {
    note(observer.takeRecords());
    observer.disconnect();
    return longest;
  };
}

const quietStep = (signal: AbortSignal): Step => ({ signal, report() {}, finished() {} });

async function startImport(file: File): Promise<{ engine: Engine; run: (step: Step) => Promise<unknown> }> {
  const store = await openStore({ name: 'bench' });
  const engine: Engine = { store, collection, models, held: { tables: '', settings: '' } };
  const files = [{ fileName: file.name, bytes: file.size, lastModified: file.lastModified }];
  const manifest = await store.startImport({ ...project, now: 1 }, files);
  return { engine, run: (step) => importFiles(engine, manifest, [file], step, [], noPrivacy) };
}

/** The app's whole import of a file: sniffed, read, and every row on the disk. */
export async function importFile(file: File) {
  const { engine, run } = await startImport(file);
  await collection.call((api) => api.customerIds()).catch(() => {}); // the worker runs, as papaparse's does
  const stopWatching = watchMainThread();
  const start = performance.now();
  await run(quietStep(new AbortController().signal));
  const seconds = (performance.now() - start) / 1000;
  const longestTaskMs = stopWatching();
  const storedMB = (await engine.store.usage()).bytes / 1e6;
  await engine.store.wipe();
  return { seconds, longestTaskMs, storedMB };
}

/** An import as above, then the stored rows opened and checked; for the memory all of it takes. */
export async function checkFile(file: File) {
  const { engine, run } = await startImport(file);
  await run(quietStep(new AbortController().signal));
  const stopWatching = watchMainThread();
  const started = performance.now();
  const tables = await engine.store.readTables(project.id);
  const { files } = (await engine.store.readyManifest(project.id))!;
  const readings = files.map(({ reading }) => reading!);
  await collection.call((api) => api.load(tables, readings));
  const opened = performance.now();
  const check = await collection.call((api) => api.check({ refunds: 'net', decisions: [], answers: [] }));
  const checked = performance.now();
  const longestTaskMs = stopWatching();
  await engine.store.wipe();
  const { lines } = check.totals;
  return { openSeconds: (opened - started) / 1000, seconds: (checked - opened) / 1000, longestTaskMs, lines };
}

/** How long an import under way takes to end when it is cancelled, until the page can take the next thing. */
export async function cancelImport(file: File) {
  const { engine, run } = await startImport(file);
  const controller = new AbortController();
  const ended = run(quietStep(controller.signal)).then(
    () => 'finished',
    () => 'cancelled',
  );
  await new Promise((resolve) => setTimeout(resolve, cancelAfterMs));
  const start = performance.now();
  controller.abort();
  const outcome = await ended;
  if (outcome === 'cancelled') await engine.store.discardImport(project.id);
  const seconds = (performance.now() - start) / 1000;
  await engine.store.wipe();
  return { seconds, outcome };
}
