import type { Collected, CustomerAttribute } from '../../1-collect/collected';
import { AppError } from '../../kit/errors';
import { attributeFeatures, camelCase } from '../attributes';
import { buildFeatures } from '../features';
import { buildPredictionInput, type PredictionOptions } from '../prediction-input';
import { type FeatureSummary, summariseFeature } from '../summarise-feature';
import { encodeLevels } from './encode-levels';
import { fitColumn, hasMiddleHalf, readColumn } from './fit-column';
import { frequencyEncode } from './frequency-encode';
import { type NumberTransformName, numberTransforms, type TransformName } from './registry';

/** What a transform would make of a trait; null and why where it cannot be told. */
export type TransformPreview = {
  transform: TransformName;
  after: FeatureSummary | null;
  refused: string | null;
};

/** A category as it stands: its commonest values, and whether a yes or no for each is made today. */
export type ListedCategory = {
  /** What it is called among features. */
  name: string;
  label: string;
  source: string;
  nLevels: number;
  nMissing: number;
  nCustomers: number;
  commonest: { level: string; n: number }[];
  isSplit: boolean;
};

type Category = Extract<CustomerAttribute, { kind: 'category' }>;

const mostShown = 20;
const fewestLevels = 3;

/** Beside dated orders nothing that describes the day of the export. */
const categoriesOf = ({ attributes, lines }: Collected): Category[] =>
  attributes.filter(
    (one): one is Category =>
      one.kind === 'category' && one.levels.length >= fewestLevels && !(lines && one.isSnapshot),
  );

/** Categories of three values or more, as of a date. */
export function listCategories(collected: Collected, asOf: number | null): ListedCategory[] {
  const { customers } = buildFeatures(collected, asOf, []);
  return categoriesOf(collected).map((category) => {
    const { name, source, codes, levels } = category;
    const counts = new Float64Array(levels.length);
    for (const customer of customers) if (codes[customer]! >= 0) counts[codes[customer]!]!++;
    const ranked = levels.map((level, code) => ({ level, n: counts[code]! })).filter(({ n }) => n > 0);
    ranked.sort((a, b) => b.n - a.n);
    return {
      name: camelCase(name),
      label: name,
      source,
      nLevels: ranked.length,
      nMissing: customers.length - ranked.reduce((sum, { n }) => sum + n, 0),
      nCustomers: customers.length,
      commonest: ranked.slice(0, mostShown),
      isSplit: attributeFeatures([category], customers).length > 0,
    };
  });
}

/** What every transform would make of a trait here; how others acted is told by the outcome that is asked about. */
export function previewTransforms(
  collected: Collected,
  trait: string,
  options: PredictionOptions,
): TransformPreview[] {
  const { asOf, formulas } = options;
  const { features } = buildFeatures(collected, asOf, [trait], formulas);
  const [feature] = features;
  if (feature) return previewNumbers(feature.values);
  const category = categoriesOf(collected).find(({ name }) => camelCase(name) === trait);
  if (!category) throw new AppError('NotReadable', trait);
  return previewLevels(collected, category, options);
}

const previewNumbers = (values: Float64Array): TransformPreview[] =>
  (Object.keys(numberTransforms) as NumberTransformName[]).map((transform) =>
    transform === 'robustScale' && !hasMiddleHalf(values)
      ? { transform, after: null, refused: new AppError('NoMiddleHalf').message }
      : {
          transform,
          after: summariseFeature(readColumn(fitColumn('', values, transform), values)),
          refused: null,
        },
  );

function previewLevels(collected: Collected, category: Category, options: PredictionOptions) {
  const { customers } = buildFeatures(collected, options.asOf, []);
  const coded = {
    levels: category.levels,
    codes: Int32Array.from(customers, (customer) => category.codes[customer]!),
  };
  const common = encodeLevels(frequencyEncode.fit(coded, {}), coded);
  const name = camelCase(category.name);
  const transforms: PredictionOptions['transforms'] = [[name, 'targetEncode']];
  const { score, blocked } = buildPredictionInput(collected, { ...options, set: [], transforms });
  const acted = score.features.find(({ definition }) => definition.name === name)?.values;
  const previews: TransformPreview[] = [
    { transform: 'oneHot', after: null, refused: null },
    { transform: 'frequencyEncode', after: summariseFeature(common), refused: null },
    { transform: 'targetEncode', after: acted ? summariseFeature(acted) : null, refused: blocked },
  ];
  return previews;
}
