import { countCustomers, fewestExamples, outcomes } from '../../2-features/examples';
import type { PredictionInput } from '../../2-features/feature-table';
import type { EnoughData } from '../results/prediction';

/** So many customers of the rarer outcome, in all and a feature, make a firm answer (Peduzzi and others 1996: ten a feature). */
const firmExamples = 200;
const firmPerFeature = 10;

const say = (n: number) => n.toLocaleString('en-US');

/** Counts customers, not rows: who comes back at several dates counts once an outcome. */
export function gradeExamples({ finalTrain, score, target, blocked }: PredictionInput): EnoughData {
  const [positives, negatives] = [countCustomers(finalTrain, 1), countCustomers(finalTrain, 0)];
  const rarer = Math.min(positives, negatives);
  const nFeatures = score.features.length;
  const needed = Math.max(firmExamples, firmPerFeature * nFeatures);
  const isRefused = blocked !== null || rarer < fewestExamples;
  const missing = Math.max(0, needed - rarer);
  const grade = isRefused ? 'refused' : missing > 0 ? 'graded' : 'allowed';
  const eventsPerFeature = nFeatures > 0 ? rarer / nFeatures : 0;
  const who = outcomes(target)[positives <= negatives ? 0 : 1];
  const have = `${say(rarer)} customers who ${who}`;
  const sentence =
    blocked ??
    (isRefused
      ? `Not enough data: ${have}, need at least ${fewestExamples}: ${fewestExamples - rarer} more.`
      : missing > 0
        ? `Enough to try, not enough to be sure: ${have}; ${say(missing)} more, ${say(needed)} in all, would make it firm.`
        : `Enough data: ${have}, ${say(Math.floor(eventsPerFeature))} for each of ${say(nFeatures)} traits.`);
  return { grade, positives, negatives, nFeatures, eventsPerFeature, missing, sentence };
}
