import type { KnownExport } from './known-export';

export const woocommerceCustomers: KnownExport = {
  id: 'woocommerce-customers',
  label: 'WooCommerce customers',
  kind: 'customers',
  signatures: [
    ['username', 'last active', 'aov'],
    ['sign up', 'total spend', 'aov'],
  ],
  roles: {
    customer: 'customer id|email|username',
    email: 'email',
    name: 'name',
    start: 'sign up|date registered',
    ignore: 'username',
  },
  others: 'attribute',
  personal: { name: 'name|username' },
};
