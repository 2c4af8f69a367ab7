import type { FeatureDefinition, Target } from '../../2-features/feature-table';

/**
 * Which way features move as a customer stays quiet longer, all else as it was. Silence against one's own middle or
 * longest pause is free: who orders every hundred days and did so today stays away for the next ninety.
 */
const withSilence = new Map([
  ['recency', 1],
  ['gapRatio', 1],
  ['tenure', 1],
  ['trend', -1],
  ['orders90', -1],
  ['spend90', -1],
]);

/**
 * The sign each feature's weight may have, 0 = any: silence never makes leaving less likely, nor coming back more.
 * Features that rise together would else share out opposite weights, which cancel in the middle and not at the edge.
 */
export function signsFor(definitions: FeatureDefinition[], target: Target): number[] {
  const direction = target.kind === 'churn' ? 1 : target.kind === 'repurchase' ? -1 : 0;
  return definitions.map(({ name }) => direction * (withSilence.get(name) ?? 0));
}

/** Leaving need not come nearer evenly: these features' lines may bend. */
export const bendsWithSilence = (name: string): boolean => name === 'recency' || name.startsWith('gapRatio');
