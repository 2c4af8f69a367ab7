import type { Feature, FeatureTable, Suspect } from './feature-table';

const suspicious = 0.98;

/**
 * What may give the answer away: features that alone tell the label almost perfectly, either way round, more likely its
 * trace than its cause; the values of one column also all together; and those made from `snapshots`, columns (by source)
 * that describe the day of the export.
 */
export function leakScan(table: FeatureTable, label: Uint8Array, snapshots: string[] = []): Suspect[] {
  const alone = table.features
    .map(({ definition, values }) => {
      const auc = aucOf(values, label);
      const isSnapshot = snapshots.includes(definition.source) && { isSnapshot: true as const };
      return {
        label: definition.label,
        source: definition.source,
        auc: Math.max(auc, 1 - auc),
        ...isSnapshot,
      };
    })
    .filter(({ auc, isSnapshot }) => auc > suspicious || isSnapshot);
  const named = new Set(alone.map(({ source }) => source));
  const together = flagsBySource(table.features)
    .filter(([source]) => !named.has(source))
    .map(([, flags]) => ({ label: columnOf(flags), auc: aucOf(shareByValue(flags, label), label) }))
    .filter(({ auc }) => auc > suspicious);
  return [...alone.map(({ source, ...suspect }) => suspect), ...together].sort((a, b) => b.auc - a.auc);
}

/** The flags that are several values of one column. */
function flagsBySource(features: Feature[]): [source: string, flags: Feature[]][] {
  const bySource = new Map<string, Feature[]>();
  for (const feature of features) {
    const { unit, source } = feature.definition;
    if (unit === 'flag') bySource.set(source, [...(bySource.get(source) ?? []), feature]);
  }
  return [...bySource].filter(([, flags]) => flags.length > 1);
}

/** "reason" of "reason: price" and "reason: service". */
function columnOf(flags: Feature[]): string {
  const [first = '', ...others] = flags.map(({ definition }) => definition.label);
  let shared = first.length;
  while (!others.every((label) => label.startsWith(first.slice(0, shared)))) shared--;
  const end = first.lastIndexOf(': ', shared);
  return end > 0 ? first.slice(0, end) : first;
}

/** For each row the share of the label among the rows with the same value; no flag set is a value, too. */
function shareByValue(flags: Feature[], label: Uint8Array): Float64Array {
  const codes = Int32Array.from(label, (_, i) => flags.findIndex(({ values }) => values[i] === 1) + 1);
  const sizes = new Float64Array(flags.length + 1);
  const events = new Float64Array(flags.length + 1);
  codes.forEach((code, i) => {
    sizes[code]! += 1;
    events[code]! += label[i]!;
  });
  return Float64Array.from(codes, (code) => events[code]! / sizes[code]!);
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
