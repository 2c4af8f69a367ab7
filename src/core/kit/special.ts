const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);
const eulerGamma = 0.5772156649015329;
const tiny = 1e-300;
const epsilon = 2.220446049250313e-16;
const mostTerms = 100_000;

/** zeta(s) - 1 for whole s of at least 2, by the Euler-Maclaurin sum from 20 on. */
function zetaMinusOne(s: number): number {
  const N = 20;
  let sum = N ** (1 - s) / (s - 1) + 0.5 * N ** -s + (s * N ** (-s - 1)) / 12;
  sum -= (s * (s + 1) * (s + 2) * N ** (-s - 3)) / 720;
  sum += (s * (s + 1) * (s + 2) * (s + 3) * (s + 4) * N ** (-s - 5)) / 30240;
  for (let n = N - 1; n >= 2; n--) sum += n ** -s;
  return sum;
}

/** Coefficients of lgamma(2 + e) in powers of e (Abramowitz and Stegun 6.1.33, shifted by one). */
const aroundTwo = Float64Array.from({ length: 31 }, (_, k) => {
  if (k === 0) return 0;
  return k === 1 ? 1 - eulerGamma : ((-1) ** k * zetaMinusOne(k)) / k;
});

function lgammaAroundTwo(e: number): number {
  let sum = 0;
  for (let k = aroundTwo.length - 1; k >= 0; k--) sum = sum * e + aroundTwo[k]!;
  return sum;
}

/** lgamma(x) minus Stirling's (x - 1/2) ln x - x + ln(2 pi) / 2, for x of at least 10. */
function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  const series = 1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y * (1 / 156))));
  return (1 / 12 - y * (1 / 360 - y * series)) / x;
}

/** ln of the gamma function for x above 0, to about 1e-15 relative also beside its zeros 1 and 2; Infinity at 0. */
export function lgamma(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0 || x === Infinity) return Infinity;
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + halfLog2Pi + stirlingRest(x);
  if (x < 0.5) return lgamma(x + 1) - Math.log(x);
  if (x < 1.5) return lgammaAroundTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let rest = x;
  while (rest > 2.5) product *= --rest;
  return lgammaAroundTwo(rest - 2) + Math.log(product);
}

/** The slope of lgamma, for x above 0. */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let shift = 0;
  let at = x;
  for (; at < 10; at++) shift -= 1 / at;
  const y = 1 / (at * at);
  const series = 1 / 252 - y * (1 / 240 - y * (1 / 132 - y * (691 / 32760 - y / 12)));
  return shift + Math.log(at) - 0.5 / at - y * (1 / 12 - y * (1 / 120 - y * series));
}

/** ln of the beta function for a, b above 0, without the cancellation of large gammas. */
export function lbeta(a: number, b: number): number {
  const p = Math.min(a, b);
  const q = Math.max(a, b);
  const sum = p + q;
  if (q < 10) return lgamma(p) + lgamma(q) - lgamma(sum);
  const rest = stirlingRest(q) - stirlingRest(sum);
  if (p < 10) return lgamma(p) + rest + p - p * Math.log(sum) + (q - 0.5) * Math.log1p(-p / sum);
  const larger = (p - 0.5) * Math.log(p / sum) + q * Math.log1p(-p / sum) - 0.5 * Math.log(q);
  return larger + halfLog2Pi + stirlingRest(p) + rest;
}

/** x^a e^-x / gamma(a), the factor of both expansions of the incomplete gamma function. */
function gammaFactor(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - lgamma(a));
  const d = (x - a) / a;
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-a * (d - Math.log1p(d)) - stirlingRest(a));
}

/** The lower tail by its series, good below a + 1. */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < mostTerms && term > sum * epsilon; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return gammaFactor(a, x) * sum;
}

/** A continued fraction b0 + a1/(b1 + a2/(b2 + …)) by Lentz's method; `at(n)` gives a_n and b_n. */
function continuedFraction(b0: number, at: (n: number) => readonly [number, number]): number {
  let value = b0 === 0 ? tiny : b0;
  let c = value;
  let d = 0;
  for (let n = 1; n < mostTerms; n++) {
    const [a, b] = at(n);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < epsilon) break;
  }
  return value;
}

/** The upper tail by its continued fraction, good above a + 1 (Abramowitz and Stegun 6.5.31). */
function gammaFraction(a: number, x: number): number {
  const fraction = continuedFraction(x + 1 - a, (n) => [n * (a - n), x + 2 * n + 1 - a]);
  return gammaFactor(a, x) / fraction;
}

/** Regularised lower incomplete gamma P(a, x): the share of a gamma distribution of shape a below x. */
export function lowerGamma(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** Regularised upper incomplete gamma Q(a, x) = 1 - P(a, x), exact far out in the tail. */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

/** Regularised incomplete beta I_x(a, b); the upper tail is `incompleteBeta(1 - x, b, a)` (DLMF 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0) || !(b > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - lbeta(a, b)) / a;
  const fraction = continuedFraction(1, (n) => {
    const m = n >> 1;
    if (n % 2 === 0) return [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), 1];
    return [(-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)), 1];
  });
  return factor / fraction;
}

/** The share of a normal distribution within x·√2 of its middle, signed. */
export const erf = (x: number): number => Math.sign(x) * lowerGamma(0.5, x * x);

/** P(Z <= z) of the standard normal, exact in both tails. */
export const normalCdf = (z: number): number =>
  z < 0 ? 0.5 * upperGamma(0.5, 0.5 * z * z) : 1 - 0.5 * upperGamma(0.5, 0.5 * z * z);

/** The z with P(Z <= z) = p: Abramowitz and Stegun 26.2.23, then Halley's steps. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return -Infinity;
  const t = Math.sqrt(-2 * Math.log(p));
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  let z = top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 3; step++) {
    const gap = (normalCdf(z) - p) * Math.exp(0.5 * z * z + halfLog2Pi);
    z -= gap / (1 + 0.5 * z * gap);
  }
  return z;
}

/** P(X > x) of the chi-square distribution. */
export const chiSquareTail = (x: number, df: number): number => upperGamma(df / 2, x / 2);

/** P(F > f) of the F distribution. */
export const fTail = (f: number, dfBetween: number, dfWithin: number): number =>
  f === Infinity ? 0 : incompleteBeta(dfWithin / (dfWithin + dfBetween * f), dfWithin / 2, dfBetween / 2);

/** P(|T| > |t|) of Student's t. */
export const studentTwoTails = (t: number, df: number): number =>
  incompleteBeta(df / (df + t * t), df / 2, 0.5);

/** The argument in [low, high] at which a rising function reaches `target`, by halving. */
function solveRising(rising: (x: number) => number, target: number, low: number, high: number): number {
  for (let step = 0; step < 200; step++) {
    const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    if (rising(middle) < target) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** The t with P(T <= t) = p. */
export function studentQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, df);
  if (p === 0.5) return 0;
  let high = 2;
  while (studentTwoTails(high, df) > 2 * (1 - p) && high < 1e15) high *= 2;
  return solveRising((t) => -studentTwoTails(t, df), -2 * (1 - p), 0, high);
}

/** The x with I_x(a, b) = p. */
export const betaQuantile = (p: number, a: number, b: number): number =>
  solveRising((x) => incompleteBeta(x, a, b), p, 0, 1);
