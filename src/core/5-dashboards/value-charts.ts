import { quantileSorted } from '../kit/quantiles';
import type { ValueHoldOut, ValueModel, ValueResult } from '../3-models/results/value-result';
import { heads, type ChartText } from './chart';
import {
  formatAbout,
  formatCount,
  formatDay,
  formatDecimal,
  formatMoney,
  formatShare,
  nothing,
  plural,
} from './words';

const dayMs = 86_400_000;
/** A day counted from 1970, in the reader's own way of writing. */
export const sayDay = (day: number): string => formatDay(day * dayMs);

/** "the next 12 months" of 365 days, "the next 90 days" of what are not whole half-years. */
export const sayAhead = (days: number): string =>
  days % 365 === 0 || days === 182 || days === 183
    ? `the next ${Math.round(days / 30.4)} months`
    : `the next ${plural(days, 'day')}`;

/** What a customer is worth: money where files tell it, else orders to come. */
export const worthOf = (value: ValueResult): Float64Array =>
  value.hasMoney ? value.lifetimeValue : value.expectedPurchases;

export const formatWorth = (value: ValueResult, worth: number): string =>
  value.hasMoney ? formatMoney(worth) : formatDecimal(worth);

const sortedWorth = (value: ValueResult) => worthOf(value).slice().sort();

/** The least that one of the most valuable `share` of customers is worth. */
export const worthOfTop = (value: ValueResult, share: number): number =>
  quantileSorted(sortedWorth(value), 1 - share);

/** What all are worth together and how sure that is, and how unlike they are. */
export function valueAnswer(value: ValueResult): string {
  const { totals, horizonDays, hasMoney, blocked, customers } = value;
  if (blocked !== null) return `Cannot tell: ${blocked}.`;
  const ahead = sayAhead(horizonDays);
  const sorted = sortedWorth(value);
  const [middle, top] = [0.5, 0.95].map((share) => formatWorth(value, quantileSorted(sorted, share)));
  const who =
    customers.length === 1 ? 'The one customer' : `All ${formatCount(customers.length)} customers together`;
  if (!hasMoney)
    return `${who} will order about ${formatAbout(totals.purchases)} times in ${ahead}; half of customers: under ${middle} orders, the top 5%: over ${top}.`;
  const is = customers.length === 1 ? 'is' : 'are';
  return `${who} ${is} worth about ${formatAbout(totals.expected)} in ${ahead} (95 of 100: ${formatAbout(totals.low)}–${formatAbout(totals.high)}); half of customers: ${middle === '0' ? 'next to nothing' : `under ${middle}`}, the top 5%: over ${top}.`;
}

const modelWords: Record<ValueModel, { name: string; known: string }> = {
  betaGeometric: {
    name: 'Each buys at a pace of their own and may leave after any order but the first',
    known: 'BG/NBD',
  },
  modifiedBetaGeometric: {
    name: 'Each buys at a pace of their own and may leave after any order',
    known: 'MBG/NBD',
  },
  paretoNbd: { name: 'Each buys at a pace of their own and may leave at any time', known: 'Pareto/NBD' },
  shrunkenAverage: { name: 'What customers alike did later', known: 'averages drawn to the mean of all' },
  mean: { name: 'The average of all customers', known: 'one mean' },
  none: { name: 'Nothing', known: 'no model' },
};

/** The name a model goes by among statisticians: for "How" only. */
export const knownAs = (model: ValueModel): string => modelWords[model].known;

export type ValueRungRow = { name: string; known: string; why: string; fit: string; isChosen: boolean };

/** What was tried, in plain words; `fit` is the log-likelihood. */
export const valueRungRows = ({ ladder }: ValueResult): ValueRungRow[] =>
  ladder.map(({ model, why, logLikelihood, isChosen }) => ({
    ...modelWords[model],
    why,
    fit: logLikelihood === null ? nothing : formatDecimal(logLikelihood),
    isChosen,
  }));

export type WorthDot = { worth: number; column: number; level: number };
export type WorthDots = {
  dots: WorthDot[];
  /** Ends of the logarithmic axis. */
  from: number;
  to: number;
  nColumns: number;
  middle: number;
  top: number;
  text: ChartText;
};

const nDots = 50;
const nColumns = 28;

/** Fifty dots, each two of 100 customers, on a logarithmic axis; who is worth next to nothing lies at its left end. */
export function worthDots(value: ValueResult): WorthDots {
  const sorted = sortedWorth(value);
  const to = Math.max(quantileSorted(sorted, 0.995), 1e-6) * 1.05;
  const from = Math.max(quantileSorted(sorted, 0.01), to / 3000);
  const heights = new Array<number>(nColumns).fill(0);
  const dots = Array.from({ length: nDots }, (_, k) => {
    const worth = quantileSorted(sorted, (k + 0.5) / nDots);
    const place = Math.log(Math.max(worth, from) / from) / Math.log(to / from);
    const column = Math.min(nColumns - 1, Math.max(0, Math.floor(place * nColumns)));
    return { worth, column, level: heights[column]!++ };
  });
  const [middle, top] = [quantileSorted(sorted, 0.5), quantileSorted(sorted, 0.95)];
  return { dots, from, to, nColumns, middle, top, text: worthText(value, dots, middle, top) };
}

function worthText(value: ValueResult, dots: WorthDot[], middle: number, top: number): ChartText {
  const say = (worth: number) => formatWorth(value, worth);
  const n = value.customers.length;
  const parts = value.hasMoney ? value.distribution : [];
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const best = parts.at(-1);
  const share =
    best && total > 0
      ? `; the most valuable tenth holds ${formatShare(best.value / total)} of all value`
      : '';
  return {
    title: value.hasMoney ? 'How customer value is spread' : 'How orders to come are spread',
    unit: `each dot: 2 of 100 customers · across: ${value.hasMoney ? 'value' : 'orders'} in ${sayAhead(value.horizonDays)}, each step the same number of times more`,
    sentence: `Half of ${formatCount(n)} customers: ${say(middle) === '0' ? 'next to nothing' : `under ${say(middle)}`}. Top 5%: over ${say(top)}${share}.`,
    table: parts.length
      ? {
          columns: heads('Tenth of customers', 'From', 'To', 'Customers', 'Value', 'Share of value'),
          rows: parts.map((part, i) => [
            `${i + 1}${i === parts.length - 1 ? ' (most valuable)' : ''}`,
            formatMoney(part.from),
            formatMoney(part.to),
            formatCount(part.customers),
            formatMoney(part.value),
            formatShare(total > 0 ? part.value / total : NaN),
          ]),
        }
      : {
          columns: heads('Of 100 customers, this many are below', 'Orders'),
          rows: dots.filter((_, k) => k % 5 === 2).map(({ worth }, i) => [`${10 * i + 5}`, say(worth)]),
        },
    how: 'Customers are lined up by what they are expected to be worth; each dot stands at the value of every fiftieth. The axis is logarithmic. Value is expected orders times expected money an order, times the margin, less the yearly discount.',
    readings: dots.map(({ worth }, k) => `${2 * k + 1} of 100 customers are worth less than ${say(worth)}`),
  };
}

const offWords = (predicted: number, actual: number) => {
  if (!(actual > 0)) return 'nothing came';
  const off = predicted / actual - 1;
  return Math.abs(off) < 0.005 ? 'spot on' : `${formatShare(Math.abs(off))} too ${off < 0 ? 'few' : 'many'}`;
};

/** Orders foretold and come, each, by how often customers had come back before. */
export function foretoldChart({
  byFrequency,
  predicted,
  actual,
  calibratedTo,
  days,
  customers,
}: ValueHoldOut): ChartText {
  const last = byFrequency.at(-1);
  const name = (x: number) => (x === last?.x && x > 1 ? `${x} or more` : `${x}`);
  const worst = [...byFrequency].sort(
    (a, b) =>
      b.customers * Math.abs(b.predictedMean - b.actualMean) -
      a.customers * Math.abs(a.predictedMean - a.actualMean),
  )[0];
  const where = worst
    ? ` Furthest off: those who had come back ${name(worst.x)} ${worst.x === 1 && worst !== last ? 'time' : 'times'}, ${formatDecimal(worst.predictedMean)} orders each foretold, ${formatDecimal(worst.actualMean)} came.`
    : '';
  return {
    title: 'Foretold and what came',
    unit: `across: times a customer had come back by ${sayDay(calibratedTo)} · up: orders each in the ${formatCount(days)} days after`,
    sentence: `Learned up to ${sayDay(calibratedTo)}, then held against the ${formatCount(days)} days after: ${formatCount(Math.round(predicted))} orders of ${plural(customers, 'customer')} foretold, ${formatCount(actual)} came (${offWords(predicted, actual)}).${where}`,
    table: {
      columns: heads('Had come back', 'Customers', 'Foretold, each', 'Came, each'),
      rows: byFrequency.map((row) => [
        `${name(row.x)} times`,
        formatCount(row.customers),
        formatDecimal(row.predictedMean),
        formatDecimal(row.actualMean),
      ]),
    },
    how: 'The same model is fitted on the first part of the time alone and says what each customer will order in the rest; rings are what it said, dots are what came.',
    readings: byFrequency.map(
      (row) =>
        `had come back ${name(row.x)} times: ${formatDecimal(row.predictedMean)} foretold, ${formatDecimal(row.actualMean)} came, ${plural(row.customers, 'customer')}`,
    ),
  };
}

/** Repeat orders added up over time, come and expected; null where the model has no course over time. */
export function trackingChart({ tracking, calibratedTo }: ValueHoldOut): ChartText | null {
  if (tracking.some(({ expected }) => expected === null)) return null;
  const at = tracking.at(-1);
  if (!at) return null;
  const count = (n: number | null) => formatCount(Math.round(n ?? NaN));
  return {
    title: 'Repeat orders over time',
    unit: `repeat orders since the first day, added up · line: came · dashes: expected · learned up to the mark, ${sayDay(calibratedTo)}`,
    sentence: `By ${sayDay(at.at)} the model expected ${count(at.expected)} repeat orders in all; ${count(at.actual)} came (${offWords(at.expected ?? NaN, at.actual)}).`,
    table: {
      columns: heads('By', 'Came', 'Expected', 'Known to the model'),
      rows: tracking.map((point) => [
        sayDay(point.at),
        count(point.actual),
        count(point.expected),
        point.at <= calibratedTo ? 'yes' : 'no',
      ]),
    },
    how: 'Of customers who had ordered by the mark. Left of it the model had seen the orders, right of it not; where the two lines part there, buying changed in a way that the past did not show.',
    readings: tracking.map(
      (point) => `${sayDay(point.at)}: ${count(point.actual)} came, ${count(point.expected)} expected`,
    ),
  };
}
