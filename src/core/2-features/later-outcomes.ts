import type { Collected, CustomerAttribute, OrderLines } from '../1-collect/collected';
import { AppError } from '../kit/errors';
import { isYes } from './attributes';
import type { FeatureSet, FeatureTable } from './feature-table';
import { buildFeatures } from './features';
import type { FormulaDefinition } from './formula/define-formula';
import { buildHistory, DAY, dayAfter } from './history';
import { markRead } from './transforms/encode-input';
import type { ChosenTransforms } from './transforms/registry';

/** What customers may differ in afterwards: an empty `value` means the column's number itself. */
export type OutcomeChoice =
  | { kind: 'spend' }
  | { kind: 'orders' }
  | { kind: 'comeBack' }
  | { kind: 'column'; column: string; value: string };

export type LaterOptions = {
  /** End of observation, ms UTC; the window lies before it. */
  asOf: number;
  horizonDays: number;
  set: FeatureSet;
  formulas?: FormulaDefinition[];
  /** How the person wants single traits read. */
  transforms?: ChosenTransforms;
};

/** What the customers of `table` did in the window after it, row by row. `spend` is null where no file says what was paid. */
export type LaterOutcomes = {
  asOf: number | null;
  horizonDays: number;
  orders: Float64Array;
  cameBack: Uint8Array;
  spend: Float64Array | null;
};

/** `blocked` = there is no such window, and why. */
export type LaterInput = { table: FeatureTable; later: LaterOutcomes; blocked: string | null };

const warmUpDays = 30;

/** Orders that begin in (from, until], by row of the customers. */
function sumWindow(lines: OrderLines, customers: Int32Array, from: number, until: number) {
  const { customers: known, offsets, time, net } = buildHistory(lines, until);
  const rowOf = new Map(Array.from(customers, (customer, row) => [customer, row]));
  const orders = new Float64Array(customers.length);
  const spend = new Float64Array(customers.length);
  known.forEach((customer, c) => {
    const row = rowOf.get(customer);
    if (row === undefined) return;
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      if (!(time[i]! > from && time[i]! <= until)) continue;
      orders[row]! += 1;
      spend[row]! += net[i]!;
    }
  });
  return { orders, spend };
}

/** Stands a horizon before the end of observation: traits from what was known then, outcomes from the days after. */
export function buildLaterOutcomes(collected: Collected, options: LaterOptions): LaterInput {
  const { horizonDays, set, formulas, transforms = [] } = options;
  const { lines, from, to } = collected;
  const none = (blocked: string): LaterInput => ({
    table: { asOf: null, customers: new Int32Array(), features: [] },
    later: { asOf: null, horizonDays, orders: new Float64Array(), cameBack: new Uint8Array(), spend: null },
    blocked,
  });
  if (!lines) return none(new AppError('NoDatedOrders', 'what came later').message);
  const end = Math.min(options.asOf, dayAfter(to));
  const historyDays = Math.max(0, Math.ceil((end - from) / DAY));
  const missing = warmUpDays + horizonDays - historyDays;
  if (missing > 0) return none(new AppError('NotEnoughHistory', historyDays, missing, horizonDays).message);
  const asOf = end - horizonDays * DAY;
  const table = markRead(buildFeatures(collected, asOf, set, formulas), transforms);
  const { orders, spend } = sumWindow(lines, table.customers, asOf, end);
  const cameBack = Uint8Array.from(orders, (count) => Number(count > 0));
  const hasMoney = lines.isPaid !== false;
  return {
    table,
    later: { asOf, horizonDays, orders, cameBack, spend: hasMoney ? spend : null },
    blocked: null,
  };
}

/** Traits, and beside each row what is asked for; NaN = not known. */
export type OutcomeInput = {
  table: FeatureTable;
  outcome: Float64Array;
  /** "spend in the 90 days after". */
  label: string;
  unit: 'money' | 'orders' | 'share' | 'number';
  asOf: number | null;
  horizonDays: number | null;
  blocked: string | null;
};

/** Traits and outcomes to learn who does better from: what came later, or a column of the customers without its own traces. */
export function buildOutcomeInput(
  collected: Collected,
  choice: OutcomeChoice,
  options: LaterOptions,
): OutcomeInput {
  if (choice.kind === 'column') return buildColumnOutcome(collected, choice, options);
  const { table, later, blocked } = buildLaterOutcomes(collected, options);
  const { asOf, horizonDays, orders, cameBack, spend } = later;
  const found = {
    spend: { outcome: spend, label: 'spend', unit: 'money' },
    orders: { outcome: orders, label: 'orders', unit: 'orders' },
    comeBack: { outcome: Float64Array.from(cameBack), label: 'share who come back', unit: 'share' },
  } as const;
  const { outcome, label, unit } = found[choice.kind];
  const window = `${label} in the ${horizonDays} days after`;
  const noMoney = outcome === null ? new AppError('NoMoneyKnown').message : null;
  return {
    table,
    outcome: outcome ?? new Float64Array(table.customers.length).fill(NaN),
    label: window,
    unit,
    asOf,
    horizonDays,
    blocked: blocked ?? noMoney,
  };
}

function buildColumnOutcome(
  collected: Collected,
  { column, value }: { column: string; value: string },
  { asOf, set, formulas }: LaterOptions,
): OutcomeInput {
  const { attributes } = collected;
  const attribute = attributes.find(({ name }) => name === column);
  if (!attribute) throw new AppError('NoSuchLabel', column, attributes.map(({ name }) => name)); // prettier-ignore
  const others = { ...collected, attributes: attributes.filter((other) => other !== attribute) };
  const table = buildFeatures(others, collected.lines ? asOf : null, set, formulas);
  const { outcomeOf, isShare } = readAttribute(attribute, value);
  return {
    table,
    outcome: Float64Array.from(table.customers, outcomeOf),
    label: isShare ? `share with ${column} ${value || 'yes'}` : column,
    unit: isShare ? 'share' : 'number',
    asOf: null,
    horizonDays: null,
    blocked: null,
  };
}

function readAttribute(attribute: CustomerAttribute, value: string) {
  if (attribute.kind === 'number') {
    const { values } = attribute;
    if (value === '') {
      const isShare = values.every((each) => Number.isNaN(each) || each === 0 || each === 1);
      return { outcomeOf: (customer: number) => values[customer]!, isShare };
    }
    const wanted = Number(value);
    if (!values.includes(wanted)) throw new AppError('NoSuchLabelValue', attribute.name, value);
    const outcomeOf = (customer: number) =>
      Number.isNaN(values[customer]!) ? NaN : Number(values[customer] === wanted);
    return { outcomeOf, isShare: true };
  }
  const { codes, levels, name } = attribute;
  const wanted = value === '' ? levels.findIndex(isYes) : levels.indexOf(value);
  if (wanted < 0) throw new AppError('NoSuchLabelValue', name, value || 'yes');
  const outcomeOf = (customer: number) => (codes[customer]! < 0 ? NaN : Number(codes[customer] === wanted));
  return { outcomeOf, isShare: true };
}
