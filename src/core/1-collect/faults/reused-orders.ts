import { customerTexts } from '../customer-ids';
import { readStates } from '../order-states';
import { dayOf, isoDay } from '../read-date';
import { type Column, columnOf, type ReadTable } from '../read-table';
import { spreadIndexes, spreadValues } from '../spread-columns';
import { TextMap } from '../text-map';
import { count, isAre, plural } from '../wording';
import type { Fault } from './fault';
import { standsForNobody } from './placeholders';

const DAY_MS = 86_400_000;
/** Lines of one purchase are billed and sent within this time. */
const MOST_DAYS = 60;

/** By row who bought (-1 = not said or nobody's) and on which day (NaN = not said); `isKnown`: has other orders, too. */
type Buyers = { customer: Int32Array; day: Float64Array; texts: string[]; isKnown: Uint8Array };

function readBuyers(order: Column, customer: Column, time: Column): Buyers {
  const numbers = new TextMap<number>();
  const texts: string[] = [];
  const byCode = customerTexts(customer).map((text) => {
    if (text === '' || standsForNobody(text)) return -1;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    return texts.push(text) - 1;
  });
  const own = spreadIndexes(customer.profile.codes, byCode);
  const orders = new Int32Array(texts.length).fill(-1);
  const isKnown = new Uint8Array(texts.length);
  for (let row = 0; row < own.length; row++) {
    const code = order.profile.codes[row]!;
    const who = own[row]!;
    if (who < 0) continue;
    if (orders[who] === -1) orders[who] = code;
    else if (orders[who] !== code) isKnown[who] = 1;
  }
  const day = spreadValues(time.profile.codes, time.dates!.values.map(dayOf));
  return { customer: own, day, texts, isKnown };
}

/** 1 for the rows that are purchases: nothing taken back, never paid or below zero. */
function markPurchases(table: ReadTable): Uint8Array {
  const { isCancelled, isUnpaid } = readStates(table, null);
  const isBought = isCancelled.map((is, row) => (is || isUnpaid[row] ? 0 : 1));
  for (const role of ['amount', 'quantity', 'price'] as const) {
    const column = columnOf(table, role);
    const values = column?.numbers?.values;
    if (values) column.profile.codes.forEach((code, row) => values[code]! < 0 && (isBought[row] = 0));
  }
  return isBought;
}

/** 1 for the codes of order numbers that stand for more than one purchase. */
function markReused(
  { profile }: Column,
  { customer, day, isKnown }: Buyers,
  isBought: Uint8Array,
): Uint8Array {
  const n = profile.levels.length;
  const first = new Int32Array(n).fill(-1);
  const [from, to] = [new Float64Array(n), new Float64Array(n)];
  const isReused = new Uint8Array(n);
  profile.codes.forEach((code, row) => {
    const [who, at] = [customer[row]!, day[row]!];
    if (!isBought[row] || profile.isMissing[code] || who < 0 || Number.isNaN(at)) return;
    if (first[code] === -1) {
      first[code] = who;
      from[code] = to[code] = at;
      return;
    }
    // One cell with another id on the same day is rather a slip of the pen, unless the other is a customer as well.
    const isAnother = who !== first[code] && (at !== from[code] || (isKnown[who] && isKnown[first[code]!]));
    from[code] = Math.min(from[code]!, at);
    to[code] = Math.max(to[code]!, at);
    if (isAnother || to[code]! - from[code]! > MOST_DAYS) isReused[code] = 1;
  });
  return isReused;
}

/** By row the number under which it counts, where that is another than its own: the first purchase keeps the number. */
function renumber({ profile }: Column, buyers: Buyers, isBought: Uint8Array, isReused: Uint8Array) {
  const { customer, day, texts } = buyers;
  const firstKey = new Map<number, string>();
  const lastKey = new Map<number, string>();
  const renamed = new Map<number, string>();
  profile.codes.forEach((code, row) => {
    if (!isReused[code]) return;
    const isPurchase = isBought[row] && customer[row]! >= 0 && !Number.isNaN(day[row]!);
    const own = isPurchase ? `${texts[customer[row]!]}, ${isoDay(day[row]! * DAY_MS)}` : lastKey.get(code);
    if (own === undefined) return;
    if (!firstKey.has(code)) firstKey.set(code, own);
    lastKey.set(code, own);
    if (own !== firstKey.get(code)) renamed.set(row, `${profile.levels[code]!.trim()} (${own})`);
  });
  return renamed;
}

export const reusedOrders: Fault = {
  id: 'order numbers used again',
  dimension: 'uniqueness',
  find(table, { sorted }) {
    const [order, customer, time] = [
      columnOf(table, 'order'),
      columnOf(table, 'customer'),
      columnOf(table, 'time'),
    ];
    if (!sorted.lines.includes(table) || !order || !customer || !time?.dates) return [];
    const buyers = readBuyers(order, customer, time);
    const isBought = markPurchases(table);
    const isReused = markReused(order, buyers, isBought);
    const n = isReused.reduce((sum, is) => sum + is, 0);
    if (n === 0) return [];
    const renamed = renumber(order, buyers, isBought, isReused);
    const [row = 0] = renamed.keys();
    return [
      {
        column: order,
        row,
        rows: renamed.size,
        isSafe: false,
        label: 'Count by number, customer and day',
        says: `${plural(n, 'order number')} ${isAre(n)} used again by another customer or more than ${MOST_DAYS} days later, such as "${order.profile.levels[order.profile.codes[row]!]!.slice(0, 60)}"; ${count(renamed.size)} of the rows count into another purchase.`,
        mend: () => ({
          cells: Array.from(renamed, ([at, text]) => ({
            column: table.columns.indexOf(order),
            row: at,
            text,
          })),
        }),
      },
    ];
  },
};
