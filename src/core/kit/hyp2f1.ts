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

/** With t = z - at, w = sum of u[n] t^n and A = at (1 - at): A (n+1)(n+2) u[n+2] = (n+a)(n+b) u[n] - (n+1)(B n + C) u[n+1]. */
function step(a: number, b: number, c: number, z: number): number {
  let at = 0.5;
  let w = sum(a, b, c, at);
  let slope = ((a * b) / c) * sum(a + 1, b + 1, c + 1, at);
  while (at < z) {
    const t = Math.min(z - at, (1 - at) / 2);
    const A = at * (1 - at);
    const B = 1 - 2 * at;
    const C = c - (a + b + 1) * at;
    let [u0, u1, power] = [w, slope, 1];
    let [value, rise] = [u0, 0];
    for (let n = 0; n < 4000; n++) {
      rise += (n + 1) * u1 * power;
      power *= t;
      value += u1 * power;
      const next = ((n + a) * (n + b) * u0 - (n + 1) * (B * n + C) * u1) / (A * (n + 1) * (n + 2));
      [u0, u1] = [u1, next];
      const size = Math.abs(u0) + Math.abs(u1) * t;
      if (n > 3 && n * size * power <= eps * Math.abs(value)) break;
    }
    [w, slope, at] = [value, rise, at + t];
    if (z - at <= 1e-15) break;
  }
  return w;
}
