import type { KnownExport } from './known-export';

/** Its own predictions are there to compare with, never to learn from; lists are JSON text. */
export const klaviyoProfiles: KnownExport = {
  id: 'klaviyo-profiles',
  label: 'Klaviyo profiles',
  kind: 'customers',
  signatures: [
    ['klaviyo id'],
    ['email marketing consent', 'email'],
    ['predicted customer lifetime value', 'email suppressions'],
  ],
  roles: {
    customer: 'klaviyo id|email|phone number',
    email: 'email',
    phone: 'phone number',
    name: 'first name|last name',
    account: 'organization',
    consent: 'email marketing consent|sms marketing consent',
    start: 'profile created on|date added|first active',
    ignore: 'address|address 2|latitude|longitude|ip address|email marketing consent timestamp',
  },
  others: 'attribute',
};
