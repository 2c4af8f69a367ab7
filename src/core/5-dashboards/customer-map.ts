import type { Segmentation } from '../3-models/results/segmentation';
import { heads, type ChartText } from './chart';
import type { Named } from './segment-charts';
import { formatCount, formatShare, formatSigned, nothing, plural } from './words';

export type MapCentre = { id: number; slot: number; name: string; x: number; y: number; size: number };

const mostDrawn = 8000;

/** Every how manyth customer is drawn, and looked at for how far segments run into each other. */
export const drawnStep = ({ labels }: Segmentation): number =>
  Math.max(1, Math.ceil(labels.length / mostDrawn));

/** Segment centres on the map and how far the map can be trusted; `spread` = another map, where neighbours stay neighbours. */
export function customerMap(
  segmentation: Segmentation,
  segments: Named[],
  spread: Float32Array | null = null,
): { centres: MapCentre[]; text: ChartText } {
  const { labels, explained } = segmentation;
  const map = spread ?? segmentation.map;
  const centres = segments.map(({ id, slot, name, size }) => ({ id, slot, name, size, x: 0, y: 0 }));
  const byId = new Map(centres.map((centre) => [centre.id, centre]));
  for (let i = 0; i < labels.length; i++) {
    const centre = byId.get(labels[i]!);
    if (!centre) continue;
    centre.x += map[2 * i]! / centre.size;
    centre.y += map[2 * i + 1]! / centre.size;
  }
  const drawn = new Map(centres.map(({ id }) => [id, { all: 0, strays: 0 }]));
  const step = drawnStep(segmentation);
  for (let i = 0; i < labels.length; i += step) {
    const counts = drawn.get(labels[i]!);
    if (!counts) continue;
    counts.all++;
    if (nearest(centres, map[2 * i]!, map[2 * i + 1]!)?.id !== labels[i]) counts.strays++;
  }
  const neighbour = (centre: MapCentre) =>
    nearest(
      centres.filter(({ id }) => id !== centre.id),
      centre.x,
      centre.y,
    )?.name ?? nothing;
  const stray = ({ id }: MapCentre) => drawn.get(id)!.strays / Math.max(1, drawn.get(id)!.all);
  const most = [...centres].sort((a, b) => stray(b) - stray(a))[0];
  const shown = (explained[0] ?? 0) + (explained[1] ?? 0);
  const say = (centre: MapCentre) =>
    `${centre.name}: ${plural(centre.size, 'customer')}, next to ${neighbour(centre)}; ${formatShare(stray(centre))} of them are drawn nearer the middle of another segment`;
  return {
    centres,
    text: {
      title: 'Map of customers',
      unit: 'one mark is one customer; near means alike',
      sentence: spread
        ? 'Neighbours are kept together here; how far islands lie from each other means little.'
        : most
          ? `The map shows ${formatShare(shown)} of all differences between customers; ${
              stray(most) > 0
                ? `drawn flat, ${most.name} overlaps most (${formatShare(stray(most))} of its ${formatCount(most.size)} lie nearer the middle of another segment)`
                : 'no segment overlaps another'
            }.`
          : '',
      table: {
        columns: heads('Segment', 'Customers', 'Across', 'Up', 'Drawn nearer another').concat({
          label: 'Nearest segment',
          isNumber: false,
        }),
        rows: centres.map((centre) => [
          centre.name,
          formatCount(centre.size),
          formatSigned(centre.x),
          formatSigned(centre.y),
          formatShare(stray(centre)),
          neighbour(centre),
        ]),
      },
      how: spread
        ? 'A map by UMAP: up to 1,500 customers are laid out so that those most alike stay neighbours, the others stand between the ones they are most like. Sizes of islands and gaps between them depend on the drawing.'
        : 'The two directions in which customers differ most (principal components of the scaled traits). Overlap on this flat map may be a gap in a direction it cannot show.',
      readings: centres.map(say),
    },
  };
}

function nearest(centres: MapCentre[], x: number, y: number): MapCentre | null {
  let best: MapCentre | null = null;
  let least = Infinity;
  for (const centre of centres) {
    const distance = (centre.x - x) ** 2 + (centre.y - y) ** 2;
    if (distance < least) [best, least] = [centre, distance];
  }
  return best;
}
