import type { Collected, CustomerAttribute } from '../1-collect/collected';
import { refusedModels } from '../1-collect/consents';
import { AppError } from '../kit/errors';
import { createRandom } from '../kit/random';
import { attributeFeatures, isYes } from './attributes';
import { keepCustomers } from './dated-input';
import { hasBothOutcomes, outcomes, whyTooFew } from './examples';
import type { FeatureTable, LabelledTable, PredictionInput, Target } from './feature-table';
import { leakScan, putAside } from './leak-scan';

type ColumnTarget = Extract<Target, { kind: 'column' }>;

const testShare = 0.25;

type ColumnOptions = {
  target: ColumnTarget;
  horizonDays: number;
  splitRule: string | null;
  seed: number;
  knownBefore?: string[];
};

/**
 * A ready label in the customer table. It has no date, so one part of the rows is held back to judge on: the rows of
 * `splitRule`, else a seeded random quarter of each outcome. An empty `value` means the yes-like or else the rarer one.
 */
export function buildColumnInput(collected: Collected, options: ColumnOptions): PredictionInput {
  const { splitRule, horizonDays } = options;
  const { customerIds, attributes } = collected;
  const names = attributes.map(({ name }) => name);
  const attribute = attributes[names.indexOf(options.target.column)];
  if (!attribute) throw new AppError('NoSuchLabel', options.target.column, names);
  const counts = countValues(attribute);
  const target = { ...options.target, value: options.target.value || positiveValue(counts) };
  const others = attributes.filter((one) => one !== attribute);
  const leftOut = isDated(collected) ? others.filter(({ isSnapshot }) => isSnapshot) : [];
  const usable = others.filter((one) => !leftOut.includes(one));
  const customers = Int32Array.from(customerIds, (_, i) => i);
  const all: FeatureTable = { asOf: null, customers, features: attributeFeatures(usable, customers) };
  const refused = refusedModels(collected.consents);
  const agreed = (table: FeatureTable) =>
    refused ? keepCustomers(table, (customer) => !refused[customer]) : table;
  const split = splitRule === null ? 'random' : 'rule';
  const frame = { target, horizonDays, split, splitRule, leftOut: leftOut.map(({ name }) => name) } as const;
  const [only] = counts;
  if (only && counts.size === 1) {
    const blocked = new AppError('OneValueOnly', attribute.name, ...only).message;
    return { ...frame, origins: [], finalTrain: [], score: agreed(all), blocked };
  }
  const outcome = readOutcome(attribute, target.value);
  const answered = outcome.map((one, row) => (refused?.[row] ? unknown : one));
  const input = learnFrom(all, answered, usable, { ...options, target });
  return { ...frame, ...input, score: agreed(input.score) };
}

/** What to learn from and to test on among those whose outcome is known; columns that give it away are put aside. */
function learnFrom(
  all: FeatureTable,
  outcome: Int8Array,
  columns: CustomerAttribute[],
  { target, splitRule, seed, knownBefore = [] }: ColumnOptions,
) {
  const known = Array.from(outcome.keys()).filter((row) => outcome[row] !== unknown);
  const isTest = splitRule === null ? drawTest(known, outcome, seed) : parseSplitRule(splitRule);
  const answers = Uint8Array.from(known, (row) => outcome[row]!);
  const found = leakScan(takeRows(all, known), answers, columns);
  const { suspects, isKept } = putAside(found, columns, knownBefore);
  const score = { ...all, features: all.features.filter(isKept) };
  const part = (rows: number[]): LabelledTable => ({
    table: takeRows(score, rows),
    label: Uint8Array.from(rows, (row) => outcome[row]!),
  });
  const train = part(known.filter((row) => !isTest(row)));
  const test = part(known.filter(isTest));
  const labelled = part(known);
  const oneOutcome = hasBothOutcomes(test)
    ? null
    : new AppError('OneOutcomeOnly', ...outcomes(target)).message;
  const learntFrom = train.label.length / Math.max(1, labelled.label.length);
  const blocked = whyTooFew([train], target, { tables: [labelled], learntFrom }) ?? oneOutcome;
  if (blocked) return { origins: [], finalTrain: [], score, blocked, suspects };
  return { origins: [{ train: [train], test }], finalTrain: [labelled], score, blocked, suspects };
}

const unknown = -1;

/** 1, 0 or unknown for each customer. */
function readOutcome(attribute: CustomerAttribute, value: string): Int8Array {
  if (attribute.kind === 'number') {
    const positive = Number(value);
    if (!attribute.values.includes(positive)) throw new AppError('NoSuchLabelValue', attribute.name, value);
    return Int8Array.from(attribute.values, (v) => (Number.isNaN(v) ? unknown : Number(v === positive)));
  }
  const positive = attribute.levels.indexOf(value);
  if (positive < 0) throw new AppError('NoSuchLabelValue', attribute.name, value);
  return Int8Array.from(attribute.codes, (code) => (code < 0 ? unknown : Number(code === positive)));
}

/** How many customers have each value. */
function countValues(attribute: CustomerAttribute): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (text: string) => counts.set(text, (counts.get(text) ?? 0) + 1);
  if (attribute.kind === 'number')
    for (const value of attribute.values.filter((v) => !Number.isNaN(v))) count(String(value)); // prettier-ignore
  else for (const code of attribute.codes) if (code >= 0) count(attribute.levels[code]!);
  return counts;
}

/** The yes-like of the values present, else the rarest. */
function positiveValue(counts: Map<string, number>): string {
  const rarestFirst = [...counts.keys()].sort((a, b) => counts.get(a)! - counts.get(b)!);
  return rarestFirst.find(isYes) ?? rarestFirst[0] ?? '';
}

/** Whether anything in the project has a date, so that there is a past to learn from. */
const isDated = ({ lines, events, touches, subscriptions, deals }: Collected): boolean =>
  [lines, events, touches, subscriptions, deals].some((table) => table != null);

function parseSplitRule(rule: string): (row: number) => boolean {
  const [, divisor, rest] = /^\s*index\s*%\s*(\d+)\s*===?\s*(\d+)\s*$/.exec(rule)?.map(Number) ?? [];
  if (!divisor || rest === undefined || rest >= divisor) throw new AppError('UnreadableSplitRule', rule);
  return (row) => row % divisor === rest;
}

/** A seeded quarter of the rows of each outcome. */
function drawTest(known: number[], outcome: Int8Array, seed: number): (row: number) => boolean {
  const random = createRandom(seed);
  const test = new Set<number>();
  for (const one of [1, 0]) {
    const rows = known.filter((row) => outcome[row] === one);
    const nTest = Math.round(rows.length * testShare);
    for (let i = 0; i < nTest; i++) {
      const j = i + random.below(rows.length - i);
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
      test.add(rows[i]!);
    }
  }
  return (row) => test.has(row);
}

function takeRows(table: FeatureTable, rows: number[]): FeatureTable {
  return {
    asOf: table.asOf,
    customers: Int32Array.from(rows, (row) => table.customers[row]!),
    features: table.features.map(({ definition, values }) => ({
      definition,
      values: Float64Array.from(rows, (row) => values[row]!),
    })),
  };
}
