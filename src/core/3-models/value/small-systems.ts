/** Lower triangle L of a symmetric S = L L'; null where S is not clearly positive definite. */
export function cholesky(S: readonly (readonly number[])[]): number[][] | null {
  const L = S.map((row) => row.map(() => 0));
  for (let i = 0; i < S.length; i++)
    for (let j = 0; j <= i; j++) {
      let sum = S[i]![j]!;
      for (let k = 0; k < j; k++) sum -= L[i]![k]! * L[j]![k]!;
      if (i !== j) L[i]![j] = sum / L[j]![j]!;
      else if (sum > 1e-12 * Math.abs(S[i]![i]!) && sum > 1e-12) L[i]![i] = Math.sqrt(sum);
      else return null;
    }
  return L;
}

/** x of S x = b, from S's triangle. */
export function solveCholesky(L: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x = [...b];
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
