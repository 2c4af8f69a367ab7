import type { Collected, Issue, OrderLines, Role } from './collected';
import { nameFiles } from './line-issues';
import type { OrderCounts } from './order-counts';
import { type Fate, fates, type JoinedLines } from './order-lines';
import { isoDay } from './read-date';
import { cellAt, columnOf } from './read-table';
import { columnName, count, plural, share } from './wording';

/** What the orders as a whole look like: none left, of one customer, of one day, or mostly of one customer. */
export function orderIssues(
  parts: JoinedLines[],
  { customerIds, from, to }: Collected,
  lines: OrderLines,
  { nOrders, nCustomers }: OrderCounts,
) {
  if (lines.nRows === 0) return [noOrders(parts)];
  if (nOrders === 0) return [nothingBought(parts, lines.nRows)];
  if (nCustomers < 2) return [tooFewCustomers(nameFiles(parts), nCustomers)];
  const isOneDay = isoDay(from) === isoDay(to);
  return [...(isOneDay ? [oneDay(parts, lines, nOrders)] : []), ...outweighs(parts, customerIds, lines)];
}

export const tooFewCustomers = (where: string, nCustomers: number): Issue => ({
  kind: 'too few customers',
  severity: 'blocking',
  sentence: `${where}: need at least 2 customers to compare; got ${plural(nCustomers, 'customer')}. Check that the customer column is the right one, or add more data.`,
  rows: 0,
  example: null,
});

/** Why rows that do not count do not, the roles to look at, and what to do. */
const causes: Record<Exclude<Fate, 'used' | 'itemised'>, { what: string; roles: Role[]; next: string }> = {
  noCustomer: {
    what: 'have no customer',
    roles: ['customer'],
    next: 'Choose the column that says who the customer is, or export it with its ids',
  },
  noDate: {
    what: 'have no date that can be read',
    roles: ['time'],
    next: 'Choose the column with the date of each order, or export dates as 2026-11-30',
  },
  farDate: {
    what: 'are dated more than a year away from the others',
    roles: ['time'],
    next: 'Check the dates and export the file again',
  },
  noAmount: {
    what: 'have no amount that can be read',
    roles: ['amount', 'price'],
    next: 'Choose the column with the amount, or export it as plain numbers such as 19.90',
  },
  notPaid: {
    what: 'are payments that failed or were a test',
    roles: ['status'],
    next: 'Check the column that says what was paid, or export the orders that were',
  },
  noRate: {
    what: 'are in another currency and left out',
    roles: ['currency'],
    next: 'Give what that currency is worth in the one you report in',
  },
  cancelled: {
    what: 'belong to cancelled orders, which are left out',
    roles: ['status', 'order'],
    next: 'Choose to take refunds off instead, or check the column that says what was cancelled',
  },
  notPositive: {
    what: 'have no positive quantity and amount and are left out',
    roles: ['amount', 'quantity'],
    next: 'Choose to take refunds off instead, or check the columns for quantity and amount',
  },
};

function noOrders(parts: JoinedLines[]): Issue {
  const nRows = parts.reduce((n, part) => n + part.nRows, 0);
  const rowsOf = fates.map((name, fate) =>
    name === 'itemised' ? -1 : parts.reduce((n, part) => n + part.fate.filter((f) => f === fate).length, 0),
  );
  const most = rowsOf.indexOf(Math.max(...rowsOf));
  const fate = fates[most] as Exclude<Fate, 'used' | 'itemised'>;
  const cause = causes[fate];
  const part = parts.find((p) => p.fate.includes(most)) ?? parts[0]!;
  const column = cause.roles.map((role) => columnOf(part.table, role)).find((c) => c !== undefined);
  const where = `${nameFiles(parts)}${column ? `, ${columnName(column.reading.name)}` : ''}`;
  const n = rowsOf[most]! === nRows ? 'all' : count(rowsOf[most]!);
  return {
    kind: 'no orders left',
    severity: 'blocking',
    sentence: `${where}: need orders of at least 2 customers; none of ${plural(nRows, 'row')} counts, ${n} of them ${cause.what}. ${cause.next}.`,
    rows: nRows,
    example: cellAt(part.table, column, part.fate.indexOf(most)),
  };
}

function nothingBought(parts: JoinedLines[], nRows: number): Issue {
  const { table, fate } = parts[0]!;
  const column = columnOf(table, 'amount') ?? columnOf(table, 'price');
  return {
    kind: 'no orders left',
    severity: 'blocking',
    sentence: `${nameFiles(parts)}${column ? `, ${columnName(column.reading.name)}` : ''}: need orders worth more than zero; got none in ${plural(nRows, 'row')}, only cancellations, refunds or amounts of zero. Check the columns for amount and quantity, or choose others.`,
    rows: nRows,
    example: cellAt(table, column, fate.indexOf(0)),
  };
}

function oneDay(parts: JoinedLines[], lines: OrderLines, nOrders: number): Issue {
  const { table, fate } = parts[0]!;
  const column = columnOf(table, 'time')!;
  const day = isoDay(lines.time[0]!);
  return {
    kind: 'one day only',
    severity: 'warning',
    sentence: `${nameFiles(parts)}, ${columnName(column.reading.name)}: need orders from at least 2 days to tell who buys often or stays away; all ${plural(nOrders, 'order')} are from the same day, ${day}. Groups can rest on spend only: add orders from other days, or choose another date column.`,
    rows: lines.nRows,
    example: cellAt(table, column, fate.indexOf(0)),
  };
}

/** One customer who brings more than a fifth of the revenue, and twice what an equal share would be. */
function outweighs(parts: JoinedLines[], customerIds: string[], lines: OrderLines): Issue[] {
  const spend = new Float64Array(customerIds.length);
  for (let i = 0; i < lines.nRows; i++) spend[lines.customer[i]!]! += lines.amount[i]!;
  const revenue = lines.amount.reduce((sum, amount) => sum + amount, 0);
  const top = spend.reduce((best, amount, i) => (amount > spend[best]! ? i : best), 0);
  const nBuyers = spend.reduce((n, amount) => n + (amount > 0 ? 1 : 0), 0);
  if (revenue <= 0 || spend[top]! <= revenue * Math.max(0.2, 2 / nBuyers)) return [];
  return [
    {
      kind: 'one customer outweighs',
      severity: 'warning',
      sentence: `${nameFiles(parts)}: customer ${customerIds[top]} alone brings ${share(spend[top]!, revenue)} of the revenue; averages will lean towards that one.`,
      rows: 0,
      example: null,
    },
  ];
}
