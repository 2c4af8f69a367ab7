import type { CandidateK } from '../3-models/results/segmentation';
import { heads, type ChartText } from './chart';
import {
  clearnessWord,
  formatCount,
  formatDecimal,
  formatShare,
  nothing,
  plural,
  stabilityWord,
} from './words';

/** One figure for every number of segments, `spread` = its standard error; null where it was not measured. */
export type CandidatePanel = {
  label: string;
  values: (number | null)[];
  spread: (number | null)[];
  says: (value: number) => string;
};

const decimalOf = (value: number | undefined) => (value === undefined ? nothing : formatDecimal(value));

/** Why the number in use was taken rather than the most clear-cut of the others. */
function sayChoice(ordered: CandidateK[], chosen: number, isNatural: boolean): string {
  const pick = ordered.find(({ nClusters }) => nClusters === chosen);
  if (pick && !isNatural)
    return `${formatCount(chosen)} is in use: no number of groups is more clear-cut than chance makes them, so it is the slicing that holds best; ${stabilityWord(pick.stability)} when customers are drawn again.`;
  const rival = ordered
    .filter(({ nClusters }) => nClusters !== chosen)
    .sort((a, b) => b.silhouette - a.silhouette)[0];
  // One that is better on both counts was passed over for a reason this chart does not know.
  const isBetter = pick && rival && rival.silhouette > pick.silhouette && rival.stability > pick.stability;
  const against =
    rival && !isBetter
      ? ` The most clear-cut of the others is ${formatCount(rival.nClusters)}: ${clearnessWord(rival.silhouette)}, ${stabilityWord(rival.stability)}.`
      : '';
  return pick
    ? `${formatCount(chosen)} is in use: ${clearnessWord(pick.silhouette)} groups, ${stabilityWord(pick.stability)} when customers are drawn again.${against}`
    : `${formatCount(chosen)} is in use; it was your choice and was not compared.${against}`;
}

/** Spread left, clearness, stability and gap side by side for every number tried; `isNatural`: the one in use stands out from chance. */
export function candidateChart(
  candidates: CandidateK[],
  chosen: number,
  isNatural = true,
): { candidates: CandidateK[]; panels: CandidatePanel[]; text: ChartText } {
  const ordered = [...candidates].sort((a, b) => a.nClusters - b.nClusters);
  const hasGap = ordered.some(({ gap }) => gap !== undefined);
  const hasMore = ordered.some(({ calinskiHarabasz }) => calinskiHarabasz !== undefined);
  const panel = (
    label: string,
    value: (c: CandidateK) => number | undefined,
    says: (n: number) => string,
  ) => ({
    label,
    values: ordered.map((c) => value(c) ?? null),
    spread: ordered.map(() => null),
    says,
  });
  const panels: CandidatePanel[] = [
    panel('Spread left', (c) => c.inertia, formatCount),
    panel('How clear-cut', (c) => c.silhouette, formatDecimal),
    panel('How stable', (c) => c.stability, formatDecimal),
  ];
  if (hasGap)
    panels.push({
      ...panel('Tighter than chance', (c) => c.gap, formatDecimal),
      spread: ordered.map(({ gapSpread }) => gapSpread ?? null),
    });
  const say = (c: CandidateK) =>
    `${plural(c.nClusters, 'segment')}: how clear-cut ${formatDecimal(c.silhouette)}, how stable ${formatDecimal(c.stability)} (${stabilityWord(c.stability)}), smallest ${formatShare(c.smallestShare)} of customers`;
  const more = (c: CandidateK) => [
    decimalOf(c.gap),
    decimalOf(c.predictionStrength),
    decimalOf(c.calinskiHarabasz),
    decimalOf(c.daviesBouldin),
  ];
  return {
    candidates: ordered,
    panels,
    text: {
      title: 'How many segments',
      unit: 'by number of segments; the chosen one is marked',
      sentence: sayChoice(ordered, chosen, isNatural),
      table: {
        columns: heads(
          'Segments',
          'Spread left',
          'How clear-cut',
          'How stable',
          'Smallest segment',
          ...(hasMore || hasGap
            ? ['Tighter than chance', 'Found again in the other half', 'Between over within', 'Overlap']
            : []),
        ),
        rows: ordered.map((c) => [
          `${formatCount(c.nClusters)}${c.nClusters === chosen ? ' (in use)' : ''}`,
          formatCount(c.inertia),
          formatDecimal(c.silhouette),
          formatDecimal(c.stability),
          formatShare(c.smallestShare),
          ...(hasMore || hasGap ? more(c) : []),
        ]),
      },
      how: 'Clear-cut is the mean silhouette: 1 is islands, 0 is no border at all. Stable is how much of a segment comes back when the customers are drawn again (mean Jaccard similarity): solid from 0.75, fair from 0.6; here it is measured quickly on a sample, to compare numbers, and more closely for the segments in use. Spread left (inertia) always falls; look for the bend. Tighter than chance is the gap statistic: how much tighter the segments are than those of evenly spread customers, with its standard error. In the table: found again is prediction strength (0.8 and more is good), between over within is Calinski-Harabasz (higher is clearer), overlap is Davies-Bouldin (lower is clearer).',
      readings: ordered.map(say),
    },
  };
}
