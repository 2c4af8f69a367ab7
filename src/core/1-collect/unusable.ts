import type { DateOrder, Issue, Question, Role } from './collected';
import { dateValue, scanDate } from './read-date';
import { readBothWays } from './read-number';
import { cellAt, type Column, columnOf, type ReadTable } from './read-table';
import { nameConfidence, SURE } from './roles';
import { askRoles } from './ask-roles';
import { hasMoney } from './table-kinds';
import { columnName, count, isAre, plural } from './wording';

/** What stops everything when no table is usable: no customer, no date, or money written as words. */
export function explainUnusable(table: ReadTable): { issues: Issue[]; questions: Question[] } {
  const confidence = (role: Role) => columnOf(table, role)?.reading.roleConfidence ?? 0;
  const { source } = table;
  if (source?.refusal) {
    const text = `need rows that belong to customers; got ${source.label}: ${source.refusal}.`;
    return { issues: [block(table, 'no customer in this file', undefined, text, -1)], questions: [] };
  }
  const hasCustomer = confidence('customer') >= SURE;
  const hasDates = table.columns.some((c) => c.dates);
  if (source && source.kind !== 'lines') {
    const questions = askRoles(table, source.kind).filter(({ candidates }) => candidates.length > 0);
    return { issues: hasCustomer || questions.length > 0 ? [] : [noCustomers(table)], questions };
  }
  const isPeople = !hasCustomer && !hasDates && !columnOf(table, 'order') && !columnOf(table, 'product');
  const issues = [
    ...(hasCustomer ? [] : [noCustomers(table)]),
    ...(confidence('time') > 0 || isPeople ? [] : [noDates(table)]),
  ];
  if (issues.length === 0) issues.push(...moneyIssues(table));
  const isUseful = (q: Question) => q.candidates.length > 0 && (hasDates || q.role === 'customer');
  return { issues, questions: askRoles(table).filter(isUseful) };
}

/** Why no order has a value: money written as words, or no column for it and none left to ask about. */
export function moneyIssues(table: ReadTable): Issue[] {
  const worded = wordedMoney(table);
  const isAsked = askRoles(table).some(({ role }) => role === 'amount');
  if (worded.length > 0 || isAsked || hasMoney(table)) return worded;
  const leftOut = sayLeftOut(table, (c) => c.numbers !== null && !c.dates && !c.identifier);
  const empty = table.columns.find((c) => c.profile.nDistinct === 0 && isNamed(c, 'amount'));
  if (empty && !leftOut) {
    const text = 'need to know how much they paid; every cell is empty. Choose another column or export the amounts.'; // prettier-ignore
    return [block(table, 'no amount column', empty, text, 0)];
  }
  const text = `need a column that says how much they paid; ${leftOut ?? `found none among ${listColumns(table)}. Choose it among the columns or add it to the export.`}`;
  return [block(table, 'no amount column', undefined, text, -1)];
}

/** Money that no sum can be made of: a column for it is there, and its values are words. */
function wordedMoney(table: ReadTable): Issue[] {
  const isNumeric = (role: Role) => Boolean(columnOf(table, role)?.numbers);
  if (isNumeric('amount') || (isNumeric('price') && isNumeric('quantity'))) return [];
  const roles: Role[] = ['amount', 'price', 'quantity'];
  const isOpen = ({ reading: { role, roleWhy } }: Column) =>
    roles.includes(role) || ((role === 'ignore' || role === 'attribute') && roleWhy !== 'as you chose');
  const worded = roles
    .flatMap((role) =>
      table.columns.filter((c) => isOpen(c) && (c.reading.role === role || isNamed(c, role))),
    )
    .find((c) => !c.numbers && c.profile.nDistinct > 0);
  if (!worded) return [];
  return [
    block(
      table,
      'amounts are text',
      worded,
      `need numbers; ${sayUnread(table, worded, numberWays)}. Export it as plain numbers such as 19.90, or choose another column for the amount.`,
      firstUnread(worded, numberWays),
    ),
  ];
}

const isNamed = (column: Column, role: Role): boolean => nameConfidence(role, column.words) >= SURE;

function noCustomers(table: ReadTable): Issue {
  const empty = table.columns.find((c) => c.profile.nDistinct === 0 && isNamed(c, 'customer'));
  const leftOut = sayLeftOut(table, (c) => isNamed(c, 'customer'));
  const named = table.columns.find((c) => c.reading.personal === 'name' && c.profile.nDistinct > 0);
  if (named && !empty && !leftOut) return onlyNames(table, named);
  const text = empty
    ? 'need to know who the customer is; every cell is empty. Choose another column or export the customers’ ids.'
    : `need a column that says who the customer is; ${leftOut ?? `found none among ${listColumns(table)}. Choose it below or add it to the export.`}`;
  return block(table, 'no customer column', empty, text, 0);
}

/** Two people can have one name, and one person two: a name is an id only if somebody says so. */
function onlyNames(table: ReadTable, column: Column): Issue {
  const what = table.source ? `${table.source.label} hold` : 'the file holds';
  const text = `need an id or e-mail that says who the customer is; ${what} only names, and two people can share one. Export it with the e-mail or customer id, or choose below the column to tell customers apart by.`;
  return block(
    table,
    'no customer column',
    column,
    text,
    column.profile.firstRow.find((row) => row >= 0) ?? -1,
  );
}

function noDates(table: ReadTable): Issue {
  const named = table.columns.find((c) => !c.dates && /date|datum|fecha|time/.test(c.words));
  const leftOut = sayLeftOut(table, (c) => c.dates !== null);
  const text = named
    ? `need dates; ${named.profile.nDistinct === 0 ? 'every cell is empty' : sayUnread(table, named, dateWays)}. Export dates as 2026-11-30 and drop the file again.`
    : `need a column with the date of each order; ${leftOut ?? `found none among ${listColumns(table)}. Add it to the export and drop the file again.`}`;
  return block(table, 'no date column', named, text, named ? firstUnread(named, dateWays) : -1);
}

function block(table: ReadTable, kind: string, column: Column | undefined, text: string, row: number): Issue {
  const { fileName, nRows } = table.profile;
  const where = column ? `${fileName}, ${columnName(column.reading.name)}` : fileName;
  return {
    kind,
    severity: 'blocking',
    sentence: `${where}: ${text}`,
    rows: nRows,
    example: cellAt(table, column, row),
  };
}

/** The columns that would fit and that the person left out, which is then the thing to change; null without any. */
function sayLeftOut({ columns }: ReadTable, fits: (column: Column) => boolean): string | null {
  const names = columns
    .filter((c) => c.reading.role === 'ignore' && c.reading.roleWhy === 'as you chose' && fits(c))
    .map((c) => c.reading.name);
  if (names.length === 0) return null;
  return `${names.join(', ')} ${isAre(names.length)} left out, as you chose. Give it its part again in the list of columns, or choose another.`;
}

const listColumns = ({ columns }: ReadTable): string => {
  const names = columns.map((c) => c.reading.name);
  return `${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}`;
};

/** The ways in which a column's values can be read; one of them must do for all of its values. */
type Ways = readonly ((text: string) => boolean)[];
const inOrder = (order: DateOrder) => (text: string) => {
  const date = scanDate(text);
  return date !== null && !Number.isNaN(dateValue(date, order));
};
const dateWays: Ways = [inOrder('dmy'), inOrder('mdy')];
const numberWays: Ways = [
  (text) => !Number.isNaN(readBothWays(text).dot),
  (text) => !Number.isNaN(readBothWays(text).comma),
];

const codesWhere = ({ profile: { levels, counts, isMissing } }: Column, fits: (text: string) => boolean) =>
  levels.flatMap((text, code) => (counts[code]! > 0 && !isMissing[code] && fits(text) ? [code] : []));
const unreadCodes = (column: Column, ways: Ways): number[] =>
  codesWhere(column, (text) => !ways.some((reads) => reads(text)));

/** The first table row whose value does not read; -1 when all do. */
const firstUnread = (column: Column, ways: Ways): number =>
  column.profile.firstRow[unreadCodes(column, ways)[0] ?? -1] ?? -1;

/** "120 of 120 values are something else, the first is "lots" in row 2"; or that no one way reads them all. */
function sayUnread(table: ReadTable, column: Column, ways: Ways): string {
  const { profile } = column;
  const rows = unreadCodes(column, ways).reduce((n, code) => n + profile.counts[code]!, 0);
  const only = ways.map((reads) =>
    codesWhere(column, (text) => reads(text) && !ways.some((other) => other !== reads && other(text))),
  );
  if (rows === 0 && only.every(([code]) => code !== undefined)) {
    const shown = only.map(([code]) => `"${profile.levels[code!]!.trim()}"`);
    return `they are written in ways that do not go together, such as ${shown.join(' and ')}`;
  }
  const first = cellAt(table, column, firstUnread(column, ways));
  const seen = first ? `, the first is "${first.value}" in row ${first.row}` : '';
  return `${count(rows)} of ${plural(profile.codes.length - profile.nMissing, 'value')} ${isAre(rows)} something else${seen}`;
}
