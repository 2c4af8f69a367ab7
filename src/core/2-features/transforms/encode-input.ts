import type { Collected } from '../../1-collect/collected';
import { camelCase } from '../attributes';
import type { FeatureDefinition, FeatureTable, LabelledTable, PredictionInput } from '../feature-table';
import { encodeLevels, type LevelValues } from './encode-levels';
import { frequencyEncode } from './frequency-encode';
import { type ChosenTransforms, levelChoice, type LevelTransformName, numberChoice } from './registry';
import { targetEncode } from './target-encode';

/** What stands for each text of a category, learnt from the rows of one lesson. */
export type Encoder = { feature: string; by: LevelTransformName; values: LevelValues };

type TimedTables = Pick<PredictionInput, 'origins' | 'finalTrain' | 'score'>;

/** Categories that a person wants as one number go as codes from here on, until somebody learns from them. */
export function markEncoded(collected: Collected, chosen: ChosenTransforms): Collected {
  if (chosen.length === 0) return collected;
  const attributes = collected.attributes.map((one) => {
    const by = one.kind === 'category' ? levelChoice(chosen, camelCase(one.name)) : null;
    return by === null || by === 'oneHot' ? one : { ...one, encodedBy: by };
  });
  return { ...collected, attributes };
}

/** Says with each trait of numbers how the person wants it read. */
export function markRead(table: FeatureTable, chosen: ChosenTransforms): FeatureTable {
  if (chosen.length === 0) return table;
  const features = table.features.map((feature) => {
    const { definition } = feature;
    const transform = definition.unit === 'flag' ? null : numberChoice(chosen, definition.name);
    return transform ? { ...feature, definition: { ...definition, transform } } : feature;
  });
  return { ...table, features };
}

/**
 * The input with its codes as numbers. Each test is encoded by what its own training rows tell, the score by what all
 * known outcomes tell (`encoders`); a training row is told by the rows of other customers, never by its own outcome.
 */
export function encodeInput<Input extends TimedTables>(
  input: Input,
  seed: number,
): Input & { encoders?: Encoder[] } {
  const coded = input.score.features.map(({ definition }) => definition).filter(isCoded);
  if (coded.length === 0) return input;
  if (input.finalTrain.length === 0) return { ...input, score: withoutCodes(input.score) };
  const origins = input.origins.map(({ train, test }) => {
    const lesson = encodeLesson(train, coded, seed);
    return { train: lesson.train, test: { ...test, table: applyEncoders(test.table, lesson.encoders) } };
  });
  const { train: finalTrain, encoders } = encodeLesson(input.finalTrain, coded, seed);
  return { ...input, origins, finalTrain, score: applyEncoders(input.score, encoders), encoders };
}

/** Codes as numbers, by what was learnt before; codes that nothing was learnt of are left out. */
export function applyEncoders(table: FeatureTable, encoders: readonly Encoder[]): FeatureTable {
  return replaceCoded(table, (definition, values) => {
    const encoder = encoders.find(({ feature }) => feature === definition.name);
    return encoder ? encodeLevels(encoder.values, codedOf(definition, values)) : null;
  });
}

type CodedDefinition = FeatureDefinition & { coded: NonNullable<FeatureDefinition['coded']> };
const isCoded = (definition: FeatureDefinition): definition is CodedDefinition =>
  definition.coded !== undefined;

const codedOf = ({ coded }: CodedDefinition, values: Float64Array) => ({
  levels: coded.levels,
  codes: Int32Array.from(values),
});

const withoutCodes = (table: FeatureTable): FeatureTable => replaceCoded(table, () => null);

function replaceCoded(
  table: FeatureTable,
  replace: (definition: CodedDefinition, values: Float64Array) => Float64Array | null,
): FeatureTable {
  const features = table.features.flatMap((feature) => {
    if (!isCoded(feature.definition)) return [feature];
    const values = replace(feature.definition, feature.values);
    const { coded: _, ...definition } = feature.definition;
    return values ? [{ definition, values }] : [];
  });
  return { ...table, features };
}

/** What the rows of some tables tell of each category, and these tables told by it. */
function encodeLesson(train: LabelledTable[], coded: CodedDefinition[], seed: number) {
  const label = joinRows(train.map(({ label }) => label));
  const customers = joinRows(train.map(({ table }) => table.customers));
  const told = new Map<string, Float64Array>();
  const encoders = coded.map((definition): Encoder => {
    const { name, coded: { levels, by } } = definition; // prettier-ignore
    const codes = joinRows(train.map(({ table }) => valuesOf(table, name)));
    const all = { levels, codes: Int32Array.from(codes) };
    const params = { ...targetEncode.defaults, seed };
    const values =
      by === 'targetEncode' ? targetEncode.fit(all, label, params) : frequencyEncode.fit(all, {});
    told.set(
      name,
      by === 'targetEncode'
        ? targetEncode.fitTransform(all, label, params, customers)
        : encodeLevels(values, all),
    );
    return { feature: name, by, values };
  });
  let start = 0;
  const encoded = train.map((one): LabelledTable => {
    const end = start + one.label.length;
    const table = replaceCoded(one.table, ({ name }) => told.get(name)?.slice(start, end) ?? null);
    start = end;
    return { ...one, table };
  });
  return { train: encoded, encoders };
}

const valuesOf = ({ features }: FeatureTable, name: string): Float64Array =>
  features.find(({ definition }) => definition.name === name)!.values;

function joinRows(parts: readonly ArrayLike<number>[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
