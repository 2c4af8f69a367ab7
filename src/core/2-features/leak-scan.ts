import type { FeatureTable, Suspect } from './feature-table';

const suspicious = 0.98;

/**
 * What may give the answer away: features that alone tell the label almost perfectly, either way round, more likely its
 * trace than its cause; and those made from `snapshots`, columns (by source) that describe the day of the export.
 */
export function leakScan(table: FeatureTable, label: Uint8Array, snapshots: string[] = []): Suspect[] {
  return table.features
    .map(({ definition, values }) => {
      const auc = aucOf(values, label);
      const isSnapshot = snapshots.includes(definition.source) && { isSnapshot: true as const };
      return { label: definition.label, auc: Math.max(auc, 1 - auc), ...isSnapshot };
    })
    .filter(({ auc, isSnapshot }) => auc > suspicious || isSnapshot)
    .sort((a, b) => b.auc - a.auc);
}

/** Chance that a positive has the higher value, ties half; 0.5 when there is only one class. */
function aucOf(values: Float64Array, label: Uint8Array): number {
  const positives = values.filter((_, i) => label[i] === 1).sort();
  const negatives = values.filter((_, i) => label[i] !== 1).sort();
  if (!positives.length || !negatives.length) return 0.5;
  let below = 0;
  let upTo = 0;
  let wins = 0;
  for (const value of positives) {
    while (below < negatives.length && negatives[below]! < value) below++;
    while (upTo < negatives.length && negatives[upTo]! <= value) upTo++;
    wins += (below + upTo) / 2;
  }
  return wins / (positives.length * negatives.length);
}
