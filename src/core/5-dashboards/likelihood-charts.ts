import type { Prediction } from '../3-models/results/prediction';
import type { RfmResult } from '../3-models/results/rfm-result';
import { heads, type ChartText } from './chart';
import { eventWords, formatCount, formatShare, plural } from './words';

export type CutOff = { threshold: number; count: number; of: number; expected: number };

/** Who lies at or above a likelihood; `expected` is how many of them the likelihoods add up to. */
export function cutAt(propensity: Float64Array, threshold: number): CutOff {
  let count = 0;
  let expected = 0;
  for (const p of propensity)
    if (p >= threshold) {
      count++;
      expected += p;
    }
  return { threshold, count, of: propensity.length, expected };
}

/** The likelihood of the last customer inside the top `share` (0..1), likeliest first. */
export function thresholdForShare(propensity: Float64Array, share: number): number {
  if (!propensity.length) return 1;
  const sorted = Float64Array.from(propensity).sort();
  const wanted = Math.min(sorted.length, Math.max(1, Math.round(share * sorted.length)));
  return sorted[sorted.length - wanted]!;
}

/** The prediction of those whom a message can still reach: without the given stages and whom it has happened to. */
export function leaveOut(
  prediction: Prediction,
  rfm: RfmResult | null,
  { stages, happened }: { stages: string[]; happened: boolean },
): Prediction {
  const gone = new Set(
    rfm?.customers.filter((_, i) => stages.includes(rfm.groups[rfm.lifecycle[i]!]?.name ?? '')),
  );
  const stays = (i: number) =>
    !gone.has(prediction.customers[i]!) && !(happened && prediction.happened?.[i] === 1);
  return {
    ...prediction,
    customers: prediction.customers.filter((_, i) => stays(i)),
    propensity: prediction.propensity.filter((_, i) => stays(i)),
    happened: prediction.happened?.filter((_, i) => stays(i)) ?? null,
  };
}

export type LikelihoodBin = { from: number; to: number; n: number };

/** Customers by likelihood in `nBins` equal steps from 0 to 1. */
export function likelihoodBins(propensity: Float64Array, nBins = 20): LikelihoodBin[] {
  const bins = Array.from({ length: nBins }, (_, i) => ({ from: i / nBins, to: (i + 1) / nBins, n: 0 }));
  for (const p of propensity) if (p >= 0 && p <= 1) bins[Math.min(nBins - 1, Math.floor(p * nBins))]!.n++;
  return bins;
}

export function likelihoodChart(
  prediction: Prediction,
  cut: CutOff,
): { bins: LikelihoodBin[]; text: ChartText } {
  const { verb } = eventWords(prediction.target, prediction.horizonDays);
  const bins = likelihoodBins(prediction.propensity);
  const say = (bin: LikelihoodBin) =>
    `${formatShare(bin.from)} to ${formatShare(bin.to)}: ${plural(bin.n, 'customer')}`;
  return {
    bins,
    text: {
      title: 'Who to contact',
      unit: 'customers by likelihood; the cut-off is marked',
      sentence: `From ${formatShare(cut.threshold)} likelihood up: ${plural(cut.count, 'customer')}, ${formatShare(cut.of ? cut.count / cut.of : 0)} of ${formatCount(cut.of)}; about ${formatCount(Math.round(cut.expected))} of them are expected to ${verb}.`,
      table: {
        columns: heads('Likelihood', 'Customers'),
        rows: bins.map((bin) => [`${formatShare(bin.from)} to ${formatShare(bin.to)}`, formatCount(bin.n)]),
      },
      how: 'The expected number is the sum of the likelihoods of everyone on the list.',
      readings: bins.map(say),
    },
  };
}
