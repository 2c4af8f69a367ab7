import type { Role } from './collected';
import type { Index } from './customer-ids';
import type { Codes } from './raw-table';
import { type Column, columnOf, type ReadTable } from './read-table';
import type { ColumnProfile } from './table-profile';

/** By row of a table the customer's index, -1 where nobody known stands in it. */
export type CustomerOf = (table: ReadTable) => Int32Array;

/**
 * The column with the role, else the first by name that no role has claimed and nobody turned down: one that was taken
 * for nothing then has the role, so that what is used is shown as used.
 */
export function findColumn(
  table: ReadTable,
  role: Role | null,
  names: RegExp,
  fits: (column: Column) => boolean = () => true,
): Column | undefined {
  const known = role ? columnOf(table, role) : undefined;
  const named = table.columns.find(
    (column) => isFree(column) && column.profile.nDistinct > 0 && names.test(column.words) && fits(column),
  );
  if (!known && named && role) claim(named, role);
  return known ?? named;
}

/** Gives a column that was taken for nothing the role it plays. */
export function claim({ reading, profile }: Column, role: Role, why?: string): void {
  if (reading.role !== 'ignore') return;
  const roleWhy = why ?? `its name "${profile.name}" says so`;
  Object.assign(reading, { role, roleConfidence: 0.85, roleWhy });
}

const isFree = ({ reading }: Column): boolean =>
  reading.role === 'attribute' || (reading.role === 'ignore' && reading.roleWhy !== 'as you chose');

/** Row by row the value of the row's text; a loop, since `from` with a function is several times slower. */
export function spreadValues(codes: Codes, values: ArrayLike<number>): Float64Array {
  const rows = new Float64Array(codes.length);
  for (let i = 0; i < rows.length; i++) rows[i] = values[codes[i]!]!;
  return rows;
}

/** The same for indexes. */
export function spreadIndexes(codes: Codes, values: ArrayLike<number>): Int32Array {
  const rows = new Int32Array(codes.length);
  for (let i = 0; i < rows.length; i++) rows[i] = values[codes[i]!]!;
  return rows;
}

/** Row by row; NaN where there is nothing or nothing readable. */
export const spreadNumbers = ({ numbers, profile }: Column): Float64Array | null =>
  numbers && spreadValues(profile.codes, numbers.values);

const SECONDS = 1e8;
const CENTURY_MS = 4.2e12;

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size, as milliseconds; else NaN. */
export function epochMs(value: number): number {
  for (const ms of [value * 1000, value, value / 1000, value / 1e6])
    if (ms >= SECONDS * 1000 && ms < CENTURY_MS) return Math.floor(ms);
  return NaN;
}

export const isEpoch = ({ numbers }: Column): boolean =>
  numbers !== null && numbers.values.every((v) => Number.isNaN(v) || (v >= SECONDS && v === Math.floor(v)));

/** Times row by row, from dates or from a clock that counts since 1970; null when the column holds neither. */
export function spreadTimes(column: Column | undefined): Float64Array | null {
  if (!column) return null;
  const { dates, numbers, profile, epochTimes, clock } = column;
  const values = dates?.values ?? epochTimes ?? (isEpoch(column) ? numbers!.values.map(epochMs) : null);
  const times = values && spreadValues(profile.codes, values);
  if (times && clock)
    for (let row = 0; row < times.length; row++) times[row]! += clock.ms[clock.codes[row]!]!;
  return times;
}

/** The trimmed texts row by row, numbered by `index` so that several files share one numbering; -1 = nothing. */
export function spreadCodes(column: Column, index: Index): Int32Array {
  const isHeld = ({ isMissing, counts }: ColumnProfile, code: number) =>
    !isMissing[code] && counts[code]! > 0;
  return spreadIndexes(column.profile.codes, numberLevels(column, index, isHeld));
}

/** By distinct text the number of the trimmed text in `index`, -1 where `isAsked` says no. */
export function numberLevels(
  { profile }: Column,
  index: Index,
  isAsked: (profile: ColumnProfile, code: number) => boolean,
): Int32Array {
  const { levels } = profile;
  // Distinct texts stay so where none has blanks around.
  const isNew = index.texts.length === 0 && levels.every((text) => text.length === text.trim().length);
  const numbers = new Int32Array(levels.length).fill(-1);
  for (let code = 0; code < numbers.length; code++)
    if (isAsked(profile, code))
      numbers[code] = isNew ? index.addNew(levels[code]!) : index.of(levels[code]!.trim());
  return numbers;
}

export const textAt = ({ profile }: Column, row: number): string => {
  const code = profile.codes[row]!;
  return profile.isMissing[code] ? '' : profile.levels[code]!.trim();
};

/** The values of some rows, in their order. */
export function takeCodes(values: Int32Array, rows: Uint32Array): Int32Array {
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

export function takeNumbers(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}
