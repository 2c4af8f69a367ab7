import type { PriceSensitivity, ValueResult } from '../../core/3-models/results/value-result';
import { formatWorth, sayDay, worthOf } from '../../core/5-dashboards/value-charts';
import { formatMoney } from '../../core/5-dashboards/words';
import type { CustomerRow } from '../../state/workspace.svelte';

/** What a value result says of one customer; null where it does not hold them or cannot tell. */
export function valueCellsOf(value: ValueResult | null, { valueRow: at }: CustomerRow) {
  if (!value || at === null) return { value: null, alive: null, nextOrder: null, price: null };
  const { nextOrder, priceSensitivity: price, probabilityAlive } = value;
  const from = nextOrder?.from[at] ?? -1;
  return {
    value: worthOf(value)[at]!,
    alive: probabilityAlive[at]!,
    nextOrder:
      nextOrder && nextOrder.grade !== 'cannot tell'
        ? from === -1
          ? 'overdue'
          : `${sayDay(from)} – ${sayDay(nextOrder.to[at]!)}`
        : null,
    price: price?.blocked === null ? sayPrice(price, at) : null,
  };
}

/** "63 (40–80)": the index, with the limits that hold 80 of 100. */
const sayPrice = ({ index, low, high }: PriceSensitivity, at: number) =>
  `${Math.round(index[at]!)} (${Math.round(low[at]!)}–${Math.round(high[at]!)})`;

/** "120 (0–340)": what a customer is worth, with the limits that hold 80 of 100 outcomes where money is known. */
export function sayWorth(value: ValueResult | null, { valueRow: at }: CustomerRow): string | null {
  if (!value || at === null) return null;
  const worth = formatWorth(value, worthOf(value)[at]!);
  return value.hasMoney ? `${worth} (${formatMoney(value.low[at]!)}–${formatMoney(value.high[at]!)})` : worth;
}
