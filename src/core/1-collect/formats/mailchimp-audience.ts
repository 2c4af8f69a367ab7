import type { KnownExport } from './known-export';

/** Subscribed and unsubscribed members; `UNSUB_TIME` is only in the file of those who left the list. */
export const mailchimpAudience: KnownExport = {
  id: 'mailchimp-audience',
  label: 'Mailchimp audience',
  kind: 'customers',
  signatures: [
    ['member rating', 'optin time'],
    ['leid', 'euid'],
    ['unsub time', 'unsub campaign id'],
  ],
  roles: {
    customer: 'email address|email',
    phone: 'phone number|sms phone number|phone',
    name: 'first name|last name',
    end: 'unsub time',
    start: 'optin time|confirm time',
    reason: 'unsub reason',
    ignore:
      'address|optin ip|confirm ip|confirm time|latitude|longitude|gmtoff|dstoff|leid|euid|notes|unsub campaign title|unsub campaign id|unsub reason other',
  },
  others: 'attribute',
  personal: { address: 'address' },
};
