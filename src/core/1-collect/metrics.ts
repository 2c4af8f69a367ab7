import type { Collected, OrderLines } from './collected';
import { countOrders, type OrderCounts } from './order-counts';

const DAY_MS = 86_400_000;
const ACTIVE_DAYS = 90;
const ENGAGED_DAYS = 30;

export type MetricId =
  | 'customers'
  | 'orders'
  | 'lines'
  | 'netRevenue'
  | 'grossRevenue'
  | 'refunds'
  | 'discount'
  | 'units'
  | 'averageOrder'
  | 'activeCustomers'
  | 'engagedCustomers';

/** 1 for each customer to count, by customer index; null = all. */
export type CustomerMask = Uint8Array | null;

/** One figure, worked out in one place for every screen, export and trace. */
export type Metric = {
  id: MetricId;
  label: string;
  unit: 'customers' | 'orders' | 'lines' | 'items' | 'money';
  /** One sentence a reader could check by hand. */
  definition: string;
  /** What each order line adds to the figure, asked once for every line that counts in their order; the figure is the sum. */
  perLine(collected: Collected, lines: OrderLines): (line: number) => number;
  /** Counted once a customer and not found in order lines alone: which customers have it. */
  alsoBy?(collected: Collected): Uint8Array;
  /** The figure is the sum divided by this other figure. */
  dividedBy?: MetricId;
};

const counted = new WeakMap<OrderLines, OrderCounts>();
const ordersOf = ({ customerIds }: Collected, lines: OrderLines): OrderCounts => {
  const counts = counted.get(lines) ?? countOrders(lines, customerIds.length, lines.isPaid ?? true);
  counted.set(lines, counts);
  return counts;
};

/** A value for each line of a customer who has an order; zero for everybody else's. */
const ofBuyers =
  (value: (lines: OrderLines, i: number) => number): Metric['perLine'] =>
  (collected, lines) => {
    const { hasOrder } = ordersOf(collected, lines);
    return (i) => (hasOrder[lines.customer[i]!] ? value(lines, i) : 0);
  };

/** 1 for the first line of each customer that `counts`. */
function oncePerCustomer(collected: Collected, lines: OrderLines, counts: (i: number) => boolean) {
  const isSeen = new Uint8Array(collected.customerIds.length);
  return (i: number) => {
    const customer = lines.customer[i]!;
    if (isSeen[customer] || !counts(i)) return 0;
    isSeen[customer] = 1;
    return 1;
  };
}

/** The first instant of the last `days` days, the last of which is the day of the last order. */
const sinceOf = ({ to }: Collected, days: number) => (Math.floor(to / DAY_MS) + 1 - days) * DAY_MS;

const boughtWithin =
  (days: number): Metric['perLine'] =>
  (collected, lines) => {
    const { isOrder } = ordersOf(collected, lines);
    const since = sinceOf(collected, days);
    return oncePerCustomer(
      collected,
      lines,
      (i) => !lines.isRefund[i] && isOrder[lines.order[i]!] === 1 && lines.time[i]! >= since,
    );
  };

/** Who did something or answered a message within the last days. */
function didSomething(collected: Collected): Uint8Array {
  const did = new Uint8Array(collected.customerIds.length);
  const { events, touches } = collected;
  const lastDay = Math.max(collected.to || -Infinity, latest(events?.time), latest(touches?.time));
  const since = sinceOf({ ...collected, to: lastDay }, ENGAGED_DAYS);
  events?.customer.forEach((customer, i) => {
    if (customer >= 0 && events.time[i]! >= since) did[customer] = 1;
  });
  touches?.customer.forEach((customer, i) => {
    const isAnswer = ['open', 'click', 'reply'].includes(touches.kinds[i]!);
    if (customer >= 0 && isAnswer && touches.time[i]! >= since) did[customer] = 1;
  });
  return did;
}

const latest = (times: Float64Array = new Float64Array()): number =>
  times.reduce((last, time) => (time > last ? time : last), -Infinity);

const firstLineOfOrders: Metric['perLine'] = (collected, lines) => {
  const isOpen = ordersOf(collected, lines).isOrder.slice();
  return (i: number) => {
    const order = lines.order[i]!;
    if (lines.isRefund[i] || !isOpen[order]) return 0;
    isOpen[order] = 0;
    return 1;
  };
};

/** True of a refund that a file notes beside an order: it was read from the row of the line before it. */
const isOfSameRow = ({ source }: OrderLines, i: number): boolean =>
  source !== undefined &&
  i > 0 &&
  source.row[i] === source.row[i - 1] &&
  source.file[i] === source.file[i - 1];

const metrics: Metric[] = [
  {
    id: 'customers',
    label: 'Customers',
    unit: 'customers',
    definition:
      'Customers with at least one order; every customer of the customer table where there are no orders.',
    perLine: (collected, lines) => {
      const { isOrder } = ordersOf(collected, lines);
      return oncePerCustomer(collected, lines, (i) => !lines.isRefund[i] && isOrder[lines.order[i]!] === 1);
    },
  },
  {
    id: 'orders',
    label: 'Orders',
    unit: 'orders',
    definition:
      'Order numbers (a customer’s day where there are none) whose lines, refunds apart, sum to more than zero.',
    perLine: firstLineOfOrders,
  },
  {
    id: 'lines',
    label: 'Order lines',
    unit: 'lines',
    definition: 'Rows of the order files that count, refunds included.',
    perLine: (_, lines) => (i) => (isOfSameRow(lines, i) ? 0 : 1),
  },
  {
    id: 'netRevenue',
    label: 'Revenue',
    unit: 'money',
    definition: 'What customers with an order paid, less what they got back.',
    perLine: ofBuyers((lines, i) => lines.amount[i]!),
  },
  {
    id: 'grossRevenue',
    label: 'Revenue before refunds',
    unit: 'money',
    definition: 'What customers with an order paid, before anything was given back.',
    perLine: ofBuyers((lines, i) => (lines.isRefund[i] ? 0 : lines.amount[i]!)),
  },
  {
    id: 'refunds',
    label: 'Refunds',
    unit: 'money',
    definition: 'What customers with an order got back.',
    perLine: ofBuyers((lines, i) => (lines.isRefund[i] ? Math.abs(lines.amount[i]!) : 0)),
  },
  {
    id: 'discount',
    label: 'Discounts',
    unit: 'money',
    definition: 'What was taken off the price of the lines bought by customers with an order.',
    perLine: ofBuyers((lines, i) => (lines.isRefund[i] ? 0 : Math.abs(lines.discount?.[i] ?? 0) || 0)),
  },
  {
    id: 'units',
    label: 'Items sold',
    unit: 'items',
    definition:
      'Pieces bought by customers with an order, before refunds; a row without a quantity is one piece.',
    perLine: ofBuyers((lines, i) => (lines.isRefund[i] ? 0 : (lines.quantity?.[i] ?? 1))),
  },
  {
    id: 'averageOrder',
    label: 'Average order value',
    unit: 'money',
    definition: 'Revenue divided by the number of orders.',
    perLine: ofBuyers((lines, i) => lines.amount[i]!),
    dividedBy: 'orders',
  },
  {
    id: 'activeCustomers',
    label: 'Active customers',
    unit: 'customers',
    definition: `Customers with an order in the last ${ACTIVE_DAYS} days up to the day of the last order.`,
    perLine: boughtWithin(ACTIVE_DAYS),
  },
  {
    id: 'engagedCustomers',
    label: 'Engaged customers',
    unit: 'customers',
    definition: `Customers who in the last ${ENGAGED_DAYS} days ordered, did something that was recorded, or opened, clicked or answered a message.`,
    perLine: boughtWithin(ENGAGED_DAYS),
    alsoBy: didSomething,
  },
];

/** The metric dictionary, in the order in which a person would read it. */
export const listMetrics = (): readonly Metric[] => metrics;

export const metric = (id: MetricId): Metric => metrics.find((one) => one.id === id)!;

/** A figure over all customers or those of the mask. */
export function measure(collected: Collected, id: MetricId, customers: CustomerMask = null): number {
  const { perLine, alsoBy, dividedBy } = metric(id);
  const { lines } = collected;
  const isOf = (customer: number) => !customers || customers[customer] === 1;
  if (!lines && id === 'customers') return collected.customerIds.filter((_, i) => isOf(i)).length;
  const value = lines ? perLine(collected, lines) : () => 0;
  const others = alsoBy?.(collected);
  let sum = 0;
  for (let i = 0; i < (lines?.nRows ?? 0); i++) {
    const own = value(i);
    const customer = lines!.customer[i]!;
    if (!isOf(customer)) continue;
    sum += own;
    if (others && own > 0) others[customer] = 0;
  }
  others?.forEach((has, customer) => {
    if (has && isOf(customer)) sum++;
  });
  return dividedBy ? sum / measure(collected, dividedBy, customers) || 0 : sum;
}
