import type { PurchaseHistory } from '../../2-features/purchase-history';
import type { Grade } from '../results/grade';
import type { ValueHoldOut, ValueResult } from '../results/value-result';
import { type Calibration, firstDayOf } from './calibration';
import type { Climbed } from './ladder';
import { rankCorrelation } from './rank-correlation';
import type { SpendFit } from './spend';

/** From here on the tie between how often and how much is too strong for models that take them apart. */
const strong = 0.3;
/** Foretold this much too many or too few: where it went wrong is said. */
const clearlyOff = 0.2;
const grades: Grade[] = ['solid', 'fair', 'shaky'];

const percent = (share: number) => `${Math.round(share * 100)}%`;
const dates = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
const sayDay = (day: number) => dates.format(day * 86_400_000);
const count = (n: number) => Math.round(n).toLocaleString('en-US');

/** Rank correlation of number and mean money of paid repeat purchases, over those who have some. */
export function dependenceOf({ n, mean }: SpendFit): ValueResult['dependence'] {
  const used = [...n.keys()].filter((c) => n[c]! > 0);
  if (used.length < 10) return null;
  const pick = (values: Float64Array) => Float64Array.from(used, (c) => values[c]!);
  const { correlation, p } = rankCorrelation(pick(n), pick(mean));
  const who = `of the ${count(used.length)} customers who came back and paid`;
  const much = Math.abs(correlation) >= strong ? 'clearly' : 'a little';
  const words =
    p >= 0.01 || Math.abs(correlation) < 0.1
      ? `How often the ${count(used.length)} customers who came back and paid buy says next to nothing about what they spend a time, as the value model takes it to be.`
      : `${who[0]!.toUpperCase()}${who.slice(1)}, those who buy more often spend ${much} ${correlation > 0 ? 'more' : 'less'} a time; ` +
        `the value model takes the two apart, so values of frequent ` +
        `buyers may be ${correlation > 0 ? 'low' : 'high'}.`;
  return { correlation, p, customers: used.length, words };
}

/** Where the test on later days went clearly wrong: in those who first bought about the same time, or all over. */
function whereOff({ predicted, actual, byFirstOrder = [] }: ValueHoldOut): string {
  const excess = predicted - actual;
  if (!(Math.abs(excess) > clearlyOff * actual)) return '';
  const worst = byFirstOrder.reduce<(typeof byFirstOrder)[number] | null>(
    (top, one) =>
      !top ||
      (one.predicted - one.actual) * Math.sign(excess) > (top.predicted - top.actual) * Math.sign(excess)
        ? one
        : top,
    null,
  );
  const restActual = actual - (worst?.actual ?? 0);
  const restOff = (predicted - (worst?.predicted ?? 0)) / restActual - 1;
  if (!worst || byFirstOrder.length < 2 || !(Math.abs(restOff) <= clearlyOff))
    return ' The pace of buying changed between the two times; the model takes it that it stays.';
  const why =
    excess > 0
      ? ' It looks as if many of them stopped at about the same time; the model takes it that people leave one by one.'
      : '';
  return (
    ` That is down to the ${count(worst.customers)} customers who first bought between ${sayDay(worst.from)} and ${sayDay(worst.to)} ` +
    `(${count(worst.predicted)} foretold, ${count(worst.actual)} came); the others were ${percent(Math.abs(restOff))} too ${restOff < 0 ? 'few' : 'many'}.${why}`
  );
}

/** The grade and why: how much there is to learn from, whether the model held, and how it did on later days. */
export function gradeValue(
  history: PurchaseHistory,
  now: Calibration,
  { name, ladder, isCollapsed }: Climbed,
  later: ValueHoldOut | null,
  dependence: ValueResult['dependence'],
  spend: SpendFit,
  horizonDays: number,
): { grade: Grade; reason: string } {
  const nRepeat = now.x.reduce((n, x) => n + Number(x > 0), 0);
  const days = now.lastDay - firstDayOf(history);
  const said: string[] = [];
  let worst = 0;
  const say = (rank: number, sentence: string) => {
    worst = Math.max(worst, rank);
    said.push(sentence);
  };
  const chosen = ladder.find(({ isChosen }) => isChosen);
  const isModel = name !== 'shrunkenAverage' && name !== 'mean';
  const failed = ladder.find(({ isChosen }) => !isChosen)?.why;
  const who = `${count(now.x.length)} customers, ${count(nRepeat)} of whom bought again`;
  if (isModel && !isCollapsed) say(0, `Learned from ${who}.`);
  else if (isModel)
    say(2, `Learned from ${who}; ${chosen?.why ?? ''}. Everybody counts as a customer still.`);
  else {
    const average = name === 'mean' ? 'the average of all customers' : 'the average of customers alike';
    say(2, `Taken from ${average}${failed ? `: the models of each customer do not hold (${failed})` : ''}.`);
  }
  if (isModel && nRepeat < 200) say(nRepeat < 100 ? 2 : 1, `Only ${nRepeat} customers bought again.`);
  if (later) {
    const off = later.actual > 0 ? later.predicted / later.actual - 1 : Infinity;
    const isOff = Number.isFinite(off) && Math.abs(off) >= 0.005;
    const how = isOff ? `, ${percent(Math.abs(off))} too ${off < 0 ? 'few' : 'many'}` : '';
    say(
      Math.abs(off) <= clearlyOff ? 0 : Math.abs(off) <= 0.3 ? 1 : 2,
      `Tested on the last ${later.days} days: ${count(later.predicted)} purchases foretold, ${count(later.actual)} came${how}.${whereOff(later)}`,
    );
  } else say(2, 'The history is too short to test on later days.');
  if (horizonDays > days)
    say(
      horizonDays > 3 * days ? 2 : 1,
      `${horizonDays} days ahead is longer than the ${days} days of history.`,
    );
  if (dependence && Math.abs(dependence.correlation) >= strong && dependence.p < 0.01)
    say(1, dependence.words);
  if (spend.model === 'none')
    say(2, 'No file says what was paid, so purchases are foretold and money is not.');
  else if (spend.model === 'shrunkenAverage')
    say(
      1,
      `Money a purchase is each customer’s own mean drawn to that of all: ${spend.fitted ? 'the usual law of what people spend does not hold here' : 'too few paid repeat purchases for more'}.`,
    );
  return { grade: grades[worst]!, reason: said.join(' ') };
}
