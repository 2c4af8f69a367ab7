const risingOrder = (p: ArrayLike<number>) =>
  Int32Array.from({ length: p.length }, (_, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);

/** Holm's (1979) adjusted p-values: the chance of even one false discovery stays below the level. */
export function holm(p: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(p.length);
  let most = 0;
  risingOrder(p).forEach((row, rank) => {
    most = Math.max(most, p[row]! * (p.length - rank));
    adjusted[row] = Math.min(1, most);
  });
  return adjusted;
}

/** Benjamini and Hochberg's (1995) adjusted p-values: the share of false discoveries stays below the level. */
export function benjaminiHochberg(p: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(p.length);
  let least = 1;
  const order = risingOrder(p);
  for (let rank = order.length; rank >= 1; rank--) {
    const row = order[rank - 1]!;
    least = Math.min(least, (p[row]! * order.length) / rank);
    adjusted[row] = least;
  }
  return adjusted;
}
