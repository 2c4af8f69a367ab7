import { collect, loadTables } from '../../../src/core/1-collect/collect';
import type { CollectSettings } from '../../../src/core/1-collect/collected';
import type { Codes, Dialect, FileReading, RawBlock, RawTable } from '../../../src/core/1-collect/raw-table';
import { decodeTexts } from '../../../src/core/1-collect/texts';
import { readFile, sniffFile } from '../../../workers/read-file';

export type ReadFile = { table: RawTable; reading: FileReading; blocks: RawBlock[] };

/** Puts the blocks of a file together as storage does. */
export function joinBlocks(reading: FileReading, blocks: RawBlock[]): RawTable {
  const nRows = blocks.reduce((n, block) => n + block.nRows, 0);
  const columns = reading.columnNames.map((name, c) => {
    const codes: Codes = new Uint32Array(nRows);
    let at = 0;
    for (const block of blocks) {
      codes.set(block.columns[c]!.codes, at);
      at += block.nRows;
    }
    return { name, codes, levels: blocks.flatMap((block) => decodeTexts(block.columns[c]!.newTexts)) };
  });
  const refusedRows = reading.refused.map(({ row }) => row);
  const { format, hasHeader, preambleRows, extraHeaderRows } = reading.dialect;
  return {
    fileName: reading.fileName,
    nRows,
    format,
    hasHeader,
    preambleRows,
    extraHeaderRows,
    refusedRows,
    blankRows: reading.blankRows,
    columns,
  };
}

/** Reads a file through the worker's own code, as the app does. */
export async function readBytes(
  bytes: Uint8Array | string,
  name = 'orders.csv',
  dialect: Partial<Dialect> = {},
): Promise<ReadFile> {
  const file = new File([bytes as Uint8Array<ArrayBuffer>], name);
  const blocks: RawBlock[] = [];
  const reading = await readFile(
    file,
    { ...(await sniffFile(file)), ...dialect },
    null,
    async (block) => void blocks.push(block),
    () => {},
  );
  return { table: joinBlocks(reading, blocks), reading, blocks };
}

export const rowsOf = ({ columns, nRows }: RawTable): string[][] =>
  Array.from({ length: nRows }, (_, i) => columns.map(({ levels, codes }) => levels[codes[i]!]!));

const defaults: CollectSettings = { refunds: 'net', decisions: [], answers: [] };

export const checkFiles = (files: ReadFile[], settings: Partial<CollectSettings> = {}) =>
  collect(
    loadTables(
      files.map((f) => f.table),
      files.map((f) => f.reading),
    ),
    { ...defaults, ...settings },
  );

/** Reads and checks texts given as [name, text]. */
export async function checkTexts(texts: [string, string][], settings: Partial<CollectSettings> = {}) {
  const files: ReadFile[] = [];
  for (const [name, text] of texts) files.push(await readBytes(text, name));
  return checkFiles(files, settings);
}
