import type { CalibrationBin, Coefficient, GainPoint, Prediction } from '../3-models/results';
import { heads, type ChartText } from './chart';
import {
  eventWords,
  formatCount,
  formatDay,
  formatDecimal,
  formatOdds,
  formatShare,
  formatSigned,
  formatTimes,
  listOf,
  nothing,
  plural,
} from './words';

/** Gain at a share contacted, read off the curve between its points; the curve starts at (0, 0). */
export function gainAt(points: GainPoint[], share: number): number {
  let before = { share: 0, gain: 0 };
  for (const point of points) {
    if (point.share >= share) {
      const width = point.share - before.share;
      return width > 0
        ? before.gain + ((share - before.share) / width) * (point.gain - before.gain)
        : point.gain;
    }
    before = point;
  }
  return points.length ? 1 : NaN;
}

const stepNames = { prevalence: 'Guessing', recency: 'Days since last order', logistic: 'This model' };

export type LadderRow = { model: string; name: string; lift: number; cells: string[]; isChosen: boolean };

/** Guessing, the simple rule, the model: each beside what it finds among the likeliest tenth. */
export function ladderRows(prediction: Prediction): LadderRow[] {
  const { people } = eventWords(prediction.target, prediction.horizonDays);
  return prediction.ladder.map((step) => ({
    model: step.model,
    name: stepNames[step.model],
    lift: step.liftTop10,
    isChosen: step.model === prediction.chosen,
    cells: [
      step.model === 'prevalence'
        ? 'as many as chance'
        : `finds ${formatTimes(step.liftTop10)} as many ${people} as chance`,
      formatDecimal(step.auc),
      formatDecimal(step.averagePrecision),
      formatDecimal(step.brier),
    ],
  }));
}

export function gainsChart(prediction: Prediction): ChartText {
  const { people } = eventWords(prediction.target, prediction.horizonDays);
  const shares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
  const { model, recency } = prediction.gains;
  const say = (share: number) =>
    `likeliest ${formatShare(share)} of customers: ${formatShare(gainAt(model, share))} of all ${people}` +
    (recency.length ? `; by days since last order ${formatShare(gainAt(recency, share))}` : '');
  return {
    title: `How many ${people} the list catches`,
    unit: `across: share of customers contacted · up: share of ${people} caught`,
    sentence: `Contacting the likeliest 10% catches ${formatShare(gainAt(model, 0.1))} of ${people}${recency.length ? `; sorting by days since last order catches ${formatShare(gainAt(recency, 0.1))}` : ''}; guessing, 10%.`,
    table: {
      columns: heads('Customers contacted', 'Caught by the model', 'By days since last order', 'By guessing'),
      rows: shares.map((share) => [
        formatShare(share),
        formatShare(gainAt(model, share)),
        recency.length ? formatShare(gainAt(recency, share)) : nothing,
        formatShare(share),
      ]),
    },
    how: 'Measured on customers the model had not learned from. The further above the straight line, the better the list.',
    readings: shares.map(say),
  };
}

/** Lift of each tenth of customers, likeliest tenth first: its rate over the overall rate. */
export function decileLift(points: GainPoint[]): number[] {
  return Array.from({ length: 10 }, (_, i) => (gainAt(points, (i + 1) / 10) - gainAt(points, i / 10)) * 10);
}

export function liftChart(prediction: Prediction): { lifts: number[]; text: ChartText } {
  const { people } = eventWords(prediction.target, prediction.horizonDays);
  const lifts = decileLift(prediction.gains.model);
  const say = (lift: number, i: number) =>
    `tenth ${i + 1} of 10: ${formatTimes(lift)} the average, a rate of ${formatShare(Math.min(1, lift * prediction.baseRate))}`;
  return {
    lifts,
    text: {
      title: 'From the likeliest tenth to the least likely',
      unit: `${people} in each tenth of customers, 1 = average (${formatShare(prediction.baseRate)})`,
      sentence: `The likeliest tenth holds ${formatTimes(lifts[0]!)} the average share of ${people}, the least likely ${formatTimes(lifts[9]!)}.`,
      table: {
        columns: heads('Tenth of customers', 'Times the average', 'Rate'),
        rows: lifts.map((lift, i) => [
          `${i + 1}${i === 0 ? ' (likeliest)' : ''}`,
          formatTimes(lift),
          formatShare(Math.min(1, lift * prediction.baseRate)),
        ]),
      },
      how: 'Customers are sorted by likelihood and cut into ten equal parts. A useful model falls steeply from left to right.',
      readings: lifts.map(say),
    },
  };
}

export function calibrationChart(bins: CalibrationBin[]): ChartText {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const typical = [...bins].sort((a, b) => b.n - a.n)[0];
  const inside = bins.filter((bin) => bin.predicted >= bin.low && bin.predicted <= bin.high).length;
  const say = (bin: CalibrationBin) =>
    `said ${formatShare(bin.predicted)}, happened ${formatShare(bin.observed)} (${formatShare(bin.low)}–${formatShare(bin.high)}), ${plural(bin.n, 'customer')}`;
  return {
    title: 'Can the likelihood be taken at its word?',
    unit: `across: what we said · up: what happened · ${plural(n, 'customer')}`,
    sentence: typical
      ? `When we say ${formatShare(typical.predicted)}, ${formatShare(typical.observed)} do (${formatShare(typical.low)}–${formatShare(typical.high)}); ${inside} of ${bins.length} groups agree within chance.`
      : 'Too few customers were tested to tell.',
    table: {
      columns: heads('We said', 'It happened', 'From', 'To', 'Customers'),
      rows: bins.map((bin) => [
        formatShare(bin.predicted),
        formatShare(bin.observed),
        formatShare(bin.low),
        formatShare(bin.high),
        formatCount(bin.n),
      ]),
    },
    how: 'Tested customers in groups of similar likelihood; the bar is the 95% range chance alone allows. On the line means the number can be taken at its word.',
    readings: bins.map(say),
  };
}

export function driversChart(
  prediction: Prediction,
  limit = 10,
): { drivers: Coefficient[]; text: ChartText } {
  const { verb } = eventWords(prediction.target, prediction.horizonDays);
  const drivers = [...prediction.coefficients]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, limit);
  const up = drivers.filter(({ weight }) => weight > 0).slice(0, 2);
  const down = drivers.filter(({ weight }) => weight < 0).slice(0, 2);
  const name = (list: Coefficient[]) => listOf(list.map(({ label }) => label));
  const parts = [
    up.length ? `likelier to ${verb} the higher the ${name(up)}` : '',
    down.length ? `less likely${up.length ? '' : ` to ${verb}`} the higher the ${name(down)}` : '',
  ].filter(Boolean);
  const sentence = parts.join('; ');
  const say = (driver: Coefficient) =>
    `${driver.label}: ${driver.weight > 0 ? 'likelier' : 'less likely'}, odds ${formatOdds(driver.weight)} for one step up`;
  return {
    drivers,
    text: {
      title: 'What drives it',
      unit: 'change for one step (standard deviation) up in the trait, others held still',
      sentence: sentence
        ? `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
        : 'No single trait drives it.',
      table: {
        columns: heads('Trait', 'Weight', 'Odds multiplied by'),
        rows: drivers.map((driver) => [driver.label, formatSigned(driver.weight), formatOdds(driver.weight)]),
      },
      how: 'Weights of a logistic regression on scaled traits. They say what goes together with the outcome, not what causes it; traits that move together share their weight.',
      readings: drivers.map(say),
    },
  };
}

export type OriginRow = { when: string; cells: string[] };

/** One row for each later date the model was tested on. */
export function originRows(prediction: Prediction): OriginRow[] {
  return prediction.origins.map((origin) => ({
    when: origin.asOf === null ? 'labelled customers, held back' : formatDay(origin.asOf),
    cells: [
      formatCount(origin.nTrain),
      formatCount(origin.nTest),
      `${formatCount(origin.positives)} (${formatShare(origin.nTest ? origin.positives / origin.nTest : NaN)})`,
      formatTimes(origin.model.liftTop10),
      origin.recency ? formatTimes(origin.recency.liftTop10) : nothing,
      formatDecimal(origin.model.auc),
      origin.recency ? formatDecimal(origin.recency.auc) : nothing,
    ],
  }));
}

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
