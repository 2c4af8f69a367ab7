import type { TouchKind } from '../1-collect/canonical';
import type { FeatureDefinition, FeatureUnit } from '../2-features/feature-table';
import type { FeatureSummary } from '../2-features/summarise-feature';
import type { Comparison, Deed, Rule } from '../2-features/rule/rule';
import { splitFlag } from '../2-features/rule/rule-names';
import type { RuleChoices } from '../2-features/rule/rule-choices';
import { heads, type ChartTable } from './chart';
import type { ConditionKind, GroupMode } from './rule-draft';
import { formatCount, formatFeature, formatShare, plural } from './words';

export const kindWords: Record<ConditionKind, string> = {
  trait: 'A number about them',
  attribute: 'A column of theirs',
  did: 'What they did',
  when: 'Their first or last time',
  lifecycle: 'Stage of life',
  score: 'RFM score',
  segment: 'Segment',
  missing: 'Something unknown',
};

export const modeWords: Record<GroupMode, string> = {
  all: 'all of these hold',
  any: 'at least one holds',
  none: 'none of these holds',
  'not all': 'not all of these hold',
};

export const jointOf = (mode: GroupMode): 'and' | 'or' =>
  mode === 'all' || mode === 'not all' ? 'and' : 'or';

export const deedWords: Record<Deed['kind'], string> = {
  order: 'bought anything',
  category: 'bought from category',
  product: 'bought product',
  channel: 'bought through channel',
  event: 'did event',
  message: 'had to do with a message:',
};

export const messageWords: Record<TouchKind, string> = {
  sent: 'was sent one',
  open: 'opened it',
  click: 'clicked in it',
  reply: 'replied',
  call: 'was called',
  unsubscribe: 'unsubscribed',
};

/** Every way to limit a number; 'between' takes two. */
export const limitWords: [Comparison | 'between', string][] = [
  ['>=', 'at least'],
  ['<=', 'at most'],
  ['between', 'between'],
  ['>', 'over'],
  ['<', 'under'],
  ['=', 'exactly'],
  ['!=', 'other than'],
];

const unitGroups: [string, FeatureUnit[]][] = [
  ['Money', ['money']],
  ['Days', ['days']],
  ['Counts', ['orders', 'items', 'products']],
  ['Shares and ratios', ['share', 'ratio']],
  ['Yes or no', ['flag']],
  ['Other numbers', ['number']],
];

/** The traits by what they are measured in; without those that are one value of a column, which columns have already. */
export function groupTraits(
  features: FeatureDefinition[],
): { name: string; features: FeatureDefinition[] }[] {
  const own = features.filter((definition) => splitFlag(definition) === null);
  return unitGroups.flatMap(([name, units]) => {
    const group = own.filter(({ unit }) => units.includes(unit));
    return group.length > 0 ? [{ name, features: group }] : [];
  });
}

/** "1,240 of 19,903 customers (6.2%)". */
export const sayCount = (count: number, of: number): string =>
  `${formatCount(count)} of ${plural(of, 'customer')} (${formatShare(of > 0 ? count / of : 0)})`;

/** Where the values of a trait lie. */
export function sayRange({ min, max, median, n, missing }: FeatureSummary, unit: FeatureUnit): string {
  if (n === 0) return 'No customer has a value.';
  const say = (value: number) => formatFeature(value, unit);
  const unknown = missing > 0 ? `; unknown for ${formatCount(missing)}` : '';
  return `From ${say(min)} to ${say(max)}, half of them up to ${say(median)}${unknown}.`;
}

/** Names that can be unknown: columns first, then traits. */
export const listOfMissing = ({ names, attributes }: RuleChoices): { value: string; label: string }[] => [
  ...attributes.map(({ name }) => ({ value: name, label: name })),
  ...names.features
    .filter((definition) => splitFlag(definition) === null)
    .map(({ name, label }) => ({ value: name, label })),
];

/** Rules that can be started from: one that nobody fits says nothing. */
export const saysSomething = (rule: Rule): boolean => rule.kind !== 'or' || rule.rules.length > 0;

type ToldSegments = {
  of: number;
  segments: { count: number; first: number }[];
  overlap: { counts: number[][]; shares: number[][]; inAny: number; inSeveral: number };
};

/** What overlaps most, and what the order makes of it. */
export function sayOverlap(names: readonly string[], { of, overlap }: ToldSegments): string {
  const { inAny, inSeveral, shares } = overlap;
  const left = of - inAny;
  const rest = left > 0 ? ` ${plural(left, 'customer')} of ${formatCount(of)} ${left === 1 ? 'is' : 'are'} in none.` : ' Everybody is in one.'; // prettier-ignore
  if (inSeveral === 0) return `Nobody is in more than one.${rest}`;
  const pairs = shares.flatMap((row, a) => row.map((share, b) => ({ a, b, share: a === b ? 0 : share })));
  const { a, b, share } = pairs.reduce((most, pair) => (pair.share > most.share ? pair : most));
  const several = `${plural(inSeveral, 'customer')} of ${formatCount(inAny)} ${inSeveral === 1 ? 'is' : 'are'} in more than one`;
  return `${several}: ${formatShare(share)} of ${names[a]} are in ${names[b]} too.${rest}`;
}

/** The overlap matrix in words: each row's customers, and how many of them are in each other segment too. */
export const overlapTable = (names: readonly string[], { segments, overlap }: ToldSegments): ChartTable => ({
  columns: heads('Segment', 'Customers', ...names.map((name) => `also in ${name}`), 'Gets, in this order'),
  rows: names.map((name, a) => [
    name,
    formatCount(segments[a]?.count ?? 0),
    ...names.map((_, b) =>
      a === b ? '–' : `${formatCount(overlap.counts[a]![b]!)} (${formatShare(overlap.shares[a]![b]!)})`,
    ),
    formatCount(segments[a]?.first ?? 0),
  ]),
});
