import type { FeatureTable, FeatureUnit } from '../src/core/2-features/feature-table';
import { isActionable } from '../src/core/2-features/actionable';
import { AppError } from '../src/core/kit/errors';
import { medianOf } from '../src/core/kit/quantiles';
import { averageCustomer, explain, type Explanation } from '../src/core/3-models/propensity/explain';
import { columnOf } from '../src/core/3-models/propensity/design-matrix';
import { scoreRows } from '../src/core/3-models/propensity/fitted-rung';
import { measureRanges, type Person } from '../src/core/3-models/propensity/levers';
import type { FittedRung } from '../src/core/3-models/propensity/rungs';
import {
  featuresOf,
  findMove,
  goalFor,
  personAt,
  rowsOfPeople,
  type Direction,
  type Move,
} from '../src/core/3-models/propensity/what-moves';
import {
  findMiddles,
  findSegmentMove,
  nearestSegments,
  type SegmentMove,
} from '../src/core/3-models/propensity/what-moves-segment';
import type { Segmentation } from '../src/core/3-models/results/segmentation';

/** Who is looked at: one customer, or the middle customer of a segment. */
export type Subject = { customer: number } | { segment: number };

/** A trait that can be tried at another value, within what is seen among customers. */
export type Slider = {
  feature: string;
  label: string;
  unit: FeatureUnit;
  isPersonal: boolean;
  isActionable: boolean;
  value: number;
  low: number;
  high: number;
  isWhole: boolean;
};

export type Looked = {
  explanation: Explanation;
  sliders: Slider[];
  move: Move;
  /** The nearest segment; null where segments are not told apart by their middles. */
  segment: number | null;
};

/** What a try comes to: the likelihood, and the nearest segment where that can be told. */
export type Tried = { likelihood: number; segment: number | null };

const mostSliders = 8;

export type WhatIfParams = { seed: number; baseRate: number };
export type KnownSegments = Pick<Segmentation, 'customers' | 'labels' | 'transform' | 'segments'>;

/** Answers about single customers from a model and the rows it scores, kept for as long as they are looked at. */
export function createWhatIfDesk(
  fitted: FittedRung,
  table: FeatureTable,
  segments: KnownSegments | null,
  { seed, baseRate }: WhatIfParams,
) {
  const missing = featuresOf(fitted).filter((name) => !columnOf(table.features, name));
  if (missing.length > 0) throw new AppError('TraitsChanged', missing);
  const average = averageCustomer(fitted, table, seed);
  const ranges = measureRanges(table, seed);
  const middles = segments && findMiddles(table, segments);
  const rowOf = new Map(Array.from(table.customers, (customer, row) => [customer, row]));
  let held: { key: string; person: Person } | null = null;

  const find = (subject: Subject): Person => {
    const key = JSON.stringify(subject);
    if (held?.key !== key) {
      const person = 'customer' in subject ? oneOf(subject.customer) : middleOf(subject.segment);
      held = { key, person };
    }
    return held.person;
  };
  const oneOf = (customer: number): Person => {
    const row = rowOf.get(customer);
    if (row === undefined) throw new AppError('NotScored');
    return personAt(table, row);
  };
  const middleOf = (segment: number): Person => {
    const rows = segments!.customers.filter((c, i) => segments!.labels[i] === segment && rowOf.has(c));
    if (rows.length === 0) throw new AppError('NotScored');
    return new Map(
      table.features.map(({ definition, values }) => {
        const own = Float64Array.from(rows, (customer) => values[rowOf.get(customer)!]!);
        return [definition.name, medianOf(own.filter(Number.isFinite))];
      }),
    );
  };

  const nearest = (person: Person) => (middles ? nearestSegments(middles, person)[0]!.segment : null);

  const listSliders = (person: Person, { parts }: Explanation): Slider[] =>
    parts
      .map(({ feature, label, unit, isPersonal }) => {
        const { low, high, sorted } = ranges.get(feature)!;
        const isWhole = sorted.every(Number.isInteger);
        const value = person.get(feature)!;
        const own = isActionable({ name: feature });
        return { feature, label, unit, isPersonal, isActionable: own, value, low, high, isWhole };
      })
      .filter(({ low, high, value }) => high > low && Number.isFinite(value))
      .sort((a, b) => Number(b.isActionable) - Number(a.isActionable))
      .slice(0, mostSliders);

  return {
    look(subject: Subject, direction: Direction): Looked {
      const person = find(subject);
      const explanation = explain(fitted, rowsOfPeople([person]), average);
      const goal = goalFor(explanation.likelihood, baseRate, direction);
      return {
        explanation,
        sliders: listSliders(person, explanation),
        move: findMove(fitted, table, ranges, person, { goal, direction }),
        segment: nearest(person),
      };
    },
    /** The person with some traits at other values. */
    tryOut(subject: Subject, values: [feature: string, value: number][]): Tried {
      const person = new Map([...find(subject), ...values]);
      return { likelihood: scoreRows(fitted, rowsOfPeople([person]))[0]!, segment: nearest(person) };
    },
    /** Null where segments are not told apart by their middles. */
    moveTo(subject: Subject, segment: number): SegmentMove | null {
      return middles && findSegmentMove(middles, table, ranges, find(subject), segment);
    },
  };
}
