import type { Feature, FeatureDefinition } from '../../2-features/feature-table';
import { benjaminiHochberg } from '../../kit/statistics/multiple-tests';
import type { Matrix } from '../../kit/matrix';
import type { Report } from '../estimator';
import type { Contrast } from '../results/separation';
import { countFeature, splitCounts } from './feature-counts';
import { compareCounts, falseDiscoveries } from './separate';
import { tellDifference } from './tell-difference';

const mostTraits = 3;
const mostTold = 2;

/** For each segment the one whose middle is nearest in the standardised features; -1 when there is no other. */
export function nearestSegments(X: Matrix, labels: Int32Array, nSegments: number): number[] {
  const sizes = new Float64Array(nSegments);
  const middles = new Float64Array(nSegments * X.nColumns);
  labels.forEach((label, row) => {
    if (label < 0) return;
    sizes[label]! += 1;
    for (let j = 0; j < X.nColumns; j++) middles[label * X.nColumns + j]! += X.data[row * X.nColumns + j]!;
  });
  const gap = (a: number, b: number) => {
    let sum = 0;
    for (let j = 0; j < X.nColumns; j++)
      sum += (middles[a * X.nColumns + j]! / sizes[a]! - middles[b * X.nColumns + j]! / sizes[b]!) ** 2;
    return sum;
  };
  const used = [...sizes.keys()].filter((s) => sizes[s]! > 0);
  return Array.from(sizes, (size, own) => {
    const others = size > 0 ? used.filter((other) => other !== own) : [];
    return others.sort((a, b) => gap(own, a) - gap(own, b) || a - b)[0] ?? -1;
  });
}

/**
 * Pairs of segments set side by side: the traits that each pair differs most in, beyond chance, and one sentence with the
 * middle values.
 */
export function contrastPairs(
  features: Feature[],
  labels: Int32Array,
  pairs: (readonly [number, number])[],
  names: readonly string[],
  report?: Report,
): Contrast[] {
  const byFeature = features.map((feature, j) => {
    report?.(j / features.length, 'comparing neighbours');
    const counted = countFeature(feature, labels, names.length);
    const { definition } = feature;
    return pairs.map(([a, b]) => {
      const { own, others } = splitCounts(counted, a, b);
      return { definition, ...compareCounts(definition, counted.distinct, own, others) };
    });
  });
  return pairs.map((pair, at) =>
    tellContrast(
      byFeature.map((compared) => compared[at]!),
      pair,
      names,
    ),
  );
}

type Compared = ReturnType<typeof compareCounts> & { definition: FeatureDefinition };

function tellContrast(
  compared: Compared[],
  [a, b]: readonly [number, number],
  names: readonly string[],
): Contrast {
  const adjusted = benjaminiHochberg(compared.map(({ p }) => p));
  const traits = compared
    .filter((_, j) => adjusted[j]! <= falseDiscoveries)
    .sort((x, y) => Math.abs(y.effect) - Math.abs(x.effect))
    .slice(0, mostTraits);
  const told = traits.slice(0, mostTold).map((trait) => tellDifference(trait.definition, trait));
  const pair = `${names[a]!} and ${names[b]!}`;
  return {
    segment: a,
    nearest: b,
    traits: traits.map(({ definition: { name, label }, effect, own, others }) => ({
      feature: name,
      label,
      effect,
      own,
      others,
    })),
    sentence: told.length
      ? `${pair} are told apart best by ${told.join('; then by ')}`
      : `${pair}: cannot tell them apart by any one trait`,
  };
}
