import { risingLogs, type PurchaseModel } from './purchase-model';
import type { Triples } from './triples';

/** Positive half of the nodes and weights of 16-point Gauss-Legendre quadrature (Abramowitz and Stegun 25.4). */
const nodes = [
  0.09501250983763744, 0.2816035507792589, 0.4580167776572274, 0.6178762444026438, 0.755404408355003,
  0.8656312023878318, 0.9445750230732326, 0.9894009349916499,
];
const weights = [
  0.1894506104550685, 0.1826034150449236, 0.1691565193950025, 0.1495959888165767, 0.1246289712555339,
  0.0951585116824928, 0.0622535239386479, 0.0271524594117541,
];

/** What has fallen by e^-45 no longer counts. */
const negligible = 45;

/**
 * Pareto/NBD (Schmittlein, Morrison and Colombo 1987, Management Science 33, 1-24): purchases at rate gamma(r, alpha),
 * leaving at rate gamma(s, beta). Fader and Hardie's A0 is taken as the integral it stands for, over the times of
 * leaving from tx to T, which is stable for alpha above and below beta.
 */
export const paretoNbd: PurchaseModel = {
  name: 'paretoNbd',
  version: 1,
  parameterNames: ['r', 'alpha', 's', 'beta'],
  firstLook: 400,
  starts: [
    [0.6, 10, 0.6, 12],
    [1, 20, 1, 50],
    [2, 5, 0.3, 3],
  ],
  logLikelihood,
  probabilityAlive(parameters, x, tx, T) {
    return 1 / (1 + Math.exp(logOddsLeft(parameters, x, tx, T)));
  },
  expectedPurchases(parameters, t, x, tx, T) {
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    const stays = whileThere(s, Math.log1p(t / (beta + T)));
    return (((r + x) * (beta + T)) / (alpha + T)) * stays * this.probabilityAlive(parameters, x, tx, T);
  },
  expectedByAge(parameters, t) {
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    return ((r * beta) / alpha) * whileThere(s, Math.log1p(t / beta));
  },
};

/** (1 - e^(-(s-1) L)) / (s - 1), which is L at s = 1. */
const whileThere = (s: number, L: number) =>
  Math.abs(s - 1) < 1e-12 ? L : -Math.expm1(-(s - 1) * L) / (s - 1);

/** Sums, each divided by e^peak: of the odds of having left, and of their slopes in r, alpha, s, beta. */
type Left = { peak: number; odds: number; dr: number; dAlpha: number; ds: number; dBeta: number };
const left: Left = { peak: 0, odds: 0, dr: 0, dAlpha: 0, ds: 0, dBeta: 0 };

/**
 * The integral from tx to T of s ((alpha+T)/(alpha+t))^(r+x) ((beta+T)/(beta+t))^s / (beta+t) dt, on the scale of
 * ln(t + the smaller of alpha and beta), where the integrand is smooth.
 */
function sumLeft(parameters: readonly number[], x: number, tx: number, T: number): Left {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const least = Math.min(alpha, beta);
  const [logA, logB] = [Math.log(alpha + T), Math.log(beta + T)];
  const fall = (t: number) => (r + x) * (logA - Math.log(alpha + t)) + s * (logB - Math.log(beta + t));
  const peak = fall(tx);
  Object.assign(left, { peak, odds: 0, dr: 0, dAlpha: 0, ds: 0, dBeta: 0 });
  const from = Math.log(least + tx);
  let to = Math.log(least + T);
  if (peak > negligible) to = whereFallen(fall, peak - negligible, from, to, least);
  const drop = Math.min(peak, negligible);
  const nPanels = Math.max(1, Math.ceil(Math.max((to - from) / 3, drop / 12)));
  const half = (to - from) / nPanels / 2;
  for (let panel = 0; panel < nPanels; panel++)
    for (let k = 0; k < 16; k++) {
      const node = k < 8 ? nodes[k]! : -nodes[k - 8]!;
      const shifted = Math.exp(from + half * (2 * panel + 1 + node));
      const t = shifted - least;
      const [inA, inB] = [logA - Math.log(alpha + t), logB - Math.log(beta + t)];
      const weight = weights[k & 7]! * half * shifted * (s / (beta + t));
      const q = weight * Math.exp((r + x) * inA + s * inB - peak);
      left.odds += q;
      left.dr += q * inA;
      left.dAlpha += q * (r + x) * (1 / (alpha + T) - 1 / (alpha + t));
      left.ds += q * (1 / s + inB);
      left.dBeta += q * (s / (beta + T) - (s + 1) / (beta + t));
    }
  return left;
}

/** Where the falling function has come down to `level`, between the logs `low` and `high`. */
function whereFallen(fall: (t: number) => number, level: number, low: number, high: number, least: number) {
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (fall(Math.exp(middle) - least) > level) low = middle;
    else high = middle;
  }
  return high;
}

function logOddsLeft(parameters: readonly number[], x: number, tx: number, T: number): number {
  if (T <= tx) return -Infinity;
  const { peak, odds } = sumLeft(parameters, x, tx, T);
  return peak + Math.log(odds);
}

function logLikelihood(
  { n, x, tx, T, count, maxX }: Triples,
  logs: Float64Array,
  slope: Float64Array,
): number {
  const parameters = Array.from(logs, Math.exp);
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const ofR = risingLogs(r, maxX);
  const [logAlpha, logBeta] = [logs[1]!, logs[3]!];
  let [total, dr, dAlpha, ds, dBeta] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const xi = x[i]!;
    const k = count[i]!;
    const [logEndA, logEndB] = [Math.log(alpha + T[i]!), Math.log(beta + T[i]!)];
    let value = ofR.log[xi]! + r * logAlpha + s * logBeta - (r + xi) * logEndA - s * logEndB;
    let [sr, sAlpha] = [ofR.slope[xi]! + logAlpha - logEndA, r / alpha - (r + xi) / (alpha + T[i]!)];
    let [ss, sBeta] = [logBeta - logEndB, s / beta - s / (beta + T[i]!)];
    if (T[i]! > tx[i]!) {
      const sums = sumLeft(parameters, xi, tx[i]!, T[i]!);
      const d = sums.peak + Math.log(sums.odds);
      value += d > 0 ? d + Math.log1p(Math.exp(-d)) : Math.log1p(Math.exp(d));
      const scale = 1 / (1 + Math.exp(-d)) / sums.odds;
      sr += scale * sums.dr;
      sAlpha += scale * sums.dAlpha;
      ss += scale * sums.ds;
      sBeta += scale * sums.dBeta;
    }
    total += k * value;
    dr += k * sr;
    dAlpha += k * sAlpha;
    ds += k * ss;
    dBeta += k * sBeta;
  }
  slope[0] = dr * r;
  slope[1] = dAlpha * alpha;
  slope[2] = ds * s;
  slope[3] = dBeta * beta;
  return total;
}
