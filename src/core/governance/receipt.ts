import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Prediction } from '../3-models/results/prediction';
import type { Segmentation } from '../3-models/results/segmentation';
import type { ValueResult } from '../3-models/results/value-result';

type StageTime = { name: string; seconds: number; rows: number };

/** One result: what made it, in which version and on what, and a SHA-256 of who got what. */
export type Computed = {
  model: string;
  /** Rises when the same data, parameters and seed would give another model; null where it is not told. */
  modelVersion: number | null;
  seed: number;
  backend: string;
  customers: number;
  hash: string;
};

type Results = { segments: Computed | null; predictions: Computed | null; value: Computed | null };

/**
 * What was computed, from what and how: the same data, parameters, seed and version give the same results. `backend`
 * is what TensorFlow.js ran on; `requestsAfterLoad` counts network requests since the page was ready.
 */
type Receipt = {
  app: 'coterie';
  version: string;
  dataHash: string;
  parameters: Record<string, unknown>;
  seed: number;
  backend: string;
  stages: StageTime[];
  requestsAfterLoad: number;
  /** Null where the browser does not tell. */
  peakMemoryMB: number | null;
  results: Results;
};

/** Likelihoods and values count to this many parts of one: further digits differ between processors. */
const parts = 1e6;
const plain = 'plain numbers';

const rounded = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values, (value) => Math.round(value * parts));

function hashOf(customers: Int32Array, given: ArrayLike<number>): string {
  const hash = sha256.create();
  hash.update(new Uint8Array(Int32Array.from(customers).buffer));
  hash.update(new Uint8Array(Float64Array.from(given).buffer));
  return bytesToHex(hash.digest());
}

/** What each result was made by, and a fingerprint of it; `seed` is that of the value model. */
export function listResults(
  segmentation: Segmentation | null,
  prediction: Prediction | null,
  value: ValueResult | null,
  seed: number,
): Results {
  return {
    segments: segmentation && {
      model: segmentation.algorithm,
      modelVersion: segmentation.modelVersion ?? null,
      seed: segmentation.seed,
      backend: segmentation.backend,
      customers: segmentation.customers.length,
      hash: hashOf(segmentation.customers, segmentation.labels),
    },
    predictions: prediction && {
      model: prediction.chosen,
      modelVersion: prediction.modelVersion ?? null,
      seed: prediction.seed,
      backend: prediction.backend,
      customers: prediction.customers.length,
      hash: hashOf(prediction.customers, rounded(prediction.propensity)),
    },
    value: value && {
      model: value.model,
      modelVersion: value.modelVersion ?? null,
      seed,
      backend: plain,
      customers: value.customers.length,
      hash: hashOf(value.customers, rounded(value.lifetimeValue)),
    },
  };
}

/** receipt.json, its keys always in the same order. */
export function receiptJson(parts: Omit<Receipt, 'app'>): string {
  const receipt: Receipt = {
    app: 'coterie',
    version: parts.version,
    dataHash: parts.dataHash,
    parameters: parts.parameters,
    seed: parts.seed,
    backend: parts.backend,
    stages: parts.stages.map(({ name, seconds, rows }) => ({ name, seconds, rows })),
    requestsAfterLoad: parts.requestsAfterLoad,
    peakMemoryMB: parts.peakMemoryMB,
    results: parts.results,
  };
  return `${JSON.stringify(receipt, null, 2)}\n`;
}
