import type { DataCheck } from '../1-collect/collected';
import type { Target } from '../2-features/feature-table';
import { formatCount, plural } from './words';

export type AskChoice = { key: string; name: string; target: Target; isDated: boolean };
export type AskGroup = { name: string; choices: AskChoice[] };

export function keyOf(target: Target): string {
  if (target.kind === 'column') return `${target.column}=${target.value}`;
  return target.kind === 'event' ? `event:${target.name}` : target.kind;
}

const dated = (target: Target, name: string): AskChoice => ({
  key: keyOf(target),
  name,
  target,
  isDated: true,
});

/** Everything this data can be asked to foretell, in groups, and what it cannot and what would unlock it. */
export function listAsks(check: DataCheck): { groups: AskGroup[]; missing: string[] } {
  const { totals, labelCandidates } = check;
  const { subscriptions = null, events = [], nRefused = 0 } = check.datedTargets ?? {};
  const groups: AskGroup[] = [];
  const missing: string[] = [];
  if (totals.orders > 0)
    groups.push({
      name: 'Orders',
      choices: [
        dated({ kind: 'churn' }, 'who will leave'),
        dated({ kind: 'repurchase' }, 'who will buy again'),
      ],
    });
  else missing.push('Who will leave or buy again: needs orders with dates.');
  const contracts = [
    ...(subscriptions?.hasEnds ? [dated({ kind: 'cancel' }, 'who will cancel')] : []),
    ...(subscriptions?.hasPrices ? [dated({ kind: 'upgrade' }, 'who will move up')] : []),
  ];
  if (contracts.length) groups.push({ name: 'Subscriptions', choices: contracts });
  if (!subscriptions)
    missing.push('Who will cancel or move up: needs a table of subscriptions with start and end.');
  else {
    if (!subscriptions.hasEnds)
      missing.push(
        'Who will cancel: none of the subscriptions has an end date, so nobody was seen to cancel.',
      );
    if (!subscriptions.hasPrices) missing.push('Who will move up: the subscriptions have no price.');
  }
  if (events.length)
    groups.push({
      name: 'Events',
      choices: events.map(({ name, customers }) =>
        dated(
          { kind: 'event', name },
          `who will do “${name}” (${formatCount(customers)} of ${plural(totals.customers - nRefused, 'customer')} did)`,
        ),
      ),
    });
  else missing.push('Who will do a certain thing: needs a table of events with name and time.');
  for (const { column, value } of check.oneSidedLabels ?? [])
    missing.push(
      `${column}: everybody has “${value}” there, so there is nobody to tell apart. Needs customers with another answer.`,
    );
  if (labelCandidates.length)
    groups.push({
      name: 'Columns with an answer',
      choices: labelCandidates.flatMap(({ column, values }) =>
        values.map((value): AskChoice => {
          const target = { kind: 'column' as const, column, value };
          return { key: keyOf(target), name: `${column} = ${value}`, target, isDated: false };
        }),
      ),
    });
  else if (!check.oneSidedLabels?.length)
    missing.push(
      'A ready answer: needs a column of the customer table with exactly two values, such as “cancelled: yes / no”.',
    );
  return { groups, missing };
}
