import { fitColumn } from '../../src/core/2-features/transforms/fit-column';
import { transformColumns } from '../../src/core/3-models/standardise';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedTable } from '../fixtures/reference';

/** Columns of a table beside the repository, each as the app standardises it (log1p where it leans right). */
export function standardRows(path: string, names: string[]): Matrix {
  const rows = readSharedTable(path);
  const columns = names.map((name) => Float64Array.from(rows, (row) => Number(row[name])));
  return transformColumns(
    names.map((name, j) => fitColumn(name, columns[j]!)),
    columns,
  );
}

export const retailRows = (): Matrix =>
  standardRows('reference/online_retail_rfm.csv', ['recency_days', 'frequency_invoices', 'monetary']);

export const wholesaleRows = (): Matrix =>
  standardRows('data/wholesale-customers/Wholesale customers data.csv', [
    'Fresh',
    'Milk',
    'Grocery',
    'Frozen',
    'Detergents_Paper',
    'Delicassen',
  ]);

export const mallRows = (): Matrix =>
  standardRows('data/mall-customers/Mall_Customers.csv', ['Annual_Income', 'Spending_Score']);
