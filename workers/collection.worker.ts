import * as Comlink from 'comlink';
import { collect, type Loaded, loadTables } from '../src/core/1-collect/collect';
import type { Resume } from '../src/core/1-collect/blocks';
import type { Collected, CollectSettings, FileCheck } from '../src/core/1-collect/collected';
import { createMinimiser, type PersonalChoice } from '../src/core/1-collect/minimise';
import { diffTables, rowKeys, type TableDiff } from '../src/core/1-collect/refresh';
import { dateColumn, olderRows, withoutRows } from '../src/core/1-collect/retention';
import { tellSaid } from '../src/core/1-collect/said';
import { type Figure, trace } from '../src/core/1-collect/trace';
import { packBlock, unpackLevels, unpackTable } from '../src/core/1-collect/block-bytes';
import type {
  Dialect,
  FileReading,
  PackedBlock,
  RawBlock,
  RawTable,
  StoredTable,
} from '../src/core/1-collect/raw-table';
import type { FeatureSet, FeatureTable, LabelledTable } from '../src/core/2-features/feature-table';
import { listFeatures } from '../src/core/2-features/feature-list';
import {
  buildLaterOutcomes,
  buildOutcomeInput,
  type LaterOptions,
  type OutcomeChoice,
} from '../src/core/2-features/later-outcomes';
import { buildFeatures } from '../src/core/2-features/features';
import type { FormulaDefinition } from '../src/core/2-features/formula/define-formula';
import { buildEarlierTables } from '../src/core/2-features/look-back';
import { markRead } from '../src/core/2-features/transforms/encode-input';
import { listCategories, previewTransforms } from '../src/core/2-features/transforms/preview-transforms';
import type { ChosenTransforms } from '../src/core/2-features/transforms/registry';
import type { RuleSegment } from '../src/core/2-features/rule/own-segments';
import type { Rule } from '../src/core/2-features/rule/rule';
import { writeFormula } from '../src/core/2-features/formula/write-formula';
import { buildPredictionInput, buildScoreTable } from '../src/core/2-features/prediction-input';
import { buildValueInput } from '../src/core/2-features/purchase-history';
import { sampleCompanies, type SampleKind } from '../src/core/samples/registry';
import { AppError } from '../src/core/kit/errors';
import { releaseBytes } from '../src/core/kit/release-bytes';
import { openBlocks } from '../src/storage/fetch-blocks';
import { createRuleDesk, type RuleFrame } from './rule-desk';
import { previewFile } from './preview-file';
import { readFile, sniffFile } from './read-file';
import type { DiskPort } from './disk.worker';
import { unpackFile } from './unpack-file';
import { createWriteBehind } from './write-behind';

/** Where a cut-off reading goes on, with the blocks that are stored. */
type StoredPart = Omit<Resume, 'levels' | 'nBlocks'> & { blocks: Uint8Array[] };
type Privacy = { choices: PersonalChoice[]; key: Uint8Array };

let loaded: Loaded | null = null;
let collected: Collected | null = null;
let rules: ReturnType<typeof createRuleDesk> | null = null;

const checked = (): Collected => {
  if (!collected) throw new AppError('NothingLoaded');
  return collected;
};

const ruleDesk = () => (rules ??= createRuleDesk(checked()));

const tableBuffers = (table: FeatureTable): ArrayBuffer[] => [
  table.customers.buffer as ArrayBuffer,
  ...table.features.map((feature) => feature.values.buffer as ArrayBuffer),
];

/** Everything moves, nothing is copied; a table that serves twice moves once. */
const send = <T>(value: T, tables: FeatureTable[], labels: Uint8Array[] = []): T =>
  Comlink.transfer(value, [
    ...new Set([...tables.flatMap(tableBuffers), ...labels.map((label) => label.buffer as ArrayBuffer)]),
  ]);

/** The buffers of typed columns, however deep they stand. */
const columnBuffers = (record: object): ArrayBuffer[] =>
  Object.values(record).flatMap((field: unknown) =>
    ArrayBuffer.isView(field)
      ? [field.buffer as ArrayBuffer]
      : typeof field === 'object' && field !== null
        ? columnBuffers(field)
        : [],
  );

function minimiserFor(stored: StoredPart | null, privacy: Privacy | null) {
  const { blocks, ...rest } = stored ?? { blocks: [] };
  const resume = stored && { ...rest, nBlocks: blocks.length, levels: unpackLevels(blocks) };
  return createMinimiser(privacy?.choices ?? [], privacy?.key ?? new Uint8Array(0), resume as Resume | null);
}

const openTable = (table: StoredTable): Promise<RawTable> =>
  unpackTable({ ...table, blocks: openBlocks(table) }, releaseBytes);

const api = {
  sniff: sniffFile,

  unpack: unpackFile,

  preview: previewFile,

  /** What `privacy` says is hashed or left out is gone before anything goes to the worker at the other end of `port`, which reads and stores. */
  async readFile(
    file: File,
    dialect: Dialect,
    stored: StoredPart | null,
    port: MessagePort,
    onProgress: (p: { rows: number; bytes: number; totalBytes: number }) => void,
    privacy: Privacy | null = null,
  ) {
    const disk = Comlink.wrap<DiskPort>(port);
    const minimiser = minimiserFor(stored, privacy);
    const behind = createWriteBehind((block: RawBlock) =>
      disk.store(Comlink.transfer(block, columnBuffers(block))),
    );
    const store = (block: RawBlock) => behind.write(minimiser.block(block));
    try {
      const reading = await readFile(file, dialect, minimiser.resume, store, onProgress, disk.read);
      await behind.settle();
      return minimiser.reading(reading);
    } finally {
      disk[Comlink.releaseProxy]();
    }
  },

  /** What was loaded before goes first: there is no room for both. */
  async load(tables: StoredTable[], readings: FileReading[]): Promise<void> {
    loaded = null;
    collected = null;
    rules = null;
    const unpacked: RawTable[] = [];
    for (const table of tables) unpacked.push(await openTable(table));
    loaded = loadTables(unpacked, readings);
  },

  /** What was checked before goes first, likewise. */
  check(settings: CollectSettings) {
    if (!loaded) throw new AppError('NothingLoaded');
    collected = null;
    rules = null;
    const found = collect(loaded, settings);
    collected = found.collected;
    return found.check;
  },

  customerIds: () => checked().customerIds,

  said: () => tellSaid(checked()),

  /** Compares stored tables from before a refresh (null = none) with the loaded ones, by what tells their rows apart. */
  diff: (before: (StoredTable | null)[], files: FileCheck[]): Promise<(TableDiff | null)[]> =>
    Promise.all(
      before.map(
        async (table, i) =>
          table && diffTables(await openTable(table), loaded!.tables[i]!, rowKeys(files[i]!)),
      ),
    ),

  trace: (figure: Figure, offset: number, limit: number) =>
    trace(
      checked(),
      loaded!.readings.map(({ fileName }) => fileName),
      figure,
      offset,
      limit,
    ),

  /** How many rows of each file are older than the instant given for it; null = not asked, or the file has no dates. */
  countOlder: (files: FileCheck[], before: (number | null)[]): (number | null)[] =>
    files.map((file, i) => {
      const limit = before[i] ?? null;
      if (limit === null || dateColumn(file) < 0) return null;
      return olderRows(loaded!.profiles[i]!, file, limit).reduce((n, isOlder) => n + isOlder, 0);
    }),

  /** One loaded file without its rows older than `before`, block by block, and what a reading of it would have found. */
  async withoutOlder(
    file: FileCheck,
    index: number,
    before: number,
    onBlock: (block: PackedBlock) => Promise<void>,
  ): Promise<FileReading> {
    const { tables, profiles, readings } = loaded!;
    const table = tables[index]!;
    let rowsRead = 0;
    for (const block of withoutRows(table, olderRows(profiles[index]!, file, before))) {
      await onBlock(packBlock(block));
      rowsRead += block.nRows;
    }
    const columnNames = table.columns.map(({ name }) => name);
    return { ...readings[index]!, rowsRead, columnNames, refusedCount: 0, refused: [], blankRows: [] };
  },

  features(
    asOf: number | null,
    set: FeatureSet,
    formulas: FormulaDefinition[] = [],
    transforms: ChosenTransforms = [],
  ) {
    const table = markRead(buildFeatures(checked(), asOf, set, formulas), transforms);
    return send(table, [table]);
  },

  listFeatures: (asOf: number | null, formulas: FormulaDefinition[]) =>
    listFeatures(checked(), asOf, formulas),

  listCategories: (asOf: number | null) => listCategories(checked(), asOf),

  /** What every way to read a trait would make of it. */
  previewTransforms: (trait: string, options: Parameters<typeof buildPredictionInput>[1]) =>
    previewTransforms(checked(), trait, options),

  /** A person's formula read against the features there are; `previous` is the one that it replaces. */
  defineFormula(
    label: string,
    text: string,
    formulas: FormulaDefinition[],
    previous: FormulaDefinition | null,
  ) {
    return writeFormula(checked(), { label, text, previous }, formulas);
  },

  countRule: (rule: Rule, frame: RuleFrame) => ruleDesk().count(rule, frame),

  readRule: (sentence: string, frame: RuleFrame) => ruleDesk().read(sentence, frame),

  ruleChoices: (frame: RuleFrame) => ruleDesk().choices(frame),

  summariseTrait: (feature: string, frame: RuleFrame) => ruleDesk().summarise(feature, frame),

  ruleMembers: (rule: Rule, frame: RuleFrame) => ruleDesk().members(rule, frame),

  tellRuleSegments: (segments: RuleSegment[], frame: RuleFrame) => ruleDesk().tell(segments, frame),

  oneSegmentEach: (segments: RuleSegment[], frame: RuleFrame) => ruleDesk().oneEach(segments, frame),

  growthByRules: (
    segments: Parameters<ReturnType<typeof createRuleDesk>['lookBack']>[0],
    frame: RuleFrame,
    stepDays: number,
  ) => ruleDesk().lookBack(segments, frame, stepDays),

  /** The traits of segments as of the end and of earlier dates. */
  earlierTables(options: Parameters<typeof buildEarlierTables>[1]) {
    const input = buildEarlierTables(checked(), options);
    return send(input, input.tables);
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

  /** What everybody is scored by, as of the end. */
  scoreTable(options: Parameters<typeof buildScoreTable>[1]) {
    const table = buildScoreTable(checked(), options);
    return send(table, [table]);
  },

  /** What lifetime value is learned from; null without dated orders. */
  valueInput(asOf: number) {
    const input = buildValueInput(checked(), asOf);
    return input && Comlink.transfer(input, columnBuffers(input));
  },

  laterOutcomes(options: LaterOptions) {
    const input = buildLaterOutcomes(checked(), options);
    return send(input, [input.table]);
  },

  outcomeInput(choice: OutcomeChoice, options: LaterOptions) {
    const input = buildOutcomeInput(checked(), choice, options);
    return send(input, [input.table]);
  },

  sample(kind: SampleKind, seed: number) {
    const encoder = new TextEncoder();
    const { files, groups, dirt, truth } = sampleCompanies[kind](seed);
    const encoded = files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }));
    const sizes = groups.map((_, g) => truth.filter(({ group }) => group === g).length);
    const hidden = { groups: groups.map((group, g) => ({ ...group, size: sizes[g]! })), dirt };
    return Comlink.transfer(
      { files: encoded, hidden },
      encoded.map((file) => file.bytes.buffer),
    );
  },
};

export type CollectionApi = typeof api;

Comlink.expose(api);
