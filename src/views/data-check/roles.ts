import type { ColumnReading, ColumnType, DateOrder, Role } from '../../core/1-collect/collected';

/** Roles in a marketer's words, in the order they are offered. */
export const roleNames: Record<Role, string> = {
  customer: 'customer',
  email: 'e-mail',
  phone: 'phone',
  name: 'name of a person',
  account: 'company',
  consent: 'consent',
  order: 'order number',
  time: 'date',
  amount: 'amount paid',
  price: 'price of one item',
  listPrice: 'list price of one item',
  quantity: 'quantity',
  discount: 'discount',
  shipping: 'shipping',
  tax: 'tax',
  refunded: 'amount refunded',
  currency: 'currency',
  coupon: 'coupon',
  channel: 'channel',
  product: 'product',
  category: 'product group',
  country: 'country',
  status: 'status',
  plan: 'plan',
  start: 'start date',
  trialEnd: 'end of trial',
  end: 'end date',
  interval: 'billing interval',
  reason: 'reason for leaving',
  event: 'event',
  session: 'session',
  score: 'score',
  comment: 'comment',
  stage: 'deal stage',
  segment: 'segment',
  claim: 'claim',
  attribute: 'fact about the customer',
  ignore: 'leave out',
};

export type Reading = { type: ColumnType; decimal?: '.' | ','; dateOrder?: DateOrder };

/** The ways one column can be read; the key is what the select holds. */
export const readings: { key: string; name: string; reading: Reading }[] = [
  { key: 'text', name: 'text', reading: { type: 'text' } },
  { key: 'number.', name: 'number 1,234.56', reading: { type: 'number', decimal: '.' } },
  { key: 'number,', name: 'number 1.234,56', reading: { type: 'number', decimal: ',' } },
  { key: 'dateymd', name: 'date, year first', reading: { type: 'date', dateOrder: 'ymd' } },
  { key: 'datedmy', name: 'date, day first', reading: { type: 'date', dateOrder: 'dmy' } },
  { key: 'datemdy', name: 'date, month first', reading: { type: 'date', dateOrder: 'mdy' } },
];

export const readingKey = (column: Reading): string =>
  column.type === 'text'
    ? 'text'
    : column.type === 'number'
      ? `number${column.decimal ?? '.'}`
      : `date${column.dateOrder ?? 'ymd'}`;

/** Recognised, but not for sure enough to leave it at that. */
export const isUnsure = ({ role, roleConfidence }: ColumnReading): boolean =>
  roleConfidence < 0.8 && role !== 'ignore';
