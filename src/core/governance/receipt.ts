type StageTime = { name: string; seconds: number; rows: number };

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
};

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
  };
  return `${JSON.stringify(receipt, null, 2)}\n`;
}
