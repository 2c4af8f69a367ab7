import type { Feature, FeatureDefinition } from '../../2-features/feature-table';
import { chiSquareTest, fisherExact, leastExpected } from '../../kit/statistics/association';
import { benjaminiHochberg } from '../../kit/statistics/multiple-tests';
import { testRankSum } from '../../kit/statistics/ranks';
import type { Report } from '../estimator';
import type { Separation, SeparationStrength } from '../results/separation';
import { countFeature, medianOfCounts, rankSums, splitCounts, type FeatureCounts } from './feature-counts';
import { tellDifference } from './tell-difference';

/** The share of false discoveries among what is called a difference (Benjamini and Hochberg 1995). */
export const falseDiscoveries = 0.05;

/** Below each limit of the effect: its word. Cliff's delta by Romano et al. (2006), Cramér's V of two by two by Cohen. */
const limits: Record<Separation['measure'], [number, number, number]> = {
  cliffsDelta: [0.147, 0.33, 0.474],
  cramersV: [0.1, 0.3, 0.5],
};

function strengthOf(measure: Separation['measure'], effect: number, q: number): SeparationStrength {
  if (!(q <= falseDiscoveries)) return 'could be chance';
  const [little, clear, strong] = limits[measure];
  const size = Math.abs(effect);
  if (size < little) return 'hardly';
  if (size < clear) return 'a little';
  return size < strong ? 'clearly' : 'strongly';
}

type Effect = Pick<Separation, 'measure' | 'effect' | 'p' | 'own' | 'others'>;

/** Two groups by how often each value occurs in them; missing values are passed over. */
export function compareCounts(
  definition: FeatureDefinition,
  distinct: Float64Array,
  own: Float64Array,
  others: Float64Array,
): Effect {
  if (definition.unit === 'flag') return compareShares(distinct, own, others);
  const { rankSum, nOwn, ...ranking } = rankSums(own, others);
  const { delta, p } = testRankSum(rankSum, nOwn, ranking);
  return {
    measure: 'cliffsDelta',
    effect: delta,
    p,
    own: medianOfCounts(distinct, own),
    others: medianOfCounts(distinct, others),
  };
}

/** A flag: the shares that have it; Cramér's V of the table of two by two, with the sign of the difference. */
function compareShares(distinct: Float64Array, own: Float64Array, others: Float64Array): Effect {
  const count = (counts: Float64Array, isSet: boolean) =>
    counts.reduce((sum, n, v) => sum + (distinct[v]! > 0 === isSet ? n : 0), 0);
  const table: [[number, number], [number, number]] = [
    [count(own, true), count(own, false)],
    [count(others, true), count(others, false)],
  ];
  const share = ([yes, no]: [number, number]) => (yes + no > 0 ? yes / (yes + no) : null);
  const [ownShare, otherShare] = [share(table[0]), share(table[1])];
  const { statistic, df, p } = chiSquareTest(table);
  const n = table.flat().reduce((sum, cell) => sum + cell, 0);
  const sign = (ownShare ?? 0) < (otherShare ?? 0) ? -1 : 1;
  return {
    measure: 'cramersV',
    effect: df === 1 ? sign * Math.sqrt(statistic / n) : 0,
    p: df === 1 && leastExpected(table) < 5 ? fisherExact(table) : p,
    own: ownShare,
    others: otherShare,
  };
}

/**
 * What separates each segment from all other customers: for each feature Cliff's delta (numbers) or Cramér's V (flags),
 * and how sure; `q` is adjusted over all features and segments. One list a segment, strongest first. Labels are segment
 * ids, below 0 = in none. Of a feature the segments were made from, q says only that the groups are told apart by it.
 */
export function separate(
  features: Feature[],
  labels: Int32Array,
  nSegments: number,
  report?: Report,
): Separation[][] {
  const found = features.flatMap((feature, j) => {
    report?.(j / features.length, 'looking for what separates the segments');
    const counted = countFeature(feature, labels, nSegments);
    return Array.from({ length: nSegments }, (_, segment) => ({
      segment,
      definition: feature.definition,
      ...compareWithRest(feature.definition, counted, segment),
    }));
  });
  const adjusted = benjaminiHochberg(found.map(({ p }) => p));
  const told = found.map(({ definition, ...effect }, i): Separation => {
    const strength = strengthOf(effect.measure, effect.effect, adjusted[i]!);
    const { name, label } = definition;
    const sentence = tellDifference(definition, effect);
    return { ...effect, feature: name, label, q: adjusted[i]!, strength, sentence };
  });
  return Array.from({ length: nSegments }, (_, segment) =>
    told.filter((one) => one.segment === segment).sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)),
  );
}

function compareWithRest(definition: FeatureDefinition, counted: FeatureCounts, segment: number): Effect {
  const { own, others } = splitCounts(counted, segment);
  return compareCounts(definition, counted.distinct, own, others);
}
