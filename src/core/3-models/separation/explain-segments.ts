import type { FeatureTable } from '../../2-features/feature-table';
import { chooseFeatures } from '../clusters/choose-features';
import { part, type Report } from '../estimator';
import type { Segmentation } from '../results/segmentation';
import type { Contrast, Separation } from '../results/separation';
import { contrastPairs, nearestSegments } from './contrast';
import { describePersona, type Persona } from './persona';
import { separate } from './separate';

/** By segment id: separations, strongest first, and a persona. One contrast a segment that has a neighbour. */
export type SegmentsExplained = {
  separations: Separation[][];
  contrasts: Contrast[];
  personas: Persona[];
};

/** What separates each segment from the rest, and from its nearest one; `names[id]` is what they are called. */
export function explainSegments(
  table: FeatureTable,
  { customers, labels }: Pick<Segmentation, 'customers' | 'labels'>,
  names: readonly string[],
  report: Report = () => {},
): SegmentsExplained {
  const segmentOf = new Map(Array.from(customers, (customer, row) => [customer, labels[row]!]));
  const own = Int32Array.from(table.customers, (customer) => segmentOf.get(customer) ?? -1);
  const separations = separate(table.features, own, names.length, part(report, 0, 0.5));
  const { X } = chooseFeatures(table.features, part(report, 0.5, 0.7));
  const pairs = nearestSegments(X, own, names.length).flatMap((nearest, id) =>
    nearest < 0 ? [] : [[id, nearest] as const],
  );
  const contrasts = contrastPairs(table.features, own, pairs, names, part(report, 0.7, 1));
  const definitions = table.features.map(({ definition }) => definition);
  const personas = names.map((name, id) => {
    const size = own.reduce((n, label) => n + Number(label === id), 0);
    return describePersona(name, size, own.length, separations[id]!, definitions);
  });
  report(1);
  return { separations, contrasts, personas };
}
