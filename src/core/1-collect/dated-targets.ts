import type { Collected, DataCheck } from './collected';

/** What subscriptions and events there are to foretell; events most frequent first, by customers who did them. */
export function listDatedTargets({
  subscriptions,
  events,
}: Collected): NonNullable<DataCheck['datedTargets']> {
  const nEnded = subscriptions?.end?.filter(Number.isFinite).length ?? 0;
  return {
    subscriptions: subscriptions
      ? {
          n: subscriptions.nRows,
          nEnded,
          hasEnds: nEnded > 0,
          hasPrices: subscriptions.amount?.some(Number.isFinite) ?? false,
        }
      : null,
    events: events ? countDoers(events) : [],
  };
}

const mostEvents = 100;

function countDoers({ name, customer }: NonNullable<Collected['events']>) {
  const doers = name.levels.map(() => new Set<number>());
  const times = new Float64Array(name.levels.length);
  name.codes.forEach((code, row) => {
    if (code < 0 || customer[row]! < 0) return;
    doers[code]!.add(customer[row]!);
    times[code]!++;
  });
  return name.levels
    .map((level, code) => ({ name: level, customers: doers[code]!.size, times: times[code]! }))
    .filter(({ customers }) => customers > 0)
    .sort((a, b) => b.customers - a.customers || b.times - a.times)
    .slice(0, mostEvents);
}
