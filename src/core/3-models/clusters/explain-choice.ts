import type { NullComparison } from './null-data';

/** How far above data without groups a silhouette must lie to be clear rather than faint, in its own units. */
const clearBy = 0.1;
/** Below this silhouette no data has groups worth that name without a caveat (Kaufman and Rousseeuw 1990). */
const clearFrom = 0.25;

/** In words only: this was measured on fewer customers and fewer draws than each segment's own figure beside it. */
const sayAgain = (stability: number) =>
  stability >= 0.85
    ? 'nearly the same groups'
    : stability >= 0.75
      ? 'much the same groups'
      : stability >= 0.6
        ? 'partly the same groups'
        : 'other groups';

type Chosen = { nClusters: number; silhouette: number; stability: number; smallestShare: number };

const two = (value: number) => value.toFixed(2);

const count = (n: number) => `${n.toLocaleString('en-US')} ${n === 1 ? 'customer' : 'customers'}`;

const numberWords = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** Why natural or not, and how clearly, in the figures of the chosen result itself. */
export function explainChoice(
  { nClusters, silhouette, stability, smallestShare }: Chosen,
  isNatural: boolean,
  nRows: number,
  found: NullComparison | undefined,
): string {
  const made = `in made-up data without groups${found ? ` (clear-cut by ${two(silhouette)} against ${two(found.usual)})` : ''}`;
  const smallest = count(Math.round(smallestShare * nRows));
  const rest = `Redrawn samples give ${sayAgain(stability)}. The smallest has ${smallest}.`;
  if (!isNatural || !found)
    return `No natural groups here: customers shade into one another, much as ${made}; ${nClusters} segments are a useful slicing. ${rest}`;
  const many = numberWords[nClusters] ?? String(nClusters);
  const isFaint = found.silhouette - found.usual < clearBy || silhouette < clearFrom;
  return `${many} ${isFaint ? 'faint groups: customers sit only a little' : 'groups: customers sit'} closer together than ${made}. ${rest}`;
}
