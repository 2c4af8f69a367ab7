import type { ListedFeature } from '../2-features/feature-list';
import {
  type ChosenTransforms,
  levelTransforms,
  numberTransforms,
  type Purpose,
  purposesOf,
  type TransformName,
} from '../2-features/transforms/registry';

/** What a way to read a trait is called on screen, and what it does. */
export const transformWords: Record<TransformName, { label: string; says: string }> = {
  standardScale: {
    label: 'by amounts',
    says: 'Every step counts the same, wherever it is: from 0 to 100 as much as from 10,000 to 10,100.',
  },
  log: {
    label: 'by times',
    says: 'What counts is how many times more: from 10 to 20 as much as from 1,000 to 2,000. A few very large values no longer outweigh everybody else. Below zero counts as zero.',
  },
  winsorise: {
    label: 'extremes pulled in',
    says: 'The lowest and the highest 1 in 100 count as the value at which they begin; all others stay as they are.',
  },
  robustScale: {
    label: 'by the middle half',
    says: 'Distances are measured by how far the middle half of your customers lies apart, so that ordinary differences show; extremes stay far out.',
  },
  quantileScale: {
    label: 'by rank',
    says: 'Only the order counts: 0% is the lowest of your customers, 100% the highest, and between them everybody is spread evenly.',
  },
  oneHot: {
    label: 'a yes or no for each value',
    says: 'One trait for each value that at least 1 in 100 customers has; with more than 30 values, none.',
  },
  frequencyEncode: {
    label: 'how common the value is',
    says: 'One number: the share of customers with the same value. Two values that are equally common count as the same.',
  },
  targetEncode: {
    label: 'how others with it acted',
    says: 'One number: the share of other customers with the same value who did what is foretold; of rare values nearly the share of all.',
  },
};

/** Why something is offered for one purpose only. */
export const onlyForWords = {
  number: 'By the middle half is for groups alone: to predictions it would say the same as by amounts.',
  level:
    'Groups always get a yes or no for each value: two values are not alike because they are equally common, and groups made from how customers acted would seem to foretell it.',
};

/** The words of a choice; what models do where nobody chose follows "as usual". */
export function sayReading(
  chosen: ChosenTransforms,
  trait: string,
  usual: ListedFeature['usual'] | 'oneHot',
): string {
  const own = chosen.findLast(([name]) => name === trait)?.[1];
  if (own) return transformWords[own].label;
  return usual === null ? 'as it is' : transformWords[usual].label;
}

/** The ways to read a trait of numbers, or a category, each with what it is offered for. */
export const waysToRead = (
  kind: 'number' | 'level',
): { transform: TransformName; purposes: readonly Purpose[] }[] =>
  (Object.keys(kind === 'number' ? numberTransforms : levelTransforms) as TransformName[]).map(
    (transform) => ({ transform, purposes: purposesOf[transform] }),
  );
