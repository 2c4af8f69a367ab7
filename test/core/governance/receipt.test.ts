import { expect, test } from 'vitest';
import { receiptJson } from '../../../src/core/governance/receipt';

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
  ]);
  expect(JSON.parse(text)).toMatchObject({
    app: 'coterie',
    stages: [{ name: 'Reading orders.csv', seconds: 0.25, rows: 5 }],
    peakMemoryMB: null,
  });
});
