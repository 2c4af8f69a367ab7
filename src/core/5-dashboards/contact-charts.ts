import type { Consent } from '../1-collect/canonical';
import { allowed } from '../1-collect/consents';
import { cutOff, type CutOffOutcome } from '../4-decisions/cut-off';
import type { Prediction } from '../3-models/results/prediction';
import type { RfmResult } from '../3-models/results/rfm-result';
import type { Segmentation } from '../3-models/results/segmentation';
import { heads, type ChartText } from './chart';
import { eventWords, formatCount, formatExact, formatMoney, formatShare, plural } from './words';

/** What contacting is worth: money for one success, for all alike or by segment id; `works` of 1 contacted succeed. */
export type Economics = {
  value: number | number[];
  cost: number;
  capacity: number | null;
  fatigue: number;
  works: number;
};

export type Plan = {
  overall: CutOffOutcome;
  segments: (CutOffOutcome & { segment: number })[];
  curve: { contacted: number; profit: number }[];
};

/** Spend of one order on average, over all; 0 where nothing says what was paid. */
export function averageOrder(rfm: RfmResult | null): number {
  if (!rfm) return 0;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return Math.max(0, sum(rfm.monetary) / sum(rfm.frequency) || 0);
}

/** Segment id of each customer, -1 = in none. */
export function segmentsOf(customers: Int32Array, segmentation: Segmentation): Int32Array {
  const labels = new Map(
    Array.from(segmentation.customers, (customer, i) => [customer, segmentation.labels[i]!]),
  );
  return customers.map((customer) => labels.get(customer) ?? -1);
}

/** The average order within each segment, by its id; everybody's where a segment has none. */
export function averageOrderBySegment(rfm: RfmResult, segmentation: Segmentation): number[] {
  const own = segmentsOf(rfm.customers, segmentation);
  const all = averageOrder(rfm);
  return segmentation.segments.reduce<number[]>((values, { id }) => {
    let [spend, orders] = [0, 0];
    own.forEach((segment, i) => {
      if (segment !== id) return;
      spend += rfm.monetary[i]!;
      orders += rfm.frequency[i]!;
    });
    values[id] = orders > 0 ? Math.max(0, spend / orders) : all;
    return values;
  }, []);
}

/** The prediction of those who agreed to what a list is for; null = nobody will be contacted, so everybody. */
export function keepAgreed(
  prediction: Prediction,
  consents: readonly Consent[],
  purpose: string | null,
): Prediction {
  const agreed = purpose === null ? null : allowed([...consents], purpose);
  if (!agreed) return prediction;
  const stays = (i: number) => agreed[prediction.customers[i]!] === 1;
  return {
    ...prediction,
    customers: prediction.customers.filter((_, i) => stays(i)),
    propensity: prediction.propensity.filter((_, i) => stays(i)),
    happened: prediction.happened?.filter((_, i) => stays(i)) ?? null,
  };
}

/** So that the last customer on a list is not lost to rounding. */
const rounding = 1e-12;

/** Whom contacting pays for; thresholds are likelihoods as they are shown, before what a contact achieves. */
export function planContacts(
  propensity: Float64Array,
  segments: Int32Array | null,
  { works, value, ...money }: Economics,
): Plan {
  const plan = cutOff({
    propensity: propensity.map((chance) => chance * works),
    ...(segments && { segments }),
    valueOfSuccess: value,
    costOfContact: money.cost,
    capacity: money.capacity,
    fatigue: money.fatigue,
  });
  const shown = <T extends CutOffOutcome>(outcome: T): T => ({
    ...outcome,
    threshold: outcome.contacted === 0 ? 1 : Math.min(1, (outcome.threshold / works) * (1 - rounding)),
  });
  return { overall: shown(plan.overall), segments: plan.segments.map(shown), curve: plan.curve };
}

const outcomeCells = (one: CutOffOutcome): string[] => [
  one.contacted === 0
    ? 'nobody'
    : one.contacted === one.of
      ? 'everybody'
      : `${formatShare(one.threshold)} and up`,
  `${formatCount(one.contacted)} of ${formatCount(one.of)}`,
  formatCount(Math.round(one.gained)),
  formatCount(Math.round(one.missed)),
  formatCount(Math.round(one.annoyed)),
  formatMoney(one.moneyGained),
  formatMoney(one.moneySpent + one.moneyLost),
  formatMoney(one.profit),
];

/** Heads and rows of the table of cut-offs, a row a segment that has anybody in it. */
export function cutOffTable({ segments }: Plan, names: Map<number, string>) {
  return {
    heads: [
      'Cut-off',
      'Contacted',
      'Gained',
      'Missed',
      'Annoyed',
      'Money gained',
      'Spent and lost',
      'Profit',
    ],
    rows: segments.map((one) => ({
      segment: one.segment,
      name: names.get(one.segment) ?? 'In no segment',
      cells: outcomeCells(one),
    })),
  };
}

/** What comes of the best list, in one sentence. */
export function sayPlan({ overall, curve }: Plan): string {
  const { contacted, of, profit, gained, annoyed } = overall;
  if (contacted === 0)
    return 'Nobody: at these figures a contact costs more than it is likely to bring, whoever is contacted.';
  const everybody = curve.at(-1)!.profit;
  const instead =
    contacted < of
      ? ` Contacting everybody would ${everybody < 0 ? `lose ${formatMoney(-everybody)}` : `bring ${formatMoney(everybody)}`}.`
      : '';
  return `Contact ${formatExact(contacted)} of ${plural(of, 'customer')}: about ${formatCount(Math.round(gained))} gained, ${formatCount(Math.round(annoyed))} contacted in vain, a profit of ${formatMoney(profit)}.${instead}`;
}

/** Profit over how many are contacted, the most first, with the best list marked. */
export function profitChart(plan: Plan, asked: Pick<Prediction, 'target' | 'horizonDays'>): ChartText {
  const { verb } = eventWords(asked.target, asked.horizonDays);
  const every = plan.curve.filter((_, i) => i % 5 === 0 || i === plan.curve.length - 1);
  const say = ({ contacted, profit }: Plan['curve'][number]) =>
    `${plural(contacted, 'customer')} contacted: profit ${formatMoney(profit)}`;
  return {
    title: 'How many contacts pay',
    unit: `across: customers contacted, those worth most first · up: profit · the mark is the best list`,
    sentence: sayPlan(plan),
    table: {
      columns: heads('Customers contacted', 'Profit'),
      rows: every.map(({ contacted, profit }) => [formatCount(contacted), formatMoney(profit)]),
    },
    how: `Each customer is worth a contact when likelihood to ${verb} × how often a contact works × value of a success is more than the cost of a contact and, where it fails, the annoyance. All counts and money are expected ones. Whoever would have done it anyway counts as a success too: only a hold-out group tells what the contact itself achieves.`,
    readings: plan.curve.map(say),
  };
}
