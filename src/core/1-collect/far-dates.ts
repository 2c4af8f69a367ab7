const DAY_MS = 86_400_000;
/** At most this share of the dates can be far from all the others. */
const MAX_SHARE = 0.01;

/**
 * Tells typing errors such as the year 2099 from the rest: less than 1% of the dates, behind a gap longer than a year
 * and longer than all other dates span.
 */
export function findFarDates(times: Float64Array): (time: number) => boolean {
  if (isDense(times)) return () => false;
  const sorted = times.filter((time) => !Number.isNaN(time)).sort();
  const n = sorted.length;
  const limit = Math.floor(n * MAX_SHARE);
  let low = 0;
  let high = n - 1;
  const isGap = (gap: number) => gap > 366 * DAY_MS && gap > sorted[n - 1 - limit]! - sorted[limit]!;
  for (let i = 0; i < limit; i++) if (isGap(sorted[i + 1]! - sorted[i]!)) low = i + 1;
  for (let i = n - 1; i >= n - limit; i--) if (isGap(sorted[i]! - sorted[i - 1]!)) high = i - 1;
  const first = sorted[low] ?? NaN;
  const last = sorted[high] ?? NaN;
  return (time) => time < first || time > last;
}

const HALF_YEAR_MS = 183 * DAY_MS;
const MOST_HALF_YEARS = 100_000;

/** Whether no half-year between the first and the last date is empty: then no gap is as long as a year. */
function isDense(times: Float64Array): boolean {
  let first = Infinity;
  let last = -Infinity;
  // An iterator would make an object of every time.
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const n = Math.floor((last - first) / HALF_YEAR_MS) + 1;
  if (!(n <= MOST_HALF_YEARS)) return false;
  const isSeen = new Uint8Array(n);
  for (let i = 0; i < times.length; i++)
    if (times[i]! >= first) isSeen[Math.floor((times[i]! - first) / HALF_YEAR_MS)] = 1;
  return !isSeen.includes(0);
}
