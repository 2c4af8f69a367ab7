/** "1,250", or the plain digits where grouping them would lose some. */
export function writeNumber(value: number): string {
  const grouped = value.toLocaleString('en-US', { maximumFractionDigits: 20 });
  return Number(grouped.replaceAll(',', '')) === value ? grouped : String(value);
}

/** "30%" for 0.3, where it reads back as the very same number; else the number. */
export function writeShare(value: number): string {
  const percent = Number((value * 100).toPrecision(12));
  return !/e/.test(String(percent)) && Number(`${percent}e-2`) === value ? `${percent}%` : writeNumber(value);
}

const pattern = /-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?(?![\d.]*\d)(%?)/iy;

/** The number that stands at `at`, and where it ends; null when none does. */
export function readNumberAt(text: string, at: number): { value: number; end: number } | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) return null;
  const digits = found[0].replace('%', '').replaceAll(',', '');
  const value = Number(found[1] && !/e/i.test(digits) ? `${digits}e-2` : digits);
  return Number.isFinite(value) ? { value, end: pattern.lastIndex } : null;
}

/** "30 days", "1 day". */
export const countDays = (days: number): string => `${writeNumber(days)} ${days === 1 ? 'day' : 'days'}`;
