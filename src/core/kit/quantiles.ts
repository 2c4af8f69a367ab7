/** The value below which `share` (0..1) of the rising values lie, linear between neighbours (numpy's default). */
export function quantileSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return NaN;
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

export const medianOf = (values: Float64Array): number => quantileSorted(values.slice().sort(), 0.5);
