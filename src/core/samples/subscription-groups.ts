/** How one kind of account pays and uses the software once its first two months are over. */
export type AccountKind = {
  share: number;
  /** Pays for a year from the first day on; none of them came in the last campaign. */
  isYearly: boolean;
  /** Days from one invoice to the next, and the chance to cancel instead of paying it. */
  billingDays: number;
  leaveChance: number;
  seats: [number, number];
  /** Seats grow by this share with every invoice of the first year. */
  growth: number;
  /** Bought between invoices, per invoice: packs of credits, and add-ons such as training. */
  packs: [number, number];
  addOns: [number, number];
  /** Days with activity in a month of use. */
  activeDays: [number, number];
  /** How likely they are to recommend, 0 to 10. */
  score: [number, number];
};

/** Days of the books of payments. */
export const bookDays = 720;

/** First payments come in a campaign each quarter, the last one after a small one: days back from the last day, or 91 … before. */
export const campaignEvery = 91;
export const joinedDays: [number, number] = [4, 50];
export const campaigns = Array.from({ length: 12 }, (_, i) => ({ share: [0.14, 0.03][i] ?? 0.083 }));

/** Who is billed often begins by the month with a few seats, whatever they grow into. */
export const trialInvoices = 2;
export const trialBillingDays = 30;
export const trialSeats: [number, number] = [1, 4];

/** The known truth of the sample software company: five kinds of accounts, whatever has become of them. */
export const accountKinds: AccountKind[] = [
  {
    share: 0.17,
    isYearly: true,
    billingDays: 364,
    leaveChance: 0.12,
    seats: [14, 40],
    growth: 0,
    packs: [0, 0],
    addOns: [0, 0],
    activeDays: [12, 20],
    score: [7, 10],
  },
  {
    share: 0.25,
    isYearly: false,
    billingDays: 30,
    leaveChance: 0.006,
    seats: [2, 4],
    growth: 0,
    packs: [0, 0],
    addOns: [0, 0],
    activeDays: [8, 14],
    score: [6, 9],
  },
  {
    share: 0.16,
    isYearly: false,
    billingDays: 13,
    leaveChance: 0.002,
    seats: [10, 16],
    growth: 0.04,
    packs: [0, 0],
    addOns: [1, 2],
    activeDays: [14, 22],
    score: [8, 10],
  },
  {
    share: 0.16,
    isYearly: false,
    billingDays: 30,
    leaveChance: 0.015,
    seats: [1, 1],
    growth: 0,
    packs: [1, 2],
    addOns: [0, 0],
    activeDays: [5, 10],
    score: [5, 9],
  },
  {
    share: 0.26,
    isYearly: false,
    billingDays: 30,
    leaveChance: 0.6,
    seats: [1, 3],
    growth: 0,
    packs: [0, 0],
    addOns: [0, 0],
    activeDays: [1, 3],
    score: [1, 6],
  },
];

/** What the kinds look like on the last day, each kind's own group first; the last kind soon becomes former customers. */
export const accountGroups = [
  { name: 'Annual teams', description: 'pay for many seats once a year' },
  { name: 'Steady small teams', description: 'pay for a few seats every month, year in, year out' },
  { name: 'Growing teams', description: 'are billed every fortnight, add seats and buy add-ons' },
  {
    name: 'Credit buyers',
    description: 'keep one seat and buy a pack of credits or two a month, at weekends',
  },
  {
    name: 'Former customers',
    description: 'cancelled at least four months ago, most after a month or two',
  },
  { name: 'Recent starters', description: 'paid for the first time within the last two months' },
];

const [steadyGroup, formerGroup, starterGroup] = [1, 4, 5];
const formerDays = 120;
const starterDays = 60;

/** The group of an account on the last day, by its kind and how many days ago it began and ended (NaN = it runs). */
export function groupAtEnd(kind: number, daysSinceStart: number, daysSinceEnd: number): number {
  if (daysSinceStart <= starterDays) return starterGroup;
  if (daysSinceEnd > formerDays) return formerGroup;
  return kind === formerGroup && Number.isNaN(daysSinceEnd) ? steadyGroup : kind;
}
