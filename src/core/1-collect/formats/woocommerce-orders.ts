import type { KnownExport } from './known-export';

/** Names its customers and nothing else of them; "Product(s)" packs a whole order: "2× Mug, 1× Tea". */
export const woocommerceOrders: KnownExport = {
  id: 'woocommerce-orders',
  label: 'WooCommerce orders',
  kind: 'lines',
  signatures: [
    ['order no', 'customer type'],
    ['order no', 'n revenue formatted'],
  ],
  roles: {
    order: 'order no',
    customer: 'customer id|email|customer email|billing email',
    email: 'email|customer email|billing email',
    name: 'customer',
    time: 'date',
    amount: 'net sales|n revenue|n revenue formatted',
    quantity: 'items sold',
    coupon: 'coupon s|coupons',
    channel: 'attribution|origin',
    product: 'product s|products',
    status: 'status',
    ignore: 'customer type',
  },
  others: 'guess',
  personal: { name: 'customer' },
};
