import type { BlankRows } from './blank-rows';
import type { Texts } from './texts';

import type { PersonalKind } from './collected';

/** Which distinct text each row holds; the narrowest array that fits the number of levels. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/**
 * A column exactly as the file wrote it: the distinct texts and, row by row, which one. Types, decimal marks and
 * date orders are decisions laid on top, so changing one never needs the file again and loses nothing.
 */
export type RawColumn = { name: string; levels: string[]; codes: Codes };

/** `refusedRows` are 1-based row numbers of the file (header = row 1 when there is one) that no table row holds. */
export type RawTable = {
  fileName: string;
  nRows: number;
  hasHeader: boolean;
  /** As in the dialect: the format, lines above the header, and rows under it that explain it. */
  format?: FileFormat;
  preambleRows?: number;
  extraHeaderRows?: number;
  refusedRows: number[];
  /** Rows of the file that hold nothing, numbered likewise. */
  blankRows?: BlankRows[];
  columns: RawColumn[];
};

/** Rows of the file above the first row of values; formats with the names in every row, or apart, have none. */
export const rowsAbove = (
  table: Pick<RawTable, 'format' | 'hasHeader' | 'preambleRows' | 'extraHeaderRows'>,
): number =>
  table.format && /json|parquet/.test(table.format)
    ? 0
    : (table.preambleRows ?? 0) + (table.hasHeader ? 1 + (table.extraHeaderRows ?? 0) : 0);

/** A run of rows as it was read; `newTexts` continue each column's levels. */
export type RawBlock = {
  index: number;
  nRows: number;
  columns: { codes: Codes; newTexts: Texts }[];
  /** Where in the file (bytes, after decompression) the next row begins: an interrupted import resumes here. */
  endOffset: number;
  /** Rows refused from the start of the file to `endOffset`; a resumed import goes on counting from here. */
  refusedCount?: number;
  /** Those of them that are kept and came since the block before. */
  refused?: RefusedRow[];
  /** Blank rows since the block before. */
  blankRows?: BlankRows[];
  /** Bytes 0 read as blanks from the start of the file to `endOffset`, and the row of the first. */
  nuls?: Nuls;
};

export type Nuls = { count: number; firstRow: number };

/** The same as one run of bytes with its CRC-32, as it is stored. */
export type PackedBlock = Omit<RawBlock, 'columns'> & { bytes: Uint8Array<ArrayBuffer>; crc: number };

/** A table still packed, its blocks one behind the other. */
export type PackedTable<Blocks> = Omit<RawTable, 'columns'> & { columnNames: string[]; blocks: Blocks };

/** A table as it rests in storage: where its blocks are, or the blocks where nothing but the page can reach them. */
export type StoredTable = PackedTable<Uint8Array[] | StoredBlocks>;

/** Where in the browser's storage they rest, with the checksum and the rows of each block. */
export type StoredBlocks = {
  database: string;
  key: (string | number)[];
  sums: { crc: number; nRows: number }[];
};

export type FileFormat = 'csv' | 'xlsx' | 'xls' | 'ods' | 'json' | 'ndjson' | 'parquet';
export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
/** 'blank' = runs of blanks, leading blanks ignored. */
export type Delimiter = ',' | ';' | '\t' | '|' | 'blank';

/** How the bytes of one file are cut into rows and cells; decided on opening, shown, changeable (re-reads the file). */
export type Dialect = {
  format: FileFormat;
  isGzip: boolean;
  encoding: Encoding;
  delimiter: Delimiter;
  hasHeader: boolean;
  /** Lines before the header that belong to no table: comments, a title, blank ones; `sep=;` is none, as spreadsheets hide it. Absent = 0. */
  preambleRows?: number;
  /** Rows under the header that explain it (survey exports): question text, import ids. Absent = 0. */
  extraHeaderRows?: number;
  /** The sheet of a workbook; of a JSON file the dotted path to the list of rows. */
  sheet?: string;
};

/** A row that could not be used as it stands; `row` counts like a spreadsheet (header = 1). */
export type RefusedRow = { file: string; row: number; column: string; value: string; why: string };

/** What becomes of a personal column: stored as it is, as a keyed hash, or not at all. */
export type Treatment = 'keep' | 'hash' | 'drop';

/** What reading one file found, once the last byte is in. The first `RefusedRow`s are kept up to a limit; counts are exact. */
export type FileReading = {
  fileName: string;
  dialect: Dialect;
  bytes: number;
  rowsRead: number;
  columnNames: string[];
  refusedCount: number;
  refused: RefusedRow[];
  blankRows?: BlankRows[];
  nuls?: Nuls;
  /** Sheets of the workbook that hold cells and were not read. */
  otherSheets?: string[];
  /** Columns found personal before anything was stored, and what was done with them. */
  personal?: { column: string; kind: PersonalKind; treatment: Treatment }[];
};
