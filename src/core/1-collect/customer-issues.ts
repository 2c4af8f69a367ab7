import type { Issue, OrderLines } from './collected';
import { rowsByCustomer } from './customer-attributes';
import { customerTexts, type Index } from './customer-ids';
import { columnOf, type ReadTable } from './read-table';
import { count, isAre, hasHave, plural } from './wording';

type Ordered = { lines: OrderLines; hasOrder: Uint8Array };

/** How the customers of a table match those who ordered, and ids that stand in more than one row. */
export function customerIssues(table: ReadTable, customers: Index, ordered: Ordered | null): Issue[] {
  const { fileName } = table.profile;
  const { profile } = columnOf(table, 'customer')!;
  const ids = new Set(
    customerTexts(columnOf(table, 'customer')!).filter((id, code) => id !== '' && profile.counts[code]! > 0),
  );
  const rowOf = rowsByCustomer(table, customers);
  const matched = rowOf.reduce((n, row) => n + (row >= 0 ? 1 : 0), 0);
  const repeated = table.profile.nRows - profile.nMissing - ids.size;
  const idle = ordered ? ids.size - matched : 0;
  const isUnknown = (customer: number) => ordered?.hasOrder[customer] === 1 && rowOf[customer] === -1;
  const unknown = customers.texts.filter((_, customer) => isUnknown(customer)).length;
  const buyers = ordered?.hasOrder.reduce((n, has) => n + has, 0) ?? 0;
  const found: [string, Issue['severity'], number, string][] = [
    [
      'customers twice',
      'warning',
      repeated,
      `${plural(repeated, 'row')} repeat${repeated === 1 ? 's' : ''} a customer of an earlier row; the first row of each counts.`,
    ],
    [
      'rows without a customer',
      'warning',
      profile.nMissing,
      `${plural(profile.nMissing, 'row')} without a customer id; not used.`,
    ],
    [
      'customers without orders',
      'info',
      idle,
      `${count(idle)} of ${plural(ids.size, 'customer')} ${hasHave(idle)} no orders and ${isAre(idle)} in no segment.`,
    ],
    [
      'customers not in the customer table',
      'info',
      ordered?.lines.customer.reduce((n, customer) => n + (isUnknown(customer) ? 1 : 0), 0) ?? 0,
      `${count(unknown)} of ${plural(buyers, 'customer')} with orders ${isAre(unknown)} not in it; what it says about customers is empty for them.`,
    ],
  ];
  return found
    .filter(([, , rows]) => rows > 0)
    .map(([kind, severity, rows, sentence]) => ({
      kind,
      severity,
      rows,
      sentence: `${fileName}: ${sentence}`,
      example: null,
    }));
}
