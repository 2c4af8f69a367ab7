import type { FeatureUnit, Target } from '../2-features/feature-table';
import type { TopReasons } from '../3-models/results/prediction';

/** What a reason is told from: a trait, what it is for somebody, and what it adds to the log-odds. */
export type Reason = {
  feature: string;
  label: string;
  unit: FeatureUnit;
  /** About who somebody is: said along with it. */
  isPersonal: boolean;
  value: number;
  part: number;
};

// Kept: making a format takes longer than writing thousands of numbers with it.
const format = (maximumFractionDigits: number) => new Intl.NumberFormat('en-US', { maximumFractionDigits });
const [whole, tenths] = [format(0), format(1)];
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Less than this times more or less likely is no reason. */
const hardlyMatters = Math.log(1.05);
const personal = 'who they are, not what they did';

/** A number as it is said: "212", "34%", "17.50". */
function sayNumber(value: number, unit: FeatureUnit): string {
  if (unit === 'share') return `${(Math.abs(value) < 0.1 ? tenths : whole).format(value * 100)}%`;
  if (unit === 'money')
    return (Math.abs(value) < 100 && !Number.isInteger(value) ? cents : whole).format(value);
  return (Number.isInteger(value) || Math.abs(value) >= 100 ? whole : tenths).format(value);
}

const one = (thing: string, value: string) =>
  value === '1'
    ? thing.replace(/^((?:different )?\w+?)(ie)?s\b/, (_, stem: string, y?: string) => stem + (y ? 'y' : ''))
    : thing;

/** A trait at a value, as one says it: "last order 212 days ago", "8 orders so far", "34% of messages opened". */
export function sayTrait(
  { label, unit, feature }: Omit<Reason, 'value' | 'part' | 'isPersonal'>,
  value: number,
) {
  if (!Number.isFinite(value)) return `no ${label} known`;
  if (unit === 'flag') return value >= 0.5 ? label : `not “${label}”`;
  const said = sayNumber(value, unit);
  const days = said === '1' ? 'day' : 'days';
  const since = /^days since (last|first) (.+)$/.exec(label);
  if (since) return `${since[1]} ${since[2]} ${said} ${days} ago`;
  if (feature === 'frequency') return `${said} ${one('orders', said)} so far`;
  if (feature === 'monetary') return `${said} spent so far`;
  const counted =
    /^number of (.+)$/.exec(label) ?? /^(different .+|(?:orders|messages|events) .+)$/.exec(label);
  if (counted) return `${said} ${one(counted[1]!, said)}`;
  const share = /^share of (.+)$/.exec(label);
  if (share && unit === 'share') return `${said} of ${share[1]}`;
  const spend = /^spend (in .+)$/.exec(label);
  if (spend) return `${said} spent ${spend[1]}`;
  const usual = /^usual days between (.+)$/.exec(label);
  if (usual) return `usually ${said} ${days} between ${usual[1]}`;
  const against = /^(.+) compared with (.+) \(times\)$/.exec(label);
  if (against) return `${against[1]} ${said} times ${against[2]}`;
  const times = /^(.+) \(times\)$/.exec(label);
  if (times) return `${times[1]} ${said} times`;
  return `${label} ${said}${unit === 'days' && !/days/.test(label) ? ` ${days}` : ''}`;
}

/** "×2.1": how many times the odds; beyond tenfold nobody should read a number off. */
export function sayTimes(part: number): string {
  const odds = Math.exp(part);
  if (odds > 10) return 'over ×10';
  if (odds < 0.1) return 'under ×0.1';
  return `×${odds < 0.95 || odds >= 1.05 ? odds.toFixed(odds < 0.95 ? 2 : 1).replace(/(\.\d)0$/, '$1') : '1.0'}`;
}

/** What is predicted, as a thing that happens: "leaving". */
export function sayEvent(target: Target): string {
  const events = {
    churn: 'leaving',
    repurchase: 'buying again',
    cancel: 'cancelling',
    upgrade: 'moving up',
  };
  if (target.kind === 'event') return `“${target.name}”`;
  if (target.kind === 'column') return `“${target.column} = ${target.value}”`;
  return events[target.kind];
}

/** "Last order 212 days ago makes leaving likelier (×2.1)"; "it" in place of the event where it was named before. */
function sayReason(reason: Reason, event: string): string {
  const who = reason.isPersonal ? ` (${personal})` : '';
  const way = reason.part > 0 ? 'likelier' : 'less likely';
  return `${sayTrait(reason, reason.value)}${who} makes ${event} ${way} (${sayTimes(reason.part)})`;
}

/**
 * Reasons in words, the same in the app, in lists and wherever else they are told: each against the average customer,
 * the strongest first; times are of the odds. Empty where nothing sets somebody apart.
 */
export function sayReasons(reasons: readonly Reason[], target: Target, most = 3): string {
  const told = reasons
    .filter(({ part }) => Math.abs(part) >= hardlyMatters)
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
    .slice(0, most);
  const text = told.map((reason, i) => sayReason(reason, i === 0 ? sayEvent(target) : 'it')).join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The reasons kept for a row of a prediction. */
export function reasonsOf(found: TopReasons, row: number): Reason[] {
  const reasons: Reason[] = [];
  for (let at = row * found.perCustomer; at < (row + 1) * found.perCustomer; at++) {
    const known = found.features[found.feature[at]!];
    if (known) reasons.push({ ...known, value: found.value[at]!, part: found.part[at]! });
  }
  return reasons;
}

/** One thing done differently, as it is told; a change of orders placed is one of when the last one was. */
export type ToldChange = {
  label: string;
  unit: FeatureUnit;
  feature: string;
  from: number;
  to: number;
  orders: number;
};

/** "discount share down from 34% to 10%", "2 more orders, the last 5 days ago instead of 212". */
export function sayChange({ label, unit, feature, from, to, orders }: ToldChange): string {
  const [before, after] = [sayNumber(from, unit), sayNumber(to, unit)];
  if (feature === 'recency' && orders > 0)
    return `${orders} more ${orders === 1 ? 'order' : 'orders'}, the last ${after} ${after === '1' ? 'day' : 'days'} ago instead of ${before}`;
  return `${label} ${to > from ? 'up' : 'down'} from ${before} to ${after}`;
}
