import type { LaterOutcomes as Later } from '../../2-features/later-outcomes';
import { createRandom, type Random } from '../../kit/random';
import { anova, groupMoments } from '../../kit/statistics/group-means';
import { part, type Report } from '../estimator';
import type { SegmentsPredict } from '../results/segments-predict';
import { hasDifferences, intervalOf } from './estimates';

/** Random groups may look telling in this share of cases, spend and coming back taken together. */
const falseAlarm = 0.02;
const nResamples = 200;
const fewestCustomers = 40;

type LaterOutcomes = Omit<Later, 'orders'>;
type Share = { share: number; low: number; high: number; raw: number; random: number; isReal: boolean };

/**
 * Share of the spread that lies between the groups: `share` is epsilon squared, what is left of eta squared when chance
 * is taken off; a bootstrap interval, which reaches 0 unless a permutation test sees more than chance.
 */
function shareBetween(
  y: Float64Array,
  labels: Int32Array,
  nGroups: number,
  random: Random,
  level: number,
  report: Report,
): Share {
  const n = y.length;
  const measure = (values: Float64Array, groups: Int32Array) => anova(groupMoments(values, groups, nGroups));
  const { etaSquared, epsilonSquared } = measure(y, labels);
  const groups = Array.from({ length: nGroups }, (_, g) =>
    Int32Array.from(labels.keys()).filter((row) => labels[row] === g),
  ).filter((rows) => rows.length > 0);
  const isReal = hasDifferences(y, groups, level, random);
  const chance = Math.min(1, Math.max(0, groups.length - 1) / Math.max(1, n - 1));
  const values = new Float64Array(n);
  const drawn = new Int32Array(n);
  const shares = Float64Array.from({ length: nResamples }, (_, b) => {
    if (b % 8 === 0) report(b / nResamples, 'comparing the segments with what came later');
    for (let i = 0; i < n; i++) {
      const row = random.below(n);
      values[i] = y[row]!;
      drawn[i] = labels[row]!;
    }
    // Chance counts twice: once in the sample, once in drawing from it.
    const found = measure(values, drawn).etaSquared;
    return Math.max(0, found - 2 * chance * (1 - found));
  }).sort();
  const share = Math.max(0, epsilonSquared);
  const low = isReal ? Math.min(share, shares[Math.floor(0.025 * nResamples)]!) : 0;
  const high = Math.max(share, shares[Math.ceil(0.975 * nResamples) - 1]!);
  return { share, low, high, raw: etaSquared, random: chance, isReal };
}

const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`;

function tellVerdict(spend: Share | null, back: Share, days: number, n: number): string {
  const window = `in the ${days} days after, among ${n.toLocaleString('en-US')} customers`;
  const told = [
    ...(spend?.isReal ? [`${percent(spend.share)} of the differences in what customers spent`] : []),
    ...(back.isReal ? [`${percent(back.share)} of the differences in who came back`] : []),
  ];
  if (told.length === 0)
    return `No: these segments say no more about what came ${window}, than random groups would`;
  return `Yes: these segments explain ${told.join(' and ')} ${window}; random groups would explain ${percent(back.random)}`;
}

/** Segment ids, -1 = in none, of the customers of `later`, row by row; `names[id]` says who they are. */
export function segmentsPredict(
  labels: Int32Array,
  names: readonly string[],
  later: LaterOutcomes,
  seed: number,
  report: Report = () => {},
): SegmentsPredict {
  const rows = Int32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const own = Int32Array.from(rows, (row) => labels[row]!);
  const back = Float64Array.from(rows, (row) => later.cameBack[row]!);
  const spend = later.spend && Float64Array.from(rows, (row) => later.spend![row]!);
  const random = createRandom(seed);
  const level = spend ? falseAlarm / 2 : falseAlarm;
  const compare = (y: Float64Array, at: number) =>
    shareBetween(y, own, names.length, random, level, part(report, at, at + 0.5));
  const blocked = whyNot(own, back, later);
  const ofSpend = spend && compare(spend, 0);
  const ofBack = compare(back, 0.5);
  const { asOf, horizonDays } = later;
  const isTold = blocked === null;
  return {
    asOf,
    horizonDays,
    nCustomers: rows.length,
    spend: ofSpend && {
      etaSquared: ofSpend.share,
      low: ofSpend.low,
      high: ofSpend.high,
      raw: ofSpend.raw,
      randomEtaSquared: ofSpend.random,
    },
    comeBack: {
      cramersV: Math.sqrt(ofBack.share),
      low: Math.sqrt(ofBack.low),
      high: Math.sqrt(ofBack.high),
      raw: Math.sqrt(ofBack.raw),
      randomCramersV: Math.sqrt(ofBack.random),
    },
    bySegment: names.map((name, id) => describe(id, name, own, back, spend)),
    predictsSpend: isTold && ofSpend !== null && ofSpend.isReal,
    predictsReturn: isTold && ofBack.isReal,
    verdict: blocked ?? tellVerdict(ofSpend, ofBack, horizonDays, rows.length),
    blocked,
  };
}

function describe(id: number, name: string, own: Int32Array, back: Float64Array, spend: Float64Array | null) {
  const members = Int32Array.from(own.keys()).filter((row) => own[row] === id);
  const range = (y: Float64Array) => {
    const { value, low, high } = intervalOf(y, members);
    return { value, low, high };
  };
  const hasAny = members.length > 0;
  return {
    id,
    name,
    n: members.length,
    cameBack: hasAny ? range(back) : null,
    spendPerCustomer: hasAny && spend ? range(spend) : null,
  };
}

/** Why the question has no answer here; null when it has. */
function whyNot(own: Int32Array, back: Float64Array, { horizonDays }: LaterOutcomes): string | null {
  if (own.length < fewestCustomers)
    return `cannot tell: need at least ${fewestCustomers} customers with a past and a later; got ${own.length}`;
  if (new Set(own).size < 2)
    return 'cannot tell: need at least 2 segments with customers at the earlier date; got 1';
  const nBack = back.reduce((sum, value) => sum + value, 0);
  if (nBack === 0)
    return `cannot tell: nobody of ${own.length} customers came back in the ${horizonDays} days after`;
  return null;
}
