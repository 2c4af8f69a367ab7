import type { KnownExport } from './known-export';

/** Answers broken off are among them (`Response Type`). */
export const typeform: KnownExport = {
  id: 'typeform',
  label: 'Typeform answers',
  kind: 'surveys',
  signatures: [
    ['response type', 'submit date utc'],
    ['submit date utc', 'network id'],
    ['start date utc', 'stage date utc', 'submit date utc'],
  ],
  roles: {
    customer: 'customer id|user id|email|email address|no',
    time: 'submit date utc|stage date utc|start date utc',
    status: 'response type',
    ignore: 'no|start date utc|stage date utc|network id|tags|ending',
  },
  patterns: [[/^(what is |what s )?((your|the) )?((work|business|best) )?e ?mail( address)?$/, 'email']],
  others: 'guess',
};
