import { type BlockBuilder, growBlock } from './blocks';
import type { Bytes } from './bytes-window';
import { MOST_CELLS } from './dictionary';
import type { RowScanner } from './scan-row';

const BATCH_CELLS = 1 << 14;

/** How many rows wait before their cells are looked up. */
export const batchRows = (nColumns: number): number =>
  Math.max(1, Math.min(MOST_CELLS, Math.floor(BATCH_CELLS / nColumns)));

/**
 * Looks up the cells of the rows that wait in the scanner's arrays, column by column, so that one dictionary at a time
 * stays in the processor's cache.
 */
export function takeRows(
  builder: BlockBuilder,
  { starts, ends }: RowScanner,
  nRows: number,
  nColumns: number,
  text: Bytes,
): void {
  growBlock(builder, nRows);
  const { columns, dictionaries, codes } = builder;
  for (const [at, column] of columns.entries())
    dictionaries[at]!.internAll(text, starts, ends, column, nColumns, nRows, codes[at]!, builder.nRows);
  builder.nRows += nRows;
}
