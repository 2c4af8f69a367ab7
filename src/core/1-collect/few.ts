/** Some values, each once: an array while there are few, as nearly always, which is far lighter than a set. */
export type Few<T> = readonly T[] | Set<T>;

const MOST = 8;
export const noValues: readonly never[] = [];

export const countFew = <T>(few: Few<T>): number => (few instanceof Set ? few.size : few.length);

export const hasValue = <T>(few: Few<T>, value: T): boolean =>
  few instanceof Set ? few.has(value) : few.includes(value);

/** The values and one more; what was given must not be used any longer. */
export function withValue<T>(few: Few<T>, value: T): Few<T> {
  if (few instanceof Set) return few.add(value);
  if (few.includes(value)) return few;
  return few.length < MOST ? [...few, value] : new Set([...few, value]);
}
