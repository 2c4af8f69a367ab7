import type { Explanation, ReasonPart } from '../3-models/propensity/explain';
import type { Direction, Move } from '../3-models/propensity/what-moves';
import type { SegmentMove } from '../3-models/propensity/what-moves-segment';
import type { Prediction } from '../3-models/results/prediction';
import type { Segmentation } from '../3-models/results/segmentation';
import { sayChange, sayReasons, sayTimes, sayTrait } from '../4-decisions/say-reasons';
import { heads, type ChartText } from './chart';
import { closed, eventWords, formatShare, listOf, plural } from './words';

type Asked = Pick<Prediction, 'target' | 'horizonDays' | 'baseRate'>;

/** What stands behind a likelihood: "likely to leave within 90 days. Usually 31.0% of customers do." */
export function likelySentence(asked: Asked): string {
  const { verb } = eventWords(asked.target, asked.horizonDays);
  const when = asked.target.kind === 'column' ? '' : ` within ${asked.horizonDays} days`;
  return `likely to ${verb}${when}. Usually ${formatShare(asked.baseRate)} of customers do.`;
}

/** Which segment a customer is in, how surely, and which comes next; null where they are in none. */
export function placeSentence(
  { customers, labels, memberships }: Segmentation,
  customer: number,
  nameOf: (segment: number) => string | null,
): string | null {
  const row = customers.indexOf(customer);
  const own = row < 0 ? null : nameOf(labels[row]!);
  if (own === null) return null;
  const sure = memberships && row >= 0 ? ` (${formatShare(memberships.probability[row]!)} sure)` : '';
  const second = memberships && nameOf(memberships.second[row]!);
  if (second && memberships.secondProbability[row]! > memberships.probability[row]!)
    return `In the segment ${own}, whose middle is nearest; by how far each segment reaches, rather like ${second} (${formatShare(memberships.secondProbability[row]!)} sure).`;
  const next = second
    ? `; second-closest: ${second} (${formatShare(memberships.secondProbability[row]!)})`
    : '';
  return `In the segment ${own}${sure}${next}.`;
}

export type ReasonBar = { name: string; part: number; times: string; isPersonal: boolean };

const mostBars = 8;

/** Why one customer has their likelihood: the strongest parts, and all others together. */
export function reasonsChart(
  { parts, likelihood, averageLikelihood }: Explanation,
  who: string,
  asked: Asked,
): { bars: ReasonBar[]; text: ChartText } {
  const shown = parts.filter(({ part }) => part !== 0).slice(0, mostBars);
  const rest = parts.filter((one) => !shown.includes(one) && one.part !== 0);
  const others = rest.reduce((sum, { part }) => sum + part, 0);
  const bars = shown.map((one) => ({
    name: closed(nameOf(one)).slice(0, -1),
    part: one.part,
    times: sayTimes(one.part),
    isPersonal: one.isPersonal,
  }));
  if (rest.length > 0)
    bars.push({
      name: `${plural(rest.length, 'other trait')} together`,
      part: others,
      times: sayTimes(others),
      isPersonal: false,
    });
  const { verb } = eventWords(asked.target, asked.horizonDays);
  const told = sayReasons(shown, asked.target);
  const total = parts.reduce((sum, { part }) => sum + part, 0);
  return {
    bars,
    text: {
      title: `Why ${formatShare(likelihood)}`,
      unit: `each against the average of all customers’ scores, which stands for ${formatShare(averageLikelihood)} likely to ${verb}`,
      sentence: told
        ? `${closed(told)}`
        : `Nothing known of ${who} sets them apart from the average customer.`,
      table: {
        columns: heads('Trait', 'Their value', 'Middle customer', 'Odds'),
        rows: [
          ...shown.map((one) => [
            one.isPersonal ? `${one.label} (who they are)` : one.label,
            sayTrait(one, one.value),
            sayTrait(one, one.typical),
            sayTimes(one.part),
          ]),
          ...(rest.length > 0
            ? [[`${plural(rest.length, 'other trait')} together`, '', '', sayTimes(others)]]
            : []),
          ['All together', '', '', sayTimes(total)],
        ],
      },
      how: 'Each bar is what one trait adds to the score (log-odds), less what it adds for the average customer. The bars and the average customer’s score add up to this customer’s score exactly. The score is then turned into a likelihood on customers it was not learnt from, which keeps the order. “×2” means the odds double. They say what goes together with the outcome, not what causes it.',
      readings: bars.map(
        ({ name, part, times }) => `${name}: ${part > 0 ? 'likelier' : 'less likely'}, ${times}`,
      ),
    },
  };
}

const nameOf = (one: ReasonPart) => `${sayTrait(one, one.value)}${one.isPersonal ? ' (who they are)' : ''}`;

export type TraitNames = { feature: string; label: string; unit: ReasonPart['unit'] }[];

/** Each change as a line; what goes along with it is said in brackets. */
export function changeLines(changes: Move['changes'], names: TraitNames): string[] {
  const of = (feature: string) =>
    names.find((one) => one.feature === feature) ?? { feature, label: feature, unit: 'number' as const };
  return changes.map((change) => closed(sayChange({ ...of(change.feature), ...change })).slice(0, -1));
}

/** What would move a customer, in a sentence; a designed answer where nothing does. */
export function moveSentence(move: Move, direction: Direction, asked: Asked): string {
  const { verb } = eventWords(asked.target, asked.horizonDays);
  if (move.changes.length === 0)
    return `Nothing within reach makes it ${direction}. What a company can influence, such as the next order, discounts or messages, hardly moves this customer’s likelihood to ${verb}.`;
  const way = `from ${formatShare(move.before)} to ${formatShare(move.after)}`;
  return move.isReached
    ? `The smallest change that would do it takes the likelihood ${way}.`
    : `Not all the way: the most that is within reach takes the likelihood ${way}; the aim was ${formatShare(move.goal)}.`;
}

/** What would bring a customer into another segment. */
export function segmentMoveSentence(move: SegmentMove | null, to: string, names: TraitNames): string {
  if (!move)
    return 'Cannot tell: these segments are not told apart by how near a customer is to their middle.';
  if (move.from === move.after && move.isReached) return `They are nearest to ${to} already.`;
  if (!move.isReached)
    return `Nothing within reach brings them into ${to}. Segments also rest on what customers did over years, which nobody can change.`;
  const lines = changeLines(move.changes, names);
  return `Nearest to ${to} after this: ${listOf(lines.map((line) => line.charAt(0).toLowerCase() + line.slice(1)))}.`;
}
