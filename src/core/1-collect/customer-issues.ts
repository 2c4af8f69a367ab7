import type { Issue } from './collected';
import { rowsByCustomer } from './customer-attributes';
import { customerTexts, type Index } from './customer-ids';
import { columnOf, type ReadTable } from './read-table';
import { count, isAre, hasHave, plural } from './wording';

/** How the customers of a table match those who ordered, and ids that stand in more than one row. */
export function customerIssues(table: ReadTable, customers: Index, hasOrders: boolean): Issue[] {
  const { fileName } = table.profile;
  const { profile } = columnOf(table, 'customer')!;
  const ids = new Set(
    customerTexts(columnOf(table, 'customer')!).filter((id, code) => id !== '' && profile.counts[code]! > 0),
  );
  const matched = rowsByCustomer(table, customers).reduce((n, row) => n + (row >= 0 ? 1 : 0), 0);
  const repeated = table.profile.nRows - profile.nMissing - ids.size;
  const idle = hasOrders ? ids.size - matched : 0;
  const unknown = hasOrders ? customers.texts.length - matched : 0;
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
      `${plural(idle, 'customer')} of ${count(ids.size)} ${hasHave(idle)} no orders and ${isAre(idle)} in no segment.`,
    ],
    [
      'customers not in the customer table',
      'info',
      unknown,
      `${plural(unknown, 'customer')} with orders ${isAre(unknown)} not in it; what it says about customers is empty for them.`,
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
