/** How one kind of customer behaves; rates are per order unless said otherwise. */
export type ShopKind = {
  share: number;
  /** Mean days between orders, and the chance to leave for good after one. */
  rhythmDays: number;
  leaveChance: number;
  /** After so many orders nobody leaves yet. */
  safeOrders: number;
  nLines: [number, number];
  quantity: [number, number];
  /** Chance that an order is discounted, and the share taken off. */
  discountChance: number;
  discountRate: [number, number];
  returnChance: number;
  weekendChance: number;
  /** Index of the categories it prefers, and whether it minds paying 20 and more. */
  categories: number[];
  mindsPrice: boolean;
};

export const shopDays = 730;

/**
 * When first orders come, in days from the first one, and how many of all in each: two campaigns a year, after the
 * customers there were before. Every kind comes at the same times.
 */
export const campaigns: { share: number; days: [number, number] }[] = [
  { share: 0.33, days: [0, 60] },
  { share: 0.22, days: [123, 175] },
  { share: 0.19, days: [305, 357] },
  { share: 0.11, days: [478, 530] },
  { share: 0.15, days: [670, 722] },
];

/** The known truth of the sample shop: four kinds of customers, whatever has become of them. */
export const shopKinds: ShopKind[] = [
  {
    share: 0.4,
    rhythmDays: 45,
    leaveChance: 0.11,
    safeOrders: 2,
    nLines: [1, 3],
    quantity: [1, 2],
    discountChance: 0.04,
    discountRate: [0.05, 0.1],
    returnChance: 0.02,
    weekendChance: 0.25,
    categories: [0, 1, 2, 3],
    mindsPrice: true,
  },
  {
    share: 0.15,
    rhythmDays: 80,
    leaveChance: 0.01,
    safeOrders: 2,
    nLines: [3, 4],
    quantity: [4, 8],
    discountChance: 0.06,
    discountRate: [0.05, 0.1],
    returnChance: 0.02,
    weekendChance: 0.2,
    categories: [2, 3, 4, 5],
    mindsPrice: false,
  },
  {
    share: 0.21,
    rhythmDays: 78,
    leaveChance: 0.01,
    safeOrders: 2,
    nLines: [1, 3],
    quantity: [1, 2],
    discountChance: 0.93,
    discountRate: [0.25, 0.4],
    returnChance: 0.35,
    weekendChance: 0.5,
    categories: [0, 1, 5],
    mindsPrice: true,
  },
  {
    share: 0.24,
    rhythmDays: 60,
    leaveChance: 1,
    safeOrders: 0,
    nLines: [1, 1],
    quantity: [1, 1],
    discountChance: 0.05,
    discountRate: [0.1, 0.1],
    returnChance: 0.02,
    weekendChance: 0.15,
    categories: [6],
    mindsPrice: false,
  },
];

/** What the kinds look like on the last day, each kind's own group first. */
export const shopGroups = [
  { name: 'Full-price regulars', description: 'order every six weeks or so, rarely on offer' },
  { name: 'Big-basket buyers', description: 'stock up every eleven weeks or so with many items at once' },
  { name: 'Discount hunters', description: 'nearly always buy on offer, and send a good part back' },
  { name: 'One-time gift buyers', description: 'came once for a present and never again' },
  { name: 'Newcomers', description: 'placed their first order within the last two months' },
  { name: 'Lapsed regulars', description: 'ordered every six weeks or so, then stopped months ago' },
];

const newcomerGroup = 4;
const newcomerDays = 60;
const [regulars, lapsedGroup] = [0, 5];
/** Quiet for longer than this at the end, a regular counts as lapsed. */
const lapsedDays = 120;

/** The group of a customer on the last day, by their kind and the days of their first and last orders. */
export function groupAtEnd(kind: number, firstDay: number, lastDay: number): number {
  if (shopDays - firstDay <= newcomerDays) return newcomerGroup;
  return kind === regulars && shopDays - lastDay > lapsedDays ? lapsedGroup : kind;
}
