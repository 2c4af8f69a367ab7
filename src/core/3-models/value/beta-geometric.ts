import { hyp2f1 } from '../../kit/hyp2f1';
import { risingLogs, type PurchaseModel } from './purchase-model';
import type { Triples } from './triples';

/** Where a closed form is 0/0 it is taken as the mean of its two sides, this far off. */
const aside = 3e-4;

/** BG/NBD: a customer may leave after each repeat purchase (Fader, Hardie and Lee 2005, Marketing Science 24, 275-284). */
export const betaGeometric = createBetaGeometric('betaGeometric', 0);

/** MBG/NBD: a customer may also leave after the first purchase (Batislam, Denizel and Filiztekin 2007, IJRM 24, 201-209). */
export const modifiedBetaGeometric = createBetaGeometric('modifiedBetaGeometric', 1);

/**
 * Both models with m = x + shift chances to have left so far. Likelihood (their equation 6 with the beta functions as
 * rising factorials): (r)_x alpha^r (b)_m / (a+b)_m (alpha+T)^-(r+x) (1 + e^d), where e^d are the odds of having left.
 */
function createBetaGeometric(name: string, shift: 0 | 1): PurchaseModel {
  const oddsLeft = ([r, alpha, a, b]: readonly number[], x: number, tx: number, T: number) => {
    const m = x + shift;
    return m === 0 ? 0 : (a! / (b! + m - 1)) * ((alpha! + T) / (alpha! + tx)) ** (r! + x);
  };
  const probabilityAlive: PurchaseModel['probabilityAlive'] = (parameters, x, tx, T) =>
    1 / (1 + oddsLeft(parameters, x, tx, T));
  return {
    name,
    version: 1,
    parameterNames: ['r', 'alpha', 'a', 'b'],
    firstLook: 2000,
    starts: [
      [0.3, 5, 0.8, 2.5],
      [1, 20, 0.1, 3],
      [0.7, 10, 3, 50],
      [2, 3, 0.5, 0.5],
      [0.8, 10, 0.003, 5],
      [0.8, 10, 0.01, 0.02],
    ],
    logLikelihood: (triples, logs, slope) => logLikelihood(triples, shift, logs, slope),
    probabilityAlive,
    expectedPurchases: (parameters, t, x, tx, T) =>
      probabilityAlive(parameters, x, tx, T) * whileAlive(parameters, t, x, T, x + shift),
    expectedByAge: (parameters, t) => {
      const [, , a, b] = parameters;
      const stays = shift === 1 ? b! / (a! + b!) : 1;
      return stays * whileAlive(parameters, t, 0, 0, shift);
    },
  };
}

function logLikelihood(
  { n, x, tx, T, count, maxX }: Triples,
  shift: number,
  logs: Float64Array,
  slope: Float64Array,
): number {
  const [r, alpha, a, b] = logs.map(Math.exp) as unknown as [number, number, number, number];
  const [ofR, ofB, ofAB] = [
    risingLogs(r, maxX),
    risingLogs(b, maxX + shift),
    risingLogs(a + b, maxX + shift),
  ];
  let [total, dr, dAlpha, da, db] = [0, 0, 0, 0, 0];
  const [logAlpha, logA] = [logs[1]!, logs[2]!];
  for (let i = 0; i < n; i++) {
    const xi = x[i]!;
    const m = xi + shift;
    const k = count[i]!;
    const end = alpha + T[i]!;
    const logEnd = Math.log(end);
    let value = ofR.log[xi]! + r * logAlpha + ofB.log[m]! - ofAB.log[m]! - (r + xi) * logEnd;
    let [sr, sAlpha] = [ofR.slope[xi]! + logAlpha - logEnd, r / alpha - (r + xi) / end];
    let [sa, sb] = [-ofAB.slope[m]!, ofB.slope[m]! - ofAB.slope[m]!];
    if (m > 0) {
      const last = alpha + tx[i]!;
      const longer = logEnd - Math.log(last);
      const d = logA - Math.log(b + m - 1) + (r + xi) * longer;
      value += d > 0 ? d + Math.log1p(Math.exp(-d)) : Math.log1p(Math.exp(d));
      const left = 1 / (1 + Math.exp(-d));
      sr += left * longer;
      sAlpha += left * (r + xi) * (1 / end - 1 / last);
      sa += left / a;
      sb -= left / (b + m - 1);
    }
    total += k * value;
    dr += k * sr;
    dAlpha += k * sAlpha;
    da += k * sa;
    db += k * sb;
  }
  slope[0] = dr * r;
  slope[1] = dAlpha * alpha;
  slope[2] = da * a;
  slope[3] = db * b;
  return total;
}

/**
 * Purchases in the next t of a customer who is still there (their equation 10), with Euler's transformation of 2F1 so
 * that many purchases do not overflow.
 */
function whileAlive(parameters: readonly number[], t: number, x: number, T: number, m: number): number {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  if (t <= 0) return 0;
  if (a / (a + b + m) < 1e-9) return ((r + x) * t) / (alpha + T);
  if (Math.abs(a - 1) < aside / 3) return mean((a0) => closed(r, alpha, a0, b, t, x, T, m), 1);
  if (Math.abs(a + b + m - 1) < aside / 3) return mean((c) => closed(r, alpha, a, c, t, x, T, m), 1 - a - m);
  return closed(r, alpha, a, b, t, x, T, m);
}

const mean = (f: (at: number) => number, at: number) => (f(at - aside) + f(at + aside)) / 2;

function closed(
  r: number,
  alpha: number,
  a: number,
  b: number,
  t: number,
  x: number,
  T: number,
  m: number,
): number {
  const z = t / (alpha + T + t);
  const c = a + b + m - 1;
  // All terms of the first form are positive; Euler's is for so many purchases that it would overflow.
  const isEven = -(r + x) * Math.log1p(-z) < 600;
  const still = isEven
    ? (1 - z) ** (r + x) * hyp2f1(r + x, b + m, c, z)
    : (1 - z) ** (a - 1) * hyp2f1(c - r - x, a - 1, c, z);
  return (c / (a - 1)) * (1 - (Number.isFinite(still) ? still : 0));
}
