import { normalCdf, normalQuantile } from '../special';

/** Wilson's (1927) interval for a share of `count` in `n` at `level`; [0, 1] of nobody. */
export function wilsonInterval(count: number, n: number, level = 0.95): [number, number] {
  if (n === 0) return [0, 1];
  const z = normalQuantile((1 + level) / 2);
  const p = count / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Newcombe's (1998, method 10) interval for the difference of two shares at `level`. */
export function newcombeInterval(
  [countA, nA]: readonly [number, number],
  [countB, nB]: readonly [number, number],
  level = 0.95,
): [number, number] {
  if (nA === 0 || nB === 0) return [-1, 1];
  const [pA, pB] = [countA / nA, countB / nB];
  const [lowA, highA] = wilsonInterval(countA, nA, level);
  const [lowB, highB] = wilsonInterval(countB, nB, level);
  const difference = pA - pB;
  return [difference - Math.hypot(pA - lowA, highB - pB), difference + Math.hypot(highA - pA, pB - lowB)];
}

/** The pooled z-test of two shares. */
export function twoShareTest(
  [countA, nA]: readonly [number, number],
  [countB, nB]: readonly [number, number],
) {
  const pooled = (countA + countB) / (nA + nB);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / nA + 1 / nB));
  const z = error > 0 ? (countA / nA - countB / nB) / error : 0;
  return { z, p: 2 * normalCdf(-Math.abs(z)) };
}
