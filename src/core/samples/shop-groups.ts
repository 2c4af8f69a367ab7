/** How one kind of customer behaves; rates are per order unless said otherwise, days count from the first day. */
export type ShopGroup = {
  name: string;
  description: string;
  share: number;
  /** First order between these days. */
  joins: [number, number];
  /** Typical days between orders; Infinity = never again. */
  rhythmDays: number;
  /** Last day of ordering, if this kind leaves at a time of its own. */
  leaves: [number, number] | null;
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

/** The known truth of the sample shop: six ways of buying. */
export const shopGroups: ShopGroup[] = [
  {
    name: 'Full-price regulars',
    description: 'order every eight weeks or so, rarely on offer',
    share: 0.19,
    joins: [0, 400],
    rhythmDays: 58,
    leaves: null,
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
    name: 'Big-basket buyers',
    description: 'stock up every eleven weeks or so with many items at once',
    share: 0.13,
    joins: [60, 420],
    rhythmDays: 76,
    leaves: null,
    nLines: [3, 4],
    quantity: [3, 6],
    discountChance: 0.06,
    discountRate: [0.05, 0.1],
    returnChance: 0.02,
    weekendChance: 0.2,
    categories: [2, 3, 4, 5],
    mindsPrice: false,
  },
  {
    name: 'Discount hunters',
    description: 'nearly always buy on offer, and send a good part back',
    share: 0.19,
    joins: [0, 400],
    rhythmDays: 100,
    leaves: null,
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
    name: 'Newcomers',
    description: 'placed their first order within the last two months',
    share: 0.16,
    joins: [672, 726],
    rhythmDays: 100,
    leaves: null,
    nLines: [1, 3],
    quantity: [1, 2],
    discountChance: 0.15,
    discountRate: [0.1, 0.1],
    returnChance: 0.02,
    weekendChance: 0.15,
    categories: [0, 1, 2],
    mindsPrice: true,
  },
  {
    name: 'Lapsed regulars',
    description: 'ordered every seven weeks in the first year, then stopped',
    share: 0.15,
    joins: [0, 90],
    rhythmDays: 50,
    leaves: [290, 400],
    nLines: [1, 3],
    quantity: [1, 2],
    discountChance: 0.06,
    discountRate: [0.05, 0.15],
    returnChance: 0.02,
    weekendChance: 0.25,
    categories: [0, 1, 2, 3],
    mindsPrice: true,
  },
  {
    name: 'One-time gift buyers',
    description: 'came once for a present and never again',
    share: 0.18,
    joins: [40, 610],
    rhythmDays: Infinity,
    leaves: null,
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
