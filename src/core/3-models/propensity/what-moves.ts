import type { FeatureTable } from '../../2-features/feature-table';
import { likelihoodAt, rankRowsBy, scoreRows } from './fitted-rung';
import { applyChanges, listLevers, type Change, type Person, type Range } from './levers';
import type { Rows } from './rung';
import { rungOf, type FittedRung } from './rungs';
import { findSmallestChange } from './smallest-change';

export type Direction = 'likelier' | 'less likely';

/** What would move a customer: the changes, the goal, and the likelihoods before and, scored again, after them. */
export type Move = {
  changes: Change[];
  isReached: boolean;
  goal: number;
  before: number;
  after: number;
};

/** Less than this is not moved. */
const leastMoved = 0.005;

export const personAt = ({ features }: FeatureTable, row: number): Person =>
  new Map(features.map(({ definition, values }) => [definition.name, values[row]!]));

export const rowsOfPeople = (people: readonly Person[]): Rows => ({
  nRows: people.length,
  column: (name) => Float64Array.from(people, (person) => person.get(name) ?? NaN),
});

/** The features a model looks at. */
export function featuresOf({ rung, model }: FittedRung): string[] {
  const none = { nRows: 0, column: () => new Float64Array() };
  return rungOf(rung)
    .contributions(model, none)
    .features.map(({ feature }) => feature);
}

/** The usual share where the customer is on the wrong side of it, else half the odds, or twice. */
export function goalFor(likelihood: number, baseRate: number, direction: Direction): number {
  const isLess = direction === 'less likely';
  if (isLess ? likelihood > 1.2 * baseRate : likelihood < 0.8 * baseRate) return baseRate;
  const odds = (likelihood / (1 - likelihood)) * (isLess ? 0.5 : 2);
  return odds / (1 + odds);
}

/**
 * The smallest change, over what a company can influence and within what is seen among customers, that brings a
 * person's likelihood to `goal`; `changes` is empty where nothing in reach moves it.
 */
export function findMove(
  fitted: FittedRung,
  table: FeatureTable,
  ranges: Map<string, Range>,
  person: Person,
  { goal, direction }: { goal: number; direction: Direction },
): Move {
  const rank = (people: Person[]) => rankRowsBy(fitted, rowsOfPeople(people));
  const score = (people: Person[]) => scoreRows(fitted, rowsOfPeople(people));
  const before = score([person])[0]!;
  const sign = direction === 'less likely' ? 1 : -1;
  const definitions = table.features.map(({ definition }) => definition);
  const levers = listLevers(person, ranges, definitions, new Set(featuresOf(fitted)));
  const start = rank([person])[0]!;
  const found = findSmallestChange(person, levers, (people) => {
    const logOdds = rank(people);
    // Where calibration is flat the score still says who is nearer.
    return likelihoodAt(fitted, logOdds).map((value, i) => {
      const gap = sign * (value - goal);
      return gap <= 0 ? 0 : gap + 1e-3 * (1 + Math.tanh((sign * (logOdds[i]! - start)) / 4));
    });
  });
  const changes = found?.changes ?? [];
  const after = changes.length > 0 ? score([applyChanges(person, changes)])[0]! : before;
  const isMoved = sign * (before - after) >= leastMoved;
  if (!isMoved) return { changes: [], isReached: false, goal, before, after: before };
  return { changes, isReached: found!.isReached, goal, before, after };
}
