import type { Coded } from '../../1-collect/canonical';
import type { OrderHistory } from '../history';
import { shared } from './measure';
import { type OrderMeasure, orderMeasure } from './order-measure';

const nShown = 3;
const online =
  /\b(online|web\w*|site|e-?com\w*|app|mobile|internet|www|shopify|amazon|ebay|etsy|marketplace)\b/i;
const inShop = /\b(store|shop|retail|pos|point of sale|branch|in[- ]?store|offline|counter|outlet|till)\b/i;

/** Money by channel over all orders, only those met by the as-of date, the largest first. */
const channelsOf = shared(({ lines, channel, gross }: OrderHistory) => {
  const levels = lines.channel?.levels ?? [];
  const money = new Float64Array(levels.length);
  channel.forEach((code, i) => {
    if (code >= 0) money[code]! += gross[i]!;
  });
  return levels
    .map((level, code) => ({ level, code, money: money[code]! }))
    .filter((each) => each.money > 0)
    .sort((a, b) => b.money - a.money || (a.level < b.level ? -1 : 1));
});

/** Share of each customer's orders through one channel, for each of the three with most money. */
export function channelShares(history: OrderHistory): OrderMeasure[] {
  const channels = channelsOf(history);
  if (channels.length < 2) return [];
  return channels.slice(0, nShown).map(({ level, code }) =>
    orderMeasure(
      {
        name: `channelShare:${level}`,
        label: `share of orders via ${level}`,
        unit: 'share',
        formula: `orders through ${level}, divided by number of orders`,
        source: 'channel',
        high: `buy via ${level}`,
        low: `do not buy via ${level}`,
      },
      ({ channel }, first, end) => countWhere(channel, first, end, (each) => each === code) / (end - first),
    ),
  );
}

const isOnline = (level: string): boolean => online.test(level) && !/\bin[- ]?store\b/i.test(level);
const onlineCodes = shared(({ levels }: Coded) => levels.map(isOnline));

export const onlineShare = orderMeasure(
  {
    name: 'onlineShare',
    label: 'share of orders online',
    unit: 'share',
    formula:
      'orders through channels that are online by their name, divided by orders whose channel is known; one half where none is',
    source: 'channel',
    high: 'buy online',
    low: 'buy in shops',
  },
  (history, first, end) => {
    const isCodeOnline = onlineCodes(history.lines.channel!);
    const known = countWhere(history.channel, first, end, (code) => code >= 0);
    const nOnline = countWhere(history.channel, first, end, (code) => isCodeOnline[code] === true);
    return known > 0 ? nOnline / known : 0.5;
  },
  (history) => {
    const channels = channelsOf(history);
    return (
      channels.some(({ level }) => isOnline(level)) &&
      channels.some(({ level }) => !isOnline(level) && inShop.test(level))
    );
  },
);

export const channelCount = orderMeasure(
  {
    name: 'channelCount',
    label: 'different channels used',
    unit: 'number',
    formula: 'count of distinct channels among the orders',
    source: 'channel',
    high: 'use several channels',
    low: 'use one channel',
  },
  ({ channel }, first, end) => new Set(channel.subarray(first, end).filter((code) => code >= 0)).size,
  ({ lines }) => lines.channel !== undefined,
);

function countWhere(
  column: Float64Array,
  first: number,
  end: number,
  isCounted: (value: number) => boolean,
): number {
  let n = 0;
  for (let i = first; i < end; i++) if (isCounted(column[i]!)) n++;
  return n;
}
