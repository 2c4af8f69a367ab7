import type { FeatureTable, LabelledTable, PredictionInput } from './feature-table';

/** All tables of an input changed; one that is used twice stays one. */
export function mapTables(
  { origins, finalTrain, score }: Pick<PredictionInput, 'origins' | 'finalTrain' | 'score'>,
  change: (table: FeatureTable) => FeatureTable,
) {
  const made = new Map<LabelledTable, LabelledTable>();
  const map = (one: LabelledTable): LabelledTable => {
    const changed = made.get(one) ?? { ...one, table: change(one.table) };
    made.set(one, changed);
    return changed;
  };
  return {
    origins: origins.map(({ train, test }) => ({ train: train.map(map), test: map(test) })),
    finalTrain: finalTrain.map(map),
    score: change(score),
  };
}
