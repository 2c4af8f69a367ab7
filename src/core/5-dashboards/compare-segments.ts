import type { FeatureDefinition } from '../2-features/feature-table';
import type { Contrast, Separation } from '../3-models/results/separation';
import { heads, type ChartText } from './chart';
import { profile, type Named } from './segment-charts';
import { formatFeature, formatSigned } from './words';

/** One trait of two segments on the common scale. */
export type PairedTrait = { label: string; a: number; b: number; meanA: string; meanB: string };

/** Two segments trait by trait, what differs most first. */
export function comparePair(
  a: Named,
  b: Named,
  features: FeatureDefinition[],
  limit = 14,
): { traits: PairedTrait[]; text: ChartText } {
  const traits = profile([a, b], features)
    .rows.flatMap(({ label, cells: [first, second] }) =>
      first && second ? [{ label, a: first.z, b: second.z, meanA: first.mean, meanB: second.mean }] : [],
    )
    .sort((x, y) => Math.abs(y.a - y.b) - Math.abs(x.a - x.b));
  const shown = traits.slice(0, limit);
  const say = ({ label, meanA, meanB }: PairedTrait) =>
    `${label}: ${meanA} in ${a.name}, ${meanB} in ${b.name}`;
  const top = shown[0];
  return {
    traits: shown,
    text: {
      title: 'Trait by trait',
      unit: 'means on one scale for all traits; the middle is the average customer',
      sentence: top ? `Their averages lie furthest apart in ${say(top)}.` : 'No traits to compare.',
      table: {
        columns: heads('Trait', `${a.name}, mean`, `${b.name}, mean`, 'Apart on the common scale'),
        rows: traits.map((trait) => [trait.label, trait.meanA, trait.meanB, formatSigned(trait.a - trait.b)]),
      },
      how: 'Distances are in standard deviations, taken after the trait was put on a common scale (very uneven traits on a logarithm first), so that days and money can be compared.',
      readings: shown.map(say),
    },
  };
}

/**
 * Two segments in one sentence: the contrast where they are neighbours, else the traits that set them apart from everybody
 * in opposite directions; `found` is by segment id.
 */
export function sayPair(
  a: Named,
  b: Named,
  found: { separations: Separation[][]; contrasts: Contrast[] } | null,
  features: FeatureDefinition[],
): string {
  const contrastOf = (own: Named, other: Named) =>
    found?.contrasts.find(({ segment, nearest }) => segment === own.id && nearest === other.id);
  const neighbours = contrastOf(a, b) ?? contrastOf(b, a);
  if (neighbours) return neighbours.sentence;
  const [own, other] = [found?.separations[a.id] ?? [], found?.separations[b.id] ?? []];
  const apart = own
    .flatMap((one) => {
      const against = other.find(({ feature }) => feature === one.feature);
      const isChance = one.strength === 'could be chance' && against?.strength === 'could be chance';
      return against && !isChance ? [{ one, against, gap: Math.abs(one.effect - against.effect) }] : [];
    })
    .sort((x, y) => y.gap - x.gap)
    .slice(0, 2);
  if (apart.length === 0) return '';
  const units = new Map(features.map(({ name, unit }) => [name, unit]));
  const show = ({ feature, own: value, measure }: Separation) =>
    value === null
      ? 'nothing known'
      : formatFeature(value, units.get(feature) ?? (measure === 'cramersV' ? 'flag' : 'number'));
  const told = apart.map(({ one, against }) => `${one.label}: ${show(one)} against ${show(against)}`);
  return `${a.name} and ${b.name} are told apart best by ${told.join('; then by ')}`;
}
