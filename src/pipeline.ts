import * as Comlink from 'comlink';
import type { CollectionApi } from '../workers/collection.worker';
import type { ModelsApi } from '../workers/models.worker';
import type { WorkerClient } from './bridge/worker-client';
import type { CollectSettings, DataCheck } from './core/1-collect/collected';
import type { Dialect, FileReading } from './core/1-collect/raw-table';
import type { FeatureSet, FeatureTable, PredictionInput, Target } from './core/2-features/feature-table';
import type { Prediction, RfmResult, Segmentation } from './core/3-models/results';
import type { ProjectManifest, Store } from './storage/store';

/** What the route runs on: where data rests, and the two workers that do the work. */
export type Engine = {
  store: Store;
  collection: WorkerClient<CollectionApi>;
  models: WorkerClient<ModelsApi>;
};

/** What the person chose for segments and predictions. `asOf` is an ISO day; null = the day after the last order. */
export type Analysis = {
  asOf: string | null;
  features: FeatureSet;
  algorithm: 'kmeans';
  nClusters: 'auto' | number;
  seed: number;
  target: Target;
  horizonDays: number;
  nOrigins: number;
  splitRule: string | null;
};

export const defaultAnalysis: Analysis = {
  asOf: null,
  features: 'all',
  algorithm: 'kmeans',
  nClusters: 'auto',
  seed: 42,
  target: { kind: 'churn' },
  horizonDays: 90,
  nOrigins: 3,
  splitRule: null,
};

/** How a step tells the page where it is, and how the page stops it. `rows` and seconds go into the receipt. */
export type Step = {
  signal: AbortSignal;
  report(stage: string, fraction: number, note?: string): void;
  finished(stage: string, seconds: number, rows: number): void;
};

const dayMs = 86_400_000;

/**
 * The whole route of the data: files -> stored columns -> checked tables -> features as of a date -> segments ->
 * predictions tested on later dates. Each step below can also be taken alone; the screens do.
 */
export async function runRoute(
  engine: Engine,
  project: ProjectManifest,
  files: File[],
  settings: CollectSettings,
  analysis: Analysis,
  step: Step,
) {
  await importFiles(engine, project, files, step);
  const check = await checkProject(engine, project.id, settings, step);
  const segments = await findSegments(engine, project.id, settings, check, analysis, step);
  const prediction = await predictOutcome(engine, project.id, settings, check, analysis, step);
  return { check, ...segments, prediction };
}

/** Reads every file into storage, block by block; what an earlier, broken import stored is not read again. */
export async function importFiles(
  { store, collection }: Engine,
  project: ProjectManifest,
  files: File[],
  step: Step,
  dialects: (Dialect | null)[] = [],
): Promise<void> {
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  const progress = await store.importProgress(project.id);
  let bytesBefore = 0;
  for (const [index, file] of files.entries()) {
    const stage = `Reading ${file.name}`;
    const done = timed(step, stage);
    const earlier = progress[index];
    const dialect =
      dialects[index] ?? earlier?.dialect ?? (await collection.call((api) => api.sniff(file), step.signal));
    let columnNames: string[] = [];
    const onBlock = Comlink.proxy(async (block: Parameters<Store['putBlock']>[4], names: string[]) => {
      columnNames = names;
      await store.putBlock(project.id, index, dialect, names, block);
    });
    const onProgress = Comlink.proxy((p: { rows: number; bytes: number; totalBytes: number }) => {
      const fraction = totalBytes ? (bytesBefore + Math.min(p.bytes, file.size)) / totalBytes : 1;
      step.report(stage, fraction, `${p.rows.toLocaleString()} rows`);
    });
    const resume = earlier && earlier.nBlocks > 0 ? earlier : null;
    const reading = await collection.call(
      (api) => api.readFile(file, dialect, resume, onBlock, onProgress),
      step.signal,
    );
    await store.finishFile(project.id, index, reading);
    bytesBefore += file.size;
    done(reading.rowsRead);
  }
  await store.finishImport(project.id, Date.now());
}
