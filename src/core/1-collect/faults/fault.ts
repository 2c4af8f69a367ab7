import type { QualityDimension, Role } from '../collected';
import type { Column, ReadTable } from '../read-table';
import type { SortedTables } from '../table-kinds';

/** What a fix does to a table: other texts for codes of the column, rows left out (1), single cells, or no such column. */
export type Mend =
  | { texts: Map<number, string> }
  | { leaveOut: Uint8Array }
  | { cells: { column: number; row: number; text: string }[] }
  | { ignore: true };

/** A fault met in one column, or in whole rows where `column` is null; at most one for each fault and column. */
export type Found = {
  column: Column | null;
  /** The table row shown as the example, in `shown` or else `column`. */
  row: number;
  shown?: Column;
  rows: number;
  /** The sentence after file and column. */
  says: string;
  severity?: 'info';
  label: string;
  /** Nothing is lost or guessed. */
  isSafe: boolean;
  mend(): Mend;
  /** Codes nobody could read that are told here, so that they are not told again as unreadable. */
  tells?: Iterable<number>;
};

/** All files with their roles and kinds. */
export type Scene = { tables: ReadTable[]; sorted: SortedTables };

/** One kind of fault: finding it also says how to mend it, so that the rows told are the rows touched. */
export type Fault = {
  id: string;
  dimension: QualityDimension;
  /** Another issue of this name tells it; only the mend comes from here. */
  isToldElsewhere?: true;
  find(table: ReadTable, scene: Scene): Found[];
};

export const presentRows = ({ profile }: Column): number => profile.codes.length - profile.nMissing;

/** Visits the distinct texts that stand in a row and are not missing. */
export function eachText({ profile }: Column, visit: (text: string, code: number, rows: number) => void) {
  const { levels, counts, isMissing } = profile;
  for (let code = 0; code < levels.length; code++)
    if (counts[code]! > 0 && !isMissing[code]) visit(levels[code]!, code, counts[code]!);
}

/** How many rows hold one of the codes. */
export function rowsOf({ profile }: Column, codes: Iterable<number>): number {
  let rows = 0;
  for (const code of codes) rows += profile.counts[code]!;
  return rows;
}

const idRoles = new Set<Role>(['customer', 'order', 'product', 'email', 'phone', 'account', 'coupon']);
export const isId = ({ reading }: Column): boolean => idRoles.has(reading.role);

const ownTexts = new Set<Role>(['customer', 'order', 'email', 'phone', 'name', 'comment', 'claim']);
const MAX_CATEGORIES = 1000;
/** Whether the texts of a column repeat like names of groups. */
export const isCategory = (column: Column): boolean =>
  column.reading.type === 'text' &&
  !ownTexts.has(column.reading.role) &&
  column.profile.nDistinct <= MAX_CATEGORIES &&
  column.profile.nDistinct <= Math.max(12, presentRows(column) * 0.2);

type Told = Pick<Found, 'label' | 'isSafe' | 'severity'> & {
  says(n: number, example: string): string;
};

/** The fault of cells whose texts should read otherwise; none where `texts` is empty. */
export function retold(column: Column, texts: Map<number, string>, told: Told): Found[] {
  const { firstRow, levels, codes } = column.profile;
  let row = Infinity;
  for (const code of texts.keys()) row = Math.min(row, firstRow[code]!);
  if (row === Infinity) return [];
  const rows = rowsOf(column, texts.keys());
  const { says, ...rest } = told;
  return [
    {
      ...rest,
      column,
      row,
      rows,
      says: says(rows, levels[codes[row]!]!.slice(0, 60)),
      mend: () => ({ texts }),
      tells: texts.keys(),
    },
  ];
}

/** The fault of rows that should not count, marked by 1; none where no row is. */
export function unwanted(
  column: Column | null,
  marks: Uint8Array,
  told: Told & { shown?: Column | undefined },
): Found[] {
  let rows = 0;
  // An iterator would make an object of every row.
  for (let i = 0; i < marks.length; i++) rows += marks[i]!;
  if (rows === 0) return [];
  const row = marks.indexOf(1);
  const { says, shown = column, ...rest } = told;
  const example = shown ? shown.profile.levels[shown.profile.codes[row]!]!.slice(0, 60) : '';
  return [
    {
      ...rest,
      column,
      ...(shown && { shown }),
      row,
      rows,
      says: says(rows, example),
      mend: () => ({ leaveOut: marks }),
    },
  ];
}

/** 1 for the rows of a column that hold one of the codes. */
export function rowsWith({ profile }: Column, codes: Iterable<number>): Uint8Array {
  const isMarked = new Uint8Array(profile.levels.length);
  for (const code of codes) isMarked[code] = 1;
  const marks = new Uint8Array(profile.codes.length);
  for (let i = 0; i < marks.length; i++) marks[i] = isMarked[profile.codes[i]!]!;
  return marks;
}

/** The value below which a share of the rows lies; NaN values do not count. */
export function quantile({ profile }: Column, values: Float64Array, share: number): number {
  const codes = Array.from(values.keys()).filter(
    (code) => !Number.isNaN(values[code]!) && profile.counts[code]! > 0,
  );
  codes.sort((a, b) => values[a]! - values[b]!);
  const n = codes.reduce((sum, code) => sum + profile.counts[code]!, 0);
  let seen = 0;
  for (const code of codes) if ((seen += profile.counts[code]!) >= share * n) return values[code]!;
  return NaN;
}
