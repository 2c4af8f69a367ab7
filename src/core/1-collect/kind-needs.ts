import type { Role, TableKind } from './collected';

/** By kind the roles it cannot do without; any one of a group is enough, the first is asked for. */
export const needs: Partial<Record<TableKind, Role[][]>> = {
  lines: [['customer'], ['time'], ['amount', 'price', 'order']],
  customers: [['customer']],
  subscriptions: [['customer'], ['start']],
  events: [['customer'], ['time'], ['event']],
  touches: [['customer'], ['time']],
  surveys: [['score', 'comment']],
  deals: [['stage']],
  evidence: [['claim'], ['comment']],
};

/** What a column with the role says, in words that follow "a column that says". */
export const sayings: Partial<Record<Role, string>> = {
  customer: 'who the customer is',
  time: 'when it happened',
  amount: 'how much they paid',
  start: 'when a subscription began',
  event: 'what people did',
  score: 'which score they gave',
  stage: 'which stage a deal is in',
  segment: 'which segment it is about',
  claim: 'what is claimed',
  comment: 'what they said',
};
