/** Lower triangle L (row-major) of a symmetric S = L L'; null at a pivot that is not clearly positive, unless `mend` lifts it. */
function factorise(
  S: Float64Array,
  n: number,
  mend: ((pivot: number, diagonal: number) => number) | null,
): Float64Array | null {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = S[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= L[i * n + k]! * L[j * n + k]!;
      const diagonal = S[i * n + i]!;
      if (i !== j) L[i * n + j] = sum / L[j * n + j]!;
      else if (mend) L[i * n + i] = Math.sqrt(mend(sum, diagonal));
      else if (sum > 1e-12 * Math.max(1, Math.abs(diagonal))) L[i * n + i] = Math.sqrt(sum);
      else return null;
    }
  return L;
}

/** Rows of the lower triangle L of a symmetric S = L L'; null where S is not clearly positive definite. */
export function cholesky(S: readonly (readonly number[])[]): Float64Array[] | null {
  const n = S.length;
  const L = factorise(Float64Array.from(S.flat()), n, null);
  return L && S.map((_, i) => L.subarray(i * n, (i + 1) * n));
}

/** x of S x = b, from the rows of S's triangle. */
export function solveCholesky(L: readonly Float64Array[], b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= L[i]![k]! * x[k]!;
    x[i]! /= L[i]![i]!;
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= L[k]![i]! * x[k]!;
    x[i]! /= L[i]![i]!;
  }
  return x;
}

/** Solves S x = b for a symmetric positive S (row-major); a tiny ridge is added where S has lost rank. */
export function solveSymmetric(S: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const L = factorise(S, n, (pivot, diagonal) => Math.max(pivot, 1e-10 * Math.max(diagonal, 1e-10)))!;
  return solveCholesky(
    Array.from({ length: n }, (_, i) => L.subarray(i * n, (i + 1) * n)),
    b,
  );
}
