import type { KnownExport } from './known-export';

export const hubspotDeals: KnownExport = {
  id: 'hubspot-deals',
  label: 'HubSpot deals',
  kind: 'deals',
  signatures: [
    ['deal name', 'deal stage'],
    ['dealname', 'dealstage'],
    ['record id', 'deal stage'],
  ],
  roles: {
    order: 'record id|hs object id',
    customer: 'associated contact ids|associated contact id|associated contact',
    account: 'associated company|company name|associated company ids|associated company id',
    stage: 'deal stage',
    amount: 'amount|amount in company currency',
    time: 'close date|create date|last modified date',
    start: 'create date',
    currency: 'currency|deal currency code',
    ignore: 'deal name|deal owner|pipeline|deal type|last activity date|forecast category',
  },
  others: 'ignore',
  personal: { name: 'deal owner' },
};
