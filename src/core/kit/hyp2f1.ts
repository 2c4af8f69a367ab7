/** Largest parameter for which the series is continued step by step towards 1; larger ones are summed directly. */
const largestStepped = 60;
const mostTerms = 2_000_000;
const eps = 1e-17;

/**
 * Gauss's hypergeometric function 2F1(a, b; c; z) for real z < 1 and c no whole number at or below 0. The series to
 * 0.8, Pfaff's transformation below -0.5, and above 0.8 Taylor series of the differential equation, each half-way to 1.
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  if (z === 0 || a === 0 || b === 0) return 1;
  if (z < -0.5) return (1 - z) ** -a * hyp2f1(a, c - b, c, z / (z - 1));
  if (z <= 0.8 || Math.max(Math.abs(a), Math.abs(b), Math.abs(c)) > largestStepped) return sum(a, b, c, z);
  return step(a, b, c, z);
}

function sum(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let total = 1;
  for (let k = 0; k < mostTerms; k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    total += term;
    if (Math.abs(term) <= eps * Math.abs(total) && k > Math.abs(a) * z) break;
  }
  return total;
}

/** With t = z - at, w = sum of v[n], v[n] = u[n] t^n: at (1-at) (n+1)(n+2) v[n+2] = (n+a)(n+b) t^2 v[n] - (n+1)(B n + C) t v[n+1]. */
function step(a: number, b: number, c: number, z: number): number {
  let at = 0.5;
  let w = sum(a, b, c, at);
  let slope = ((a * b) / c) * sum(a + 1, b + 1, c + 1, at);
  while (z - at > 1e-15) {
    const t = Math.min(z - at, (1 - at) / 2);
    const A = at * (1 - at);
    const B = 1 - 2 * at;
    const C = c - (a + b + 1) * at;
    let [v0, v1] = [w, slope * t];
    let [value, rise] = [w + v1, v1];
    for (let n = 0; n < 4000; n++) {
      const next =
        ((n + a) * (n + b) * v0 * t * t - (n + 1) * (B * n + C) * v1 * t) / (A * (n + 1) * (n + 2));
      [v0, v1] = [v1, next];
      value += next;
      rise += (n + 2) * next;
      if (n > 3 && n * (Math.abs(v0) + Math.abs(v1)) <= eps * Math.abs(value)) break;
    }
    [w, slope, at] = [value, rise / t, at + t];
  }
  return w;
}
