import type { FeatureUnit } from '../2-features/feature-table';
import type { Effects, PairGrid, TraitCurve } from '../3-models/results/effects';
import type { Prediction } from '../3-models/results/prediction';
import { heads, type ChartText } from './chart';
import { closed, eventWords, formatCount, formatFeature, formatShare, listOf, plural } from './words';

type Asked = Pick<Prediction, 'target' | 'horizonDays'>;

/** A trait's value in a sentence. */
export function sayValue(value: number, unit: FeatureUnit): string {
  if (unit === 'flag') return value === 0 ? 'no' : value === 1 ? 'yes' : formatShare(value);
  if (unit === 'days') return plural(Math.round(value), 'day');
  return formatFeature(value, unit);
}

/** How much of all the say each trait has, 0..1. */
export type SayBar = { label: string; share: number; low: number; high: number; isPersonal: boolean };

export function sayChart(
  { said, total }: Effects,
  { target, horizonDays }: Asked,
): { bars: SayBar[]; text: ChartText } {
  const { verb } = eventWords(target, horizonDays);
  const bars = said.map(({ label, isPersonal, value, low, high }) => ({
    label,
    isPersonal,
    share: value / total,
    low: low / total,
    high: Math.min(1, high / total),
  }));
  const between = (bar: SayBar) => `${formatShare(bar.low)}–${formatShare(bar.high)}`;
  const top = bars.slice(0, 3);
  const sum = top.reduce((all, { share }) => all + share, 0);
  const name = (bar: SayBar) => `${bar.label}${bar.isPersonal ? ' (about who somebody is)' : ''}`;
  return {
    bars,
    text: {
      title: 'Which traits have the most say',
      unit: 'share of all the say in the likelihood; the line is the 95% interval',
      sentence: top.length
        ? `${closed(listOf(top.map(name))).slice(0, -1)} ${top.length === 1 ? 'has' : 'have'} ${formatShare(sum)} of the say in who is likely to ${verb}.`
        : 'No trait has any say.',
      table: {
        columns: heads('Trait', 'Share of the say', 'From', 'To'),
        rows: bars.map((bar) => [
          name(bar),
          formatShare(bar.share),
          formatShare(bar.low),
          formatShare(bar.high),
        ]),
      },
      how: 'Say: how far a trait moves the log-odds from their middle, on average over 200 customers drawn (mean absolute contribution; for trees and networks, Shapley values). The interval is for the customers drawn. It tells what the likelihood goes by, not what causes the outcome; traits that move together share their say.',
      readings: bars.map((bar) => `${name(bar)}: ${formatShare(bar.share)} of the say (${between(bar)})`),
    },
  };
}

/** A difference in likelihood that nobody would act on; of a high one, a larger difference. */
const isUnnoticed = (least: number, most: number) => most - least < Math.max(0.01, 0.04 * most);

/** The ends of a curve and its turning point in a sentence: "Likelihood falls from 24% at 10 days to 6% at 90 days." */
export function sayCurve({ form, x, end, likelihood, unit, label }: TraitCurve): string {
  const last = likelihood.length - 1;
  const placeOf = (i: number) => sayValue(form === 'steps' && i === last ? end : x[i]!, unit);
  const at = (i: number) => `${formatShare(likelihood[i]!)} at ${placeOf(i)}`;
  const [most, least] = [Math.max(...likelihood), Math.min(...likelihood)];
  const [top, bottom] = [likelihood.indexOf(most), likelihood.indexOf(least)];
  if (isUnnoticed(least, most))
    return `Likelihood hardly changes with it: ${formatShare(least)} to ${formatShare(most)}.`;
  if (form === 'bars' && x.length === 2 && unit === 'flag')
    return `Likelihood is ${formatShare(likelihood[1]!)} with “${label}”, ${formatShare(likelihood[0]!)} without.`;
  if (form === 'bars') return `Likelihood is highest, ${at(top)}, and lowest, ${at(bottom)}.`;
  const [first, final] = [likelihood[0]!, likelihood[last]!];
  const isEnd = (value: number, end: number) => Math.abs(value - end) < 0.1 * (most - least);
  if (isEnd(most, first) && isEnd(least, final)) return `Likelihood falls from ${at(0)} to ${at(last)}.`;
  if (isEnd(least, first) && isEnd(most, final)) return `Likelihood rises from ${at(0)} to ${at(last)}.`;
  const turn = most - Math.max(first, final) > Math.min(first, final) - least ? top : bottom;
  const [go, goBack] = turn === top ? ['rises', 'falls'] : ['falls', 'rises'];
  return `Likelihood ${go} from ${at(0)} to ${at(turn)} and ${goBack} again to ${at(last)}.`;
}

export function curveChart(curve: TraitCurve, { target, horizonDays }: Asked): ChartText {
  const { label, unit, form, x, end, likelihood, low, high, missing, counts } = curve;
  const { verb } = eventWords(target, horizonDays);
  const nextOf = (i: number) => x[i + 1] ?? end;
  const place = (i: number) =>
    form === 'steps' ? `${sayValue(x[i]!, unit)} to ${sayValue(nextOf(i), unit)}` : sayValue(x[i]!, unit);
  const hasBand = low !== null && high !== null;
  const between = (i: number) => (hasBand ? [formatShare(low[i]!), formatShare(high[i]!)] : []);
  const unknown = missing
    ? ` Where it is not known (${plural(missing.n, 'customer')}): ${formatShare(missing.likelihood)}.`
    : '';
  const n = counts.reduce((sum, count) => sum + count, 0);
  return {
    title: label.charAt(0).toUpperCase() + label.slice(1),
    unit: `up: likelihood to ${verb} · below: ${form === 'bars' ? 'how many of' : 'where'} the ${plural(n, 'customer')} ${n === 1 ? 'is' : 'are'}${hasBand ? ' · shaded: 95% interval' : ''}`,
    sentence: `${sayCurve(curve)}${unknown}`,
    table: {
      columns: heads(
        label,
        'Likelihood',
        ...(hasBand ? ['From', 'To'] : []),
        ...(form === 'bars' ? ['Customers'] : []),
      ),
      rows: likelihood.map((value, i) => [
        place(i),
        formatShare(value),
        ...between(i),
        ...(form === 'bars' ? [formatCount(counts[i]!)] : []),
      ]),
    },
    how: `The average likelihood of these customers if everybody had this value and kept everything else (partial dependence). ${hasBand ? 'The band holds 95% of what refits on redrawn customers give. ' : ''}It ends where only 1 customer in 100 lies further out. What goes together, not what causes it.`,
    readings: likelihood.map((value, i) => {
      const band = hasBand ? ` (${between(i).join('–')})` : '';
      const who = form === 'bars' ? `, ${plural(counts[i]!, 'customer')}` : '';
      return `${label} ${place(i)}: ${formatShare(value)}${band}${who}`;
    }),
  };
}

/** Two traits at once as a table of likelihoods, with the shade of each cell, 0..1. */
export function pairTable({ first, second, likelihood }: PairGrid) {
  const width = second.at.length;
  const [most, least] = [Math.max(...likelihood), Math.min(...likelihood)];
  const placeOf = (i: number) =>
    `${first.label} ${sayValue(first.at[Math.floor(i / width)]!, first.unit)} with ${second.label} ${sayValue(second.at[i % width]!, second.unit)}`;
  return {
    title: `${first.label} together with ${second.label}`,
    sentence: `Highest, ${formatShare(most)}: ${placeOf(likelihood.indexOf(most))}. Lowest, ${formatShare(least)}: ${placeOf(likelihood.indexOf(least))}.`,
    heads: second.at.map((value) => sayValue(value, second.unit)),
    rows: first.at.map((value, row) => ({
      name: sayValue(value, first.unit),
      cells: Array.from(second.at, (_, column) => {
        const value = likelihood[row * width + column]!;
        return { says: formatShare(value), shade: most > least ? (value - least) / (most - least) : 0 };
      }),
    })),
  };
}
