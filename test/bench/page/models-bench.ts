import * as Comlink from 'comlink';
import { models } from '../../../src/bridge/workers';
import type {
  FeatureTable,
  LabelledTable,
  PredictionInput,
} from '../../../src/core/2-features/feature-table';
import { fitColumn } from '../../../src/core/2-features/transforms/fit-column';
import { transformColumns } from '../../../src/core/3-models/standardise';
import { createRandom, type Random } from '../../../src/core/kit/random';
import { watchMainThread } from './import-bench';

const dayMs = 86_400_000;
const horizonDays = 90;
const nGroups = 6;
const asOf = Date.UTC(2026, 0, 1);

let table: FeatureTable;
let input: PredictionInput;
let ownTable: FeatureTable;
let ownInput: PredictionInput;

/** Customers in overlapping groups of unequal size; a third of the columns lean right, as money does. */
function makeTable(nCustomers: number, nFeatures: number, date: number, random: Random): FeatureTable {
  const group = Int32Array.from({ length: nCustomers }, () => Math.floor(nGroups * random.next() ** 1.5));
  const features = Array.from({ length: nFeatures }, (_, j) => {
    const centres = Array.from({ length: nGroups }, () => 2 * random.normal());
    const values = Float64Array.from(group, (own) => centres[own]! + random.normal());
    return {
      definition: {
        name: `trait${j}`,
        label: `trait ${j}`,
        unit: 'number' as const,
        formula: 'made up',
        source: 'made up',
        high: `much of ${j}`,
        low: `little of ${j}`,
      },
      values: j % 3 === 0 ? values.map((value) => Math.exp(0.5 * value)) : values,
    };
  });
  return { asOf: date, customers: Int32Array.from(group.keys()), features };
}

/** What came after, by a law with bends and an interaction; about three in ten. */
function makeLabels({ features, customers }: FeatureTable, random: Random): Uint8Array {
  const [a, b, c] = [1, 2, 4].map((j) => features[j % features.length]!.values) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return Uint8Array.from(customers, (_, i) => {
    const odds = -1.2 + 0.5 * a[i]! - 0.2 * b[i]! ** 2 + 0.3 * a[i]! * c[i]!;
    return Number(random.next() < 1 / (1 + Math.exp(-odds)));
  });
}

function makeInput(nCustomers: number, nFeatures: number): PredictionInput {
  const at = (back: number): LabelledTable => {
    const random = createRandom(77);
    const past = makeTable(nCustomers, nFeatures, asOf - back * horizonDays * dayMs, random);
    return { table: past, label: makeLabels(past, createRandom(100 + back)) };
  };
  const origins = [1, 2, 3].map((back) => ({ test: at(back), train: [at(back + 1)] }));
  return {
    target: { kind: 'churn' },
    horizonDays,
    split: 'temporal',
    splitRule: null,
    origins,
    finalTrain: [at(1)],
    score: makeTable(nCustomers, nFeatures, asOf, createRandom(77)),
    blocked: null,
  };
}

/** The buffers of all typed columns, each once. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) buffersOf(item, found);
  return found;
}

const moved = <T>(value: T): T => Comlink.transfer(value, [...buffersOf(value)]);

type Report = (fraction: number, note?: string) => void;

/** One call as the app makes it: how long it took, the page's longest task, and the longest time without a report. */
async function measure(
  call: (report: Report, signal: AbortSignal) => Promise<unknown>,
  cancelAfter?: number,
) {
  const controller = new AbortController();
  const stopWatching = watchMainThread();
  const start = performance.now();
  let last = start;
  let said = '';
  let longest = { ms: 0, after: '' };
  let nReports = 0;
  const hear = (now: number) => {
    if (now - last > longest.ms) longest = { ms: now - last, after: said };
    last = now;
  };
  const report = Comlink.proxy((fraction: number, note?: string) => {
    nReports++;
    hear(performance.now());
    said = `${note ?? said.split(' · ')[0]} · ${fraction.toFixed(3)}`;
  });
  let cancelled = 0;
  if (cancelAfter !== undefined)
    setTimeout(() => {
      cancelled = performance.now();
      controller.abort();
    }, cancelAfter);
  const outcome = await call(report, controller.signal).then(
    () => 'finished',
    (error: Error) => error.name,
  );
  const end = performance.now();
  hear(end);
  return {
    outcome,
    seconds: (end - start) / 1000,
    longestTaskMs: stopWatching(),
    longestGapMs: longest.ms,
    gapAfter: longest.after,
    nReports,
    cancelMs: cancelled > 0 ? end - cancelled : null,
  };
}

const bench = {
  make(nCustomers: number, nFeatures: number) {
    table = makeTable(nCustomers, nFeatures, asOf, createRandom(77));
    input = makeInput(nCustomers, nFeatures);
  },

  /** What the next measure sends away; before it, since a copy takes time of its own. */
  copy(what: 'table' | 'input') {
    if (what === 'table') ownTable = structuredClone(table);
    else ownInput = structuredClone(input);
  },

  segment(cancelAfter?: number) {
    const params = { algorithm: 'kmeans', nClusters: 'auto', seed: 42 } as const;
    return measure(
      (report, signal) => models.call((api) => api.segment(moved(ownTable), params, report), signal),
      cancelAfter,
    );
  },

  predict(cancelAfter?: number) {
    return measure(
      (report, signal) => models.call((api) => api.predict(moved(ownInput), { seed: 42 }, report), signal),
      cancelAfter,
    );
  },

  /** The standardised rows for peers outside of the browser, in base64. */
  matrix() {
    const columns = table.features.map(({ values }) => values);
    const transforms = table.features.map(({ definition, values }) => fitColumn(definition.name, values));
    const bytes = new Uint8Array(Float64Array.from(transformColumns(transforms, columns).data).buffer);
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768)
      text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  },
};

export type ModelsBench = typeof bench;
Object.assign(globalThis, { modelsBench: bench });
