import type { Collected, DataCheck, Issue, Question } from './collected';
import { count, plural } from './wording';

const DAY_MS = 86_400_000;

type Abilities = Pick<DataCheck, 'verdict' | 'can' | 'cannot'>;

/** What this data is good for, and what it cannot answer and why, in sentences. */
export function tellAbilities(
  collected: Collected,
  totals: DataCheck['totals'],
  issues: Issue[],
  questions: Question[],
  labels: DataCheck['labelCandidates'],
): Abilities {
  const blocking = issues.find((issue) => issue.severity === 'blocking');
  if (blocking)
    return {
      verdict: blocking.brief ?? `Not ready yet. ${blocking.sentence}`,
      can: [],
      cannot: ['Nothing can be worked out until this is settled.'],
    };
  const question = questions[0];
  if (question)
    return {
      verdict: `${plural(questions.length, 'question')} for you first. ${question.sentence}`,
      can: [],
      cannot: ['Nothing can be worked out until this is settled.'],
    };
  return collected.lines ? tellOrders(collected, totals) : tellCustomers(collected, totals, labels);
}

const months = (from: number, to: number): string => {
  const days = Math.floor(to / DAY_MS) - Math.floor(from / DAY_MS) + 1;
  return days < 60 ? plural(days, 'day') : plural(Math.round(days / 30.44), 'month');
};

function tellOrders({ lines, attributes, from, to }: Collected, totals: DataCheck['totals']): Abilities {
  const length = months(from, to);
  const size = `${plural(totals.customers, 'customer')} with ${plural(totals.orders, 'order')} over ${length}`;
  const days = (to - from) / DAY_MS;
  const isOneDay = totals.from === totals.to;
  const can = [
    `Group ${plural(totals.customers, 'customer')} by ${isOneDay ? '' : 'how recently, '}how often and for how much they buy.`,
  ];
  const cannot: string[] = [];
  if (isOneDay)
    cannot.push(`Say who bought recently or stays away: all orders are from the same day, ${totals.from}.`);
  if (days >= 180)
    can.push(`Predict who will buy again or stop, and test it on later dates: the orders span ${length}.`);
  else
    cannot.push(
      `Predict who will buy again over 90 days: the orders span ${length}, and testing on later dates needs about six months.`,
    );
  if (lines?.product)
    can.push(`Tell how widely customers choose among ${plural(lines.nProducts, 'product')}.`);
  else cannot.push('Say what customers buy: there is no product column.');
  if (lines?.discount) can.push('Tell who buys at a discount.');
  if (attributes.length > 0)
    can.push(`Describe groups by ${plural(attributes.length, 'column')} of the customer table.`);
  const isGood = totals.customers >= 100 && days >= 30;
  return {
    verdict: isGood ? `Good enough for segments: ${size}.` : `Small, but readable: ${size}.`,
    can,
    cannot,
  };
}

function tellCustomers(
  { attributes }: Collected,
  totals: DataCheck['totals'],
  labels: DataCheck['labelCandidates'],
): Abilities {
  const numbers = attributes.filter((attribute) => attribute.kind === 'number').length;
  const can = [
    `Group ${plural(totals.customers, 'customer')} by ${plural(attributes.length, 'column')}, ${count(numbers)} of them numbers.`,
  ];
  const cannot = [
    'Say how recently, how often or for how much people buy: there are no dated orders, only one row per customer.',
    'Predict what happens after a date, or test on later dates: nothing here is dated.',
  ];
  if (labels.length > 0)
    can.push(`Learn a ready answer column such as ${labels[0]!.column} and test it on customers held back.`);
  else cannot.push('Learn a ready answer column: none has exactly two values.');
  const verdict = `Good enough for segments from one row per customer: ${plural(totals.customers, 'customer')}, ${plural(attributes.length, 'usable column')}; no orders.`;
  return { verdict, can, cannot };
}
