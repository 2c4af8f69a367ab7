import type { Collected, OrderLines } from '../1-collect/collected';
import { AppError } from '../kit/errors';
import { buildColumnInput } from './column-input';
import { createDatedLabeller, keepCustomers, labelTable, type Labeller } from './dated-input';
import { hasBothOutcomes, outcomes, whyTooFew } from './examples';
import type {
  Feature,
  FeatureSet,
  FeatureTable,
  LabelledTable,
  PredictionInput,
  Target,
} from './feature-table';
import { buildFeatures } from './features';
import type { FormulaDefinition } from './formula/define-formula';
import { buildHistory, DAY, dayAfter } from './history';
import { leakScan, putAside } from './leak-scan';
import { mapTables } from './map-tables';
import { attributesAt } from './offers';
import { planOrigins } from './origins';
import { namesBesideOrders, namesOfOrders, spellOut } from './learnt-names';
import { markTodaysColumns } from './todays-columns';
import { applyEncoders, encodeInput, type Encoder, markEncoded, markRead } from './transforms/encode-input';
import type { ChosenTransforms } from './transforms/registry';

/** Orders are learnt from when at least this share of those it can happen to have ordered. */
const mostlyBuyers = 0.8;

export type PredictionOptions = {
  target: Target;
  horizonDays: number;
  nOrigins: number;
  /** End of observation, ms UTC; null = the midnight after the last row that tells of the outcome. */
  asOf: number | null;
  set: FeatureSet;
  /** "index%5==0": which rows of a customer table are the test set; only for a target column. */
  splitRule: string | null;
  seed: number;
  formulas?: FormulaDefinition[];
  /** Columns of the customer table that are learnt from however well they tell the outcome. */
  knownBefore?: string[];
  /** How the person wants single traits read. */
  transforms?: ChosenTransforms;
};

type ScoreOptions = Omit<PredictionOptions, 'nOrigins' | 'transforms'>;
type OrderTarget = Extract<Target, { kind: 'churn' | 'repurchase' }>;
type TimedInput = Pick<PredictionInput, 'origins' | 'finalTrain' | 'score' | 'blocked'>;

/** What to learn from and what to judge on; labels look only at (origin, origin + horizon], all of it before `asOf`. */
export function buildPredictionInput(given: Collected, options: PredictionOptions): PredictionInput {
  const { transforms = [], seed } = options;
  const input = encodeInput(gatherInput(markEncoded(given, transforms), options), seed);
  return { ...input, ...mapTables(input, (table) => markRead(table, transforms)) };
}

function gatherInput(given: Collected, options: PredictionOptions): PredictionInput {
  const { horizonDays } = options;
  const collected = markTodaysColumns(given);
  const target = contractTarget(collected, options.target);
  if (target.kind === 'column') return buildColumnInput(collected, { ...options, target });
  const frame = { target, horizonDays, split: 'temporal', splitRule: null } as const;
  const leftOut = collected.attributes.filter(({ isSnapshot }) => isSnapshot).map(({ name }) => name);
  const tell = (input: TimedInput) => ({ ...dropTraces(collected, input, options.knownBefore), leftOut });
  if (target.kind !== 'churn' && target.kind !== 'repurchase') {
    const labeller = createDatedLabeller(collected, target);
    const input = buildDatedInput(collected, labeller, options);
    return { ...frame, target: labeller.target, ...tell(input) };
  }
  const { lines } = collected;
  if (!lines) {
    const score = buildFeatures(collected, null, options.set, options.formulas);
    const blocked = new AppError('NoDatedOrders', target.kind).message;
    return { ...frame, origins: [], finalTrain: [], score, blocked };
  }
  const input = buildOrderInput(collected, lines, target, options);
  return { ...frame, ...tell(input) };
}

/** Everybody who is scored, as of the end of observation, with what they are scored by: that part of the input alone. */
export function buildScoreTable(
  given: Collected,
  options: ScoreOptions & { encoders?: Encoder[] },
): FeatureTable {
  const { encoders = [] } = options;
  const chosen = encoders.map(({ feature, by }): ChosenTransforms[number] => [feature, by]);
  return applyEncoders(gatherScore(markEncoded(given, chosen), options), encoders);
}

function gatherScore(given: Collected, options: ScoreOptions): FeatureTable {
  const { set, formulas } = options;
  const collected = markTodaysColumns(given);
  const target = contractTarget(collected, options.target);
  if (target.kind === 'column') return buildColumnInput(collected, { ...options, target }).score;
  if (target.kind !== 'churn' && target.kind !== 'repurchase') {
    return frameDated(collected, createDatedLabeller(collected, target), options).score;
  }
  const asOf = options.asOf ?? dayAfter(collected.to);
  return buildOrderTable(collected, asOf, set, formulas);
}

/** With subscriptions and no orders, to leave is to end the contract. */
const contractTarget = ({ lines, subscriptions }: Collected, target: Target): Target =>
  target.kind === 'churn' && !lines && subscriptions ? { kind: 'cancel' } : target;

/** Each suspect once, with the most it told at any date that is learnt from; columns among them are not learnt from. */
function dropTraces({ attributes }: Collected, input: TimedInput, knownBefore: string[] = []) {
  const found = input.finalTrain.flatMap(({ table, label }) => leakScan(table, label, attributes));
  const worstFirst = found.sort((a, b) => b.auc - a.auc);
  const once = worstFirst.filter(({ label }, i) => worstFirst.findIndex((one) => one.label === label) === i);
  const { suspects, isKept } = putAside(once, attributes, knownBefore);
  return { ...keepFeatures(input, isKept), suspects };
}

/** The tables without some of their features. */
function keepFeatures(input: TimedInput, isKept: (feature: Feature) => boolean): TimedInput {
  const narrow = (table: FeatureTable) => ({ ...table, features: table.features.filter(isKept) });
  return { ...input, ...mapTables(input, narrow) };
}

function buildOrderInput(
  collected: Collected,
  lines: OrderLines,
  target: OrderTarget,
  options: PredictionOptions,
): TimedInput {
  const { horizonDays, set, formulas } = options;
  const asOf = options.asOf ?? dayAfter(collected.to);
  const labelAt = createLabeller(lines, target, horizonDays, asOf);
  const tableAt = (origin: number) => buildOrderTable(collected, origin, set, formulas);
  const labelled = (origin: number) => {
    const table = tableAt(origin);
    return { table, label: labelAt(table, origin) };
  };
  const { from, to } = collected;
  return buildTimedInput({ from, to, asOf, target, score: tableAt(asOf), labelled }, options);
}

const buildOrderTable = (
  collected: Collected,
  origin: number,
  set: FeatureSet,
  formulas?: FormulaDefinition[],
): FeatureTable => {
  const chosen = collected.lines ? spellOut(set, namesOfOrders, formulas) : set;
  return withAttributes(collected, buildFeatures(collected, origin, chosen, formulas), set);
};

/** Learning tables and tests at the dates that the data from `from` to `to` have room for. */
function buildTimedInput(
  timed: {
    from: number;
    to: number;
    asOf: number;
    target: Target;
    score: FeatureTable;
    labelled(origin: number): LabelledTable;
  },
  { horizonDays, nOrigins }: PredictionOptions,
): TimedInput {
  const { from, to, asOf, target, score } = timed;
  const nCustomers = score.customers.length;
  const plan = planOrigins({ from, to, asOf, horizonDays, nOrigins, nCustomers });
  const tables = new Map<number, LabelledTable>();
  const labelled = (origin: number): LabelledTable => {
    const built = tables.get(origin) ?? timed.labelled(origin);
    tables.set(origin, built);
    return built;
  };
  const finalTrain = plan.finalTrainAsOfs.map(labelled);
  const blocked = plan.blocked ?? whyTooFew(finalTrain, target);
  if (blocked) return { origins: [], finalTrain: [], score, blocked };
  const origins = plan.tests
    .map((test) => ({ train: test.trainAsOfs.map(labelled), test: labelled(test.asOf) }))
    .filter(({ train, test }) => !whyTooFew(train, target) && hasBothOutcomes(test));
  if (origins.length) return { origins, finalTrain, score, blocked: null };
  const last = plan.tests[0]!;
  const why =
    whyTooFew(last.trainAsOfs.map(labelled), target) ??
    new AppError('OneOutcomeOnly', ...outcomes(target)).message;
  return { origins, finalTrain: [], score, blocked: why };
}

/** Contracts and events: only those it can happen to are scored. */
function frameDated(collected: Collected, labeller: Labeller, options: ScoreOptions) {
  const { set, formulas } = options;
  const asOf = options.asOf ?? dayAfter(labeller.to);
  const known = knownOf(collected, labeller, asOf);
  const chosen = known.lines ? spellOut(set, namesBesideOrders, formulas) : set;
  const tableAt = (origin: number) =>
    withAttributes(known, buildFeatures(known, origin, chosen, formulas), set);
  return {
    asOf,
    tableAt,
    score: keepCustomers(tableAt(asOf), (customer) => labeller.isIn(customer, asOf)),
  };
}

/** The same, learnt from. */
function buildDatedInput(collected: Collected, labeller: Labeller, options: PredictionOptions): TimedInput {
  const { from, to, target } = labeller;
  const { asOf, tableAt, score } = frameDated(collected, labeller, options);
  const labelled = (origin: number) => labelTable(tableAt(origin), labeller, origin, options.horizonDays);
  return buildTimedInput({ from, to, asOf, target, score, labelled }, options);
}

/** Nothing of the day of the export; orders only where nearly all whom it can happen to have some. */
function knownOf(collected: Collected, { isIn }: Labeller, asOf: number): Collected {
  const attributes = collected.attributes.filter(({ isSnapshot }) => !isSnapshot);
  const { lines } = collected;
  if (!lines) return { ...collected, attributes };
  const buyers = new Set(buildHistory(lines, asOf).customers);
  const concerned = Array.from(collected.customerIds.keys()).filter((customer) => isIn(customer, asOf));
  const nBuyers = concerned.filter((customer) => buyers.has(customer)).length;
  return { ...collected, attributes, lines: nBuyers >= mostlyBuyers * concerned.length ? lines : null };
}

/** Behaviour with what is known about the person beside it; nothing that describes today or repeats a measure. */
function withAttributes(collected: Collected, table: FeatureTable, set: FeatureSet): FeatureTable {
  if (set !== 'all') return table;
  const measured = new Set(table.features.map(({ definition }) => definition.name));
  const known = attributesAt(collected, table.customers);
  const added = known.filter(({ definition }) => !measured.has(definition.name));
  return { ...table, features: [...table.features, ...added] };
}

/** Labels by orders that begin in (origin, origin + horizon]. */
function createLabeller(lines: OrderLines, target: OrderTarget, horizonDays: number, asOf: number) {
  const { customers, offsets, time } = buildHistory(lines, asOf);
  const rowOf = new Map(Array.from(customers, (customer, row) => [customer, row]));
  return (table: FeatureTable, origin: number): Uint8Array =>
    Uint8Array.from(table.customers, (customer) => {
      const row = rowOf.get(customer)!;
      let i = offsets[row + 1]! - 1;
      while (i >= offsets[row]! && time[i]! > origin + horizonDays * DAY) i--;
      const cameBack = i >= offsets[row]! && time[i]! > origin;
      return cameBack === (target.kind === 'repurchase') ? 1 : 0;
    });
}
