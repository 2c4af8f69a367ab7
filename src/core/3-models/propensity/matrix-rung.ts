import type { Matrix } from '../../kit/matrix';
import type { Estimator, LabelledRun } from '../estimator';
import type { Contributions } from './contributions';
import { columnByName } from './design-matrix';
import type { Rows, Rung } from './rung';

/** A model over a matrix, and the features that are its columns. */
export type MatrixModel<Model> = { features: string[]; model: Model };

function toMatrix(features: string[], { nRows, column }: Rows): Matrix {
  const nColumns = features.length;
  const data = new Float64Array(nRows * nColumns);
  features.forEach((feature, j) => {
    const values = column(feature);
    for (let i = 0; i < nRows; i++) data[i * nColumns + j] = values[i]!;
  });
  return { data, nRows, nColumns };
}

/** A step of the ladder made of a model over raw columns; it learns from the rows of all dates. */
export const matrixRung = <Params extends object, Model>(
  name: string,
  words: string,
  estimator: Estimator<Params, Model, Float64Array, LabelledRun>,
  logOddsOf: (model: Model, X: Matrix) => ArrayLike<number>,
  contributionsOf: (model: Model, X: Matrix) => Contributions,
): Rung<MatrixModel<Model>> => ({
  name,
  words,
  isCalibrated: true,

  fit(training, run) {
    const { definitions, signs, y } = training;
    const features = definitions.map((definition) => definition.name);
    const X = toMatrix(features, { nRows: y.length, column: columnByName(training) });
    return { features, model: estimator.fit(X, { ...estimator.defaults, signs }, { ...run, y }) };
  },

  logOdds: ({ features, model }, rows) => Float64Array.from(logOddsOf(model, toMatrix(features, rows))),

  contributions({ features, model }, rows) {
    const { baseline, parts } = contributionsOf(model, toMatrix(features, rows));
    return { baseline, features: features.map((feature, j) => ({ feature, values: parts[j]! })) };
  },
});
