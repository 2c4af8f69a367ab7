import type { Issue, OrderLines } from './collected';
import { count, hasHave, isAre, money, plural, share } from './wording';

/** How many orders and customers with one there are; by index, which is an order, who has one and who bought anything. */
export type OrderCounts = {
  nOrders: number;
  nCustomers: number;
  isOrder: Uint8Array;
  hasOrder: Uint8Array;
  hasBought: Uint8Array;
};

/**
 * An order is what features take for one: its lines, refunds apart, sum above zero. Where nothing says what was paid
 * (`isPaid` false), every order number with a line that is no refund.
 */
export function countOrders(lines: OrderLines, nCustomers: number, isPaid: boolean): OrderCounts {
  const gross = new Float64Array(lines.nOrders);
  const isOrder = new Uint8Array(lines.nOrders);
  const hasOrder = new Uint8Array(nCustomers);
  const hasBought = new Uint8Array(nCustomers);
  const owner = new Int32Array(lines.nOrders);
  for (let i = 0; i < lines.nRows; i++) {
    if (lines.isRefund[i]) continue;
    gross[lines.order[i]!]! += isPaid ? lines.amount[i]! : 1;
    owner[lines.order[i]!] = lines.customer[i]!;
    hasBought[lines.customer[i]!] = 1;
  }
  let nOrders = 0;
  gross.forEach((sum, order) => {
    if (!(sum > 0)) return;
    nOrders++;
    isOrder[order] = 1;
    hasOrder[owner[order]!] = 1;
  });
  return { nOrders, nCustomers: hasOrder.reduce((n, has) => n + has, 0), isOrder, hasOrder, hasBought };
}

/** Customers whose rows count but make no order: nothing but cancellations, or nothing worth more than zero. */
export function withoutOrders(where: string, lines: OrderLines, counts: OrderCounts): Issue[] {
  const { hasOrder, hasBought, nCustomers } = counts;
  const all = hasOrder.length;
  const n = all - nCustomers;
  if (n === 0) return [];
  let rows = 0;
  let worth = 0;
  for (let i = 0; i < lines.nRows; i++) {
    if (hasOrder[lines.customer[i]!]) continue;
    rows++;
    worth += Math.abs(lines.amount[i]!);
  }
  const nBought = hasBought.reduce((sum, has, customer) => sum + (has && !hasOrder[customer] ? 1 : 0), 0);
  const nothing = [
    ...(nBought < n ? ['cancellations'] : []),
    ...(nBought > 0 ? ['orders worth nothing'] : []),
  ];
  const sum = worth >= 0.005 ? `, worth ${money(worth)},` : '';
  const sentence = `${where}: ${count(n)} of ${plural(all, 'customer')} (${share(n, all)}) ${hasHave(n)} only ${nothing.join(' or ')}${sum} and ${isAre(n)} in no segment.`;
  return [{ kind: 'customers without an order', severity: 'info', sentence, rows, example: null }];
}
