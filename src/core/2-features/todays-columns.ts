import type { Collected, CustomerAttribute } from '../1-collect/collected';
import { rankValues } from '../kit/statistics/ranks';
import { buildHistory, dayAfter, type OrderHistory } from './history';

/** At this rank correlation a column is the figure in other words. */
const sameOrder = 0.97;
/** Fewer customers, or fewer different values, agree by chance. */
const fewestCustomers = 50;
const fewestValues = 5;
/** More customers tell no more. */
const mostCustomers = 10_000;

/**
 * The data with columns that tell what everybody had bought by the end marked as of the day of the export, whatever they
 * are called: numbers that put customers in the order of their last order, number of orders or spend.
 */
export function markTodaysColumns(collected: Collected): Collected {
  const { lines, attributes } = collected;
  if (!lines || !attributes.some(mayTellToday)) return collected;
  const history = buildHistory(lines, dayAfter(collected.to));
  const every = Math.ceil(history.customers.length / mostCustomers);
  const rows = Array.from(history.customers.keys()).filter((row) => row % every === 0);
  const figures = endFigures(history).map((values) => Float64Array.from(rows, (row) => values[row]!));
  const known = figures.filter((values) => new Set(values).size >= fewestValues);
  const tellsToday = (attribute: CustomerAttribute): boolean => {
    if (attribute.kind !== 'number' || !mayTellToday(attribute)) return false;
    const own = Float64Array.from(rows, (row) => attribute.values[history.customers[row]!]!);
    return known.some((figure) => Math.abs(rankAgreement(own, figure)) >= sameOrder);
  };
  const marked = attributes.map((one) => (tellsToday(one) ? { ...one, isSnapshot: true } : one));
  return { ...collected, attributes: marked };
}

const mayTellToday = ({ kind, isSnapshot }: CustomerAttribute): boolean => kind === 'number' && !isSnapshot;

/** By customer: the last order, the number of orders, the money kept. */
const endFigures = ({ customers, offsets, time, spend }: OrderHistory): Float64Array[] => [
  Float64Array.from(customers, (_, row) => time[offsets[row + 1]! - 1]!),
  Float64Array.from(customers, (_, row) => offsets[row + 1]! - offsets[row]!),
  Float64Array.from(customers, (_, row) => spend[row]!),
];

/** Spearman's rank correlation over the rows that have a value; 0 where too little is known. */
function rankAgreement(own: Float64Array, figure: Float64Array): number {
  const rows = Array.from(own.keys()).filter((row) => !Number.isNaN(own[row]!));
  const values = Float64Array.from(rows, (row) => own[row]!);
  if (rows.length < fewestCustomers || new Set(values).size < fewestValues) return 0;
  const a = rankValues(values).ranks;
  const b = rankValues(Float64Array.from(rows, (row) => figure[row]!)).ranks;
  const mean = (rows.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    ab += (a[i]! - mean) * (b[i]! - mean);
    aa += (a[i]! - mean) ** 2;
    bb += (b[i]! - mean) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
