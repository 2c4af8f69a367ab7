import type { Collected, OrderLines } from '../1-collect/collected';
import { AppError } from '../kit/errors';
import { buildColumnInput } from './column-input';
import { hasBothOutcomes, outcomes, whyTooFew } from './examples';
import type {
  FeatureSet,
  FeatureTable,
  LabelledTable,
  PredictionInput,
  Suspect,
  Target,
} from './feature-table';
import { buildFeatures } from './features';
import type { FormulaDefinition } from './formula/define-formula';
import { buildHistory, DAY } from './history';
import { leakScan } from './leak-scan';
import { attributesAt } from './offers';
import { planOrigins } from './origins';

export type PredictionOptions = {
  target: Target;
  horizonDays: number;
  nOrigins: number;
  asOf: number;
  set: FeatureSet;
  /** "index%5==0": which rows of a customer table are the test set; only for a target column. */
  splitRule: string | null;
  seed: number;
  formulas?: FormulaDefinition[];
};

type OrderTarget = Exclude<Target, { kind: 'column' }>;

/** What to learn from and what to judge on; labels look only at (origin, origin + horizon], all of it before `asOf`. */
export function buildPredictionInput(collected: Collected, options: PredictionOptions): PredictionInput {
  const { target, horizonDays } = options;
  if (target.kind === 'column') return buildColumnInput(collected, { ...options, target });
  const frame = { target, horizonDays, split: 'temporal', splitRule: null } as const;
  const { lines } = collected;
  if (!lines) {
    const score = buildFeatures(collected, null, options.set, options.formulas);
    const blocked = new AppError('NoDatedOrders', target.kind).message;
    return { ...frame, origins: [], finalTrain: [], score, blocked };
  }
  const leftOut = collected.attributes.filter(({ isSnapshot }) => isSnapshot).map(({ name }) => name);
  const input = buildOrderInput(collected, lines, target, options);
  return { ...frame, ...input, suspects: scanTraining(collected, input.finalTrain), leftOut };
}

/** Each suspect once, with the most it told at any date that is learnt from. */
function scanTraining({ attributes }: Collected, finalTrain: LabelledTable[]): Suspect[] {
  const undated = new Set(['formula', ...attributes.map(({ source }) => source)]);
  const found = finalTrain.flatMap(({ table, label }) => {
    const isDated = new Set(
      table.features
        .filter(({ definition }) => !undated.has(definition.source))
        .map(({ definition }) => definition.label),
    );
    return leakScan(table, label).map((one) =>
      isDated.has(one.label) ? { ...one, isDated: true as const } : one,
    );
  });
  const worstFirst = found.sort((a, b) => b.auc - a.auc);
  return worstFirst.filter(({ label }, i) => worstFirst.findIndex((one) => one.label === label) === i);
}

function buildOrderInput(
  collected: Collected,
  lines: OrderLines,
  target: OrderTarget,
  { horizonDays, nOrigins, asOf, set, formulas }: PredictionOptions,
): Pick<PredictionInput, 'origins' | 'finalTrain' | 'score' | 'blocked'> {
  const { from, to } = collected;
  const plan = planOrigins({ from, to, asOf, horizonDays, nOrigins });
  const tables = new Map<number, LabelledTable>();
  const labelAt = createLabeller(lines, target, horizonDays, asOf);
  const labelled = (origin: number): LabelledTable => {
    const known = tables.get(origin);
    if (known) return known;
    const table = withAttributes(collected, buildFeatures(collected, origin, set, formulas), set);
    const built = { table, label: labelAt(table, origin) };
    tables.set(origin, built);
    return built;
  };
  const score = withAttributes(collected, buildFeatures(collected, asOf, set, formulas), set);
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
