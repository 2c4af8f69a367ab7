import type { KnownExport } from './known-export';

/** Ids of several companies stand in one cell, split by ";". */
export const hubspotContacts: KnownExport = {
  id: 'hubspot-contacts',
  label: 'HubSpot contacts',
  kind: 'customers',
  signatures: [
    ['record id', 'lifecycle stage'],
    ['record id', 'contact owner'],
    ['lifecyclestage', 'hs lead status|hs analytics source|hs object id|jobtitle'],
  ],
  roles: {
    customer: 'record id|hs object id|vid|email',
    email: 'email',
    phone: 'phone number|phone|mobile phone number|mobilephone',
    name: 'first name|last name',
    account: 'company name|associated company|company',
    consent: 'marketing contact status|opted out of all email|unsubscribed from all email',
    start: 'create date|createdate',
    ignore: 'associated company ids|contact owner|hubspot owner id',
  },
  others: 'attribute',
  personal: { name: 'contact owner' },
};
