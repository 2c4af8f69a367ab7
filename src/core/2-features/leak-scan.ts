import type { FeatureTable, Suspect } from './feature-table';

const suspicious = 0.98;

/** Features that alone tell the label almost perfectly, either way round: more likely its trace than its cause. */
export function leakScan(table: FeatureTable, label: Uint8Array): Suspect[] {
  return table.features
    .map(({ definition, values }) => {
      const auc = aucOf(values, label);
      return { label: definition.label, auc: Math.max(auc, 1 - auc) };
    })
    .filter(({ auc }) => auc > suspicious)
    .sort((a, b) => b.auc - a.auc);
}

/** Chance that a positive has the higher value, ties half; 0.5 when there is only one class. */
function aucOf(values: Float64Array, label: Uint8Array): number {
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  let wins = 0;
  let negativesBelow = 0;
  let nPositive = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let positives = 0;
    while (end < order.length && values[order[end]!] === values[order[start]!])
      positives += label[order[end++]!]!;
    const negatives = end - start - positives;
    wins += positives * (negativesBelow + negatives / 2);
    negativesBelow += negatives;
    nPositive += positives;
    start = end;
  }
  return nPositive && negativesBelow ? wins / (nPositive * negativesBelow) : 0.5;
}
