import { medianOf } from '../../kit/quantiles';
import type { FeatureDefinition } from '../feature-table';

/** One feature: what it says, what it needs, and one finite value a customer, from what was known as of a date. */
export type Measure<Known> = {
  definition: FeatureDefinition;
  /** Absent = always. May look only at which columns there are and at rows of the time up to the date. */
  isAvailable?(known: Known): boolean;
  compute(known: Known): Float64Array;
};

/** The middle of the values that are known; 0 when none is. */
export const typicalOf = (values: Float64Array): number =>
  medianOf(values.filter((value) => !Number.isNaN(value))) || 0;

/** Where there is no value (NaN), the typical one. */
export const orTypical = (values: Float64Array): Float64Array => {
  const typical = typicalOf(values);
  return values.map((value) => (Number.isNaN(value) ? typical : value));
};

/** Where there is no value (NaN), the largest one: never counts as longest ago. */
export const orLongest = (values: Float64Array): Float64Array => {
  const longest = values.reduce((most, value) => (value > most ? value : most), 0);
  return values.map((value) => (Number.isNaN(value) ? longest : value));
};

/** 1 where there is no value (NaN), else 0. */
export const flagMissing = (values: Float64Array): Float64Array =>
  values.map((value) => (Number.isNaN(value) ? 1 : 0));

/** A pass that several measures share: done once for each thing it is made from. */
export function shared<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
  const made = new WeakMap<From, Made>();
  return (from) => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };
}
