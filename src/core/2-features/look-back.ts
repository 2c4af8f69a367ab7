import type { Collected } from '../1-collect/collected';
import { AppError } from '../kit/errors';
import type { FeatureTable } from './feature-table';
import { buildFeatures } from './features';
import type { FormulaDefinition } from './formula/define-formula';
import { DAY, dayAfter } from './history';

const mostSteps = 4;
/** The longest window that traits look back over: a date with less before it cannot be compared with today. */
const traitDays = 90;

/** Earlier dates (ms UTC) a step apart, latest first; `blocked` = there is none, and why. */
type LookBack = { asOf: number; stepDays: number; earlier: number[]; blocked: string | null };

/** The same traits of everybody there was, as of the end and of earlier dates, latest first. */
export type EarlierTables = {
  stepDays: number;
  /** When the first order came, ms UTC. */
  from: number;
  tables: FeatureTable[];
  blocked: string | null;
};

/** Dates to compare with `asOf`: steps back over dated orders, as many as there are days before them to go by. */
export function planLookBack(
  { lines, from, to }: Pick<Collected, 'lines' | 'from' | 'to'>,
  asOf: number | null,
  stepDays: number,
): LookBack {
  const end = asOf ?? dayAfter(to);
  const blockedBy = (blocked: string): LookBack => ({ asOf: end, stepDays, earlier: [], blocked });
  if (!lines) return blockedBy(new AppError('NothingToCompare').message);
  const first = end - stepDays * DAY;
  if (first >= dayAfter(to))
    return blockedBy(new AppError('NothingSince', new Date(first).toISOString().slice(0, 10)).message);
  const historyDays = Math.max(0, Math.ceil((end - from) / DAY));
  const nSteps = Math.min(mostSteps, Math.floor((historyDays - traitDays) / stepDays));
  if (nSteps < 1) {
    const missing = traitDays + stepDays - historyDays;
    return blockedBy(new AppError('TooShortToCompare', historyDays, missing, stepDays).message);
  }
  const earlier = Array.from({ length: nSteps }, (_, i) => end - (i + 1) * stepDays * DAY);
  return { asOf: end, stepDays, earlier, blocked: null };
}

export function buildEarlierTables(
  collected: Collected,
  options: { asOf: number | null; stepDays: number; traits: string[]; formulas: FormulaDefinition[] },
): EarlierTables {
  const { traits, formulas } = options;
  const { asOf, stepDays, earlier, blocked } = planLookBack(collected, options.asOf, options.stepDays);
  const { from } = collected;
  if (blocked) return { stepDays, from, tables: [], blocked };
  const tables = [asOf, ...earlier].map((date) => buildFeatures(collected, date, traits, formulas));
  return { stepDays, from, tables, blocked };
}
