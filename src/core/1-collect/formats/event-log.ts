import type { KnownExport } from './known-export';

const who =
  'distinct id|user id|anonymous id|customer id|profile id|person id|visitor id|device id|amplitude id|$user id';
const what = 'event|event name|event type|type|action|event action';
const when =
  'timestamp|time|sent at|event time|event timestamp|occurred at|received at|original timestamp|created at|client event time';

/** What product tools write: who, what, when. */
export const eventLog: KnownExport = {
  id: 'event-log',
  label: 'event log',
  kind: 'events',
  signatures: [
    ['distinct id|anonymous id|visitor id|amplitude id', 'event|event name|event type|type', when],
    ['user id|customer id|profile id|person id', 'event|event name|event type', when],
    // With money beside it a "type" is rather one of payment.
    ['user id', 'type', when, '!amount|price|total|value|revenue|quantity|balance'],
  ],
  roles: {
    customer: who,
    event: what,
    time: when,
    session: 'session id|session|visit id|$session id|properties session id',
    channel: 'channel|medium|utm medium|traffic source|referrer source|properties utm medium',
  },
  others: 'guess',
};
