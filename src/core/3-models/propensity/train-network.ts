import {
  add,
  dispose,
  matMul,
  mul,
  relu,
  sigmoid,
  step,
  sub,
  sum,
  tensor2d,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { createRandom, type Random } from '../../kit/random';
import type { Report } from '../estimator';
import { lossAt } from './labelled-rows';

/** Rows ready for a network: inputs nRows x width, outcomes, and the log-odds that it adds to. */
export type NetworkRows = { inputs: Float32Array; width: number; y: Uint8Array; weights: Float64Array };

export type TrainingParams = {
  /** Outputs of each hidden layer. */
  hidden: number[];
  learningRate: number;
  l2: number;
  maxEpochs: number;
  patience: number;
};

/** Weights and biases by turns, layer after layer, with their shapes. */
type Block = { values: Float32Array; shape: [number, number]; mean: Float32Array; square: Float32Array };

const [meanDecay, squareDecay] = [0.9, 0.999];
const batchesPerEpoch = 30;
const [smallestBatch, largestBatch] = [32, 256];

/** Weights of He et al. (2015), biases of 0; the last layer starts at nothing. */
function startBlocks(widths: number[], random: Random): Block[] {
  return widths.slice(1).flatMap((nOut, l) => {
    const nIn = widths[l]!;
    const scale = l === widths.length - 2 ? 0 : Math.sqrt(2 / nIn);
    const block = (shape: [number, number], own: number): Block => {
      const size = shape[0] * shape[1];
      const values = Float32Array.from({ length: size }, () => own * random.normal());
      return { values, shape, mean: new Float32Array(size), square: new Float32Array(size) };
    };
    return [block([nIn, nOut], scale), block([1, nOut], 0)];
  });
}

/** Log-odds of a batch and what each layer passed on, first the inputs. */
function pass(X: Tensor2D, blocks: Tensor2D[], base: number) {
  const passed: Tensor2D[] = [X];
  let out: Tensor2D = X;
  for (let b = 0; b < blocks.length; b += 2) {
    out = add(matMul(out, blocks[b]!), blocks[b + 1]!);
    if (b + 2 < blocks.length) passed.push((out = relu(out)));
  }
  return { logOdds: add<Tensor2D>(out, base), passed };
}

/** Slopes of the mean log-loss, block by block, by going back through the layers. */
function differentiate(
  X: Tensor2D,
  y: Tensor2D,
  weights: Tensor2D,
  blocks: Tensor2D[],
  base: number,
): Tensor[] {
  const { logOdds, passed } = pass(X, blocks, base);
  const slopes: Tensor[] = [];
  let back: Tensor2D = mul(sub(sigmoid(logOdds), y), weights);
  for (let l = passed.length - 1; l >= 0; l--) {
    slopes.unshift(matMul(passed[l]!, back, true), sum(back, 0, true));
    if (l > 0) back = mul(matMul(back, blocks[2 * l]!, false, true), step(passed[l]!));
  }
  return slopes;
}

const toTensors = (blocks: Block[]) => blocks.map(({ values, shape }) => tensor2d(values, shape));

/** One step of Adam (Kingma and Ba 2015), weights (not biases) drawn towards 0. */
function adapt(block: Block, slope: Float32Array, { learningRate, l2 }: TrainingParams, time: number): void {
  const { values, mean, square, shape } = block;
  const pull = shape[0] > 1 ? l2 : 0;
  const rate = (learningRate * Math.sqrt(1 - squareDecay ** time)) / (1 - meanDecay ** time);
  for (let i = 0; i < values.length; i++) {
    mean[i] = meanDecay * mean[i]! + (1 - meanDecay) * slope[i]!;
    square[i] = squareDecay * square[i]! + (1 - squareDecay) * slope[i]! ** 2;
    values[i]! -= (rate * mean[i]!) / (Math.sqrt(square[i]!) + 1e-8) + learningRate * pull * values[i]!;
  }
}

/** The chosen rows as tensors, weights so scaled that their mean is 1 over the batch size. */
function takeBatch(
  { inputs, width, y, weights }: NetworkRows,
  rows: Int32Array,
): [Tensor2D, Tensor2D, Tensor2D] {
  const X = new Float32Array(rows.length * width);
  rows.forEach((row, i) => X.set(inputs.subarray(row * width, (row + 1) * width), i * width));
  const labels = Float32Array.from(rows, (row) => y[row]!);
  const share = Float32Array.from(rows, (row) => weights[row]! / rows.length);
  return [
    tensor2d(X, [rows.length, width]),
    tensor2d(labels, [rows.length, 1]),
    tensor2d(share, [rows.length, 1]),
  ];
}

function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swap = order[i]!;
    order[i] = order[j]!;
    order[j] = swap;
  }
}

function trainEpoch(
  own: NetworkRows,
  order: Int32Array,
  blocks: Block[],
  base: number,
  params: TrainingParams,
  time: number,
) {
  const wanted = Math.floor(order.length / batchesPerEpoch);
  const size = Math.min(largestBatch, Math.max(smallestBatch, wanted), order.length);
  for (let start = 0; start + size <= order.length; start += size) {
    const slopes = tidy(() => {
      const [X, y, weights] = takeBatch(own, order.subarray(start, start + size));
      return differentiate(X, y, weights, toTensors(blocks), base);
    });
    time++;
    slopes.forEach((slope, b) => adapt(blocks[b]!, slope.dataSync<'float32'>(), params, time));
    dispose(slopes);
  }
  return time;
}

function scoreRows({ inputs, width, y }: NetworkRows, blocks: Block[], base: number): Float64Array {
  const logOdds = tidy(() => pass(tensor2d(inputs, [y.length, width]), toTensors(blocks), base).logOdds);
  const scores = Float64Array.from(logOdds.dataSync<'float32'>());
  dispose(logOdds);
  return scores;
}

/**
 * Weights and biases of each layer, by turns, after mini-batch training on tensors until the loss on the rows aside
 * grows no smaller; without such rows after `patience` epochs. All weights stay as they start when nothing is learnt.
 */
export function trainNetwork(
  own: NetworkRows,
  aside: NetworkRows | null,
  base: number,
  params: TrainingParams,
  run: { seed: number; report: Report },
): Float32Array[] {
  const random = createRandom(run.seed);
  const blocks = startBlocks([own.width, ...params.hidden, 1], random);
  const copy = () => blocks.map(({ values }) => values.slice());
  const lossAside = () => (aside ? lossAt(scoreRows(aside, blocks, base), aside.y, aside.weights) : 0);
  const order = Int32Array.from({ length: own.y.length }, (_, i) => i);
  let best = { loss: lossAside(), values: copy(), epoch: 0 };
  for (let epoch = 1, time = 0; epoch <= params.maxEpochs; epoch++) {
    shuffle(order, random);
    time = trainEpoch(own, order, blocks, base, params, time);
    run.report(epoch / params.maxEpochs);
    const loss = lossAside();
    if (aside ? loss < best.loss : epoch <= params.patience) best = { loss, values: copy(), epoch };
    else if (epoch - best.epoch >= params.patience || !aside) break;
  }
  return best.values;
}
