/** How one kind of account pays and uses the software; days count back from the last day of the books. */
export type AccountGroup = {
  name: string;
  description: string;
  share: number;
  /** First payment between these days before the end. */
  joined: [number, number];
  /** Days from one invoice to the next. */
  billingDays: number;
  seats: [number, number];
  /** Seats grow by this share with every invoice. */
  growth: number;
  /** Invoices until they cancel; null = they stay, but for the usual few who leave. */
  stays: [number, number] | null;
  /** Bought between invoices, per invoice: packs of credits, and add-ons such as training. */
  packs: [number, number];
  addOns: [number, number];
  /** Days with activity in a month of use. */
  activeDays: [number, number];
  /** How likely they are to recommend, 0 to 10. */
  score: [number, number];
};

/** The known truth of the sample software company: six ways of paying for it. */
export const accountGroups: AccountGroup[] = [
  {
    name: 'Annual teams',
    description: 'pay for many seats once a year',
    share: 0.16,
    joined: [460, 640],
    billingDays: 364,
    seats: [14, 40],
    growth: 0,
    stays: null,
    packs: [0, 0],
    addOns: [0, 0],
    activeDays: [12, 20],
    score: [7, 10],
  },
  {
    name: 'Steady small teams',
    description: 'pay for a few seats every month, year in, year out',
    share: 0.25,
    joined: [420, 720],
    billingDays: 30,
    seats: [2, 4],
    growth: 0,
    stays: null,
    packs: [0, 0],
    addOns: [0, 0],
    activeDays: [8, 14],
    score: [6, 9],
  },
  {
    name: 'Growing teams',
    description: 'came within the last year, add seats every fortnight and buy add-ons',
    share: 0.15,
    joined: [150, 300],
    billingDays: 13,
    seats: [10, 16],
    growth: 0.04,
    stays: null,
    packs: [0, 0],
    addOns: [1, 2],
    activeDays: [14, 22],
    score: [8, 10],
  },
  {
    name: 'Credit buyers',
    description: 'keep one seat and buy packs of credits several times a month, at weekends',
    share: 0.14,
    joined: [300, 600],
    billingDays: 30,
    seats: [1, 1],
    growth: 0,
    stays: null,
    packs: [2, 4],
    addOns: [0, 0],
    activeDays: [5, 10],
    score: [5, 9],
  },
  {
    name: 'Former customers',
    description: 'cancelled at least four months ago, most after a month or two',
    share: 0.16,
    joined: [330, 700],
    billingDays: 30,
    seats: [1, 3],
    growth: 0,
    stays: [1, 2],
    packs: [0, 0],
    addOns: [0, 0],
    activeDays: [1, 3],
    score: [1, 6],
  },
  {
    name: 'Recent starters',
    description: 'paid for the first time within the last two months',
    share: 0.14,
    joined: [4, 56],
    billingDays: 30,
    seats: [1, 4],
    growth: 0,
    stays: null,
    packs: [0, 0],
    addOns: [0, 0],
    activeDays: [4, 12],
    score: [5, 9],
  },
];
