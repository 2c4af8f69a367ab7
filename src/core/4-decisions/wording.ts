import type { Target } from '../2-features/feature-table';
import type { Prediction } from '../3-models/results/prediction';
import type { Segment, Segmentation } from '../3-models/results/segmentation';

const dayMs = 86_400_000;

/** An instant (ms UTC) as its day, YYYY-MM-DD. */
export const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The day `days` before an instant (ms UTC). */
export const isoDayBefore = (time: number, days: number): string => isoDay(time - days * dayMs);

/** The target as the terminal's `--target` spells it. */
export const targetText = (target: Target): string =>
  target.kind === 'column'
    ? `column:${target.column}=${target.value}`
    : target.kind === 'event'
      ? `event:${target.name}`
      : target.kind;

/** The name of the target's column in customers.csv. */
export const propensityColumn = (target: Target): string =>
  `${target.kind === 'column' ? target.column : target.kind === 'event' ? target.name : target.kind}_propensity`;

/** The name of the column beside it, with why. */
export const reasonsColumn = (target: Target): string =>
  propensityColumn(target).replace(/_propensity$/, '_reasons');

/** The person's name of a segment where there is one, else the app's. */
export const segmentName = (segment: Segment, names: readonly string[]): string =>
  names[segment.id]?.trim() || segment.name;

/** Whether rules made the segments, a person's own or those of an outcome: nothing had to be found. */
export const isByRule = ({ algorithm }: Pick<Segmentation, 'algorithm'>): boolean =>
  algorithm === 'rules' || algorithm === 'outcome';

/** Whether another segment goes by this name already, in capitals or not. */
export const isNameTaken = (
  segments: readonly Segment[],
  names: readonly string[],
  id: number,
  name: string,
) =>
  segments.some(
    (other) => other.id !== id && segmentName(other, names).toLowerCase() === name.trim().toLowerCase(),
  );

/** "82% likely not to order in the next 90 days" */
export function likelihoodText({ target, horizonDays }: Prediction, propensity: number): string {
  const whole = Math.round(propensity * 100);
  const percent = whole >= 100 ? 'over 99%' : whole <= 0 ? 'under 1%' : `${whole}%`;
  if (target.kind === 'churn') return `${percent} likely not to order in the next ${horizonDays} days`;
  if (target.kind === 'repurchase') return `${percent} likely to order in the next ${horizonDays} days`;
  if (target.kind === 'cancel')
    return `${percent} likely to end their subscription in the next ${horizonDays} days`;
  if (target.kind === 'upgrade')
    return `${percent} likely to move up to a higher price in the next ${horizonDays} days`;
  if (target.kind === 'event')
    return `${percent} likely to do “${target.name}” in the next ${horizonDays} days`;
  return `${percent} likely to have ${target.column} = ${target.value}`;
}

/** A record as the text of a file; what is not a number becomes null. */
export const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
