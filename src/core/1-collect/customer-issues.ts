import type { Issue, OrderLines } from './collected';
import { rowsByCustomer } from './customer-attributes';
import type { ReadTable } from './read-table';
import { count, isAre, hasHave, plural } from './wording';

type Ordered = { lines: OrderLines; hasOrder: Uint8Array };

/**
 * How the customers of a table match those who ordered, and those who stand in more than one row. By row of the table
 * `people` is who it is and `customerOf` which customer, -1 = none.
 */
export function customerIssues(
  table: ReadTable,
  people: Int32Array,
  customerOf: Int32Array,
  nCustomers: number,
  ordered: Ordered | null,
): Issue[] {
  const { fileName } = table.profile;
  const known = new Set(people);
  known.delete(-1);
  const nNobody = people.reduce((n, person) => n + (person < 0 ? 1 : 0), 0);
  const rowOf = rowsByCustomer(customerOf, nCustomers);
  const matched = rowOf.reduce((n, row) => n + (row >= 0 ? 1 : 0), 0);
  const repeated = people.length - nNobody - known.size;
  const idle = ordered ? known.size - matched : 0;
  const isUnknown = (customer: number) => ordered?.hasOrder[customer] === 1 && rowOf[customer] === -1;
  const unknown = rowOf.reduce((n, _, customer) => n + (isUnknown(customer) ? 1 : 0), 0);
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
      nNobody,
      `${plural(nNobody, 'row')} without a customer id; not used.`,
    ],
    [
      'customers without orders',
      'info',
      idle,
      `${count(idle)} of ${plural(known.size, 'customer')} ${hasHave(idle)} no orders and ${isAre(idle)} in no segment.`,
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
