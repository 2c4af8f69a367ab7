import type { Question, Role, TableKind } from './collected';
import { wholeShare } from './column-types';
import { type Column, columnOf, type ReadTable } from './read-table';
import { SURE } from './roles';
import { columnName } from './wording';

export type SortedTables = {
  kinds: TableKind[];
  lines: ReadTable[];
  customers: ReadTable[];
  /** Why a table is not used, by file index. */
  leftOut: Map<number, string>;
};

const confidence = (table: ReadTable, role: Role): number =>
  columnOf(table, role)?.reading.roleConfidence ?? 0;

/** A price without a quantity is the price of one. */
const priceConfidence = (table: ReadTable): number =>
  Math.min(
    confidence(table, 'price'),
    columnOf(table, 'quantity') ? confidence(table, 'quantity') : Infinity,
  );
const moneyConfidence = (table: ReadTable): number =>
  Math.max(confidence(table, 'amount'), priceConfidence(table));

const isNumeric = (column: Column | undefined): boolean => Boolean(column?.numbers);

/** Where the money of each row is for sure: in an amount, in price times quantity, or nowhere yet. */
export function moneySource(table: ReadTable): 'amount' | 'price' | null {
  if (confidence(table, 'amount') >= SURE && isNumeric(columnOf(table, 'amount'))) return 'amount';
  const quantity = columnOf(table, 'quantity');
  const isPriced = isNumeric(columnOf(table, 'price')) && (!quantity || isNumeric(quantity));
  return isPriced && priceConfidence(table) >= SURE ? 'price' : null;
}

export const hasMoney = (table: ReadTable): boolean => moneySource(table) !== null;

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
    leftOut.set(table.index, whyLeftOut(candidates.includes(table) ? main : null));
  }
  const kinds = tables.map((t) =>
    lines.includes(t) ? 'lines' : customers.includes(t) ? 'customers' : 'other',
  );
  return { kinds, lines, customers, leftOut };
}

const whyLeftOut = (main: ReadTable | null): string =>
  main
    ? `other columns than ${main.profile.fileName}; its rows were not added, so that no order counts twice.`
    : 'neither orders nor one row per customer; it is kept but not used for segments or predictions.';

const isWhole = ({ numbers, profile }: Column): boolean =>
  !numbers || wholeShare(profile, numbers.values) === 1;
const canName = (column: Column): boolean => !column.dates && column.profile.nDistinct > 1 && isWhole(column);
const moneyRoles = new Set<Role>(['amount', 'price', 'attribute', 'ignore']);
const canPay = ({ numbers, dates, identifier, reading }: Column): boolean =>
  numbers !== null &&
  !dates &&
  !identifier &&
  reading.role !== 'customer' &&
  (moneyRoles.has(reading.role) || reading.roleConfidence < SURE);

/** Roles of a table of order lines that are missing or unsure, as questions; a role the person gave is not offered. */
export function askRoles(table: ReadTable): Question[] {
  const { fileName } = table.profile;
  const ask = (role: Role, sentence: string, fits: (column: Column) => boolean): Question => ({
    file: fileName,
    role,
    sentence,
    candidates: table.columns
      .filter((c) => c.profile.nDistinct > 0 && c.reading.roleWhy !== 'as you chose' && fits(c))
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
  if (moneyConfidence(table) < SURE) {
    const question = ask('amount', `Which column of ${fileName} says how much they paid?`, canPay);
    if (question.candidates.length > 0) questions.push(question);
  }
  return questions;
}

/** Day and month could be either: the app asks, since both readings are possible for every date of the column. */
export function askDateOrder(table: ReadTable): Question[] {
  const column = columnOf(table, 'time');
  if (!column?.dates || column.dates.isSettled) return [];
  const { fileName } = table.profile;
  const sample = column.profile.levels.find((_, code) => !column.profile.isMissing[code]) ?? '';
  const sentence = `${fileName}, ${columnName(column.reading.name)}: does "${sample}" begin with the day or with the month?`;
  const candidates = ['day', 'month'].map((first) => `${column.reading.name}: ${first} first`);
  return [{ file: fileName, role: 'time', sentence, candidates }];
}
