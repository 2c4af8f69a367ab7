import * as Comlink from 'comlink';
import { collect, type Loaded, loadTables } from '../src/core/1-collect/collect';
import type { Resume } from '../src/core/1-collect/blocks';
import type { Collected, CollectSettings, FileCheck } from '../src/core/1-collect/collected';
import { createMinimiser, type PersonalChoice } from '../src/core/1-collect/minimise';
import { diffTables, rowKeys, type TableDiff } from '../src/core/1-collect/refresh';
import { type Figure, trace } from '../src/core/1-collect/trace';
import { packBlock, unpackLevels, unpackTable } from '../src/core/1-collect/block-bytes';
import type {
  Dialect,
  FileReading,
  PackedBlock,
  RawBlock,
  StoredTable,
} from '../src/core/1-collect/raw-table';
import type { FeatureSet, FeatureTable, LabelledTable } from '../src/core/2-features/feature-table';
import { buildFeatures } from '../src/core/2-features/features';
import { buildPredictionInput } from '../src/core/2-features/prediction-input';
import { sampleCompanies, type SampleKind } from '../src/core/samples/registry';
import { AppError } from '../src/core/kit/errors';
import { previewFile } from './preview-file';
import { readFile, sniffFile } from './read-file';
import { createWriteBehind } from './write-behind';

/** Where a cut-off reading goes on, with the blocks that are stored. */
type StoredPart = Omit<Resume, 'levels' | 'nBlocks'> & { blocks: Uint8Array[] };
const noKey = new Uint8Array(0);

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
    stored: StoredPart | null,
    onBlock: (block: PackedBlock) => Promise<void>,
    onProgress: (p: { rows: number; bytes: number; totalBytes: number }) => void,
    privacy: { choices: PersonalChoice[]; key: Uint8Array } | null = null,
  ) {
    const { blocks, ...rest } = stored ?? { blocks: [] };
    const resume = stored && { ...rest, nBlocks: blocks.length, levels: unpackLevels(blocks) };
    const minimiser = createMinimiser(privacy?.choices ?? [], privacy?.key ?? noKey, resume as Resume | null);
    const behind = createWriteBehind((block: PackedBlock) =>
      onBlock(Comlink.transfer(block, [block.bytes.buffer])),
    );
    const store = (block: RawBlock) => behind.write(packBlock(minimiser.block(block)));
    const reading = await readFile(file, dialect, minimiser.resume, store, onProgress);
    await behind.settle();
    return minimiser.reading(reading);
  },

  load(tables: StoredTable[], readings: FileReading[]): void {
    loaded = loadTables(tables.map(unpackTable), readings);
    collected = null;
  },

  check(settings: CollectSettings) {
    if (!loaded) throw new AppError('NothingLoaded');
    const found = collect(loaded, settings);
    collected = found.collected;
    return found.check;
  },

  customerIds: () => checked().customerIds,

  consents: () => checked().consents ?? [],

  /** Compares stored tables from before a refresh (null = none) with the loaded ones, by what tells their rows apart. */
  diff: (before: (StoredTable | null)[], files: FileCheck[]): (TableDiff | null)[] =>
    before.map(
      (table, i) => table && diffTables(unpackTable(table), loaded!.tables[i]!, rowKeys(files[i]!)),
    ),

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

  sample(kind: SampleKind, seed: number) {
    const encoder = new TextEncoder();
    const files = sampleCompanies[kind](seed).files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }));
    return Comlink.transfer(
      { files },
      files.map((file) => file.bytes.buffer),
    );
  },
};

export type CollectionApi = typeof api;

Comlink.expose(api);
