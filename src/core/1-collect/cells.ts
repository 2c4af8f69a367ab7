import { type BlockBuilder, createBlockBuilder, growBlock, type Resume } from './blocks';
import { type BytesWindow, createWindow } from './bytes-window';
import { Dictionary, MOST_CELLS } from './dictionary';
import type { Delimiter } from './raw-table';
import { createRowScanner, type RowScanner } from './scan-row';

const BATCH_CELLS = 1 << 14;

/** How many rows wait before their cells are looked up. */
export const batchRows = (nColumns: number): number =>
  Math.max(1, Math.min(MOST_CELLS, Math.floor(BATCH_CELLS / nColumns)));

/** What the reader of a text file works on: bytes, where their cells are, and the texts that were found. */
export type Cells = {
  window: BytesWindow;
  row: RowScanner;
  builder: BlockBuilder;
  /**
   * Rows from `from` on that are plain, at most so many, as cells behind those that wait in the scanner's arrays; how
   * many, and where the row after them begins. 0 tells nothing about the row at `from`.
   */
  scanPlain(from: number, nWaiting: number, most: number): { nRows: number; next: number };
  /** Looks up the cells that wait and hands their rows to the builder. */
  takeRows(nRows: number): void;
  /** Where a byte is in the window, at `from` or behind; -1 = nowhere. */
  indexOf(byte: number, from: number): number;
};

export type MakeCells = (delimiter: Delimiter, nColumns: number, resume: Resume | null) => Cells;

/** The reader's parts in plain JavaScript: every row is looked at on its own. */
export const createPlainCells: MakeCells = (delimiter, nColumns, resume) => {
  const window = createWindow();
  const row = createRowScanner(delimiter, nColumns * batchRows(nColumns));
  const dictionaries: Dictionary[] = [];
  const builder = createBlockBuilder(
    nColumns,
    resume,
    () => dictionaries[dictionaries.push(new Dictionary()) - 1]!,
  );
  return {
    window,
    row,
    builder,
    scanPlain: (from) => ({ nRows: 0, next: from }),
    // Column by column, so that one dictionary at a time stays in the processor's cache.
    takeRows(nRows) {
      growBlock(builder, nRows);
      for (const [c, dictionary] of dictionaries.entries())
        dictionary.internAll({
          text: window.text,
          starts: row.starts,
          ends: row.ends,
          first: c,
          stride: nColumns,
          n: nRows,
          codes: builder.codes[c]!,
          to: builder.nRows,
        });
      builder.nRows += nRows;
    },
    indexOf(byte, from) {
      const at = window.text.bytes.indexOf(byte, from);
      return at < window.length ? at : -1;
    },
  };
};
