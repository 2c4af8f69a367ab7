import type { Parting } from './value-groups';
import { formatCount, formatShare, plural } from './words';

/** The same customers parted in two ways: `counts[row][column]`, and the share of it in the row's own. */
export type CrossTable = {
  rows: { name: string; slot: number | null; total: number }[];
  columns: { name: string; total: number }[];
  counts: number[][];
  shares: number[][];
  /** In a row and in none of the columns. */
  outside: number;
  sentence: string;
};

const leastToSpeakOf = 10;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Two ways to part customers laid over each other; columns that hold nobody of the rows are left out. */
export function crossPartings(down: Parting, across: Parting): CrossTable {
  const columnOf = new Map(Array.from(across.customers, (customer, i) => [customer, across.group[i]!]));
  const all = down.groups.map(() => new Array<number>(across.groups.length).fill(0));
  let outside = 0;
  down.customers.forEach((customer, i) => {
    const row = down.group[i]!;
    if (row < 0) return;
    const column = columnOf.get(customer) ?? -1;
    if (column < 0) outside++;
    else all[row]![column]!++;
  });
  const totals = across.groups.map((_, column) => sum(all.map((counts) => counts[column]!)));
  const kept = [...totals.keys()].filter((column) => totals[column]! > 0);
  const counts = all.map((row) => kept.map((column) => row[column]!));
  const rows = down.groups.map((group, row) => ({ ...group, total: sum(counts[row]!) }));
  const columns = kept.map((column) => ({ name: across.groups[column]!.name, total: totals[column]! }));
  const shares = counts.map((row, r) => row.map((count) => count / Math.max(1, rows[r]!.total)));
  return { rows, columns, counts, shares, outside, sentence: sayClosest({ rows, columns, counts, shares }) };
}

/** The cell that holds most of its row, of rows with enough customers to speak of. */
function sayClosest({
  rows,
  columns,
  counts,
  shares,
}: Pick<CrossTable, 'rows' | 'columns' | 'counts' | 'shares'>): string {
  const cells = shares.flatMap((row, r) =>
    rows[r]!.total < leastToSpeakOf ? [] : row.map((share, c) => ({ share, r, c })),
  );
  const top = cells.reduce((most, cell) => (cell.share > most.share ? cell : most), {
    share: 0,
    r: -1,
    c: -1,
  });
  if (top.r < 0) return '';
  const { name, total } = rows[top.r]!;
  return `Closest: of ${plural(total, 'customer')} in ${name}, ${formatCount(counts[top.r]![top.c]!)} (${formatShare(top.share)}) are in ${columns[top.c]!.name}.`;
}
