import type { Random } from '../kit/random';

/**
 * How a made-up customer buys on: after an order they may leave for good; if they stay, the next order comes a gap later
 * and moves on to a day that suits them. Days are whole ones since 1 January 1970.
 */
export type BuyingLaw = {
  /** Mean days from one order to the next. */
  rhythmDays: number;
  /** Shape of the gaps' gamma law, a whole number: the higher, the more alike they are. */
  steadiness: number;
  /** Chance to leave after an order, none after the first `safeOrders`. */
  leaveChance: number;
  safeOrders: number;
  /** Share of orders that wait for a weekend; the others wait for a workday. */
  weekendChance: number;
};

/** What anybody could know of a customer: how many orders they placed so far, and on which day the last one. */
export type OrdersSoFar = { nOrders: number; lastDay: number };

const leaveChanceAfter = ({ leaveChance, safeOrders }: BuyingLaw, nOrders: number) =>
  nOrders > safeOrders ? leaveChance : 0;

/** The day of the next order; Infinity = they left. */
export function drawNextDay(random: Random, law: BuyingLaw, { nOrders, lastDay }: OrdersSoFar): number {
  if (random.next() < leaveChanceAfter(law, nOrders)) return Infinity;
  return settleDay(lastDay + drawGap(random, law), random.next() < law.weekendChance);
}

/** A gamma law of whole shape is a sum of exponential ones. */
function drawGap(random: Random, { rhythmDays, steadiness }: BuyingLaw): number {
  let sum = 0;
  for (let i = 0; i < steadiness; i++) sum -= Math.log(1 - random.next());
  return Math.max(1, Math.ceil((sum * rhythmDays) / steadiness));
}

/** The day itself or the next one that is (or is not) in a weekend. */
export function settleDay(day: number, isWeekend: boolean): number {
  const weekday = (day + 4) % 7;
  if (isWeekend) return weekday === 0 ? day : day + 6 - weekday;
  return day + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}

/** Chance that the gap is longer than `days`. */
function chanceOfLongerGap({ rhythmDays, steadiness }: BuyingLaw, days: number): number {
  const part = Math.max(0, (steadiness * days) / rhythmDays);
  let [term, sum] = [1, 0];
  for (let i = 0; i < steadiness; i++) {
    sum += term;
    term *= part / (i + 1);
  }
  return sum * Math.exp(-part);
}

/** Chance that who stays after an order on `last` does not order again before `day`. */
function chanceOfWait(law: BuyingLaw, last: number, day: number): number {
  let chance = chanceOfLongerGap(law, day - 1 - last);
  for (let wished = Math.max(last + 1, day - 6); wished < day; wished++) {
    const own = chanceOfLongerGap(law, wished - 1 - last) - chanceOfLongerGap(law, wished - last);
    if (settleDay(wished, true) >= day) chance += own * law.weekendChance;
    if (settleDay(wished, false) >= day) chance += own * (1 - law.weekendChance);
  }
  return chance;
}

/**
 * The true chance of no order on the `horizonDays` days from `asOf` on, after these orders before it: all that anybody
 * can know who knows the law, but not who has left.
 */
export function chanceOfSilence(
  law: BuyingLaw,
  { nOrders, lastDay }: OrdersSoFar,
  asOf: number,
  horizonDays: number,
): number {
  const left = leaveChanceAfter(law, nOrders);
  const silentUntil = (day: number) => left + (1 - left) * chanceOfWait(law, lastDay, day);
  return silentUntil(asOf + horizonDays) / silentUntil(asOf);
}
