import { expect, test } from 'vitest';
import { prediction, segmentation } from '../4-decisions/example-results';
import { emptyValue } from '../../../src/core/3-models/value/empty-value';
import { defaultValueOptions } from '../../../src/core/3-models/value/fit-value';
import { listResults, receiptJson } from '../../../src/core/governance/receipt';

test('receiptJson has the keys of the contract, in their order, whatever order they came in', () => {
  const text = receiptJson({
    peakMemoryMB: null,
    requestsAfterLoad: 0,
    stages: [{ rows: 5, seconds: 0.25, name: 'Reading orders.csv' }],
    backend: 'wasm',
    seed: 42,
    parameters: { nClusters: 'auto' },
    dataHash: 'ab',
    version: '0.1.0',
    results: { segments: null, predictions: null, value: null },
  });
  expect(Object.keys(JSON.parse(text))).toEqual([
    'app',
    'version',
    'dataHash',
    'parameters',
    'seed',
    'backend',
    'stages',
    'requestsAfterLoad',
    'peakMemoryMB',
    'results',
  ]);
  expect(JSON.parse(text)).toMatchObject({
    app: 'coterie',
    stages: [{ name: 'Reading orders.csv', seconds: 0.25, rows: 5 }],
    peakMemoryMB: null,
  });
});

test('listResults fingerprints who got what, and tells the model, its version, seed and backend', () => {
  const first = listResults(segmentation, prediction, null, 42);
  expect(first.segments).toMatchObject({ model: 'kmeans', seed: 42, backend: 'wasm', customers: 3 });
  expect(first.segments!.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(first.value).toBeNull();
  expect(listResults(structuredClone(segmentation), structuredClone(prediction), null, 42)).toEqual(first);
  const moved = { ...segmentation, labels: Int32Array.of(0, 1, 1) };
  expect(listResults(moved, prediction, null, 42).segments!.hash).not.toBe(first.segments!.hash);
  const other = { ...prediction, propensity: Float64Array.of(0.123, 0.9) };
  expect(listResults(segmentation, other, null, 42).predictions!.hash).not.toBe(first.predictions!.hash);
});

test('listResults tells the version of the value model, none where it was not told', () => {
  const value = { ...emptyValue(null, defaultValueOptions, ''), modelVersion: 3 };
  expect(listResults(null, null, value, 42).value).toMatchObject({ model: 'none', modelVersion: 3 });
  const { modelVersion: _, ...old } = value;
  expect(listResults(null, null, old, 42).value!.modelVersion).toBeNull();
});

test('listResults does not mind digits that processors round otherwise', () => {
  const near = { ...prediction, propensity: prediction.propensity.map((value) => value + 1e-12) };
  expect(listResults(null, near, null, 42)).toEqual(listResults(null, prediction, null, 42));
});
