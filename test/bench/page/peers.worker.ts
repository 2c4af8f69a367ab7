// The core's own fits and their naive TensorFlow.js peers in one worker, on one backend and the same matrix.
import * as tf from '@tensorflow/tfjs-core';
import * as Comlink from 'comlink';
import Papa from 'papaparse';
import type { FeatureTable, LabelledTable } from '../../../src/core/2-features/feature-table';
import { kmeans } from '../../../src/core/3-models/clusters/kmeans';
import { logistic } from '../../../src/core/3-models/propensity/logistic';
import { fitColumn } from '../../../src/core/2-features/transforms/fit-column';
import { transformColumns } from '../../../src/core/3-models/standardise';
import type { Matrix } from '../../../src/core/kit/matrix';
import { createRandom } from '../../../src/core/kit/random';
import { startTensors } from '../../../workers/tensor-backend';

const nClusters = 5;
const nInit = 10;
const maxIter = 300;
const adamSteps = 200;

let segments: Matrix;
let training: Matrix;
let y: Uint8Array;

const standardise = ({ features }: FeatureTable): Matrix =>
  transformColumns(
    features.map(({ definition, values }) => fitColumn(definition.name, values)),
    features.map(({ values }) => values),
  );

const toTensor = ({ data, nRows, nColumns }: Matrix) =>
  tf.tensor2d(Float32Array.from(data), [nRows, nColumns]);

async function timed<T extends object>(work: () => T | Promise<T>): Promise<T & { seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { ...result, seconds: (performance.now() - start) / 1000 };
}

/** Full-batch Lloyd from random rows, as one writes it first: distances, argMin, oneHot, matMul. */
function naiveLloyd(X: tf.Tensor2D, random: () => number): { centroids: tf.Tensor2D; inertia: number } {
  const rows = Array.from({ length: nClusters }, () => Math.floor(random() * X.shape[0]));
  let centroids = tf.tidy(() => tf.gather(X, rows));
  let inertia = Infinity;
  for (let iter = 0; iter < maxIter; iter++) {
    const [next, loss, shift] = tf.tidy((): [tf.Tensor2D, tf.Tensor, tf.Tensor] => {
      const distances = tf.add(
        tf.sub(tf.sum(tf.square(X), 1, true), tf.mul(2, tf.matMul(X, centroids, false, true))),
        tf.sum(tf.square(centroids), 1),
      );
      const member = tf.cast(tf.oneHot(tf.cast(tf.argMin(distances, 1), 'int32'), nClusters), 'float32');
      const counts = tf.reshape(tf.maximum(tf.sum(member, 0), 1), [nClusters, 1]);
      const means = tf.div<tf.Tensor2D>(tf.matMul(member, X, true), counts);
      return [means, tf.sum(tf.min(distances, 1)), tf.sum(tf.square(tf.sub(means, centroids)))];
    });
    inertia = loss.dataSync()[0]!;
    const moved = shift.dataSync()[0]!;
    tf.dispose([centroids, loss, shift]);
    centroids = next;
    if (moved <= 1e-4) break;
  }
  return { centroids, inertia };
}

/** Mean log-loss of log-odds against labels. */
const logLoss = (logOdds: ArrayLike<number>) =>
  y.reduce((sum, label, i) => sum + Math.log1p(Math.exp(label ? -logOdds[i]! : logOdds[i]!)), 0) / y.length;

function intern(columns: { codes: number[]; levels: Map<string, number> }[], row: string[]) {
  row.forEach((text, c) => {
    const { codes, levels } = (columns[c] ??= { codes: [], levels: new Map() });
    let code = levels.get(text);
    if (code === undefined) levels.set(text, (code = levels.size));
    codes.push(code);
  });
}

const api = {
  start: () => startTensors(),

  /** Rows as arrays of texts, or, like ours, columns as distinct texts and which one each row holds. */
  papaparse: (file: File, toColumns: boolean) =>
    timed(
      () =>
        new Promise<{ rows: number }>((resolve, reject) => {
          let rows = 0;
          const columns: { codes: number[]; levels: Map<string, number> }[] = [];
          Papa.parse<string[]>(file, {
            chunk({ data }) {
              rows += data.length;
              if (toColumns) for (const row of data) intern(columns, row);
            },
            complete: () => resolve({ rows }),
            error: reject,
          });
        }),
    ),

  load(table: FeatureTable, { table: past, label }: LabelledTable) {
    segments = standardise(table);
    training = standardise(past);
    y = label;
    return { nCustomers: segments.nRows, nFeatures: segments.nColumns, nTraining: training.nRows };
  },

  kmeans: (seed: number) =>
    timed(() => {
      const { inertia } = kmeans.fit(segments, { ...kmeans.defaults, nClusters }, { seed });
      return { inertia };
    }),

  naiveKmeans: (seed: number) =>
    timed(() => {
      const X = toTensor(segments);
      const random = createRandom(seed);
      let least = Infinity;
      for (let start = 0; start < nInit; start++) {
        const { centroids, inertia } = naiveLloyd(X, random.next);
        centroids.dispose();
        least = Math.min(least, inertia);
      }
      X.dispose();
      return { inertia: least };
    }),

  async logistic(seed: number) {
    const { weights, intercept, seconds } = await timed(() =>
      logistic.fit(training, logistic.defaults, { seed, y }),
    );
    const logOdds = Array.from(y, (_, i) =>
      weights.reduce((sum, w, j) => sum + w * training.data[i * training.nColumns + j]!, intercept),
    );
    return { seconds, logLoss: logLoss(logOdds) };
  },

  /** The same loss by Adam on the full batch. */
  naiveLogistic: () =>
    timed(() => {
      const X = toTensor(training);
      const labels = tf.tensor2d(Float32Array.from(y), [y.length, 1]);
      const weights = tf.variable(tf.zeros([training.nColumns, 1]));
      const intercept = tf.variable(tf.zeros([1, 1]));
      const adam = tf.train.adam(0.1);
      for (let step = 0; step < adamSteps; step++) {
        const [slope, shift] = tf.tidy(() => {
          const gap = tf.sub(tf.sigmoid(tf.add(tf.matMul(X, weights as tf.Tensor2D), intercept)), labels);
          return [tf.div(tf.matMul(X, gap as tf.Tensor2D, true), y.length), tf.reshape(tf.mean(gap), [1, 1])];
        });
        adam.applyGradients({ [weights.name]: slope!, [intercept.name]: shift! });
        tf.dispose([slope!, shift!]);
      }
      const logOdds = tf.tidy(() => tf.add(tf.matMul(X, weights as tf.Tensor2D), intercept));
      const found = logLoss(logOdds.dataSync());
      adam.dispose();
      tf.dispose([X, labels, weights, intercept, logOdds]);
      return { logLoss: found };
    }),

  /** Float64 rows; the training matrix has the label as a last column. */
  matrix(which: 'segments' | 'training'): Uint8Array {
    const { data, nRows, nColumns } = which === 'segments' ? segments : training;
    if (which === 'segments') return new Uint8Array(Float64Array.from(data).buffer);
    const rows = new Float64Array(nRows * (nColumns + 1));
    for (let i = 0; i < nRows; i++) {
      for (let j = 0; j < nColumns; j++) rows[i * (nColumns + 1) + j] = data[i * nColumns + j]!;
      rows[i * (nColumns + 1) + nColumns] = y[i]!;
    }
    return new Uint8Array(rows.buffer);
  },
};

export type PeersApi = typeof api;

Comlink.expose(api);
