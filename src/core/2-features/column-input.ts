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

/**
 * A ready label in the customer table. It has no date, so one part of the rows is held back to judge on: the rows of
 * `splitRule`, else a seeded random quarter of each outcome. An empty `value` means the yes-like or else the rarer one.
 */
export function buildColumnInput(
  collected: Collected,
  options: {
    target: ColumnTarget;
    horizonDays: number;
    splitRule: string | null;
    seed: number;
    knownBefore?: string[];
  },
): PredictionInput {
  const { splitRule, seed, horizonDays, knownBefore = [] } = options;
  const { customerIds, attributes } = collected;
  const inTest = splitRule === null ? null : parseSplitRule(splitRule);
  const attribute = attributes.find(({ name }) => name === options.target.column);
  if (!attribute)
    throw new AppError(
      'NoSuchLabel',
      options.target.column,
      attributes.map(({ name }) => name),
    );
  const target = { ...options.target, value: options.target.value || positiveValue(attribute) };
  const outcome = readOutcome(attribute, target.value);
  const others = attributes.filter((one) => one !== attribute);
  const leftOut = isDated(collected) ? others.filter(({ isSnapshot }) => isSnapshot) : [];
  const usable = others.filter((one) => !leftOut.includes(one));
  const refused = refusedModels(collected.consents);
  const known = Array.from(outcome.keys()).filter((row) => outcome[row] !== unknown && !refused?.[row]);
  const isTest = inTest ?? drawTest(known, outcome, seed);
  const customers = Int32Array.from(customerIds, (_, i) => i);
  const all: FeatureTable = { asOf: null, customers, features: attributeFeatures(usable, customers) };
  const answers = Uint8Array.from(known, (row) => outcome[row]!);
  const { suspects, isKept } = putAside(leakScan(takeRows(all, known), answers, usable), usable, knownBefore);
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
  return {
    target,
    horizonDays,
    split: splitRule === null ? 'random' : 'rule',
    splitRule,
    origins: blocked ? [] : [{ train: [train], test }],
    finalTrain: blocked ? [] : [labelled],
    score: refused ? keepCustomers(score, (customer) => !refused[customer]) : score,
    blocked,
    suspects,
    leftOut: leftOut.map(({ name }) => name),
  };
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

/** The yes-like of the values present, else the rarest. */
function positiveValue(attribute: CustomerAttribute): string {
  const counts = new Map<string, number>();
  for (let i = 0; i < attributeLength(attribute); i++) {
    const value = attribute.kind === 'number' ? attribute.values[i]! : attribute.codes[i]!;
    if (Number.isNaN(value) || (attribute.kind === 'category' && value < 0)) continue;
    const text = attribute.kind === 'number' ? String(value) : attribute.levels[value]!;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const rarestFirst = [...counts.keys()].sort((a, b) => counts.get(a)! - counts.get(b)!);
  return rarestFirst.find(isYes) ?? rarestFirst[0] ?? '';
}

const attributeLength = (attribute: CustomerAttribute): number =>
  attribute.kind === 'number' ? attribute.values.length : attribute.codes.length;

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
