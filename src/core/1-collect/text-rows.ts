import { BLOCK_ROWS, createBlockBuilder, growBlock, type Resume } from './blocks';
import type { RawBlock, RefusedRow } from './raw-table';

const MAX_REFUSED = 1000;

/** Where a block goes, with the rows passed so far. */
export type OnBlock = (block: RawBlock, rowsRead: number) => Promise<void>;

/**
 * Rows of texts on their way into blocks, for formats that are read from the start every time: `endOffset` of a block
 * counts rows, and a resumed import passes over those already stored.
 */
export type TextRows = {
  rowsRead: number;
  refusedCount: number;
  refused: RefusedRow[];
  /** True while rows go by that an interrupted import has stored. */
  isPassing(): boolean;
  /** Takes a row; `text(c)` is its cell in column c. Await the answer where there is one: a block is full. */
  take(text: (column: number) => string): Promise<void> | undefined;
  refuse(row: Omit<RefusedRow, 'column'>): void;
  finish(): Promise<void>;
};

export function createTextRows(nColumns: number, resume: Resume | null, onBlock: OnBlock): TextRows {
  const builder = createBlockBuilder(nColumns, resume);
  const nPassed = resume?.endOffset ?? 0;
  const send = () => onBlock(builder.cut(rows.rowsRead, rows.refusedCount, rows.refused), rows.rowsRead);
  const rows: TextRows = {
    rowsRead: 0,
    refusedCount: resume?.refusedCount ?? 0,
    refused: [...(resume?.refused ?? [])],
    isPassing: () => rows.rowsRead < nPassed,
    take(text) {
      if (rows.rowsRead++ < nPassed) return undefined;
      growBlock(builder, 1);
      const at = builder.nRows++;
      for (let c = 0; c < nColumns; c++) builder.codes[c]![at] = builder.dictionaries[c]!.internText(text(c));
      return builder.nRows === BLOCK_ROWS ? send() : undefined;
    },
    refuse({ file, row, value, why }) {
      if (rows.rowsRead++ < nPassed) return;
      rows.refusedCount++;
      if (rows.refused.length >= MAX_REFUSED) return;
      rows.refused.push({ file, row, column: '', value: value.slice(0, 200), why });
    },
    async finish() {
      if (builder.nRows > 0) await send();
    },
  };
  return rows;
}
