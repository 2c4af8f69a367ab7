import type { Random } from '../kit/random';

/** A made-up company as the files a person could have exported, with what is hidden in them. */
export type SampleCompany = {
  files: { name: string; text: string }[];
  /** How each customer really buys: an index into `groups`. */
  truth: { customerId: string; group: number }[];
  groups: { name: string; description: string }[];
  /** Dirt planted on purpose: what, in which file, in how many rows. */
  dirt: { file: string; what: string; rows: number }[];
  /**
   * The true chance that the customer at this place of `truth` places no order (or, with contracts, cancels) within the
   * days after `asOf` (ms), for who knows the law and all that happened until then; NaN = no customer at that time.
   */
  chanceOfLeaving(place: number, asOf: number, horizonDays: number): number;
};

/** The books of every sample end with 30 September 2026. */
export const lastMoment = Date.UTC(2026, 9, 1);
export const dayMs = 86_400_000;

/** A whole number from low to high, both included. */
export const between = (random: Random, [low, high]: [number, number]): number =>
  low + random.below(high - low + 1);

export const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)]!;

/** The place of the group that a draw by their shares falls on. */
export function drawGroup(random: Random, groups: readonly { share: number }[]): number {
  let left = random.next();
  return Math.max(
    0,
    groups.findIndex(({ share }) => (left -= share) < 0),
  );
}

export const twoDigits = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** "2026-09-30 07:15:00" of an instant in ms. */
export const isoMoment = (time: number): string =>
  new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** "30.09.2026" of an instant in ms. */
export function germanDay(time: number): string {
  const [year, month, day] = isoMoment(time).slice(0, 10).split('-');
  return `${day}.${month}.${year}`;
}

/** "1.234,50" of a whole number of cents. */
export function germanMoney(cents: number): string {
  const whole = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${cents < 0 ? '-' : ''}${whole},${twoDigits(Math.abs(cents) % 100)}`;
}

/** Repeats `n` of the rows, each right after itself, as an export run twice over a page border does. */
export function repeatRows(random: Random, rows: string[], n: number): number {
  for (let i = 0; i < n; i++) {
    const at = random.below(rows.length);
    rows.splice(at, 0, rows[at]!);
  }
  return n;
}

const weekdayOf = (time: number): number => (Math.floor(time / dayMs) + 4) % 7;

/** The same time of day on the Monday after, if it is a weekend. */
export function onWorkday(time: number): number {
  const weekday = weekdayOf(time);
  return time + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0) * dayMs;
}

/** The same time of day on the Saturday after, unless it is a weekend. */
export function onWeekend(time: number): number {
  const weekday = weekdayOf(time);
  return time + (weekday === 0 ? 0 : 6 - weekday) * dayMs;
}
