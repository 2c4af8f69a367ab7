import type { FeatureSet } from './feature-table';
import type { FormulaDefinition } from './formula/define-formula';
import { coreMeasures, coreWithoutOrders, silenceMeasures } from './registry';

/** What is learnt from where orders are foretold. */
export const namesOfOrders = [...coreMeasures, ...silenceMeasures].map(({ definition }) => definition.name);

/** And where contracts or events are, of customers who order too. */
export const namesBesideOrders = [
  ...namesOfOrders,
  ...coreWithoutOrders,
  'onTrial',
  'daysToRenewal',
  'daysSinceCancellation',
  'events30',
  'events90',
];

/** These features and a person's own in place of 'all'; any other set as it is. */
export const spellOut = (set: FeatureSet, names: string[], formulas: FormulaDefinition[] = []): FeatureSet =>
  set === 'all' ? [...names, ...formulas.map(({ name }) => name)] : set;
