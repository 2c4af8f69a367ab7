import type { Surveys } from './canonical';
import type { Collected, CustomerAttribute, Issue, OrderLines } from './collected';
import { count, share } from './wording';

/** One measure of those who answered against the rest; `difference` is standardised (Cohen's d, pooled over both). */
export type BiasMeasure = {
  name: 'orders' | 'spend';
  answered: number;
  rest: number;
  ratio: number;
  difference: number;
};

/** How far those who answered are like the customers they speak for. */
export type ResponseBias = {
  nCustomers: number;
  nAnswered: number;
  measures: BiasMeasure[];
  /** By group of customers, where groups are given: how many of it answered. */
  groups: { name: string; nCustomers: number; nAnswered: number }[];
  sentence: string;
};

/** A standardised difference below this is too small to speak of. */
const SMALL = 0.1;

/**
 * Respondents against the rest of the customers with an order, by orders and spend and by `groups` (label of each
 * customer, -1 none); null when nobody or everybody answered.
 */
export function responseBias(
  surveys: Surveys[],
  lines: OrderLines,
  nCustomers: number,
  groups?: { labels: Int32Array; names: string[] },
): ResponseBias | null {
  const { orders, spend } = addUp(lines, nCustomers);
  const hasAnswered = new Uint8Array(nCustomers);
  for (const { customer } of surveys) for (const index of customer) if (index >= 0) hasAnswered[index] = 1;
  const base = Uint32Array.from(orders, (_, i) => i).filter((i) => orders[i]! > 0);
  const answered = base.filter((i) => hasAnswered[i]);
  const rest = base.filter((i) => !hasAnswered[i]);
  if (answered.length === 0 || rest.length === 0) return null;
  const measures = [compare('orders', orders, answered, rest), compare('spend', spend, answered, rest)];
  const countIn = (rows: Uint32Array, label: number) =>
    rows.reduce((n, i) => n + (groups!.labels[i] === label ? 1 : 0), 0);
  return {
    nCustomers: base.length,
    nAnswered: answered.length,
    measures,
    groups: (groups?.names ?? []).map((name, label) => ({
      name,
      nCustomers: countIn(base, label),
      nAnswered: countIn(answered, label),
    })),
    sentence: `${count(answered.length)} of ${count(base.length)} customers (${share(answered.length, base.length)}) answered. ${sayMeasures(measures)}`,
  };
}

/** Fewer customers of a group tell nothing of how many answer. */
const fewestOfGroup = 20;
const mostGroups = 12;
/** Shares of answers this many standard errors apart are no accident, though the most telling of many columns is told. */
const apartBy = 4;

/** Who answered, as a remark: against the rest, and by the trait whose groups answered most differently. */
export function tellBias({ surveys, lines, customerIds, attributes }: Collected): Issue[] {
  if (!surveys || !lines) return [];
  const bias = responseBias(surveys, lines, customerIds.length);
  if (!bias) return [];
  const byTrait = attributes.flatMap((attribute) =>
    groupsOf(attribute).flatMap((groups) => {
      const found = responseBias(surveys, lines, customerIds.length, groups)!.groups;
      return sayGroups(attribute.name, found);
    }),
  );
  const [most] = byTrait.sort((a, b) => b.distance - a.distance);
  const name = surveys.map((survey) => survey.name).join(', ');
  const sentence = `${name}: ${bias.sentence}${most ? ` ${most.sentence}` : ''}`;
  return [{ kind: 'who answered', severity: 'info', sentence, rows: bias.nAnswered, example: null }];
}

const groupsOf = (attribute: CustomerAttribute): { labels: Int32Array; names: string[] }[] =>
  attribute.kind === 'category' && attribute.levels.length > 1 && attribute.levels.length <= mostGroups
    ? [{ labels: attribute.codes, names: attribute.levels }]
    : [];

/** The groups that answered most and least, where they are surely apart. */
function sayGroups(trait: string, groups: ResponseBias['groups']): { distance: number; sentence: string }[] {
  const shareOf = (group: ResponseBias['groups'][number]) => group.nAnswered / group.nCustomers;
  const large = groups
    .filter(({ nCustomers }) => nCustomers >= fewestOfGroup)
    .sort((a, b) => shareOf(b) - shareOf(a));
  const [first, last] = [large[0], large.at(-1)];
  if (!first || !last || first === last) return [];
  const all = (first.nAnswered + last.nAnswered) / (first.nCustomers + last.nCustomers);
  const error = Math.sqrt(all * (1 - all) * (1 / first.nCustomers + 1 / last.nCustomers));
  const distance = (shareOf(first) - shareOf(last)) / error;
  if (!(distance >= apartBy)) return [];
  const tell = ({ name, nAnswered, nCustomers }: ResponseBias['groups'][number]) =>
    `${share(nAnswered, nCustomers)} of the ${count(nCustomers)} with "${name}"`;
  return [{ distance, sentence: `By ${trait}, ${tell(first)} answered and ${tell(last)}.` }];
}

/** Orders worth more than zero, and all the money on balance, by customer. */
function addUp(lines: OrderLines, nCustomers: number) {
  const gross = new Float64Array(lines.nOrders);
  const owner = new Int32Array(lines.nOrders).fill(-1);
  const orders = new Float64Array(nCustomers);
  const spend = new Float64Array(nCustomers);
  for (let i = 0; i < lines.nRows; i++) {
    spend[lines.customer[i]!]! += lines.amount[i]!;
    if (lines.isRefund[i]) continue;
    gross[lines.order[i]!]! += lines.amount[i]!;
    owner[lines.order[i]!] = lines.customer[i]!;
  }
  gross.forEach((sum, order) => {
    if (sum > 0) orders[owner[order]!]!++;
  });
  return { orders, spend };
}

function compare(
  name: BiasMeasure['name'],
  values: Float64Array,
  answered: Uint32Array,
  rest: Uint32Array,
): BiasMeasure {
  const a = momentsOf(values, answered);
  const b = momentsOf(values, rest);
  const spread = Math.sqrt((a.variance + b.variance) / 2);
  const difference = a.mean === b.mean ? 0 : (a.mean - b.mean) / spread;
  return { name, answered: a.mean, rest: b.mean, ratio: a.mean / b.mean, difference };
}

function momentsOf(values: Float64Array, rows: Uint32Array) {
  const mean = rows.reduce((sum, i) => sum + values[i]!, 0) / rows.length;
  const squares = rows.reduce((sum, i) => sum + (values[i]! - mean) ** 2, 0);
  return { mean, variance: squares / Math.max(1, rows.length - 1) };
}

function sayMeasures([orders, spend]: BiasMeasure[]): string {
  const apart = (measure: BiasMeasure) => Math.abs(measure.difference) >= SMALL && measure.rest > 0;
  const times = ({ ratio }: BiasMeasure, more: string) => `${ratio.toFixed(1)}× as ${more}`;
  if (apart(orders!))
    return `Those who answered bought ${times(orders!, 'often')} as the rest${apart(spend!) ? ` and spent ${times(spend!, 'much')}` : ''}: what they say is not what all would say.`;
  if (apart(spend!)) return `Those who answered spent ${times(spend!, 'much')} as the rest.`;
  return 'Those who answered bought about as often and as much as the rest.';
}
