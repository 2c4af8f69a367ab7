import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import { part, type Estimator, type LabelledRun, type Report } from '../estimator';
import { sampleRows } from '../rows';
import { chooseColumns } from './choose-columns';
import { noParts, type Contributions } from './contributions';
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
import { readyLayers, type Layer } from './network-layers';
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

function toNetworkRows(
  X: Matrix,
  inputs: NetworkInput[],
  width: number,
  own: LabelledRows,
  report: Report,
): NetworkRows {
  const out = new Float32Array(own.rows.length * width);
  own.rows.forEach((row, i) => {
    if (i % 5_000 === 0) report(i / own.rows.length);
    writeInputs(inputs, X, row, out, i * width);
  });
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
    const inputs = fitInputs(X, labelled.rows, columns, seed, part(run.report, 0, 0.02));
    const width = meanInputs(inputs).length;
    if (width === 0) return { base, inputs, layers: [] };
    const isShort = countRarer(labelled.y) < fewestEach;
    const [kept, aside] = splitByOutcome(labelled.y, isShort ? 0 : asideShare, seed).map((index) =>
      toNetworkRows(X, inputs, width, pickLabelled(labelled, index), part(run.report, 0.02, 0.05)),
    );
    const blocks = trainNetwork(kept!, isShort ? null : aside!, base, params, {
      seed,
      report: part(run.report, 0.05, 1),
    });
    return { base, inputs, layers: toLayers(blocks, [width, ...params.hidden, 1]) };
  },

  predict(model, X) {
    return logOddsOfNetwork(model, X).map(sigmoidOf);
  },
};

/** Log-odds of each row. */
export function logOddsOfNetwork({ base, inputs, layers }: NetworkModel, X: Matrix): Float64Array {
  const out = new Float64Array(X.nRows).fill(base);
  if (layers.length === 0) return out;
  const { enter, finish } = readyLayers(layers);
  const own = new Float64Array(layers[0]!.nIn);
  const arrived = new Float64Array(layers[0]!.nOut);
  for (let i = 0; i < X.nRows; i++) {
    writeInputs(inputs, X, i, own, 0);
    enter(own, arrived);
    out[i]! += finish(arrived);
  }
  return out;
}

/** Orders of the columns that have inputs, each followed by itself backwards; always the same ones. */
function listOrders(columns: number[]): number[][] {
  const random = createRandom(columns.length);
  return Array.from({ length: nOrders }, () => {
    const keyed = columns.map((column) => ({ column, key: random.next() }));
    const order = keyed.sort((a, b) => a.key - b.key).map(({ column }) => column);
    return [order, order.toReversed()];
  }).flat();
}

/** The first input of each column and the one after its last. */
function spansOf(inputs: NetworkInput[]): Map<number, [number, number]> {
  const columnOf = columnsOfInputs(inputs);
  return new Map(
    inputs.map(({ column }) => [column, [columnOf.indexOf(column), columnOf.lastIndexOf(column) + 1]]),
  );
}

/**
 * What each column adds to the rows' log-odds, against a row that is as the mean: Shapley values sampled over orders of
 * the columns and their reverses (Mitchell et al. 2022). In each order the parts add up exactly.
 */
export function contributionsOfNetwork({ base, inputs, layers }: NetworkModel, X: Matrix): Contributions {
  const parts = noParts(X);
  if (layers.length === 0) return { baseline: base, parts };
  const { enter, addInput, finish } = readyLayers(layers);
  const { nIn, nOut } = layers[0]!;
  const [start, arrived, own] = [new Float64Array(nOut), new Float64Array(nOut), new Float64Array(nIn)];
  const mean = meanInputs(inputs);
  enter(mean, start);
  const baseline = finish(start);
  const orders = listOrders(inputs.map(({ column }) => column));
  const spans = spansOf(inputs);
  for (let row = 0; row < X.nRows; row++) {
    writeInputs(inputs, X, row, own, 0);
    for (const order of orders) {
      arrived.set(start);
      let before = baseline;
      for (const column of order) {
        const [from, to] = spans.get(column)!;
        for (let i = from; i < to; i++) addInput(i, own[i]! - mean[i]!, arrived);
        const after = finish(arrived);
        parts[column]![row]! += (after - before) / orders.length;
        before = after;
      }
    }
  }
  return { baseline: base + baseline, parts };
}
