import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import { part, type Estimator, type LabelledRun } from '../estimator';
import { sampleRows } from '../rows';
import { chooseColumns } from './choose-columns';
import type { Contributions } from './contributions';
import {
  countRarer,
  keepLabelledRows,
  pickLabelled,
  splitByOutcome,
  startLogOdds,
  type LabelledRows,
} from './labelled-rows';
import { sigmoidOf } from './logistic';
import { columnsOfInputs, fitInputs, meanInputs, writeInputs, type NetworkInput } from './network-inputs';
import { addInput, enterLayer, finishLayers, type Layer } from './network-layers';
import { trainNetwork, type NetworkRows, type TrainingParams } from './train-network';

export type NetworkParams = TrainingParams;

/** Log-odds = base + what the layers make of the inputs; no layers when there was nothing to learn. */
export type NetworkModel = { base: number; inputs: NetworkInput[]; layers: Layer[] };

/** More columns than this are screened first. */
const mostColumns = 200;
const mostRows = 30_000;
const asideShare = 0.15;
/** Fewer of either outcome, and there are too few to put some aside. */
const fewestEach = 20;
/** Orders in which columns are let in, each also backwards, for the parts of a score. */
const nOrders = 16;

function toNetworkRows(X: Matrix, inputs: NetworkInput[], width: number, own: LabelledRows): NetworkRows {
  const out = new Float32Array(own.rows.length * width);
  own.rows.forEach((row, i) => writeInputs(inputs, X, row, out, i * width));
  const mean = own.weights.reduce((sum, weight) => sum + weight, 0) / own.weights.length;
  return { inputs: out, width, y: own.y, weights: own.weights.map((weight) => weight / mean) };
}

const toLayers = (blocks: Float32Array[], widths: number[]): Layer[] =>
  widths.slice(1).map((nOut, l) => ({
    nIn: widths[l]!,
    nOut,
    weights: Array.from(blocks[2 * l]!),
    biases: Array.from(blocks[2 * l + 1]!),
  }));

/**
 * A small network of rectified layers, trained on tensors by Adam until rows put aside are foretold no better. X is raw:
 * columns enter by their place among quantiles, missing numbers (NaN) with a flag. Scores are computed in double
 * precision, the same on every backend.
 */
export const network: Estimator<NetworkParams, NetworkModel, Float64Array, LabelledRun> = {
  name: 'network',
  version: 1,
  defaults: { hidden: [32, 16], learningRate: 3e-3, l2: 0.01, maxEpochs: 60, patience: 6 },

  fit(X, params, run) {
    const { seed } = run;
    const all = keepLabelledRows(X, run);
    const base = startLogOdds(all);
    if (countRarer(all.y) === 0) return { base, inputs: [], layers: [] };
    const labelled = pickLabelled(all, sampleRows(all.y.length, mostRows, seed));
    const columns = chooseColumns(X, all, mostColumns, seed);
    const inputs = fitInputs(X, labelled.rows, columns, seed);
    const width = meanInputs(inputs).length;
    if (width === 0) return { base, inputs, layers: [] };
    const isShort = countRarer(labelled.y) < fewestEach;
    const [kept, aside] = splitByOutcome(labelled.y, isShort ? 0 : asideShare, seed).map((index) =>
      toNetworkRows(X, inputs, width, pickLabelled(labelled, index)),
    );
    const blocks = trainNetwork(kept!, isShort ? null : aside!, base, params, {
      seed,
      report: part(run.report, 0, 1),
    });
    return { base, inputs, layers: toLayers(blocks, [width, ...params.hidden, 1]) };
  },

  predict(model, X) {
    return logOddsOfNetwork(model, X).map(sigmoidOf);
  },
};

const speak = (layers: Layer[], inputs: Float64Array) => finishLayers(layers, enterLayer(layers[0]!, inputs));

/** Log-odds of each row. */
export function logOddsOfNetwork({ base, inputs, layers }: NetworkModel, X: Matrix): Float64Array {
  const out = new Float64Array(X.nRows).fill(base);
  if (layers.length === 0) return out;
  const own = new Float64Array(layers[0]!.nIn);
  for (let i = 0; i < X.nRows; i++) {
    writeInputs(inputs, X, i, own, 0);
    out[i]! += speak(layers, own);
  }
  return out;
}

/** Orders of the columns that have inputs, each followed by itself backwards; always the same ones. */
function* listOrders(columns: number[]): Generator<number[]> {
  const random = createRandom(columns.length);
  for (let o = 0; o < nOrders; o++) {
    const order = columns
      .map((column) => ({ column, key: random.next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ column }) => column);
    yield order;
    yield order.reverse();
  }
}

/**
 * What each column adds to the row's log-odds, against a row that is as the mean: Shapley values sampled over orders of
 * the columns and their reverses (Mitchell et al. 2022). In each order the parts add up exactly.
 */
export function contributionsOfNetwork(model: NetworkModel, X: Matrix, row: number): Contributions {
  const { base, inputs, layers } = model;
  const contributions = new Float64Array(X.nColumns);
  if (layers.length === 0) return { baseline: base, contributions, pairs: [] };
  const first = layers[0]!;
  const mean = meanInputs(inputs);
  const own = new Float64Array(first.nIn);
  writeInputs(inputs, X, row, own, 0);
  const columnOf = columnsOfInputs(inputs);
  const start = enterLayer(first, mean);
  const baseline = finishLayers(layers, start);
  for (const order of listOrders(inputs.map(({ column }) => column))) {
    const arrived = start.slice();
    let before = baseline;
    for (const column of order) {
      for (let i = columnOf.indexOf(column); columnOf[i] === column; i++)
        addInput(first, i, own[i]! - mean[i]!, arrived);
      const after = finishLayers(layers, arrived);
      contributions[column]! += (after - before) / (2 * nOrders);
      before = after;
    }
  }
  return { baseline: base + baseline, contributions, pairs: [] };
}
