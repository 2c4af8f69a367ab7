import type { TouchKind } from '../../1-collect/canonical';

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** What somebody did. Null = any event. Products, categories and channels are counted by orders. */
export type Deed =
  | { kind: 'order' }
  | { kind: 'category' | 'product'; name: string }
  | { kind: 'channel'; name: string }
  | { kind: 'event'; name: string | null }
  | { kind: 'message'; name: TouchKind };

/** The days up to the as-of instant, or ISO days, both included (null = no end on that side). */
export type RuleWindow = 'ever' | { lastDays: number } | { from: string | null; to: string | null };

/**
 * Who is meant, as plain JSON. Nothing is true of a missing value except that it is missing, and `not` turns yes and no
 * around: so a customer without a value is among those that a rule does not hold for.
 */
export type Rule =
  | { kind: 'and'; rules: Rule[] }
  | { kind: 'or'; rules: Rule[] }
  | { kind: 'not'; rule: Rule }
  /** A trait by its name. */
  | { kind: 'compare'; feature: string; op: Comparison; value: number }
  /** Both ends included. */
  | { kind: 'between'; feature: string; from: number; to: number }
  /** An attribute of the customers by its column's name. */
  | { kind: 'in'; attribute: string; levels: string[] }
  /** An attribute or a trait without a value. */
  | { kind: 'missing'; of: string }
  /** `minAmount`: each time worth that at least; null = whatever it was worth. */
  | {
      kind: 'did';
      what: Deed;
      atLeast: number;
      atMost: number | null;
      window: RuleWindow;
      minAmount: number | null;
    }
  /** Calendar days from the first or last time to the as-of day, both ends included; whoever never did is out. */
  | { kind: 'when'; which: 'first' | 'last'; what: Deed; minDays: number; maxDays: number | null }
  | { kind: 'lifecycle'; names: string[] }
  /** A score of 1 to 5, 5 best, both ends included. */
  | { kind: 'score'; of: 'recency' | 'frequency' | 'spend'; from: number; to: number }
  | { kind: 'segment'; id: number; isNot: boolean };

/** The id that no segment has: what a rule speaks of is no more. */
export const goneSegment = -1;

/** Whether two rules are the same, part by part. */
export function isSameRule(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => isSameRule(value, right.get(key)));
}
