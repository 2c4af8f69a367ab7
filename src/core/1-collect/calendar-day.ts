const DAY_MS = 86_400_000;
/** Days from the 1st of March of the year 0 to 1970; years that begin in March end with the leap day. */
const TO_1970 = 719_468;

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** ms UTC of a day's midnight, NaN for one that the calendar does not have; whole numbers only, several times as quick as `Date`. */
export function dayValue(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && year >= 1800 && year <= 2200))
    return NaN;
  const inMarch = month > 2 ? month - 3 : month + 9;
  const y = month > 2 ? year : year - 1;
  const leapDays = ((y / 4) | 0) - ((y / 100) | 0) + ((y / 400) | 0);
  const days = y * 365 + leapDays + (((153 * inMarch + 2) / 5) | 0) + day - 1;
  return (days - TO_1970) * DAY_MS;
}
