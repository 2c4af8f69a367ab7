import type { Prediction } from '../3-models/results/prediction';
import { plural } from './words';

/** A column that was kept out of learning, or learnt from because a person says it was known before. */
export type ColumnAside = { column: string; why: string; isLearnt: boolean; isMine: boolean };

/** Columns that a prediction did not learn from and why, those that give the answer away first; `isMine`: a person decides. */
export function listAside({ suspects = [], leftOut = [] }: Prediction, knownBefore: string[]): ColumnAside[] {
  const traces = suspects.filter(({ isColumn }) => isColumn);
  return [
    ...traces
      .filter(({ isAside }) => isAside)
      .map(({ label, auc }) => ({
        column: label,
        why: `alone it tells apart ${Math.floor(100 * auc)} of 100 pairs of customers, so it may have been written down afterwards`,
        isLearnt: false,
        isMine: true,
      })),
    ...leftOut.map((column) => ({
      column,
      why: 'describes the day of the export, and the past is learnt from',
      isLearnt: false,
      isMine: false,
    })),
    ...traces
      .filter(({ label, isAside }) => !isAside && knownBefore.includes(label))
      .map(({ label }) => ({
        column: label,
        why: 'gives the answer away, and is learnt from because you say that it was known before',
        isLearnt: true,
        isMine: true,
      })),
  ];
}

/** "2 columns left out of learning"; with those a person brought back beside them. */
export function sayAside(columns: ColumnAside[]): string {
  const nBack = columns.filter(({ isLearnt }) => isLearnt).length;
  const nOut = columns.length - nBack;
  const back = `${plural(nBack, 'column')} brought back`;
  const out = `${plural(nOut, 'column')} left out of learning`;
  return nOut === 0 ? back : nBack ? `${out}, ${back}` : out;
}
