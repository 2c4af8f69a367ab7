import * as Comlink from 'comlink';
import type { DataCheck } from './core/1-collect/collected';
import type { OutcomeChoice } from './core/2-features/later-outcomes';
import type { Doubtful } from './core/3-models/clusters/mislabel';
import type { OutcomeSegments } from './core/3-models/results/outcome-segments';
import type { RfmResult } from './core/3-models/results/rfm-result';
import type { Segmentation } from './core/3-models/results/segmentation';
import type { SegmentsPredict } from './core/3-models/results/segments-predict';
import type { SegmentGrowth } from './core/3-models/results/segment-growth';
import type { SegmentsExplained } from './core/3-models/separation/explain-segments';
import { isByRule } from './core/4-decisions/wording';
import { ensureChecked, readFeatures, reportAs, rescore, tableBuffers, type Work } from './pipeline';
import { asOfInstant } from './pipeline-analysis';

/** RFM alone, asked another way; null where nothing is dated. */
export async function scoreRfm(work: Work, check: DataCheck): Promise<RfmResult | null> {
  await ensureChecked(work);
  work.step.report('Scoring recency, frequency and spend', 0);
  const asOf = asOfInstant(work.analysis, check);
  return asOf === null ? null : rescore(work, asOf, null);
}

/** Customers who look more like another segment than like their own, the most doubtful first. */
export async function findDoubtful(
  work: Work,
  check: DataCheck,
  segmentation: Segmentation,
  limit: number,
): Promise<Doubtful[]> {
  const { engine, step } = work;
  await ensureChecked(work);
  step.report('Comparing customers with their neighbours', 0);
  const table = await readFeatures(work, check);
  return engine.models.call((api) => api.doubtful(table, segmentation, limit), step.signal);
}

/** A map where neighbours stay neighbours: two numbers for each customer of the segmentation, in its order. */
export async function drawSpreadMap(
  work: Work,
  check: DataCheck,
  { customers, seed }: Segmentation,
): Promise<Float32Array> {
  const { engine, step } = work;
  await ensureChecked(work);
  step.report('Drawing the map', 0);
  const table = await readFeatures(work, check);
  const rows = new Map(Array.from(table.customers, (customer, row) => [customer, row]));
  const map = await engine.models.call(
    (api) =>
      api.spreadMap(Comlink.transfer(table, tableBuffers(table)), seed, reportAs(step, 'Drawing the map')),
    step.signal,
  );
  return Float32Array.from({ length: customers.length * 2 }, (_, at) => {
    const row = rows.get(customers[at >> 1]!);
    return row === undefined ? 0 : map[row * 2 + (at & 1)]!;
  });
}

/** What separates each segment from all others and from its nearest one; `names[id]` is what the person calls it. */
export async function explainSegments(
  work: Work,
  check: DataCheck,
  segmentation: Segmentation,
  names: string[],
): Promise<SegmentsExplained> {
  const { engine, step } = work;
  await ensureChecked(work);
  step.report('Comparing the segments', 0);
  const table = await readFeatures(work, check);
  const { customers, labels } = segmentation;
  return engine.models.call(
    (api) =>
      api.explainSegments(
        Comlink.transfer(table, tableBuffers(table)),
        { customers, labels },
        names,
        reportAs(step, 'Comparing the segments'),
      ),
    step.signal,
  );
}

/** Do segments made a horizon before the end tell who came back and who spent after that? */
export async function segmentsPredict(
  work: Work,
  check: DataCheck,
  segmentation: Segmentation,
  names: string[],
): Promise<SegmentsPredict> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  step.report('Going back to an earlier date', 0);
  const { horizonDays, features: set, formulas, algorithm, seed, transforms } = analysis;
  const asOf = asOfInstant(analysis, check) ?? 0;
  const options = { asOf, horizonDays, set, formulas, transforms: transforms.grouping };
  const input = await engine.collection.call((api) => api.laterOutcomes(options), step.signal);
  const { customers, labels } = segmentation;
  return engine.models.call(
    (api) =>
      api.segmentsPredict(
        Comlink.transfer(input, tableBuffers(input.table)),
        { algorithm, nClusters: names.length, seed },
        { customers, labels, names },
        reportAs(step, 'Testing the segments on what came later'),
      ),
    step.signal,
  );
}

/** The longest step back: a season. */
const mostStepDays = 90;

/** How many customers the same segments would have held at earlier dates, a horizon apart at most. */
export async function segmentGrowth(work: Work, segmentation: Segmentation): Promise<SegmentGrowth> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  step.report('Counting the segments at earlier dates', 0);
  const { asOf, customers, labels, transform, segments, features } = segmentation;
  const { formulas, horizonDays } = analysis;
  const stepDays = Math.min(horizonDays, mostStepDays);
  if (isByRule(segmentation)) {
    const ruled = segments.map(({ rule, size }) => ({ rule, size }));
    return engine.collection.call(
      (api) => api.growthByRules(ruled, { asOf, formulas, segments: null }, stepDays),
      step.signal,
    );
  }
  const traits = features.map(({ name }) => name);
  const input = await engine.collection.call(
    (api) => api.earlierTables({ asOf, stepDays, traits, formulas }),
    step.signal,
  );
  return engine.models.call(
    (api) =>
      api.segmentGrowth(
        Comlink.transfer(input, input.tables.flatMap(tableBuffers)),
        { customers, labels, transform, segments },
        reportAs(step, 'Counting the segments at earlier dates'),
      ),
    step.signal,
  );
}

/** Groups that differ in an outcome: what came in the horizon before the end, or a column. */
export async function findOutcomeSegments(
  work: Work,
  check: DataCheck,
  choice: OutcomeChoice,
): Promise<OutcomeSegments> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  step.report('Going back to an earlier date', 0);
  const { horizonDays, features: set, formulas, seed } = analysis;
  const asOf = asOfInstant(analysis, check) ?? 0;
  const options = { asOf, horizonDays, set, formulas };
  const input = await engine.collection.call((api) => api.outcomeInput(choice, options), step.signal);
  return engine.models.call(
    (api) =>
      api.outcomeSegments(
        Comlink.transfer(input, tableBuffers(input.table)),
        { seed },
        reportAs(step, 'Looking for groups that differ'),
      ),
    step.signal,
  );
}
