import type { Random } from '../kit/random';
import { accountKinds, type AccountKind, trialBillingDays, trialInvoices } from './subscription-groups';

/** From the third renewal on an account may fall asleep: nobody logs in any more, and it cancels far more readily. */
const sleepChance = 0.008;
const awakeInvoices = 2;
const asleepFactor = 10;

export const fallsAsleep = (random: Random, nInvoices: number): boolean =>
  nInvoices > awakeInvoices && random.next() < sleepChance;

/** Whether an account cancels instead of paying the invoice that is due. */
export const cancels = (random: Random, kind: AccountKind, isAsleep: boolean): boolean =>
  random.next() < leaveChanceOf(kind, isAsleep);

const leaveChanceOf = ({ leaveChance }: AccountKind, isAsleep: boolean) =>
  Math.min(1, leaveChance * (isAsleep ? asleepFactor : 1));

/** Days from this invoice, the first being 0, to the next. */
export const daysToNext = ({ isYearly, billingDays }: AccountKind, nInvoices: number): number =>
  !isYearly && nInvoices < trialInvoices ? trialBillingDays : billingDays;

/** Chance that an account of this kind has not cancelled by so many days after its start. */
function chanceToStay(kind: AccountKind, days: number): number {
  let [awake, asleep] = [1, 0];
  let due = daysToNext(kind, 0);
  for (let n = 1; due <= days; n++) {
    const dozing = n > awakeInvoices ? awake * sleepChance : 0;
    awake = (awake - dozing) * (1 - leaveChanceOf(kind, false));
    asleep = (asleep + dozing) * (1 - leaveChanceOf(kind, true));
    due += daysToNext(kind, n);
  }
  return awake + asleep;
}

/**
 * The true chance that an account that runs `days` after its start cancels within the horizon: all that anybody can know
 * who knows the law and how many seats it signed for, but neither its kind nor whether it is asleep.
 */
export function chanceOfCancelling(seats: number, days: number, horizonDays: number): number {
  let [now, later] = [0, 0];
  for (const kind of accountKinds) {
    const [low, high] = kind.seats;
    if (seats < low || seats > high) continue;
    const weight = kind.share / (high - low + 1);
    now += weight * chanceToStay(kind, days);
    later += weight * chanceToStay(kind, days + horizonDays);
  }
  return 1 - later / now;
}
