import * as Comlink from 'comlink';
import { collect, type Loaded, loadTables } from '../src/core/1-collect/collect';
import type { Resume } from '../src/core/1-collect/blocks';
import type { Collected, CollectSettings } from '../src/core/1-collect/collected';
import { createMinimiser, type PersonalChoice } from '../src/core/1-collect/minimise';
import { type Figure, trace } from '../src/core/1-collect/trace';
import type { Dialect, FileReading, RawBlock, RawTable } from '../src/core/1-collect/raw-table';
import type { FeatureSet, FeatureTable, LabelledTable } from '../src/core/2-features/feature-table';
import { buildFeatures } from '../src/core/2-features/features';
import { buildPredictionInput } from '../src/core/2-features/prediction-input';
import { sampleShop } from '../src/core/samples/shop';
import { AppError } from '../src/core/kit/errors';
import { previewFile } from './preview-file';
import { readFile, sniffFile } from './read-file';

let loaded: Loaded | null = null;
let collected: Collected | null = null;

const checked = (): Collected => {
  if (!collected) throw new AppError('NothingLoaded');
  return collected;
};

const tableBuffers = (table: FeatureTable): ArrayBuffer[] => [
  table.customers.buffer as ArrayBuffer,
  ...table.features.map((feature) => feature.values.buffer as ArrayBuffer),
];

/** Everything moves, nothing is copied; a table that serves twice moves once. */
const send = <T>(value: T, tables: FeatureTable[], labels: Uint8Array[] = []): T =>
  Comlink.transfer(value, [
    ...new Set([...tables.flatMap(tableBuffers), ...labels.map((label) => label.buffer as ArrayBuffer)]),
  ]);

const api = {
  sniff: sniffFile,

  preview: previewFile,

  /** What `privacy` says is hashed or left out never gets as far as `onBlock`. */
  async readFile(
    file: File,
    dialect: Dialect,
    resume: Resume | null,
    onBlock: (block: RawBlock) => Promise<void>,
    onProgress: (p: { rows: number; bytes: number; totalBytes: number }) => void,
    privacy: { choices: PersonalChoice[]; key: Uint8Array } | null = null,
  ) {
    if (!privacy) return readFile(file, dialect, resume, onBlock, onProgress);
    const minimiser = createMinimiser(privacy.choices, privacy.key, resume);
    const store = (block: RawBlock) => onBlock(minimiser.block(block));
    return minimiser.reading(await readFile(file, dialect, minimiser.resume, store, onProgress));
  },

  load(tables: RawTable[], readings: FileReading[]): void {
    loaded = loadTables(tables, readings);
    collected = null;
  },

  check(settings: CollectSettings) {
    if (!loaded) throw new AppError('NothingLoaded');
    const found = collect(loaded, settings);
    collected = found.collected;
    return found.check;
  },

  customerIds: () => checked().customerIds,

  trace: (figure: Figure, offset: number, limit: number) =>
    trace(
      checked(),
      loaded!.readings.map(({ fileName }) => fileName),
      figure,
      offset,
      limit,
    ),

  features(asOf: number | null, set: FeatureSet) {
    const table = buildFeatures(checked(), asOf, set);
    return send(table, [table]);
  },

  predictionInput(options: Parameters<typeof buildPredictionInput>[1]) {
    const input = buildPredictionInput(checked(), options);
    const labelled: LabelledTable[] = [
      ...input.origins.flatMap((o) => [...o.train, o.test]),
      ...input.finalTrain,
    ];
    const tables = [...labelled.map((l) => l.table), input.score];
    return send(
      input,
      tables,
      labelled.map((l) => l.label),
    );
  },

  sample(_kind: 'shop', seed: number) {
    const encoder = new TextEncoder();
    const files = sampleShop(seed).files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }));
    return Comlink.transfer(
      { files },
      files.map((file) => file.bytes.buffer),
    );
  },
};

export type CollectionApi = typeof api;

Comlink.expose(api);
