import type { KnownExport } from './known-export';

/** Ids and phones begin with an apostrophe; totals are as of the day of the export. */
export const shopifyCustomers: KnownExport = {
  id: 'shopify-customers',
  label: 'Shopify customers',
  kind: 'customers',
  signatures: [
    ['accepts email marketing', 'default address city'],
    ['accepts email marketing', 'total orders'],
    ['accepts marketing', 'total orders', 'tax exempt'],
  ],
  roles: {
    customer: 'customer id|email|phone',
    email: 'email',
    phone: 'phone|default address phone',
    name: 'first name|last name',
    account: 'default address company|company',
    consent: 'accepts email marketing|accepts marketing|accepts sms marketing|accepts whatsapp marketing',
    ignore: 'default address address1|default address address2|address1|address2|note',
  },
  others: 'attribute',
};
