import type { ValueResult } from '../3-models/results/value-result';
import { csvCell, csvMoney } from './csv';
import { isoDay, toJson } from './wording';

const dayMs = 86_400_000;
const isoOf = (day: number) => isoDay(day * dayMs);

/** The columns of customers.csv that a value fills. */
export const valueColumns = [
  'clv',
  'clv_low',
  'clv_high',
  'p_alive',
  'expected_orders',
  'next_order_from',
  'next_order_to',
  'price_sensitivity',
  'price_sensitivity_low',
  'price_sensitivity_high',
];

/** One customer's cells; empty where the result does not hold them or nothing can be told. */
export function valueCells(value: ValueResult, row: number | null): string[] {
  if (row === null) return valueColumns.map(() => '');
  const { nextOrder, priceSensitivity, hasMoney } = value;
  const money = (values: Float64Array) => csvMoney(hasMoney ? values[row]! : null);
  const from = nextOrder?.from[row] ?? -1;
  const price = priceSensitivity?.blocked === null ? priceSensitivity : null;
  const whole = (values: Float64Array | undefined) => csvCell(values ? Math.round(values[row]!) : null);
  return [
    money(value.lifetimeValue),
    money(value.low),
    money(value.high),
    csvCell(value.probabilityAlive[row]!),
    csvCell(value.expectedPurchases[row]!),
    csvCell(from === -1 ? null : isoOf(from)),
    csvCell(from === -1 ? null : isoOf(nextOrder!.to[row]!)),
    whole(price?.index),
    whole(price?.low),
    whole(price?.high),
  ];
}

/** clv.json: the models and their parameters, what all customers are worth, and how it did on later days. */
export function clvJson(value: ValueResult): string {
  const { holdOut, nextOrder, priceSensitivity } = value;
  return toJson({
    asOf: value.asOf === null ? null : isoDay(value.asOf),
    model: value.model,
    grade: value.grade,
    reason: value.reason,
    blocked: value.blocked,
    parameters: value.parameters,
    logLikelihood: value.logLikelihood,
    parameterIntervals: value.parameterIntervals,
    intervalMethod: value.intervalMethod,
    unit: value.unit,
    spend: value.spend,
    horizonDays: value.horizonDays,
    discountRate: value.discountRate,
    margin: value.margin,
    customers: value.customers.length,
    totals: value.hasMoney
      ? value.totals
      : { expected: null, low: null, high: null, perCustomerMean: null, purchases: value.totals.purchases },
    holdOut: holdOut && {
      ...holdOut,
      calibratedTo: isoOf(holdOut.calibratedTo),
      byFirstOrder: holdOut.byFirstOrder?.map((span) => ({
        ...span,
        from: isoOf(span.from),
        to: isoOf(span.to),
      })),
      tracking: holdOut.tracking.map((point) => ({ ...point, at: isoOf(point.at) })),
    },
    dependence: value.dependence,
    soon: value.soon,
    nextOrder: nextOrder && { ...nextOrder.coverage, words: nextOrder.words },
    priceSensitivity: priceSensitivity && {
      blocked: priceSensitivity.blocked,
      words: priceSensitivity.words,
    },
    ladder: value.ladder,
  });
}

/** Why a customer stands on a list of the most valuable: "worth about 120 in 365 days (0 to 340)". */
export function worthText({ hasMoney, horizonDays, ...value }: ValueResult, row: number): string {
  const ahead = `in ${horizonDays} days`;
  if (!hasMoney) return `about ${value.expectedPurchases[row]!.toFixed(1)} orders ${ahead}`;
  return `worth about ${count(value.lifetimeValue[row]!)} ${ahead} (${count(value.low[row]!)} to ${count(value.high[row]!)})`;
}

const count = (n: number) => Math.round(n).toLocaleString('en-US');

/** "12,300 from 2,357 customers in 365 days (9,900 to 14,800). Learned from …" */
export function valueSentence({
  totals,
  customers,
  horizonDays,
  hasMoney,
  blocked,
  reason,
}: ValueResult): string {
  if (blocked !== null) return reason;
  const what = hasMoney
    ? `${count(totals.expected)} from ${count(customers.length)} customers in ${horizonDays} days (${count(totals.low)} to ${count(totals.high)}).`
    : `${count(totals.purchases)} purchases by ${count(customers.length)} customers in ${horizonDays} days.`;
  return `${what} ${reason}`;
}
