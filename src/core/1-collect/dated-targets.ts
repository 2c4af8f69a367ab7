import type { Collected, DataCheck } from './collected';
import { refusedModels } from './consents';

/**
 * What subscriptions and events there are to foretell; events most frequent first, by customers who did them. Ends and
 * events of who refused to be profiled are not counted: nothing is learnt from them.
 */
export function listDatedTargets({
  subscriptions,
  events,
  consents,
}: Collected): NonNullable<DataCheck['datedTargets']> {
  const refused = refusedModels(consents);
  const counts = (customer: number) => !refused?.[customer];
  const hasEnded = (end: number, row: number) =>
    Number.isFinite(end) && counts(subscriptions!.customer[row]!);
  const nEnded = subscriptions?.end?.filter(hasEnded).length ?? 0;
  return {
    subscriptions: subscriptions
      ? {
          n: subscriptions.nRows,
          nEnded,
          hasEnds: nEnded > 0,
          hasPrices: subscriptions.amount?.some(Number.isFinite) ?? false,
        }
      : null,
    events: events ? countDoers(events, counts) : [],
    ...(refused && { nRefused: refused.reduce((n, one) => n + one, 0) }),
  };
}

const mostEvents = 100;

function countDoers(
  { name, customer }: NonNullable<Collected['events']>,
  counts: (customer: number) => boolean,
) {
  const doers = name.levels.map(() => new Set<number>());
  const times = new Float64Array(name.levels.length);
  name.codes.forEach((code, row) => {
    if (code < 0 || customer[row]! < 0 || !counts(customer[row]!)) return;
    doers[code]!.add(customer[row]!);
    times[code]!++;
  });
  return name.levels
    .map((level, code) => ({ name: level, customers: doers[code]!.size, times: times[code]! }))
    .filter(({ customers }) => customers > 0)
    .sort((a, b) => b.customers - a.customers || b.times - a.times)
    .slice(0, mostEvents);
}
