import type { Collected } from '../1-collect/collected';
import { refusedModels } from '../1-collect/consents';
import { keepCustomers } from './dated-input';
import type { Feature, FeatureSet, FeatureTable } from './feature-table';
import { computeFormulas } from './formula/compute-formulas';
import type { FormulaDefinition } from './formula/define-formula';
import { type Offer, offersOf, outcomesOf, standAt } from './offers';
import { rfmMeasures } from './registry';

/**
 * Features of every customer with an order at or before `asOf` (null = the midnight after the last order); all values are
 * finite. Without orders: of every customer, and the table's asOf is null unless something else is dated. Formulas whose
 * features this data does not have are left out, as measures are; so is who refused to be profiled.
 */
export function buildFeatures(
  collected: Collected,
  asOf: number | null,
  set: FeatureSet,
  formulas: FormulaDefinition[] = [],
): FeatureTable {
  const viewpoint = standAt(collected, asOf);
  const offers = offersOf(collected, viewpoint).filter(({ isAvailable }) => isAvailable);
  const isWanted = choiceOf(set, viewpoint.history !== null);
  const columns = createColumns(offers);
  const made = set === 'rfm' ? [] : computeFormulas(formulas, columns, viewpoint.customers.length);
  const chosen = offers
    .filter(isWanted)
    .map(({ definition }) => ({ definition, values: columns(definition.name)! }));
  const added = Array.isArray(set) ? made.filter(({ definition }) => set.includes(definition.name)) : made;
  const { asOf: end, customers } = viewpoint;
  const table: FeatureTable = { asOf: end, customers, features: [...chosen, ...added] };
  const outcomes = set === 'all' && !viewpoint.history ? outcomesOf(collected).map(({ name }) => name) : [];
  if (outcomes.length) table.outcomes = outcomes;
  const refused = refusedModels(collected.consents);
  return refused ? keepCustomers(table, (customer) => refused[customer] !== 1) : table;
}

const rfmNames = rfmMeasures.map(({ definition }) => definition.name);

function choiceOf(set: FeatureSet, hasOrders: boolean): (offer: Offer) => boolean {
  if (set === 'full') return () => true;
  // What a person wants as one number goes by another name than the flags that were chosen.
  if (Array.isArray(set))
    return ({ definition }) => set.includes(definition.name) || definition.coded !== undefined;
  if (set === 'rfm' && hasOrders) return ({ definition }) => rfmNames.includes(definition.name);
  return ({ isCore }) => isCore;
}

/** Each feature's values by its name, computed when first asked for. */
function createColumns(offers: Offer[]): (name: string) => Feature['values'] | undefined {
  const byName = new Map(offers.map((offer) => [offer.definition.name, offer]));
  const known = new Map<string, Float64Array>();
  return (name) => {
    const values = known.get(name) ?? byName.get(name)?.compute();
    if (values) known.set(name, values);
    return values;
  };
}
