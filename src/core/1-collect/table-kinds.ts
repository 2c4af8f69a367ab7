import type { Role, TableKind } from './collected';
import { needs, sayings } from './kind-needs';
import { type Column, columnOf, type ReadTable } from './read-table';
import { nameByRow, rowsAreCustomers } from './row-customers';
import { shareOf } from './role-values';
import { SURE } from './roles';
import { spreadTimes } from './spread-columns';

export type SortedTables = {
  kinds: TableKind[];
  lines: ReadTable[];
  customers: ReadTable[];
  /** Tables whose other columns tell something of their customers: customer tables, answers with one row a person. */
  describing: ReadTable[];
  /** All tables of a kind, lines and customers too, in the order of the files. */
  of(kind: TableKind): ReadTable[];
  /** Why a table is not used, by file index. */
  leftOut: Map<number, string>;
  /** Those without a customer id, whose rows were given one. */
  byRow: ReadTable[];
};

export const confidence = (table: ReadTable, role: Role): number =>
  columnOf(table, role)?.reading.roleConfidence ?? 0;
const has = (table: ReadTable, ...roles: Role[]): boolean =>
  roles.every((role) => confidence(table, role) >= SURE);
const hasAny = (table: ReadTable, ...roles: Role[]): boolean => roles.some((role) => has(table, role));

/** A price without a quantity is the price of one. */
const priceConfidence = (table: ReadTable): number =>
  Math.min(
    confidence(table, 'price'),
    columnOf(table, 'quantity') ? confidence(table, 'quantity') : Infinity,
  );
export const moneyConfidence = (table: ReadTable): number =>
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

const isOneRowEach = (column: Column | undefined): boolean =>
  column !== undefined && column.profile.nDistinct >= presentRows(column) * 0.99;

/** A list of people in which a few stand twice. */
const isMostlyOneRowEach = (column: Column | undefined): boolean =>
  column !== undefined && column.profile.nDistinct >= presentRows(column) * 0.8;

const orderDate =
  /^(date|datum|fecha)$|order|invoice|purchase|transaction|sale|bestell|rechnung|commande|pedido|kauf|achat|compra/;
const isOrderDate = (column: Column | undefined): boolean =>
  column !== undefined && column.reading.roleConfidence >= SURE && orderDate.test(column.words);

/** People by their names and how to reach them: a day in such a row is when they came, not what they bought. */
const isContactList = (table: ReadTable): boolean =>
  new Set(table.columns.flatMap(({ reading }) => reading.personal ?? [])).size >= 2 &&
  !isOrderDate(columnOf(table, 'time'));

/** How sure we are that a table holds order lines: its weakest needed role; 0 when one is missing. */
function lineConfidence(table: ReadTable): number {
  const needed = [
    confidence(table, 'customer'),
    confidence(table, 'time'),
    Math.max(moneyConfidence(table), confidence(table, 'order')),
  ];
  const isSettled = needed.every((c) => c === 1);
  if (isSettled) return 1;
  const roles: Role[] = ['order', 'product', 'quantity', 'discount'];
  const hasOrderColumns = isOrderDate(columnOf(table, 'time')) || roles.some((role) => columnOf(table, role));
  const isKnown = table.source?.kind === 'lines';
  const isPeople = !hasOrderColumns || (isContactList(table) && !has(table, 'order'));
  if (isOneRowEach(columnOf(table, 'customer')) && isPeople && !isKnown) return 0;
  return Math.min(...needed);
}

const touchWords =
  /\b(sent|send|delivered|delivery|open|opened|opens|click|clicked|reply|replied|call|called|bounced?|unsubscribed?|received email|zugestellt|geoffnet|geklickt|verzonden|geopend|envoye|ouvert|clique|enviado|abierto)\b/i;

/** Money in nearly every row: what was bought may well be called an event. */
function isPaidThroughout(table: ReadTable): boolean {
  const source = moneySource(table);
  const column = source && columnOf(table, source);
  return column !== null && column !== undefined && presentRows(column) >= table.profile.nRows * 0.9;
}

const isOfTouches = (table: ReadTable): boolean => shareOf(columnOf(table, 'event')!, touchWords) > 0.6;

/** What a table holds besides order lines, products and customers, from the roles that are sure; null = none of it. */
function specialKind(table: ReadTable): TableKind | null {
  const isOrderly = hasAny(table, 'order', 'product', 'quantity');
  const isPaid = moneyConfidence(table) > 0;
  if (has(table, 'claim', 'comment') || has(table, 'claim', 'segment')) return 'evidence';
  if (has(table, 'score') && !isPaid && (has(table, 'comment') || (has(table, 'time') && !isOrderly)))
    return 'surveys';
  if (has(table, 'comment', 'time') && !isPaid && !isOrderly && !has(table, 'event')) return 'surveys';
  if (isOrderly && !has(table, 'stage') && !has(table, 'start', 'plan')) return null;
  if (has(table, 'stage') && hasAny(table, 'amount', 'account') && !has(table, 'product')) return 'deals';
  if (!has(table, 'customer')) return null;
  if (isSubscribed(table)) return 'subscriptions';
  if (has(table, 'time', 'event') && !isPaidThroughout(table))
    return isOfTouches(table) ? 'touches' : 'events';
  return has(table, 'time', 'channel') && !isPaid && !isOneRowEach(columnOf(table, 'customer'))
    ? 'touches'
    : null;
}

/** A customer table may name a plan and a first day, too: it has a row for each customer and much else to tell. */
function isSubscribed(table: ReadTable): boolean {
  if (!has(table, 'start') || !hasAny(table, 'plan', 'interval', 'trialEnd')) return false;
  if (!hasAny(table, 'end', 'trialEnd', 'interval', 'amount')) return false;
  const nOther = table.columns.filter(({ reading }) => reading.roleConfidence === 1).length;
  return !isOneRowEach(columnOf(table, 'customer')) || nOther <= 4;
}

const isReady = (table: ReadTable, kind: TableKind): boolean =>
  (needs[kind] ?? []).every((roles) => hasAny(table, ...roles));

function kindOf(table: ReadTable, others: ReadTable[]): TableKind {
  if (lineConfidence(table) === 1) return 'lines';
  const known = table.source?.kind;
  if (known === 'events' && isReady(table, known) && isOfTouches(table)) return 'touches';
  if (known && known !== 'lines') return isReady(table, known) ? known : 'other';
  const special = known ? null : specialKind(table);
  if (special) return special;
  const isOfOrder = has(table, 'order') && hasAny(table, 'product', 'quantity', 'price');
  if (isOfOrder && !has(table, 'customer') && others.some((other) => has(other, 'order', 'customer', 'time')))
    return 'items';
  if (lineConfidence(table) > 0) return 'lines';
  if (has(table, 'customer') && isOneRowEach(columnOf(table, 'customer'))) return 'customers';
  const isList = has(table, 'product') && !hasAny(table, 'customer', 'order', 'time');
  if (isList && isOneRowEach(columnOf(table, 'product'))) return 'products';
  const isOfPeople =
    has(table, 'customer') && !hasAny(table, 'order', 'product', 'event', 'session', 'stage');
  return isOfPeople && isMostlyOneRowEach(columnOf(table, 'customer')) ? 'customers' : 'other';
}

/** Tells what each table holds; of differing order tables only the likeliest kind is used. */
export function sortTables(tables: ReadTable[]): SortedTables {
  const leftOut = new Map<number, string>();
  const kinds = tables.map((table) => kindOf(table, tables));
  const { lines, main } = chooseLines(tables.filter((_, i) => kinds[i] === 'lines'));
  tables.forEach((table, i) => {
    if (kinds[i] === 'lines' && !lines.includes(table)) {
      const isPeople = has(table, 'customer') && isOneRowEach(columnOf(table, 'customer'));
      kinds[i] = isPeople ? 'customers' : 'other';
      if (!isPeople) leftOut.set(table.index, whyLeftOut(table, lineConfidence(table) >= SURE ? main : null));
    } else if (kinds[i] === 'other') leftOut.set(table.index, whyLeftOut(table, null));
  });
  const byRow = kinds.every((kind) => kind === 'other' || kind === 'products') ? wideTables(tables) : [];
  for (const table of byRow) {
    nameByRow(table, byRow.length === 1);
    kinds[tables.indexOf(table)] = 'customers';
    leftOut.delete(table.index);
  }
  const of = (kind: TableKind) => tables.filter((_, i) => kinds[i] === kind);
  const answers = of('surveys').filter(
    (table) => !table.source && has(table, 'customer') && isOneRowEach(columnOf(table, 'customer')),
  );
  const customers = of('customers');
  return { kinds, lines, customers, describing: [...customers, ...answers], of, leftOut, byRow };
}

/** The headers of a table, in whatever order they stand. */
export const headersOf = ({ columns }: ReadTable): string =>
  columns
    .map(({ words }) => words)
    .sort()
    .join('|');
const isAlike = (a: ReadTable, b: ReadTable): boolean => headersOf(a) === headersOf(b);

/** The same export with a column more or less: who, when, which order and how much have their old names. */
function isContinued(a: ReadTable, b: ReadTable): boolean {
  const roles: Role[] = ['customer', 'time', 'order', moneySource(a) ?? 'amount'];
  return roles.every((role) => columnOf(a, role)?.words === columnOf(b, role)?.words) && isApart(a, b);
}

const presentTexts = ({ profile: { levels, counts, isMissing } }: Column): string[] =>
  levels.flatMap((text, code) => (counts[code]! > 0 && !isMissing[code] ? [text.trim()] : []));

function spanOf(table: ReadTable): { from: number; to: number } {
  const span = { from: Infinity, to: -Infinity };
  for (const time of spreadTimes(columnOf(table, 'time')) ?? []) {
    if (time < span.from) span.from = time;
    if (time > span.to) span.to = time;
  }
  return span;
}

/** No order stands in both; where orders have no number, no time of one lies within those of the other. */
function isApart(a: ReadTable, b: ReadTable): boolean {
  const [ours, theirs] = [columnOf(a, 'order'), columnOf(b, 'order')];
  if (ours && theirs) {
    const known = new Set(presentTexts(ours));
    return !presentTexts(theirs).some((text) => known.has(text));
  }
  const [first, second] = [spanOf(a), spanOf(b)];
  return first.to < second.from || second.to < first.from;
}
const largest = (tables: ReadTable[]): ReadTable | null =>
  tables.reduce<ReadTable | null>((a, b) => (a && a.profile.nRows >= b.profile.nRows ? a : b), null);

function chooseLines(tables: ReadTable[]): { lines: ReadTable[]; main: ReadTable | null } {
  const scores = tables.map(lineConfidence);
  const best = Math.max(0, ...scores);
  const candidates = tables.filter((_, i) => scores[i]! >= SURE || best < SURE);
  const main = largest(candidates);
  const lines: ReadTable[] = [];
  const fits = (table: ReadTable) =>
    main !== null && [main, ...lines].every((other) => isAlike(table, other) || isContinued(table, other));
  for (const table of candidates) if (fits(table)) lines.push(table);
  return { main, lines };
}

function wideTables(tables: ReadTable[]): ReadTable[] {
  const wide = tables.filter(rowsAreCustomers);
  const main = largest(wide);
  return wide.filter((table) => isAlike(table, main!));
}

function whyLeftOut(table: ReadTable, main: ReadTable | null): string {
  const { source } = table;
  if (source?.refusal) return `${source.label}: ${source.refusal}.`;
  if (main)
    return `other columns than ${main.profile.fileName}; its rows were not added, so that no order counts twice.`;
  const missing = source && needs[source.kind]?.find((roles) => !hasAny(table, ...roles));
  return missing
    ? `${source.label}, but no column says ${sayings[missing[0]!]}; it is kept but not used. Export it with that column, or choose the column that says it.`
    : 'neither orders nor one row per customer; it is kept but not used for segments or predictions.';
}
