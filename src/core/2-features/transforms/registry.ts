import { frequencyEncode } from './frequency-encode';
import { log } from './log';
import { oneHot } from './one-hot';
import { quantileScale } from './quantile-scale';
import { robustScale } from './robust-scale';
import { standardScale } from './standard-scale';
import { targetEncode } from './target-encode';
import { winsorise } from './winsorise';

/** How a trait of numbers may be read. */
export const numberTransforms = { standardScale, log, winsorise, robustScale, quantileScale };
/** How a trait of texts may become numbers. */
export const levelTransforms = { oneHot, frequencyEncode, targetEncode };

export type NumberTransformName = keyof typeof numberTransforms;
export type LevelTransformName = keyof typeof levelTransforms;
export type TransformName = NumberTransformName | LevelTransformName;

export type Purpose = 'grouping' | 'predicting';

/**
 * What each may be chosen for. Groups are not made from what they are to foretell, and two values are not alike because
 * they are equally common; a straight line is the same on any even scale, so only groups are measured by the middle half.
 */
export const purposesOf: Record<TransformName, readonly Purpose[]> = {
  standardScale: ['grouping', 'predicting'],
  log: ['grouping', 'predicting'],
  winsorise: ['grouping', 'predicting'],
  robustScale: ['grouping'],
  quantileScale: ['grouping', 'predicting'],
  oneHot: ['grouping', 'predicting'],
  frequencyEncode: ['predicting'],
  targetEncode: ['predicting'],
};

/** What a person chose for single traits, by the feature's name or the category's; the rest is as the app has it. */
export type ChosenTransforms = [trait: string, transform: TransformName][];

/** The choice for a trait of numbers; null where there is none. */
export function numberChoice(chosen: ChosenTransforms, trait: string): NumberTransformName | null {
  const name = chosen.findLast(([own]) => own === trait)?.[1];
  return name !== undefined && name in numberTransforms ? (name as NumberTransformName) : null;
}

/** The choice for a category; null where there is none. */
export function levelChoice(chosen: ChosenTransforms, trait: string): LevelTransformName | null {
  const name = chosen.findLast(([own]) => own === trait)?.[1];
  return name !== undefined && name in levelTransforms ? (name as LevelTransformName) : null;
}
