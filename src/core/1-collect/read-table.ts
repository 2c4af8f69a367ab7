import type { ColumnReading, Issue, Role } from './collected';
import type { NumberFit } from './column-types';
import type { DateFit } from './fit-dates';
import type { KnownExport } from './formats/known-export';
import type { Codes } from './raw-table';
import type { ColumnProfile, TableProfile } from './table-profile';

/** One column with everything known about it: its texts, what they read as, and what it is for. */
export type Column = {
  profile: ColumnProfile;
  words: string;
  numbers: NumberFit | null;
  dates: DateFit | null;
  /** Why its digits are names rather than numbers, or null. */
  identifier: string | null;
  /** Of a column that counts from 1970: its values as ms on the project's clock; absent = that clock is UTC. */
  epochTimes?: Float64Array;
  /** Of a column of days: the time of day, which another column tells; `ms` by what `codes` says of each row. */
  clock?: { codes: Codes; ms: Float64Array };
  reading: ColumnReading;
  /** True of a whole order and written on the first of its rows only. */
  isCarried?: boolean;
  /** Its header says cents: `numbers` are hundredths of what is written. */
  isInCents?: true;
  /** No column of the file: the rows of a table without ids, numbered. */
  isMadeUp?: boolean;
};

/** A file with its columns decided. `index` counts files as they were loaded. */
export type ReadTable = {
  index: number;
  profile: TableProfile;
  columns: Column[];
  /** The export it is known to be. */
  source?: KnownExport | null;
};

export const columnOf = (table: ReadTable, role: Role): Column | undefined =>
  table.columns.find((column) => column.reading.role === role);

/** The cell of a table row as the example of an issue. */
export const cellAt = (table: ReadTable, column: Column | undefined, row: number): Issue['example'] =>
  column && row >= 0 && row < table.profile.nRows
    ? {
        file: table.profile.fileName,
        row: table.profile.fileRow(row),
        column: column.reading.name,
        value: column.profile.levels[column.profile.codes[row]!]!.slice(0, 100),
      }
    : null;
