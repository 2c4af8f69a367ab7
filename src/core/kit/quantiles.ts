/** The value below which `share` (0..1) of the rising values lie, linear between neighbours (numpy's default, and rounded as there). */
export function quantileSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return NaN;
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const [from, to] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  const part = at - low;
  if (part === 0 || from === to) return from;
  return part < 0.5 ? from + (to - from) * part : to - (to - from) * (1 - part);
}

export const medianOf = (values: Float64Array): number => quantileSorted(values.slice().sort(), 0.5);
