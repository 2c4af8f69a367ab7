import type { Segmentation } from '../3-models/results/segmentation';
import type { Separation } from '../3-models/results/separation';
import type { Named } from './segment-charts';
import { formatCount, plural, type Sureness } from './words';

const outOf = (share: number, n: number) => Math.max(0, Math.min(n, Math.round(share * n)));

/** "Right for 94 of 100 members; 9 of 10 it picks are members."; empty when it was never meant as a rule. */
export function sayRule({ fidelity, precision }: Pick<Named, 'fidelity' | 'precision'>): string {
  if (!Number.isFinite(fidelity) || fidelity <= 0) return '';
  if (fidelity >= 1 && precision >= 1) return 'Exact: it holds for all members and for nobody else.';
  const right = fidelity < 1 && outOf(fidelity, 100) === 100 ? 'over 99' : outOf(fidelity, 100);
  if (!Number.isFinite(precision)) return `Right for ${right} of 100 members.`;
  const picked =
    precision < 1 && outOf(precision, 10) === 10 ? 'nearly all' : `${outOf(precision, 10)} of 10`;
  return `Right for ${right} of 100 members; ${picked} it picks are members.`;
}

export type StabilityGrade = { word: Sureness; sentence: string; mayPublish: boolean };

/** How far a segment can be relied on; the limits are Hennig's (2007): below 0.6 it dissolves, from 0.85 very stable. */
export function gradeStability(stability: number): StabilityGrade {
  const back = `${outOf(stability, 100)} of 100 members come back when customers are drawn again`;
  if (stability >= 0.85) return { word: 'very stable', sentence: `Very stable: ${back}.`, mayPublish: true };
  if (stability >= 0.75) return { word: 'solid', sentence: `Solid: ${back}.`, mayPublish: true };
  if (stability >= 0.6)
    return { word: 'fair', sentence: `Fair, a pattern with loose borders: ${back}.`, mayPublish: true };
  return {
    word: 'shaky',
    sentence: `Shaky, it dissolves: only ${back}. Its list waits for a reason.`,
    mayPublish: false,
  };
}

/** Why a segment that dissolves is used all the same, by the sentence that says which segment it is. */
export type SegmentReason = { sentence: string; reason: string };

/** Whether a list of this segment waits for a reason: it was found, it dissolves, and none was given. */
export function needsReason(
  { quality, segments }: Pick<Segmentation, 'quality' | 'segments'>,
  id: number,
  reasons: readonly SegmentReason[],
): boolean {
  const segment = segments.find((one) => one.id === id);
  if (!segment || quality === undefined || gradeStability(segment.stability).mayPublish) return false;
  return !reasons.some(({ sentence, reason }) => sentence === segment.sentence && reason.trim() !== '');
}

/** Members who might as well be in another segment: that one holds at least half as much of them as their own. */
export type NearOther = { name: string; count: number; size: number };

/** The segment that most members are nearly as close to; null where it was not measured or nobody is. */
export function nearestOther(
  { labels, memberships }: Pick<Segmentation, 'labels' | 'memberships'>,
  segment: Named,
  all: Named[],
): NearOther | null {
  if (!memberships) return null;
  const counts = new Map<number, number>();
  labels.forEach((label, i) => {
    if (label !== segment.id) return;
    const other = memberships.second[i]!;
    if (other < 0 || memberships.secondProbability[i]! < memberships.probability[i]! / 2) return;
    counts.set(other, (counts.get(other) ?? 0) + 1);
  });
  const [id, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const name = all.find((other) => other.id === id)?.name;
  return name && count ? { name, count, size: segment.size } : null;
}

/** "18 of 100 members lie nearly as close to Loyal." */
export function sayNearOther(near: NearOther | null): string {
  if (!near) return 'Hardly anybody in it lies nearly as close to another segment.';
  const { name, count, size } = near;
  if (size < 100) return `${formatCount(count)} of ${plural(size, 'member')} lie nearly as close to ${name}.`;
  const share = Math.round((100 * count) / size);
  return `${share < 1 ? 'Under 1' : share} of 100 members lie nearly as close to ${name}.`;
}

/** What is beyond chance and large enough to speak of, and the rest; each strongest first. */
export function splitSeparations(separations: Separation[]): { apart: Separation[]; rest: Separation[] } {
  const counts = ({ strength }: Separation) => strength !== 'could be chance' && strength !== 'hardly';
  return { apart: separations.filter(counts), rest: separations.filter((one) => !counts(one)) };
}
