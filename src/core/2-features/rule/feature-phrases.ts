import type { FeatureDefinition, FeatureUnit } from '../feature-table';
import type { Comparison, Rule } from './rule';
import { writeNumber, writeShare } from './rule-numbers';

/** The words around a limit on a trait: "total spend [over 1,250]", "[at least 3] orders in the last 90 days". */
export type Phrase = {
  before: string;
  /** Behind one, and behind more or less than one. */
  after: { one: string; many: string };
  /** "last order within 60 days" in place of "at most 60 days ago". */
  within: string | null;
  isShare: boolean;
  /** Things that can be counted: "no orders". */
  isCount: boolean;
};

const things: Partial<Record<FeatureUnit, string>> = { orders: 'order', items: 'item', products: 'product' };

/** How a trait is said by its label. */
export function phraseOf({ label, unit }: Pick<FeatureDefinition, 'label' | 'unit'>): Phrase {
  const plain = { within: null, isShare: unit === 'share', isCount: false };
  const after = (one: string, many = one) => ({ one, many });
  const since = unit === 'days' ? /^days since (.+)$/.exec(label) : null;
  if (since) return { ...plain, before: since[1]!, after: after('day ago', 'days ago'), within: since[1]! };
  const compared = /^(.+) compared with (.+) \(times\)$/.exec(label);
  if (compared) return { ...plain, before: compared[1]!, after: after(`times ${compared[2]!}`) };
  const thing = things[unit];
  const counted = thing && new RegExp(`^(?:number of )?${thing}s\\b(?! per) ?(.*)$`).exec(label);
  if (counted) {
    const rest = counted[1] ? ` ${counted[1]}` : '';
    return { ...plain, before: '', after: after(`${thing}${rest}`, `${thing}s${rest}`), isCount: true };
  }
  return { ...plain, before: label, after: unit === 'days' ? after('day', 'days') : after('') };
}

/** The words before a number for each comparison. */
export const comparisonWords: [Comparison, string][] = [
  ['<=', 'at most'],
  ['>=', 'at least'],
  ['<', 'under'],
  ['>', 'over'],
  ['=', 'exactly'],
  ['!=', 'other than'],
];

/** Other words for the same, understood and not written. */
export const otherComparisonWords: [Comparison, string][] = [
  ['>', 'more than'],
  ['>', 'above'],
  ['<', 'less than'],
  ['<', 'fewer than'],
  ['<', 'below'],
  ['<=', 'up to'],
  ['!=', 'not exactly'],
];

type Limit = Extract<Rule, { kind: 'compare' | 'between' }>;

/** A limit on a trait in words. */
export function writeLimit(limit: Limit, phrase: Phrase): string {
  const { before, after, within, isShare, isCount } = phrase;
  const number = isShare ? writeShare : writeNumber;
  const last = limit.kind === 'between' ? limit.to : limit.value;
  const behind = last === 1 ? after.one : after.many;
  const join = (...words: string[]) => words.filter((word) => word !== '').join(' ');
  if (limit.kind === 'between') return join(before, `${number(limit.from)} to ${number(limit.to)}`, behind);
  const { op, value } = limit;
  if (isCount && op === '=' && value === 0) return join('no', behind);
  const days = behind.replace(/ ago$/, '');
  if (within !== null && op === '<=') return join(within, 'within', number(value), days);
  return join(before, comparisonWords.find(([sign]) => sign === op)![1], number(value), behind);
}
