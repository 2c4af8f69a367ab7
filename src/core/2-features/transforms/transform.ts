import type { Coded } from '../../1-collect/canonical';

/** A change of a column of numbers, learnt from training rows only. Missing values (NaN) are not learnt from and stay. */
export type NumberTransform<Params, Model> = {
  name: string;
  defaults: Params;
  fit(values: Float64Array, params: Params): Model;
  transform(model: Model, values: Float64Array): Float64Array;
};

/** Columns of numbers from a column of texts; models go by the texts, so that other rows may number them otherwise. */
export type LevelTransform<Params, Model> = {
  name: string;
  defaults: Params;
  fit(coded: Coded, params: Params): Model;
  transform(model: Model, coded: Coded): Float64Array[];
};

export const sortedKnown = (values: Float64Array): Float64Array =>
  values.filter((value) => !Number.isNaN(value)).sort();
