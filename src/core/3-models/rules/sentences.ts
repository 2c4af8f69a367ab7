import type { FeatureDefinition, FeatureUnit } from '../../2-features/feature-table';

/** Values above `above` (null = no lower limit) and at or below `most` (null = no upper limit). */
export type Limits = { above: number | null; most: number | null; isWhole: boolean };

const counted: Partial<Record<FeatureUnit, string>> = { orders: 'order', items: 'item', products: 'product' };

const formatNumber = (value: number): string =>
  Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 6 });

const formatValue = (unit: FeatureUnit, value: number): string =>
  unit === 'share' ? `${Number((value * 100).toPrecision(3))}%` : formatNumber(value);

/** "at most 2", "at least 3", "3 to 5", "over 120": the part of a condition without its subject. */
function describeRange(unit: FeatureUnit, { above, most, isWhole }: Limits): string {
  const low = above === null ? null : isWhole && unit !== 'days' ? Math.floor(above) + 1 : above;
  const isLeast = isWhole && unit !== 'days';
  if (low !== null && most !== null) {
    if (isWhole && Math.floor(above!) + 1 === most) return `exactly ${formatValue(unit, most)}`;
    const from = isWhole ? Math.floor(above!) + 1 : low;
    return `${formatValue(unit, from)} to ${formatValue(unit, most)}`;
  }
  if (low !== null) return `${isLeast ? 'at least' : 'over'} ${formatValue(unit, low)}`;
  return most === 0 && isLeast ? 'no' : `at most ${formatValue(unit, most!)}`;
}

const countDays = (days: number) => `${formatNumber(days)} ${days === 1 ? 'day' : 'days'}`;

/** A flag made from a column's value: "Contract" and "Month-to-month" of "Contract: Month-to-month"; else null. */
export function splitFlag({ label, unit }: FeatureDefinition): { column: string; value: string } | null {
  const parts = unit === 'flag' ? /^(.+?): (.+)$/.exec(label) : null;
  return parts && { column: parts[1]!, value: parts[2]! };
}

function describeFlag(definition: FeatureDefinition, isSet: boolean): string {
  const flag = splitFlag(definition);
  if (!flag) return isSet ? definition.high : definition.low;
  if (flag.value === 'missing' && !isSet) return `${flag.column} is known`;
  return `${flag.column} is ${isSet ? '' : 'not '}${flag.value}`;
}

/** "last order over 120 days ago" from a label like "days since last order". */
function describeDaysSince(what: string, limits: Limits): string {
  const { above, most } = limits;
  if (above === null) return most === 0 ? `${what} today` : `${what} within ${countDays(most!)}`;
  if (most === null && above === 1) return `${what} over 1 day ago`;
  return `${what} ${describeRange('days', limits)} days ago`;
}

/** One condition on a feature as a person would say it. */
export function describeCondition(definition: FeatureDefinition, limits: Limits): string {
  const { label, unit } = definition;
  if (unit === 'flag') return describeFlag(definition, limits.above !== null);
  const since = /^days since (.+)$/.exec(label);
  if (since) return describeDaysSince(since[1]!, limits);
  const thing = counted[unit];
  const range = describeRange(unit, limits);
  const compared = /^(.+) compared with (.+) \(times\)$/.exec(label);
  if (compared) return `${compared[1]!} ${range} times ${compared[2]!}`;
  const rest = thing && new RegExp(`^(number of )?${thing}s\\b(?! per) ?(.*)$`).exec(label);
  if (rest) {
    const isOne = / 1$/.test(` ${range}`) && !/ to /.test(range);
    return `${range} ${thing}${isOne ? '' : 's'}${rest[2] ? ` ${rest[2]}` : ''}`;
  }
  const days = unit === 'days' ? (/ 1$/.test(range) ? ' day' : ' days') : '';
  return range === 'no' ? `${label} 0` : `${label} ${range}${days}`;
}

/** "A", "A and B", "A, B and C". */
export function joinWords(parts: string[], last = 'and'): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${last} ${parts[parts.length - 1]!}`;
}

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
