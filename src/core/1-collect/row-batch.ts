import { type BlockBuilder, growBlock } from './blocks';
import { type Bytes, growBytes, makeBytes } from './bytes-window';
import type { Dictionary } from './dictionary';
import type { RowScanner } from './scan-row';

const BATCH_CELLS = 1 << 14;
const MAX_ROWS = 512;
const QUOTE = 34;

/** How many rows wait before their cells are looked up. */
export const batchRows = (nColumns: number): number =>
  Math.max(1, Math.min(MAX_ROWS, Math.floor(BATCH_CELLS / nColumns)));

let scratch = makeBytes(256);
const hashes = new Int32Array(MAX_ROWS);

/**
 * Looks up the cells of the rows that wait in the scanner's arrays, column by column, so that one dictionary at a time
 * stays in the processor's cache.
 */
export function takeRows(
  builder: BlockBuilder,
  row: RowScanner,
  nRows: number,
  nColumns: number,
  text: Bytes,
): void {
  growBlock(builder, nRows);
  const { columns, dictionaries } = builder;
  const { starts, ends } = row;
  for (let c = 0; c < columns.length; c++) {
    const dictionary = dictionaries[c]!;
    const codes = builder.codes[c]!;
    const first = columns[c]!;
    dictionary.hashAll(text, starts, ends, first, nColumns, hashes, nRows);
    let to = builder.nRows;
    for (let i = 0, at = first; i < nRows; i++, at += nColumns) {
      const end = ends[at]!;
      codes[to++] =
        end >= 0
          ? dictionary.find(text, starts[at]!, end, hashes[i]!)
          : internDoubled(dictionary, text, starts[at]!, ~end);
    }
  }
  builder.nRows += nRows;
}

/** Takes the doubling off the quotes of a cell. */
function internDoubled(dictionary: Dictionary, { bytes }: Bytes, start: number, end: number): number {
  scratch = growBytes(scratch, end - start);
  let length = 0;
  for (let i = start; i < end; i++) {
    scratch.bytes[length++] = bytes[i]!;
    if (bytes[i] === QUOTE) i++;
  }
  return dictionary.intern(scratch, 0, length);
}
