import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import type { Optimism } from '../results/prediction';
import { pickRows, sampleStacked, type Stacked } from './design-matrix';
import { rowsOf } from './fitted-rung';
import { rocAuc } from './metrics';
import { rungOf, type RungName } from './rungs';

/** AUC lost from customers learnt from to later ones: less is usual, more is a promise that was not kept. */
const [usualLoss, badLoss] = [0.03, 0.08];

/** Red when the loss is large and more than twice what the luck of the test rows explains. */
export function gradeOptimism(trainAuc: number, testAuc: number, testError: number): Optimism {
  const gap = trainAuc - testAuc;
  const isLuck = gap <= 2 * testError;
  const grade =
    gap <= usualLoss || (isLuck && gap <= badLoss) ? 'green' : gap <= badLoss || isLuck ? 'amber' : 'red';
  return { trainAuc, testAuc, gap, grade };
}

const nDraws = 20;
const mostRows = 2_000;
/** Steps that learn fast enough to be learnt again and again. */
const simple: readonly RungName[] = ['recency', 'logistic'];

/**
 * Harrell's bootstrap optimism: AUC on redrawn customers learnt from, less that on the customers they were drawn from,
 * averaged. Null for rungs that are not simple, or where a draw can hold one outcome only.
 */
export function bootstrapOptimism(
  name: RungName,
  training: Stacked,
  seed: number,
  report?: Report,
): number | null {
  if (!simple.includes(name)) return null;
  const sample = sampleStacked(training, mostRows, seed);
  const rung = rungOf(name);
  const random = createRandom(seed);
  let total = 0;
  for (let draw = 0; draw < nDraws; draw++) {
    const drawn = pickRows(
      sample,
      Int32Array.from(sample.y, () => random.below(sample.y.length)),
    );
    const model = rung.fit(drawn, { seed });
    if (model === null || new Set(drawn.y).size < 2) return null;
    const aucOn = (rows: Stacked) => rocAuc(rows.y, rung.logOdds(model, rowsOf(rows)));
    total += aucOn(drawn) - aucOn(sample);
    report?.((draw + 1) / nDraws);
  }
  return total / nDraws;
}
