import type { Issue, Question, Role, TableKind } from './collected';
import { wholeShare } from './column-types';
import { columnOf } from './order-lines';
import type { Column, ReadTable } from './read-columns';
import { SURE } from './roles';

export type SortedTables = {
  kinds: TableKind[];
  lines: ReadTable[];
  customers: ReadTable[];
  /** Why a table is not used, by file index. */
  leftOut: Map<number, string>;
};

const confidence = (table: ReadTable, role: Role): number =>
  columnOf(table, role)?.reading.roleConfidence ?? 0;

const moneyConfidence = (table: ReadTable): number =>
  Math.max(confidence(table, 'amount'), Math.min(confidence(table, 'price'), confidence(table, 'quantity')));

const presentRows = ({ profile }: Column): number => profile.codes.length - profile.nMissing;

const isOneRowACustomer = (table: ReadTable): boolean => {
  const column = columnOf(table, 'customer');
  return column !== undefined && column.profile.nDistinct >= presentRows(column) * 0.99;
};

const orderDate =
  /^(date|datum|fecha)$|order|invoice|purchase|transaction|sale|bestell|rechnung|commande|pedido|kauf|achat|compra/;
const isOrderDate = (column: Column | undefined): boolean =>
  column !== undefined && column.reading.roleConfidence >= SURE && orderDate.test(column.words);

/** How sure we are that a table holds order lines: its weakest needed role; 0 when one is missing. */
function lineConfidence(table: ReadTable): number {
  const needed = [
    confidence(table, 'customer'),
    confidence(table, 'time'),
    Math.max(moneyConfidence(table), confidence(table, 'order')),
  ];
  const isSettled = needed.every((c) => c === 1);
  const roles: Role[] = ['order', 'product', 'quantity', 'discount'];
  const hasOrderColumns = isOrderDate(columnOf(table, 'time')) || roles.some((role) => columnOf(table, role));
  if (isOneRowACustomer(table) && !hasOrderColumns && !isSettled) return 0;
  return Math.min(...needed);
}

/** Tells order lines from customer tables from the rest; of differing order tables only the likeliest kind is used. */
export function sortTables(tables: ReadTable[]): SortedTables {
  const leftOut = new Map<number, string>();
  const scores = tables.map(lineConfidence);
  const best = Math.max(0, ...scores);
  const candidates = tables.filter((_, i) => scores[i]! > 0 && (scores[i]! >= SURE || best < SURE));
  const main = candidates.reduce<ReadTable | null>(
    (a, b) => (a && a.profile.nRows >= b.profile.nRows ? a : b),
    null,
  );
  const isSame = (table: ReadTable) =>
    main !== null &&
    table.columns.map((c) => c.words).join('|') === main.columns.map((c) => c.words).join('|');
  const lines = candidates.filter(isSame);
  const customers = tables.filter(
    (table) => !lines.includes(table) && confidence(table, 'customer') >= SURE && isOneRowACustomer(table),
  );
  for (const table of tables) {
    if (lines.includes(table) || customers.includes(table)) continue;
    leftOut.set(table.index, whyLeftOut(table, candidates.includes(table) ? main : null));
  }
  const kinds = tables.map((t) =>
    lines.includes(t) ? 'lines' : customers.includes(t) ? 'customers' : 'other',
  );
  return { kinds, lines, customers, leftOut };
}

function whyLeftOut({ profile: { fileName } }: ReadTable, main: ReadTable | null): string {
  if (main)
    return `${fileName} has other columns than ${main.profile.fileName}; its rows were not added, so that no order counts twice.`;
  return `${fileName} is neither orders nor one row per customer; it is kept but not used for segments or predictions.`;
}

const isWhole = ({ numbers, profile }: Column): boolean =>
  !numbers || wholeShare(profile, numbers.values) === 1;
const canName = (column: Column): boolean => !column.dates && column.profile.nDistinct > 1 && isWhole(column);
const canPay = ({ numbers, dates, identifier, reading }: Column): boolean =>
  numbers !== null && !dates && !identifier && reading.role !== 'customer';

/** Roles of a table of order lines that are missing or unsure, as questions the app will not guess. */
export function askRoles(table: ReadTable): Question[] {
  const { fileName } = table.profile;
  const ask = (role: Role, sentence: string, fits: (column: Column) => boolean): Question => ({
    file: fileName,
    role,
    sentence,
    candidates: table.columns
      .filter((c) => c.profile.nDistinct > 0 && fits(c))
      .sort((a, b) => b.profile.nDistinct - a.profile.nDistinct)
      .map((c) => c.reading.name),
  });
  const questions: Question[] = [];
  if (confidence(table, 'customer') < SURE)
    questions.push(ask('customer', `Which column of ${fileName} says who the customer is?`, canName));
  if (confidence(table, 'time') < SURE)
    questions.push(
      ask('time', `Which column of ${fileName} says when they bought?`, (c) => c.dates !== null),
    );
  const isPaidFor = moneyConfidence(table) >= SURE;
  if (!isPaidFor && table.columns.some(canPay) && (columnOf(table, 'amount') ?? !columnOf(table, 'order')))
    questions.push(ask('amount', `Which column of ${fileName} says how much they paid?`, canPay));
  return questions;
}

/** What stops everything when no table is usable: no customer, no date, or money written as words. */
export function explainUnusable(table: ReadTable): { issues: Issue[]; questions: Question[] } {
  const { fileName, nRows } = table.profile;
  const block = (kind: string, sentence: string): Issue => ({
    kind,
    severity: 'blocking',
    sentence,
    rows: nRows,
    example: null,
  });
  const names = table.columns.map((c) => c.reading.name);
  const listed = `${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}`;
  const issues: Issue[] = [];
  const questions = askRoles(table);
  const hasCustomer = confidence(table, 'customer') >= SURE;
  if (!hasCustomer)
    issues.push(
      block(
        'no customer column',
        `${fileName}: need a column that says who the customer is; found none among ${listed}. Choose it below or add it to the export.`,
      ),
    );
  const hasDates = table.columns.some((c) => c.dates);
  const isPeople = !hasCustomer && !hasDates && !columnOf(table, 'order') && !columnOf(table, 'product');
  if (confidence(table, 'time') === 0 && !isPeople)
    issues.push(block('no date column', noDateSentence(table, listed)));
  const worded = table.columns.find(
    (c) =>
      c.reading.type === 'text' &&
      /^(amount|total|price|unit price|sales|revenue|umsatz|betrag|net sales)$/.test(c.words),
  );
  if (worded && moneyConfidence(table) === 0)
    issues.push(
      block(
        'amounts are text',
        `${fileName}, column ${worded.reading.name}: need numbers; its values are text such as "${worded.profile.levels.find((_, i) => !worded.profile.isMissing[i]) ?? ''}". Choose another column below or export it as numbers.`,
      ),
    );
  const isUseful = (q: Question) => q.candidates.length > 0 && (hasDates || q.role === 'customer');
  return { issues, questions: questions.filter(isUseful) };
}

function noDateSentence(table: ReadTable, listed: string): string {
  const { fileName } = table.profile;
  const named = table.columns.find((c) => /date|datum|fecha|time/.test(c.words) && !c.dates);
  const sample = named?.profile.levels.find((_, i) => !named.profile.isMissing[i]);
  if (named && sample !== undefined)
    return `${fileName}, column ${named.reading.name}: need dates; values such as "${sample}" are none we can read. Export dates as 2026-11-30 and drop the file again.`;
  return `${fileName}: need a column with the date of each order; found none among ${listed}. Add it to the export and drop the file again.`;
}
