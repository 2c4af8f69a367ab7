import type { KnownExport } from './known-export';

/** Both editions. Cancellations: the invoice begins with C and the quantity is negative. */
export const onlineRetail: KnownExport = {
  id: 'online-retail',
  label: 'UCI Online Retail',
  kind: 'lines',
  signatures: [['invoice no|invoice', 'stock code', 'invoice date']],
  roles: {
    order: 'invoice no|invoice',
    customer: 'customer id',
    time: 'invoice date',
    price: 'unit price|price',
    quantity: 'quantity',
    product: 'stock code',
    country: 'country',
    ignore: 'description',
  },
  others: 'guess',
};
