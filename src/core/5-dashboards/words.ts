import type { FeatureUnit, Target } from '../2-features/feature-table';

const numberFormat = (options: Intl.NumberFormatOptions) => {
  const format = new Intl.NumberFormat(undefined, options);
  return (value: number) => format.format(value);
};
const whole = numberFormat({ maximumFractionDigits: 0 });
const compact = numberFormat({ notation: 'compact', maximumFractionDigits: 1 });
const about = numberFormat({ notation: 'compact', maximumSignificantDigits: 2 });
const one = numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const two = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percentOne = numberFormat({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percentTwo = numberFormat({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
const signed = numberFormat({
  signDisplay: 'exceptZero',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const plurals = new Intl.PluralRules('en');
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Shown where a number does not exist. */
export const nothing = '–';

const known = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** Full digits, always. */
export const formatExact = (value: number): string => (known(value) ? whole(value) : nothing);

/** Counts in full to 99,999, compact beyond; show `formatExact` on hover. */
export function formatCount(value: number): string {
  if (!known(value)) return nothing;
  return Math.abs(value) < 100_000 ? whole(value) : compact(value);
}

/** A share 0..1 as a percentage: one decimal from 1% up, two below. */
export function formatShare(share: number): string {
  if (!known(share)) return nothing;
  if (share === 0) return whole(0) + '%';
  // Never say "certain" of what is only nearly so.
  if (share >= 0.9995 && share < 1) return `>${percentOne(0.999)}`;
  if (share > 0 && share < 0.00005) return `under ${percentTwo(0.0001)}`;
  return Math.abs(share) < 0.01 ? percentTwo(share) : percentOne(share);
}

/** Money in the file's own currency, which nobody told us: no sign, two decimals when small. */
export function formatMoney(value: number): string {
  if (!known(value)) return nothing;
  if (Math.abs(value) < 0.005) return whole(0);
  if (Math.abs(value) >= 10_000_000) return compact(value);
  return Math.abs(value) < 100 ? two(value) : whole(value);
}

/** A figure that nobody knows closer: two digits that count, "1.2M". */
export const formatAbout = (value: number): string => (known(value) ? about(value) : nothing);

/** A difference of two shares: "2.1 points". */
export const formatPoints = (difference: number): string =>
  known(difference) ? `${one(100 * difference)} points` : nothing;

export const formatDecimal = (value: number): string => (known(value) ? two(value) : nothing);
export const formatTimes = (value: number): string => (known(value) ? `${one(value)}×` : nothing);
export const formatSigned = (value: number): string => (known(value) ? signed(value) : nothing);

/** `plural(1, 'customer')` is "1 customer"; `plural(2, 'reply', 'replies')` is "2 replies". */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${formatCount(count)} ${plurals.select(count) === 'one' ? singular : many}`;
}

/** An ISO day or an instant (ms UTC) as a day in the reader's own way of writing. */
export function formatDay(when: string | number | null): string {
  if (when === null) return nothing;
  const time = typeof when === 'number' ? when : Date.parse(when);
  return Number.isFinite(time) ? day.format(time) : nothing;
}

export const formatMoment = (when: number): string => moment.format(when);

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${whole(bytes)} B`;
  if (bytes < 1_000_000) return `${whole(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${one(bytes / 1_000_000)} MB`;
  return `${two(bytes / 1_000_000_000)} GB`;
}

export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${whole(Math.max(0, Math.round(seconds)))} s`;
  return `${whole(Math.floor(seconds / 60))} min ${whole(Math.round(seconds % 60))} s`;
}

/** A feature's value in its unit. */
export function formatFeature(value: number, unit: FeatureUnit): string {
  if (!known(value)) return nothing;
  if (unit === 'money') return formatMoney(value);
  if (unit === 'share' || unit === 'flag') return formatShare(value);
  if (unit === 'days') return `${whole(value)} d`;
  return Math.abs(value) >= 100 || Math.abs(value) < 0.05
    ? whole(value)
    : Number.isInteger(value)
      ? whole(value)
      : one(value);
}

/** "A, B and C". */
export function listOf(parts: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}

/** How to speak of what is predicted. */
export type EventWords = {
  question: string;
  verb: string;
  /** What those did to whom it happened. */
  did: string;
  /** What came true for a share of customers: "25% left". */
  happened: string;
  people: string;
  likelihood: string;
};

export function eventWords(target: Target, horizonDays: number): EventWords {
  if (target.kind === 'churn')
    return {
      question: `Who will not order again within ${horizonDays} days?`,
      verb: 'leave',
      did: 'left',
      happened: 'left',
      people: 'leavers',
      likelihood: 'Likely to leave',
    };
  if (target.kind === 'repurchase')
    return {
      question: `Who will buy again within ${horizonDays} days?`,
      verb: 'buy again',
      did: 'bought again',
      happened: 'bought again',
      people: 'buyers',
      likelihood: 'Likely to buy again',
    };
  if (target.kind === 'cancel')
    return {
      question: `Who will end their subscription within ${horizonDays} days?`,
      verb: 'cancel',
      did: 'cancelled',
      happened: 'cancelled',
      people: 'customers who cancel',
      likelihood: 'Likely to cancel',
    };
  if (target.kind === 'upgrade')
    return {
      question: `Who will move up to a higher price within ${horizonDays} days?`,
      verb: 'move up',
      did: 'moved up',
      happened: 'moved up',
      people: 'customers who move up',
      likelihood: 'Likely to move up',
    };
  if (target.kind === 'event')
    return {
      question: `Who will do “${target.name}” within ${horizonDays} days?`,
      verb: `do “${target.name}”`,
      did: `did “${target.name}”`,
      happened: `did “${target.name}”`,
      people: `customers who do “${target.name}”`,
      likelihood: `Likely to do “${target.name}”`,
    };
  const label = `${target.column} = ${target.value}`;
  return {
    question: `Who is likely to have “${label}”?`,
    verb: `have “${label}”`,
    did: `“${label}”`,
    happened: `had “${label}”`,
    people: `customers with “${label}”`,
    likelihood: `Likely “${label}”`,
  };
}

export type Sureness = 'very stable' | 'solid' | 'fair' | 'shaky';

/** Jaccard similarity under resampling in words; the limits are Hennig's (2007): 0.85 highly stable, 0.75 valid, 0.6 a pattern. */
export const stabilityWord = (stability: number): Sureness =>
  stability >= 0.85 ? 'very stable' : stability >= 0.75 ? 'solid' : stability >= 0.6 ? 'fair' : 'shaky';

/** "94 of 100 members come back when customers are drawn again". */
export const sayStability = (stability: number): string =>
  `${whole(100 * stability)} of 100 members come back when customers are drawn again`;

/** Mean silhouette in words; the limits are Kaufman and Rousseeuw's (1990): 0.5 reasonable, 0.25 weak. */
export const clearnessWord = (silhouette: number): 'clear-cut' | 'fair' | 'blurred' =>
  silhouette >= 0.5 ? 'clear-cut' : silhouette >= 0.25 ? 'fair' : 'blurred';

/** A sentence with its capital and its full stop. */
export function closed(sentence: string): string {
  const stopped = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  return stopped.charAt(0).toUpperCase() + stopped.slice(1);
}

/** Odds in words that stay sane: beyond tenfold nobody should read a number off. */
export function formatOdds(weight: number): string {
  const odds = Math.exp(weight);
  if (odds > 10) return 'over 10×';
  return odds < 0.1 ? 'under 0.1×' : formatTimes(odds);
}
