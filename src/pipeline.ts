import * as Comlink from 'comlink';
import type { CollectionApi } from '../workers/collection.worker';
import type { ModelsApi } from '../workers/models.worker';
import type { WorkerClient } from './bridge/worker-client';
import type { CollectSettings, DataCheck } from './core/1-collect/collected';
import type { Said } from './core/1-collect/said';
import type { Figure, Trace } from './core/1-collect/trace';
import type { FeatureTable, LabelledTable, PredictionInput } from './core/2-features/feature-table';
import type { ValueInput } from './core/2-features/purchase-history';
import type { Prediction } from './core/3-models/results/prediction';
import type { RfmResult } from './core/3-models/results/rfm-result';
import type { Segmentation } from './core/3-models/results/segmentation';
import type { ValueResult } from './core/3-models/results/value-result';
import { countTry, questionOf, triesOf, type Tries } from './core/governance/tries';
import { AppError } from './core/kit/errors';
import type { ExportPart } from './core/4-decisions/exports';
import { type Analysis, asOfInstant, scoredAt, targetOf } from './pipeline-analysis';
import type { ProjectManifest, Store } from './storage/manifest';

/** What the route runs on: where data rests, and the two workers that do the work. */
export type Engine = {
  store: Store;
  collection: WorkerClient<CollectionApi>;
  models: WorkerClient<ModelsApi>;
  /** What the collection worker holds: which stored tables, and the settings its canonical tables were built with. */
  held: {
    tables: string;
    settings: string;
    /** What the models worker looks at single customers with. */
    desk?: { starts: number; prediction: Prediction; segmentation: Segmentation | null };
  };
};

/** How a step tells the page where it is, and how the page stops it. `rows` and seconds go into the receipt. */
export type Step = {
  signal: AbortSignal;
  report(stage: string, fraction: number, note?: string): void;
  finished(stage: string, seconds: number, rows: number): void;
};

const rfmNames = new Set(['recency', 'frequency', 'monetary']);
const mostSegments = 50;

/** One project on its way: its stored rows, what the person settled and asked, and what it runs on. */
export type Work = {
  engine: Engine;
  project: ProjectManifest;
  settings: CollectSettings;
  analysis: Analysis;
  /** How each question was asked before. */
  tries: Tries;
  step: Step;
};

/** Where each answer goes as soon as it is there; every result's `customers` counts in `customerIds`. */
export type Show = {
  check(check: DataCheck): void;
  customers(ids: string[], said: Said): void;
  segments(found: { rfm: RfmResult | null; segmentation: Segmentation }): void;
  /** Too few customers, or nothing that differs between them. */
  noSegments(why: string): void;
  prediction(found: { prediction: Prediction; tries: Tries }): void;
  value(value: ValueResult): void;
};

/**
 * The whole route of the data: files -> stored columns -> checked tables -> features as of a date -> segments ->
 * predictions tested on later dates. It stops where the app must ask. The screens also take single steps.
 */
export async function runRoute(work: Work, show: Show, parts: readonly ExportPart[]): Promise<void> {
  const check = await checkProject(work);
  show.check(check);
  if (mustAsk(check) || isAboutNobody(check)) return;
  const { collection } = work.engine;
  const ids = await collection.call((api) => api.customerIds(), work.step.signal);
  show.customers(ids, await collection.call((api) => api.said(), work.step.signal));
  if (parts.includes('segments'))
    await findSegments(work, check).then(show.segments, (error: Error) => {
      if (!tooLittleToGroup.has(error.name)) throw error;
      show.noSegments(error.message);
    });
  if (parts.includes('predictions')) show.prediction(await predictOutcome(work, check));
  if (parts.includes('clv')) show.value(await valueCustomers(work, check));
}

const tooLittleToGroup = new Set(['TooFewCustomers', 'NothingToSegmentBy']);

/** True when no row names a customer: there is a check, and nobody to group. */
export const isAboutNobody = (check: DataCheck): boolean => check.totals.customers === 0;

/** True when nothing can be computed before the person has answered or changed something. */
const mustAsk = (check: DataCheck): boolean =>
  check.questions.length > 0 || check.issues.some((issue) => issue.severity === 'blocking');

/** Brings the project's stored columns into the collection worker, unless the very same ones are there already. */
export async function loadTables({ engine, project, step }: Work): Promise<void> {
  const { store, collection } = engine;
  const key = () => `${collection.starts}/${project.id}/${project.generation}`;
  if (engine.held.tables === key()) return;
  const done = timed(step, 'Opening the stored data');
  const tables = await store.readTables(project.id);
  const readings = project.files.map((file) => file.reading!);
  const held = tables.flatMap(({ blocks }) => (Array.isArray(blocks) ? blocks : []));
  const buffers = held.map((block) => block.buffer as ArrayBuffer);
  engine.held = { tables: '', settings: '' };
  await collection.call((api) => api.load(Comlink.transfer(tables, buffers), readings), step.signal);
  engine.held = { tables: key(), settings: '' };
  done(readings.reduce((sum, reading) => sum + reading.rowsRead, 0));
}

/** The data check: what each column is, what is wrong, what this data can and cannot answer. */
async function checkProject(work: Work): Promise<DataCheck> {
  const { engine, settings, step } = work;
  await loadTables(work);
  const done = timed(step, 'Checking the data');
  step.report('Checking the data', 0);
  engine.held.settings = '';
  const check = await engine.collection.call((api) => api.check(settings), step.signal);
  engine.held.settings = JSON.stringify(settings);
  requireColumns(settings, check);
  done(check.files.reduce((sum, file) => sum + file.rowsRead, 0));
  return check;
}

/** An answer about a column that no file has would be passed over in silence. */
function requireColumns({ answers }: CollectSettings, check: DataCheck) {
  const names = check.files.flatMap((file) => file.columns.map((column) => column.name));
  const known = new Set(names.map((name) => name.toLowerCase()));
  for (const { column } of answers)
    if (!known.has(column.toLowerCase().replace(/: (day|month) first$/, '')))
      throw new AppError('NoSuchColumn', column, names);
}

/** Makes sure the worker holds the canonical tables for these settings: a worker ended by Cancel has lost them. */
export async function ensureChecked(work: Work) {
  await loadTables(work);
  if (work.engine.held.settings !== JSON.stringify(work.settings)) await checkProject(work);
}

/** Features as of the chosen day, RFM where there are orders, and the groups found. */
export async function findSegments(
  work: Work,
  check: DataCheck,
): Promise<{ rfm: RfmResult | null; segmentation: Segmentation }> {
  const { engine, analysis, step } = work;
  if (typeof analysis.nClusters === 'number' && analysis.nClusters > mostSegments)
    throw new AppError('TooManySegments', analysis.nClusters, mostSegments);
  await ensureChecked(work);
  const featuresDone = timed(step, 'Working out the traits');
  step.report('Working out the traits', 0);
  const asOf = asOfInstant(analysis, check);
  const table = await readFeatures(work, check);
  featuresDone(table.customers.length);
  const hasOrders = asOf !== null;
  const rfm = hasOrders ? await rescore(work, asOf, Array.isArray(analysis.features) ? null : table) : null;
  const done = timed(step, 'Finding the groups');
  const segmentation = await engine.models.call(
    (api) =>
      api.segment(
        Comlink.transfer(table, tableBuffers(table)),
        { algorithm: analysis.algorithm, nClusters: analysis.nClusters, seed: analysis.seed },
        reportAs(step, 'Finding the groups'),
      ),
    step.signal,
  );
  done(segmentation.customers.length);
  return { rfm, segmentation };
}

/** Recency, frequency and spend scored; from a table that may lack them (null: one of their own is made). */
export async function rescore({ engine, analysis, step }: Work, asOf: number, table: FeatureTable | null) {
  const scored = table ?? (await engine.collection.call((api) => api.features(asOf, 'rfm', []), step.signal));
  // A copy is sent, of no more than is needed: the table itself goes on to be grouped.
  const features = scored.features.filter(({ definition }) => rfmNames.has(definition.name));
  return engine.models.call((api) => api.rfm({ ...scored, features }, analysis.rfm), step.signal);
}

/** A likelihood for every customer, learned on earlier dates and tested on later ones. */
export async function predictOutcome(
  work: Work,
  check: DataCheck,
): Promise<{ prediction: Prediction; tries: Tries }> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  const inputDone = timed(step, 'Going back to earlier dates');
  step.report('Going back to earlier dates', 0);
  const {
    horizonDays,
    nOrigins,
    features: set,
    splitRule,
    seed,
    formulas,
    knownBefore,
    transforms,
  } = analysis;
  const target = targetOf(analysis, check);
  const asOf = scoredAt(analysis, check);
  const input = await engine.collection.call(
    (api) =>
      api.predictionInput({
        target,
        horizonDays,
        nOrigins,
        asOf,
        set,
        splitRule,
        seed,
        formulas,
        knownBefore,
        transforms: transforms.predicting,
      }),
    step.signal,
  );
  inputDone(input.score.customers.length);
  const nTested = input.origins.reduce((sum, origin) => sum + origin.test.label.length, 0);
  const happened = target.kind === 'column' ? alreadySo(input) : null;
  const question = questionOf(input.target, horizonDays);
  const asked = [
    asOf,
    set,
    nOrigins,
    splitRule,
    seed,
    formulas,
    check.dataHash,
    ...knownBefore,
    ...transforms.predicting,
  ];
  const tries = countTry(work.tries, question, JSON.stringify(asked));
  const done = timed(step, 'Learning and testing');
  const prediction = await engine.models.call(
    (api) =>
      api.predict(
        Comlink.transfer(input, inputBuffers(input)),
        { seed, tries: triesOf(tries, question) },
        reportAs(step, 'Learning and testing'),
      ),
    step.signal,
  );
  done(nTested);
  return { prediction: { ...prediction, happened, encoders: input.encoders }, tries };
}

/** What each customer will be worth, when they will order next and how much they mind prices. */
export async function valueCustomers(work: Work, check: DataCheck): Promise<ValueResult> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  const done = timed(step, 'Valuing customers');
  step.report('Valuing customers', 0);
  const asOf = asOfInstant(analysis, check);
  const input =
    asOf === null ? null : await engine.collection.call((api) => api.valueInput(asOf), step.signal);
  const value = await engine.models.call(
    (api) =>
      api.value(
        input && Comlink.transfer(input, valueBuffers(input)),
        { ...analysis.value, seed: analysis.seed },
        reportAs(step, 'Valuing customers'),
      ),
    step.signal,
  );
  done(value.customers.length);
  return value;
}

/** The rows of the files behind a figure on a screen. */
export async function traceFigure(work: Work, figure: Figure, offset: number, limit: number): Promise<Trace> {
  await ensureChecked(work);
  return work.engine.collection.call((api) => api.trace(figure, offset, limit), work.step.signal);
}

/** Who already shows a ready label's outcome, in the order of the customers that are scored. */
function alreadySo({ finalTrain, score }: PredictionInput): Uint8Array {
  const labels = new Map<number, number>();
  for (const { table, label } of finalTrain)
    table.customers.forEach((customer, row) => labels.set(customer, label[row]!));
  return Uint8Array.from(score.customers, (customer) => labels.get(customer) ?? 0);
}

/** The progress of a worker's step, told to the page under this stage. */
export const reportAs = (step: Step, stage: string) =>
  Comlink.proxy((fraction: number, note?: string) => step.report(stage, fraction, note));

/** Features as of the chosen day; every call makes them anew, so they may be handed on. */
export async function readFeatures(
  { engine, analysis, step }: Work,
  check: DataCheck,
): Promise<FeatureTable> {
  const asOf = asOfInstant(analysis, check);
  const { features, formulas, transforms } = analysis;
  return engine.collection.call(
    (api) => api.features(asOf, features, formulas, transforms.grouping),
    step.signal,
  );
}

export const tableBuffers = (table: FeatureTable): ArrayBuffer[] => [
  table.customers.buffer as ArrayBuffer,
  ...table.features.map((feature) => feature.values.buffer as ArrayBuffer),
];

const valueBuffers = ({ purchases, prices }: ValueInput): ArrayBuffer[] =>
  [...Object.values(purchases), ...Object.values(prices ?? {})].flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );

function inputBuffers({ origins, finalTrain, score }: PredictionInput): ArrayBuffer[] {
  const labelled = [...origins.flatMap(({ train, test }) => [...train, test]), ...finalTrain];
  const buffers = labelled.flatMap(({ table, label }: LabelledTable) => [
    ...tableBuffers(table),
    label.buffer as ArrayBuffer,
  ]);
  return [...new Set([...buffers, ...tableBuffers(score)])];
}

export function timed(step: Step, stage: string) {
  const start = performance.now();
  return (rows: number) => step.finished(stage, (performance.now() - start) / 1000, rows);
}
