import * as Comlink from 'comlink';
import { readFile as readInWorkers } from '../../../src/bridge/read-file';
import { WorkerClient } from '../../../src/bridge/worker-client';
import { collection, models } from '../../../src/bridge/workers';
import type { FeatureTable, PredictionInput } from '../../../src/core/2-features/feature-table';
import type { StoredTable } from '../../../src/core/1-collect/raw-table';
import { cancelImport, checkFile, importFile } from './import-bench';
import type { PeersApi } from './peers.worker';
import peersSource from './peers.worker.ts?source';

const peers = new WorkerClient<PeersApi>('peers', async () => peersSource);
const dayMs = 86_400_000;
const ignore = Comlink.proxy(() => {});

let table: FeatureTable;
let input: PredictionInput;
let asOf: number;

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number }> {
  const start = performance.now();
  await work();
  return { seconds: (performance.now() - start) / 1000 };
}

const chosenFile = () => document.querySelector('input')!.files![0]!;

/** Sniffs and reads the file in the app's own worker; the blocks come to the page and are dropped. */
async function readFile(keep?: (bytes: Uint8Array) => void) {
  const file = chosenFile();
  const dialect = await collection.call((api) => api.sniff(file));
  return readInWorkers(
    collection,
    file,
    dialect,
    {
      stored: null,
      place: { database: null, projectId: '', file: 0, dialect },
      onBlock: async ({ bytes }) => keep?.(bytes),
      onProgress() {},
      privacy: null,
    },
    new AbortController().signal,
  );
}

const bench = {
  ready: Promise.all([
    collection.call((api) => api.customerIds()).catch(() => []),
    peers.call((api) => api.start()),
  ]),

  importFile: () => importFile(chosenFile()),
  checkFile: () => checkFile(chosenFile()),
  cancelImport: () => cancelImport(chosenFile()),
  read: () => timed(() => readFile()),
  papaparse: (toColumns: boolean) => peers.call((api) => api.papaparse(chosenFile(), toColumns)),

  /** Reads once more and keeps it: what the measures below work on. */
  async load() {
    const blocks: Uint8Array[] = [];
    const reading = await readFile((bytes) => blocks.push(bytes));
    const { fileName, columnNames, rowsRead, refusedCount } = reading;
    const nRows = rowsRead - refusedCount;
    const raw: StoredTable = { fileName, nRows, hasHeader: true, refusedRows: [], columnNames, blocks };
    await collection.call((api) => api.load([raw], [reading]));
    const check = await this.check();
    table = await collection.call((api) => api.features(asOf, 'all'));
    input = await collection.call((api) =>
      api.predictionInput({
        target: { kind: 'churn' },
        horizonDays: 90,
        nOrigins: 3,
        asOf,
        set: 'all',
        splitRule: null,
        seed: 42,
      }),
    );
    const shape = await peers.call((api) => api.load(table, input.finalTrain[0]!));
    return { ...shape, rows: nRows, checkSeconds: check.seconds };
  },

  check: () =>
    timed(async () => {
      const check = await collection.call((api) => api.check({ refunds: 'net', decisions: [], answers: [] }));
      asOf = Date.parse(check.totals.to!) + dayMs;
    }),
  features: () => timed(() => collection.call((api) => api.features(asOf, 'all'))),
  rfm: () => timed(() => models.call((api) => api.rfm(table, { cuts: { kind: 'quantile' }, names: [] }))),
  segments: () =>
    timed(() =>
      models.call((api) => api.segment(table, { algorithm: 'kmeans', nClusters: 'auto', seed: 42 }, ignore)),
    ),
  prediction: () => timed(() => models.call((api) => api.predict(input, { seed: 42 }, ignore))),

  kmeans: (seed: number) => peers.call((api) => api.kmeans(seed)),
  naiveKmeans: (seed: number) => peers.call((api) => api.naiveKmeans(seed)),
  logistic: (seed: number) => peers.call((api) => api.logistic(seed)),
  naiveLogistic: () => peers.call((api) => api.naiveLogistic()),

  /** The matrix that k-means or the training sees, for peers outside of the browser. */
  async matrix(which: 'segments' | 'training') {
    const bytes = await peers.call((api) => api.matrix(which));
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768)
      text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  },
};

export type Bench = typeof bench;
Object.assign(globalThis, { bench });
