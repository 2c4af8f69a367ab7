import type { FeatureDefinition } from '../2-features/feature-table';
import { heads, type ChartText } from './chart';
import { profile, type Named } from './segment-charts';
import { formatSigned } from './words';

/** More lines than this cannot be told apart. */
export const mostSnakes = 6;
const mostTraits = 12;

export type Snake = { id: number; slot: number; name: string; values: number[] };

/** One line a segment across the traits that separate most; `values` are standard deviations from all customers. */
export function snakePlot(
  segments: Named[],
  features: FeatureDefinition[],
): { traits: string[]; snakes: Snake[]; text: ChartText } {
  const { rows, sentence } = profile(segments, features);
  const shown = rows.slice(0, mostTraits);
  const snakes = segments.map(({ id, slot, name }, at) => ({
    id,
    slot,
    name,
    values: shown.map(({ cells }) => cells[at]?.z ?? 0),
  }));
  const furthest = (snake: Snake) => {
    const at = snake.values.reduce((best, z, i, all) => (Math.abs(z) > Math.abs(all[best]!) ? i : best), 0);
    const row = shown[at];
    return row ? `${snake.name} is furthest out on ${row.label}` : snake.name;
  };
  return {
    traits: shown.map(({ label }) => label),
    snakes,
    text: {
      title: 'What each segment is like',
      unit: 'one line is one segment; the middle is the average customer',
      sentence,
      table: {
        columns: heads('Trait', ...segments.map(({ name }) => name)),
        rows: shown.map(({ label, cells }) => [
          label,
          ...cells.map((cell) => (cell ? `${cell.mean} (${formatSigned(cell.z)})` : '–')),
        ]),
      },
      how: 'Standard deviations from the mean of all customers, very uneven traits on a logarithm first. The table has each segment’s mean and, in brackets, that distance.',
      readings: snakes.map(furthest),
    },
  };
}
