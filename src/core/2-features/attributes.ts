import type { CustomerAttribute } from '../1-collect/collected';
import type { Feature, FeatureDefinition } from './feature-table';
import { typicalOf } from './measures/measure';
import { flagGaps } from './transforms/flag-gaps';
import { oneHot } from './transforms/one-hot';
import type { LevelTransformName } from './transforms/registry';

const maxLevels = 30;
/** A level fewer customers have says little and, on one scale with the rest, would outweigh it. */
const leastShare = 0.01;

/** Features of the given customers from their attributes; identifiers, constants and long lists of values are left out. */
export function attributeFeatures(attributes: CustomerAttribute[], customers: Int32Array): Feature[] {
  return attributes.flatMap((attribute) =>
    attribute.kind === 'number' ? numberFeatures(attribute, customers) : levelFeatures(attribute, customers),
  );
}

type NumberAttribute = Extract<CustomerAttribute, { kind: 'number' }>;
type CategoryAttribute = Extract<CustomerAttribute, { kind: 'category' }>;

function numberFeatures(attribute: NumberAttribute, customers: Int32Array): Feature[] {
  const { name, source } = attribute;
  if (looksLikeIdentifier(attribute)) return [];
  const known = attribute.values.filter((value) => !Number.isNaN(value));
  if (known.every((value) => value === known[0])) return [];
  const typical = typicalOf(known);
  const hasMissing = known.length < attribute.values.length;
  const definition: FeatureDefinition = {
    name: camelCase(name),
    label: name,
    unit: 'number',
    formula: hasMissing ? `${name} as given; where missing, the median of all customers` : `${name} as given`,
    source,
    high: `${asWords(name)} high`,
    low: `${asWords(name)} low`,
  };
  const given = Float64Array.from(customers, (customer) => attribute.values[customer]!);
  if (!hasMissing) return [{ definition, values: given }];
  return [
    { definition, values: given.map((value) => (Number.isNaN(value) ? typical : value)) },
    { definition: flagDefinition(name, 'missing', source), values: flagGaps.transform({}, given) },
  ];
}

/** One 0/1 column a level that one customer in a hundred has; of two levels the second is enough. A missing value is 0 everywhere. */
function levelFeatures(attribute: CategoryAttribute, customers: Int32Array): Feature[] {
  const { name, levels, source, encodedBy } = attribute;
  if (encodedBy) return [codedFeature(attribute, encodedBy, customers)];
  const present = [...new Set(attribute.codes)].filter((code) => code >= 0).sort((a, b) => a - b);
  if (present.length < 2 || present.length > maxLevels) return [];
  if (present.length > attribute.codes.length / 2 && present.length > 2) return [];
  const counts = new Float64Array(levels.length);
  for (const customer of customers)
    if (attribute.codes[customer]! >= 0) counts[attribute.codes[customer]!]!++;
  const isCommon = (code: number) => counts[code]! >= leastShare * customers.length;
  const shown = present.length === 2 ? [positiveOf(present, levels)] : present.filter(isCommon);
  const own = { levels, codes: Int32Array.from(customers, (customer) => attribute.codes[customer]!) };
  const columns = oneHot.transform({ levels: shown.map((code) => levels[code]!) }, own);
  return shown.map((code, i) => ({
    definition: flagDefinition(name, levels[code]!, source),
    values: columns[i]!,
  }));
}

/** The codes of a category that is to become one number once there are rows to learn it from. */
function codedFeature(
  { name, levels, codes, source }: CategoryAttribute,
  by: LevelTransformName,
  customers: Int32Array,
): Feature {
  const isTarget = by === 'targetEncode';
  const ofSame = `share of the customers learnt from with the same ${name}`;
  return {
    definition: {
      name: camelCase(name),
      label: isTarget ? `${name}: how others with it acted` : `${name}: how common`,
      unit: 'share',
      formula: isTarget ? `${ofSame} who did what is foretold, drawn towards the share of all` : ofSame,
      source,
      high: `${asWords(name)} ${isTarget ? 'that acts so often' : 'that is common'}`,
      low: `${asWords(name)} ${isTarget ? 'that seldom acts so' : 'that is rare'}`,
      coded: { levels, by },
    },
    values: Float64Array.from(customers, (customer) => codes[customer]!),
  };
}

/** Of two levels, the one a person would call the positive: a yes, else the second. */
const positiveOf = (codes: number[], levels: string[]): number =>
  codes.find((code) => isYes(levels[code]!)) ?? codes[1]!;

export const isYes = (level: string): boolean =>
  /^(yes|y|true|t|1|ja|oui|si|sí|churned|churn|left|cancelled|canceled|responded|converted)$/i.test(
    level.trim(),
  );

const flagDefinition = (name: string, level: string, source: string): FeatureDefinition => ({
  name: `${camelCase(name)}:${level}`,
  label: `${name}: ${level}`,
  unit: 'flag',
  formula: level === 'missing' ? `1 where ${name} is missing, else 0` : `1 where ${name} is ${level}, else 0`,
  source,
  high: `${name}: ${level}`,
  low: `not ${name}: ${level}`,
});

/** "spending score" of "Spending_Score" and "spendingScore"; abbreviations stay. */
const asWords = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/_+/g, ' ')
    .replace(/\b[A-Z][a-z]+\b/g, (word) => word.toLowerCase());

/** Whole numbers that never repeat: counted up one by one, or named as an identifier. */
function looksLikeIdentifier({ name, values }: NumberAttribute): boolean {
  if (values.length < 20 || new Set(values).size < values.length) return false;
  if (!values.every(Number.isInteger)) return false;
  const countsUp = values.every((value, i) => i === 0 || value === values[i - 1]! + 1);
  return countsUp || /(^|[^a-z])(id|key|nr|no|number|code|index)$|Id$|ID$/i.test(name);
}

/** What a column's feature is called; the flags of a category go on with a colon and the value. */
export const camelCase = (name: string): string =>
  name
    .trim()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word, i) => (i === 0 ? word[0]!.toLowerCase() : word[0]!.toUpperCase()) + word.slice(1))
    .join('');
