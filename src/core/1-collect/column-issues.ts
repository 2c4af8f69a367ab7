import type { Issue, PersonalKind } from './collected';
import { collectUnreadable } from './column-types';
import type { ToldCells } from './faults/fault-issues';
import { cellAt, type Column, type ReadTable } from './read-table';
import { columnName, isAre, plural } from './wording';

/**
 * What is to know about columns; cells of `told` columns are reported with their rows, cells
 * of `explained` codes as faults of their own.
 */
export const tableIssues = (table: ReadTable, told: ReadonlySet<Column>, explained: ToldCells): Issue[] => [
  ...table.columns.flatMap((column) =>
    told.has(column) ? [] : unreadableIssues(table, column, explained.get(column)),
  ),
  ...table.columns.flatMap((column) => [
    ...formatIssues(table, column),
    ...centsIssues(table, column),
    ...personalIssues(table, column),
  ]),
];

const where = ({ profile }: ReadTable, { reading }: Column) =>
  `${profile.fileName}, ${columnName(reading.name)}`;
const presentRows = ({ profile }: Column) => profile.codes.length - profile.nMissing;

/** Cells that do not fit their column's type: left empty, never a reason to stop. */
function unreadableIssues(table: ReadTable, column: Column, explained?: ReadonlySet<number>): Issue[] {
  const { type } = column.reading;
  const fit = type === 'date' ? column.dates : type === 'number' ? column.numbers : null;
  if (!fit || fit.nUnreadable === 0) return [];
  const isOpen = (code: number) => !explained?.has(code);
  const found = explained?.size ? collectUnreadable(column.profile, fit.values, isOpen) : fit;
  const [first] = found.unreadable;
  if (!first) return [];
  const n = found.nUnreadable;
  const noun = type === 'date' ? 'date' : 'number';
  const sentence = `${where(table, column)}: ${plural(n, 'cell')} ${isAre(n)} ${n === 1 ? `not a ${noun}` : `not ${noun}s`}, such as "${first.value}"; left empty.`;
  const kind = type === 'date' ? 'unreadable dates' : 'unreadable cells';
  return [{ kind, severity: 'warning', sentence, rows: n, example: cellAt(table, column, first.firstRow) }];
}

/** A number format that nothing in the file settles. */
function formatIssues(table: ReadTable, column: Column): Issue[] {
  const { reading, numbers } = column;
  if (reading.type !== 'number' || !numbers || numbers.isSettled) return [];
  const { written, read } = reading.examples.find((e) => e.written !== e.read) ?? {
    written: '1,234',
    read: '1234',
  };
  const sentence = `${where(table, column)}: "${written}" is read as ${read}; nothing in the file says whether the mark splits thousands or decimals. Change it if that is wrong.`;
  return [{ kind: 'number format', severity: 'warning', sentence, rows: presentRows(column), example: null }];
}

/** Money whose header says that it is in cents. */
function centsIssues(table: ReadTable, column: Column): Issue[] {
  if (!column.isInCents) return [];
  const [example] = column.reading.examples;
  const shown = example ? `: "${example.written}" is ${example.read}` : '';
  const sentence = `${where(table, column)}: holds cents by its name and is divided by 100${shown}.`;
  return [{ kind: 'amounts in cents', severity: 'info', sentence, rows: presentRows(column), example: null }];
}

const personalWords: Record<PersonalKind, string> = {
  name: 'names of people',
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  card: 'payment cards',
  address: 'addresses',
  birthday: 'birthdays',
  ip: 'network addresses of devices',
};

function personalIssues(table: ReadTable, column: Column): Issue[] {
  const { personal, isHashed } = column.reading;
  if (!personal || isHashed || column.profile.nDistinct === 0) return [];
  const sentence = `${where(table, column)}: holds ${personalWords[personal]}; they stay in this browser.`;
  return [{ kind: 'personal data', severity: 'info', sentence, rows: presentRows(column), example: null }];
}

/** Rows that repeat another in every column; kept, since both can be true. */
export function repeatIssues(table: ReadTable, isOrders: boolean): Issue[] {
  const { nDuplicates: n, firstDuplicate, fileName } = table.profile;
  if (n === 0) return [];
  const what = isOrders ? 'purchases' : 'rows';
  const sentence = `${fileName}: ${plural(n, 'row')} ${n === 1 ? 'repeats' : 'repeat'} an earlier row exactly; kept, because two equal ${what} can both be real.`;
  const example = cellAt(table, table.columns[0], firstDuplicate);
  return [{ kind: 'exact repeats', severity: 'info', sentence, rows: n, example }];
}
