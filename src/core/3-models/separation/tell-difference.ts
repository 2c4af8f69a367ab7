import type { FeatureDefinition, FeatureUnit } from '../../2-features/feature-table';

const counted: Partial<Record<FeatureUnit, string>> = {
  days: 'day',
  orders: 'order',
  items: 'item',
  products: 'product',
};

// Kept: making a format takes longer than writing thousands of numbers with it.
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

const percent = (share: number) => `${(share > 0 && share < 0.1 ? tenths : whole).format(share * 100)}%`;

const round = (value: number) => (Math.abs(value) >= 100 ? whole : threeDigits).format(value);

/** A value without its unit, as it is said: "1,240", "34%". */
function sayNumber(unit: FeatureUnit, value: number | null): string {
  if (value === null) return 'nothing known';
  return unit === 'share' || unit === 'flag' ? percent(value) : round(value);
}

/** The middle of a trait with its unit: "6 orders", "61 days", "34%". */
export function sayMiddle(unit: FeatureUnit, value: number | null): string {
  const thing = value === null ? undefined : counted[unit];
  return `${sayNumber(unit, value)}${thing ? ` ${thing}${value === 1 ? '' : 's'}` : ''}`;
}

/** "days since last order: 142 against 61 days" (middle values), "Contract: Monthly: 80% against 12%" (who has it). */
export function tellDifference(
  { label, unit }: FeatureDefinition,
  { own, others }: { own: number | null; others: number | null },
): string {
  return `${label}: ${sayNumber(unit, own)} against ${sayMiddle(unit, others)}`;
}
