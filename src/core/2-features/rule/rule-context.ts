import type { Collected, CustomerAttribute } from '../../1-collect/collected';
import { refusedModels } from '../../1-collect/consents';
import type { FeatureDefinition, FeatureTable } from '../feature-table';
import { computeFormulas, describeFormula } from '../formula/compute-formulas';
import type { FormulaDefinition } from '../formula/define-formula';
import { dayAfter } from '../history';
import { offersOf, standAt } from '../offers';
import { type Behaviour, createBehaviour } from './doings';
import { attributesOfFlags, noNames, type RuleNames } from './rule-names';

/** Scores 1..5 and the lifecycle name's index in `names` of each row; 0 and 255 where there is none. */
export type RuleScores = {
  recency: Uint8Array;
  frequency: Uint8Array;
  spend: Uint8Array;
  lifecycle: Uint8Array;
  names: readonly string[];
};

/** What rules are asked of: one row a customer, as of one date. Columns and behaviour are made when first asked for. */
export type RuleContext = {
  asOf: number | null;
  customers: Int32Array;
  definitions: FeatureDefinition[];
  column(name: string): Float64Array | undefined;
  /** By customer of the file, not by row. */
  attributes: CustomerAttribute[];
  behaviour: Behaviour | null;
  scores(): RuleScores | null;
  /** The segment of each row, -1 = none. */
  segments: { labels: Int32Array; names: { id: number; name: string }[] } | null;
};

/** Rules over the traits of a table alone. */
export function contextOfTable(table: FeatureTable, more: Partial<RuleContext> = {}): RuleContext {
  const columns = new Map(table.features.map(({ definition, values }) => [definition.name, values]));
  return {
    asOf: table.asOf,
    customers: table.customers,
    definitions: table.features.map(({ definition }) => definition),
    column: (name) => columns.get(name),
    attributes: [],
    behaviour: null,
    scores: () => null,
    segments: null,
    ...more,
  };
}

/** Rules over everything that is known as of a date (null = the end of the data), formulas included; who refused to be profiled is in none. */
export function contextOfCollected(
  collected: Collected,
  asOf: number | null,
  formulas: FormulaDefinition[] = [],
): RuleContext {
  const viewpoint = standAt(collected, asOf);
  const offers = offersOf(collected, viewpoint).filter(({ isAvailable }) => isAvailable);
  const byName = new Map(offers.map((offer) => [offer.definition.name, offer]));
  const known = new Map<string, Float64Array>();
  const measured = (name: string) => {
    const values = known.get(name) ?? byName.get(name)?.compute();
    if (values) known.set(name, values);
    return values;
  };
  let isWorkedOut = formulas.length === 0;
  const column = (name: string) => {
    if (byName.has(name)) return measured(name);
    if (!isWorkedOut)
      for (const { definition, values } of computeFormulas(formulas, measured, viewpoint.customers.length))
        known.set(definition.name, values);
    isWorkedOut = true;
    return known.get(name);
  };
  const { customers, pick } = withoutRefused(viewpoint.customers, refusedModels(collected.consents));
  // What describes the day of the export is true then, not earlier.
  const isEarlier = collected.lines !== null && (viewpoint.asOf ?? 0) < dayAfter(collected.to);
  return {
    asOf: viewpoint.asOf,
    customers,
    definitions: [...offers.map(({ definition }) => definition), ...formulas.map(describeFormula)],
    column: (name) => pick(column(name)),
    attributes: isEarlier
      ? collected.attributes.filter(({ isSnapshot }) => !isSnapshot)
      : collected.attributes,
    behaviour: createBehaviour(collected, viewpoint.asOf ?? Infinity, viewpoint.history),
    scores: () => null,
    segments: null,
  };
}

/** Whom rules may be asked of, and what picks their values out of everybody's. */
function withoutRefused(customers: Int32Array, refused: Uint8Array | null) {
  if (!refused) return { customers, pick: (values: Float64Array | undefined) => values };
  const rows = customers.map((_, row) => row).filter((row) => !refused[customers[row]!]);
  return {
    customers: rows.map((row) => customers[row]!),
    pick: (values: Float64Array | undefined) => values && Float64Array.from(rows, (row) => values[row]!),
  };
}

/** The names that sentences about this data may use. */
export function namesOf(context: RuleContext, collected: Collected | null = null): RuleNames {
  const categories = context.attributes.filter((attribute) => attribute.kind === 'category');
  const others = context.attributes.filter((attribute) => attribute.kind === 'number');
  const flagged = attributesOfFlags(context.definitions);
  const attributes = [
    ...categories.map(({ name, levels }) => ({ name, levels })),
    ...others.map(({ name }) => ({ name, levels: [] })),
  ];
  const known = new Set(attributes.map(({ name }) => name));
  const { lines, events } = collected ?? {};
  return {
    ...noNames,
    features: context.definitions,
    attributes: [...attributes, ...flagged.filter(({ name }) => !known.has(name))],
    events: events?.name.levels ?? [],
    categories: lines?.categoryNames ?? [],
    products: lines?.productNames ?? [],
    channels: lines?.channel?.levels ?? [],
    lifecycle: [...(context.scores()?.names ?? [])],
    segments: context.segments?.names ?? [],
  };
}
