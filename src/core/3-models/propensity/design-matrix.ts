import type {
  Feature,
  FeatureDefinition,
  FeatureTable,
  LabelledTable,
  Target,
} from '../../2-features/feature-table';
import { sampleRows } from '../rows';
import { signsFor } from './silence';

/** Several feature tables under one another: the features all of them have, one row a customer and date. */
export type Stacked = {
  definitions: FeatureDefinition[];
  /** The sign that each feature's weight may have, 0 = any. */
  signs: number[];
  columns: Float64Array[];
  customers: Int32Array;
  y: Uint8Array;
  /** 1 for rows of the latest date, whose outcomes lie nearest to those to be foretold. */
  isLatest: Uint8Array;
};

const hasFeature = (table: FeatureTable, name: string) =>
  table.features.some(({ definition }) => definition.name === name);

export const columnOf = (features: Feature[], name: string): Float64Array | undefined =>
  features.find(({ definition }) => definition.name === name)?.values;

/** Stacks labelled tables; only features that `other` has too are kept, so that one can be scored by the other. */
export function stackTables(tables: LabelledTable[], other: FeatureTable, target: Target): Stacked {
  const definitions = other.features
    .map(({ definition }) => definition)
    .filter(({ name }) => tables.every(({ table }) => hasFeature(table, name)));
  const nRows = tables.reduce((sum, { label }) => sum + label.length, 0);
  const customers = new Int32Array(nRows);
  const y = new Uint8Array(nRows);
  const isLatest = new Uint8Array(nRows);
  const latest = Math.max(...tables.map(({ table }) => table.asOf ?? 0));
  const columns = definitions.map(() => new Float64Array(nRows));
  let start = 0;
  for (const { table, label } of tables) {
    customers.set(table.customers, start);
    y.set(label, start);
    if ((table.asOf ?? 0) === latest) isLatest.fill(1, start, start + label.length);
    definitions.forEach(({ name }, j) => columns[j]!.set(columnOf(table.features, name)!, start));
    start += label.length;
  }
  return { definitions, signs: signsFor(definitions, target), columns, customers, y, isLatest };
}

function gather<Values extends Float64Array | Int32Array | Uint8Array>(
  values: Values,
  rows: Int32Array,
  into: Values,
): Values {
  for (let i = 0; i < rows.length; i++) into[i] = values[rows[i]!]!;
  return into;
}

export function pickRows(stacked: Stacked, rows: Int32Array): Stacked {
  const { columns, customers, y, isLatest } = stacked;
  const n = rows.length;
  return {
    ...stacked,
    columns: columns.map((values) => gather(values, rows, new Float64Array(n))),
    customers: gather(customers, rows, new Int32Array(n)),
    y: gather(y, rows, new Uint8Array(n)),
    isLatest: gather(isLatest, rows, new Uint8Array(n)),
  };
}

/** A stack's columns by their features' names. */
export const columnByName =
  ({ definitions, columns }: Stacked) =>
  (wanted: string): Float64Array =>
    columns[definitions.findIndex(({ name }) => name === wanted)]!;

/** The rows of the latest date alone. */
export const keepLatest = (stacked: Stacked): Stacked =>
  pickRows(
    stacked,
    Int32Array.from(stacked.y.keys()).filter((row) => stacked.isLatest[row] === 1),
  );

/** At most `size` rows, seeded. */
export const sampleStacked = (stacked: Stacked, size: number, seed: number): Stacked =>
  stacked.y.length <= size ? stacked : pickRows(stacked, sampleRows(stacked.y.length, size, seed));

/** Puts `share` of the customers, with all their rows, aside; seeded. */
export function putCustomersAside(stacked: Stacked, share: number, seed: number) {
  const everybody = [...new Set(stacked.customers)];
  const chosen = sampleRows(everybody.length, Math.floor(everybody.length * share), seed);
  const aside = new Set(Array.from(chosen, (i) => everybody[i]!));
  const rows = Int32Array.from(stacked.customers.keys());
  return {
    kept: pickRows(
      stacked,
      rows.filter((row) => !aside.has(stacked.customers[row]!)),
    ),
    aside: pickRows(
      stacked,
      rows.filter((row) => aside.has(stacked.customers[row]!)),
    ),
  };
}
