import * as Comlink from 'comlink';
import { WorkerClient } from '../../../src/bridge/worker-client';
import { collection, models } from '../../../src/bridge/workers';
import type { FeatureTable, PredictionInput } from '../../../src/core/2-features/feature-table';
import type { RawBlock, RawTable } from '../../../src/core/1-collect/raw-table';
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
async function readFile(keep?: (block: RawBlock) => void) {
  const file = chosenFile();
  const dialect = await collection.call((api) => api.sniff(file));
  const onBlock = Comlink.proxy(async (block: RawBlock) => keep?.(block));
  return collection.call((api) => api.readFile(file, dialect, null, onBlock, ignore));
}

/** Puts the blocks together as storage would. */
function tableOf(blocks: RawBlock[], names: string[], fileName: string): RawTable {
  const nRows = blocks.reduce((sum, block) => sum + block.nRows, 0);
  const columns = names.map((name, c) => {
    const levels = blocks.flatMap((block) => block.columns[c]!.newLevels);
    const codes = new Uint32Array(nRows);
    let at = 0;
    for (const block of blocks) {
      codes.set(block.columns[c]!.codes, at);
      at += block.nRows;
    }
    return { name, levels, codes };
  });
  return { fileName, nRows, hasHeader: true, refusedRows: [], columns };
}

const bench = {
  ready: Promise.all([
    collection.call((api) => api.customerIds()).catch(() => []),
    peers.call((api) => api.start()),
  ]),

  read: () => timed(() => readFile()),
  papaparse: (toColumns: boolean) => peers.call((api) => api.papaparse(chosenFile(), toColumns)),

  /** Reads once more and keeps it: what the measures below work on. */
  async load() {
    const blocks: RawBlock[] = [];
    const reading = await readFile((block) => blocks.push(block));
    const raw = tableOf(blocks, reading.columnNames, reading.fileName);
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
    return { ...shape, rows: raw.nRows, checkSeconds: check.seconds };
  },

  check: () =>
    timed(async () => {
      const check = await collection.call((api) => api.check({ refunds: 'net', decisions: [], answers: [] }));
      asOf = Date.parse(check.totals.to!) + dayMs;
    }),
  features: () => timed(() => collection.call((api) => api.features(asOf, 'all'))),
  rfm: () => timed(() => models.call((api) => api.rfm(table))),
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
