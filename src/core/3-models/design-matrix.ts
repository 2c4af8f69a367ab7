import type { Feature, FeatureDefinition, FeatureTable, LabelledTable } from '../2-features/feature-table';
import { sampleRows } from './rows';

/** Several feature tables under one another: the features all of them have, one row a customer and date. */
export type Stacked = {
  definitions: FeatureDefinition[];
  columns: Float64Array[];
  customers: Int32Array;
  y: Uint8Array;
};

const hasFeature = (table: FeatureTable, name: string) =>
  table.features.some(({ definition }) => definition.name === name);

export const columnOf = (features: Feature[], name: string): Float64Array | undefined =>
  features.find(({ definition }) => definition.name === name)?.values;

/** Stacks labelled tables; only features that `other` has too are kept, so that one can be scored by the other. */
export function stackTables(tables: LabelledTable[], other: FeatureTable): Stacked {
  const definitions = other.features
    .map(({ definition }) => definition)
    .filter(({ name }) => tables.every(({ table }) => hasFeature(table, name)));
  const nRows = tables.reduce((sum, { label }) => sum + label.length, 0);
  const customers = new Int32Array(nRows);
  const y = new Uint8Array(nRows);
  const columns = definitions.map(() => new Float64Array(nRows));
  let start = 0;
  for (const { table, label } of tables) {
    customers.set(table.customers, start);
    y.set(label, start);
    definitions.forEach(({ name }, j) => columns[j]!.set(columnOf(table.features, name)!, start));
    start += label.length;
  }
  return { definitions, columns, customers, y };
}

function pickStacked({ definitions, columns, customers, y }: Stacked, rows: Int32Array): Stacked {
  const picked: Stacked = {
    definitions,
    columns: columns.map(() => new Float64Array(rows.length)),
    customers: rows.map((row) => customers[row]!),
    y: new Uint8Array(rows.length),
  };
  rows.forEach((row, i) => (picked.y[i] = y[row]!));
  columns.forEach((values, j) => {
    const into = picked.columns[j]!;
    for (let i = 0; i < rows.length; i++) into[i] = values[rows[i]!]!;
  });
  return picked;
}

/** Puts `share` of the customers, with all their rows, aside; seeded. */
export function putCustomersAside(stacked: Stacked, share: number, seed: number) {
  const everybody = [...new Set(stacked.customers)];
  const chosen = sampleRows(everybody.length, Math.floor(everybody.length * share), seed);
  const aside = new Set(Array.from(chosen, (i) => everybody[i]!));
  const rows = Int32Array.from(stacked.customers.keys());
  return {
    kept: pickStacked(
      stacked,
      rows.filter((row) => !aside.has(stacked.customers[row]!)),
    ),
    aside: pickStacked(
      stacked,
      rows.filter((row) => aside.has(stacked.customers[row]!)),
    ),
  };
}
