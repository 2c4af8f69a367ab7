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
  labels: Pick<DataCheck, 'labelCandidates' | 'oneSidedLabels' | 'usualLabel'>,
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

function tellOrders(collected: Collected, totals: DataCheck['totals']): Abilities {
  const { lines, attributes, subscriptions, from, to } = collected;
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
  const ended = subscriptions?.end?.filter((end) => !Number.isNaN(end)).length ?? 0;
  if (subscriptions && ended > 0)
    can.push(
      `Predict who will end a subscription: ${count(ended)} of ${plural(subscriptions.nRows, 'subscription')} ended so far.`,
    );
  const beside = countBeside(collected);
  if (beside) can.push(`Use what is known besides orders: ${beside}.`);
  const isGood = totals.customers >= 100 && days >= 30;
  return {
    verdict: isGood ? `Good enough for segments: ${size}.` : `Small, but readable: ${size}.`,
    can,
    cannot,
  };
}

function tellCustomers(
  collected: Collected,
  totals: DataCheck['totals'],
  { labelCandidates, oneSidedLabels = [], usualLabel }: Parameters<typeof tellAbilities>[4],
): Abilities {
  const { attributes } = collected;
  const beside = countBeside(collected);
  const people = plural(totals.customers, 'customer');
  const noOrders =
    'Say how recently, how often or for how much people buy: there are no dated orders, only one row per customer.';
  if (totals.customers === 0)
    return {
      verdict: `Read, but there is nobody to group: ${beside || 'no row'} of no customer known by an id or e-mail.`,
      can: [],
      cannot: [noOrders, 'Group customers: no file says who they are. Add an id or e-mail to the export.'],
    };
  const numbers = attributes.filter((attribute) => attribute.kind === 'number').length;
  const can: string[] = [];
  if (attributes.length > 0)
    can.push(`Group ${people} by ${plural(attributes.length, 'column')}, ${count(numbers)} of them numbers.`);
  if (beside) can.push(`Group ${people} by what is known of them besides orders: ${beside}.`);
  const cannot = [beside ? noOrders.replace(', only one row per customer', '') : noOrders];
  if (!beside)
    cannot.push('Predict what happens after a date, or test on later dates: nothing here is dated.');
  for (const { column, value } of oneSidedLabels)
    cannot.push(
      `Learn ${column}: everybody has “${value}” there. Add customers with another answer, such as those who left.`,
    );
  const example = labelCandidates.find(({ column }) => column === usualLabel?.column) ?? labelCandidates[0];
  if (example)
    can.push(`Learn a ready answer column such as ${example.column} and test it on customers held back.`);
  else if (oneSidedLabels.length === 0)
    cannot.push('Learn a ready answer column: none has exactly two values.');
  return { verdict: sayCustomers(people, attributes.length, beside), can, cannot };
}

function sayCustomers(people: string, nColumns: number, beside: string): string {
  const columns = plural(nColumns, 'usable column');
  if (beside) {
    const what = nColumns > 0 ? `${columns} and ${beside}` : beside;
    return `Good enough for segments without orders: ${people} with ${what}.`;
  }
  return `Good enough for segments from one row per customer: ${people}, ${columns}; no orders.`;
}

/** "1,200 events and 90 survey answers"; empty without any. */
function countBeside({ events, touches, surveys, subscriptions, deals }: Collected): string {
  const nAnswers = surveys?.reduce((n, { nRows }) => n + nRows, 0) ?? 0;
  const parts = (
    [
      [events?.nRows, 'event'],
      [touches?.nRows, 'touch', 'touches'],
      [subscriptions?.nRows, 'subscription'],
      [nAnswers, 'survey answer'],
      [deals?.nRows, 'deal'],
    ] as [number | undefined, string, string?][]
  ).flatMap(([n, one, many]) => (n ? [plural(n, one, many)] : []));
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
