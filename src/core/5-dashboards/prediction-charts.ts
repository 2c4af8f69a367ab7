import type { CalibrationBin, Coefficient, GainPoint, Prediction } from '../3-models/results/prediction';
import type { RfmResult } from '../3-models/results/rfm-result';
import { heads, type ChartText } from './chart';
import {
  eventWords,
  formatCount,
  formatExact,
  formatMoney,
  formatOdds,
  formatPoints,
  formatShare,
  formatSigned,
  formatTimes,
  listOf,
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

/** Guessing does as well, or there was too little to test on: nothing found may be shown as a finding. */
export const cannotTell = (prediction: Prediction): boolean =>
  prediction.chosen === 'prevalence' ||
  prediction.grade === 'cannot tell' ||
  prediction.ladder.some(({ model, liftTop10 }) => model === prediction.chosen && liftTop10 <= 1);

/** How many are more likely than not, and what they have spent where orders tell. */
export function likelySentence(prediction: Prediction, rfm: RfmResult | null): string {
  const { verb, did } = eventWords(prediction.target, prediction.horizonDays);
  const { propensity, customers, happened } = prediction;
  const isOpen = (i: number) => happened?.[i] !== 1;
  const open = customers.filter((_, i) => isOpen(i)).length;
  const likely = new Set(customers.filter((_, i) => isOpen(i) && propensity[i]! > 0.5));
  if (prediction.target.kind === 'column')
    return `${formatExact(likely.size)} of ${plural(open, 'customer')} without ${did} look more like those who have it: their likelihood is above 50%.`;
  if (!likely.size) {
    const highest = propensity.reduce((most, p) => Math.max(most, p), 0);
    return `No customer is more likely than not to ${verb}; the likeliest stands at ${formatShare(highest)}.`;
  }
  const spent = rfm?.customers.reduce(
    (sum, customer, i) => sum + (likely.has(customer) ? rfm.monetary[i]! : 0),
    0,
  );
  const isOne = likely.size === 1;
  const worth = spent
    ? `; ${isOne ? 'this customer has' : 'they have'} spent ${formatMoney(spent)} so far`
    : '';
  return `${formatExact(likely.size)} of ${plural(customers.length, 'customer')} ${isOne ? 'is' : 'are'} more likely than not to ${verb}${worth}.`;
}

/** `share` is the part of customers on the list, 0..1: the sentence speaks of exactly that list. */
export function gainsChart(prediction: Prediction, share: number): ChartText {
  const { people } = eventWords(prediction.target, prediction.horizonDays);
  const shares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
  const { model, recency } = prediction.gains;
  const isRuled = recency.length > 0;
  const say = (share: number) =>
    `likeliest ${formatShare(share)} of customers: ${formatShare(gainAt(model, share))} of all ${people}` +
    (isRuled ? `; by days since last order ${formatShare(gainAt(recency, share))}` : '');
  return {
    title: `How many ${people} the list catches`,
    unit: `across: share of customers contacted · up: share of ${people} caught · the mark is the list named above`,
    sentence: `Contacting the likeliest ${formatShare(share)} catches ${formatShare(gainAt(model, share))} of ${people}${isRuled ? `; sorting by days since last order catches ${formatShare(gainAt(recency, share))}` : ''}; guessing, ${formatShare(share)}.`,
    table: {
      columns: heads(
        'Customers contacted',
        'Caught by the model',
        ...(isRuled ? ['By days since last order'] : []),
        'By guessing',
      ),
      rows: shares.map((share) => [
        formatShare(share),
        formatShare(gainAt(model, share)),
        ...(isRuled ? [formatShare(gainAt(recency, share))] : []),
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

/** "Yes" when all but one in ten groups agree within chance, "No" when off by more than 10 points on average. */
function answerCalibration(bins: CalibrationBin[]): 'Yes' | 'Roughly' | 'No' {
  const agreeing = bins.filter(agrees).length;
  if (agreeing >= bins.length - Math.floor(bins.length / 10)) return 'Yes';
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  return bins.reduce((sum, bin) => sum + (bin.n / n) * gapOf(bin), 0) <= 0.1 ? 'Roughly' : 'No';
}

const agrees = (bin: CalibrationBin) => bin.predicted >= bin.low && bin.predicted <= bin.high;
const gapOf = (bin: CalibrationBin) => Math.abs(bin.predicted - bin.observed);

const calibratedBy = {
  platt: ' The likelihoods were set right with a two-number curve (Platt scaling) on customers kept aside.',
  isotonic:
    ' The likelihoods were set right with a rising staircase (isotonic regression) on customers kept aside.',
};

export function calibrationChart({
  calibration: bins,
  target,
  horizonDays,
  model,
  ece,
}: Prediction): ChartText {
  const { happened } = eventWords(target, horizonDays);
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const worst = [...bins].sort((a, b) => Number(agrees(a)) - Number(agrees(b)) || gapOf(b) - gapOf(a))[0];
  const agreeing = bins.filter(agrees).length;
  const sayCalibration = () => {
    const answer = answerCalibration(bins);
    const groups = `${formatCount(agreeing)} of ${plural(bins.length, 'group')} ${agreeing === 1 ? 'agrees' : 'agree'} within chance`;
    const where = `where we said ${formatShare(worst!.predicted)}, ${formatShare(worst!.observed)} ${happened}`;
    return answer === 'Yes'
      ? `Yes: ${groups}; furthest off ${where}.`
      : `${answer}: off by ${formatPoints(ece)} on average, most ${where}; ${groups}.`;
  };
  const say = (bin: CalibrationBin) =>
    `said ${formatShare(bin.predicted)}, happened ${formatShare(bin.observed)} (${formatShare(bin.low)}–${formatShare(bin.high)}), ${plural(bin.n, 'customer')}`;
  return {
    title: 'Can the likelihood be taken at its word?',
    unit: `across: what we said · up: what happened · ${plural(n, 'customer')}`,
    sentence: worst ? sayCalibration() : 'Too few customers were tested to tell.',
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
    how:
      'Tested customers in groups of similar likelihood; the bar is the 95% range chance alone allows. On the line means the number can be taken at its word. “Yes”: all but one in ten groups agree within chance; “roughly”: on average off by 10 points at most.' +
      ` On average it is off by ${formatPoints(ece)} (expected calibration error).` +
      (model?.calibration ? calibratedBy[model.calibration.kind] : ''),
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
    `${driver.label}: ${driver.weight > 0 ? 'likelier' : 'less likely'}, ${formatOdds(driver.weight)} for one step up`;
  return {
    drivers,
    text: {
      title: 'What drives it',
      unit: 'what one step up in the trait changes, the others held still',
      sentence: sentence
        ? `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
        : 'No single trait drives it.',
      table: {
        columns: heads('Trait', 'Weight', 'Multiplies the odds by'),
        rows: drivers.map((driver) => [driver.label, formatSigned(driver.weight), formatOdds(driver.weight)]),
      },
      how: 'One step is one standard deviation; the odds are multiplied by the number shown. Weights of a logistic regression on scaled traits. They say what goes together with the outcome, not what causes it; traits that move together share their weight.',
      readings: drivers.map(say),
    },
  };
}
