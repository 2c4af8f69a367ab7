import type { SegmentationQuality } from '../3-models/results/segmentation';
import { heads, type ChartText } from './chart';
import type { Named } from './segment-charts';
import { wayName } from './ways-to-group';
import { formatDecimal, formatShare, listOf } from './words';

/** Bars of one segment, most at home first; `values` fall from 1 to -1. */
export type SilhouetteBand = {
  id: number;
  slot: number;
  name: string;
  mean: number;
  closerElsewhere: number;
  values: number[];
};

/** How much nearer each customer is to their own segment than to the next one; null where it was not measured. */
export function silhouetteChart(
  segments: Named[],
  quality: SegmentationQuality | undefined,
): { bands: SilhouetteBand[]; mean: number; text: ChartText } | null {
  const profiles = quality?.silhouetteBySegment ?? [];
  const bands = segments.flatMap(({ id, slot, name }): SilhouetteBand[] => {
    const profile = profiles[id];
    if (!profile || profile.values.length === 0) return [];
    const { mean, closerElsewhere, values } = profile;
    return [{ id, slot, name, mean, closerElsewhere, values: [...values].reverse() }];
  });
  if (bands.length === 0) return null;
  const size = (band: SilhouetteBand) => segments.find(({ id }) => id === band.id)!.size;
  const total = bands.reduce((sum, band) => sum + size(band), 0);
  const mean = bands.reduce((sum, band) => sum + size(band) * band.mean, 0) / Math.max(1, total);
  const worst = [...bands].sort((a, b) => b.closerElsewhere - a.closerElsewhere)[0]!;
  const say = (band: SilhouetteBand) =>
    `${band.name}: ${formatShare(band.closerElsewhere)} of members sit closer to another segment; mean ${formatDecimal(band.mean)}`;
  return {
    bands,
    mean,
    text: {
      title: 'How well customers fit their segment',
      unit: 'one bar is one customer · right: at home · left, hatched: closer to another segment · dashed: mean',
      sentence:
        worst.closerElsewhere > 0
          ? `${formatShare(worst.closerElsewhere)} of ${worst.name} sit closer to another segment${bands.length > 1 ? ', more than of any other' : ''}.`
          : 'Nobody sits closer to another segment than to their own.',
      table: {
        columns: heads('Segment', 'Closer to another segment', 'Mean fit'),
        rows: bands.map((band) => [band.name, formatShare(band.closerElsewhere), formatDecimal(band.mean)]),
      },
      how: 'Silhouettes: how much nearer a customer is to the others of the own segment than to those of the nearest other one, from -1 to 1, measured on up to 3,000 customers and drawn for up to 200 a segment.',
      readings: bands.map(say),
    },
  };
}

/** The adjusted Rand index in words. */
const likeness = (index: number): string =>
  index >= 0.9
    ? 'nearly the same segments'
    : index >= 0.65
      ? 'much the same segments'
      : index >= 0.35
        ? 'partly the same segments'
        : 'quite other segments';

/** Whether other starts and other ways of grouping find the same segments: one sentence each, none where not measured. */
export function sayAgreement({ agreementSeeds, agreementMethods }: SegmentationQuality): string[] {
  const told: string[] = [];
  if (agreementSeeds !== null)
    told.push(
      `Grouping again from other starting points brings ${likeness(agreementSeeds)}: agreement ${formatDecimal(agreementSeeds)}, where 1 is the same and 0 is chance.`,
    );
  const methods = [...agreementMethods].sort((a, b) => b.adjustedRand - a.adjustedRand);
  if (methods.length === 0) return told;
  const each = methods.map(
    ({ method, adjustedRand }) =>
      `${wayName(method).toLowerCase()} ${likeness(adjustedRand)} (${formatDecimal(adjustedRand)})`,
  );
  told.push(`Other ways of grouping, with as many segments: ${listOf(each)}.`);
  return told;
}
