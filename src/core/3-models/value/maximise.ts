import { cholesky, solveCholesky } from '../cholesky';

/** A function to be made large; writes its slope into `gradient`. */
export type Objective = (theta: Float64Array, gradient: Float64Array) => number;

export type Maximum = {
  theta: Float64Array;
  value: number;
  /** Largest slope still left, divided by 1 + |value|. */
  slope: number;
  isConverged: boolean;
  /** Which coordinates ended at their bound: the data pull them without end. */
  atBound: boolean[];
  /** Of theta where the top is curved downwards; coordinates at a bound are held fixed (zero). */
  covariance: number[][] | null;
};

const maxIter = 150;

/** Quasi-Newton (BFGS) from each start, the best polished by Newton steps; every coordinate stays in [low, high]. */
export function maximise(
  objective: Objective,
  starts: readonly (readonly number[])[],
  [low, high]: readonly [number, number],
): Maximum {
  let best: { theta: Float64Array; value: number } | null = null;
  for (const start of starts) {
    const inside = Float64Array.from(start, (at) => clamp(at, low, high));
    const found = climb(objective, inside, low, high);
    if (!best || found.value > best.value) best = found;
  }
  const { theta, value } = polish(objective, best!, low, high);
  return describe(objective, theta, value, low, high);
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** True where a coordinate is at its bound and the slope pushes it out. */
const isHeld = (theta: Float64Array, gradient: Float64Array, i: number, low: number, high: number) =>
  (theta[i]! <= low && gradient[i]! <= 0) || (theta[i]! >= high && gradient[i]! >= 0);

function climb(objective: Objective, theta: Float64Array, low: number, high: number) {
  const n = theta.length;
  let gradient = new Float64Array(n);
  let value = objective(theta, gradient);
  let inverse = identity(n, 1 / (1 + norm(gradient)));
  for (let iter = 0; iter < maxIter; iter++) {
    const held = theta.map((_, i) => Number(isHeld(theta, gradient, i, low, high)));
    const free = gradient.map((slope, i) => (held[i] ? 0 : slope));
    if (norm(free) < 1e-9 * (1 + Math.abs(value))) break;
    let direction = multiply(inverse, free).map((step, i) => (held[i] ? 0 : step));
    if (dot(direction, free) <= 0) {
      inverse = identity(n, 1 / (1 + norm(free)));
      direction = multiply(inverse, free);
    }
    const longest = Math.max(...direction.map(Math.abs));
    let size = Math.min(1, 2 / longest);
    let moved = false;
    for (let half = 0; half < 20; half++, size /= 2) {
      const next = theta.map((at, i) => clamp(at + size * direction[i]!, low, high));
      const slope = new Float64Array(n);
      const got = objective(next, slope);
      if (!(got > value)) continue;
      update(inverse, diff(next, theta), diff(gradient, slope));
      moved = got - value > 1e-13 * (1 + Math.abs(value));
      [theta, gradient, value] = [next, slope, got];
      break;
    }
    if (!moved) break;
  }
  return { theta, value };
}

/** Newton steps with curvature from differences of slopes: they end where a quasi-Newton step only nears. */
function polish(
  objective: Objective,
  from: { theta: Float64Array; value: number },
  low: number,
  high: number,
) {
  let { theta, value } = from;
  for (let iter = 0; iter < 6; iter++) {
    const gradient = new Float64Array(theta.length);
    objective(theta, gradient);
    const free = freeCoordinates(theta, gradient, low, high);
    const factor = cholesky(curvature(objective, theta, free));
    if (!factor || free.length === 0) break;
    const step = solveCholesky(
      factor,
      free.map((i) => gradient[i]!),
    );
    const next = theta.slice();
    free.forEach((i, k) => (next[i] = clamp(theta[i]! + clamp(step[k]!, -1, 1), low, high)));
    const got = objective(next, new Float64Array(theta.length));
    if (!(got >= value)) break;
    const isDone = Math.max(...step.map(Math.abs)) < 1e-9;
    [theta, value] = [next, got];
    if (isDone) break;
  }
  return { theta, value };
}

const freeCoordinates = (theta: Float64Array, gradient: Float64Array, low: number, high: number) =>
  [...theta.keys()].filter(
    (i) => !isHeld(theta, gradient, i, low, high) && theta[i]! > low && theta[i]! < high,
  );

function describe(
  objective: Objective,
  theta: Float64Array,
  value: number,
  low: number,
  high: number,
): Maximum {
  const n = theta.length;
  const gradient = new Float64Array(n);
  objective(theta, gradient);
  const free = freeCoordinates(theta, gradient, low, high);
  const slope = Math.max(0, ...free.map((i) => Math.abs(gradient[i]!))) / (1 + Math.abs(value));
  const factor = free.length ? cholesky(curvature(objective, theta, free)) : null;
  const covariance = factor && Array.from({ length: n }, () => new Array<number>(n).fill(0));
  if (factor && covariance)
    free.forEach((i, k) => {
      const column = solveCholesky(
        factor,
        free.map((_, j) => Number(j === k)),
      );
      free.forEach((j, m) => (covariance[j]![i] = column[m]!));
    });
  const atBound = Array.from(theta, (_, i) => !free.includes(i));
  return { theta, value, slope, isConverged: slope < 1e-5 && factor !== null, atBound, covariance };
}

/** Minus the second derivatives in the coordinates `free`, by central differences of the slopes. */
function curvature(objective: Objective, theta: Float64Array, free: number[]): number[][] {
  const h = 1e-4;
  const rows = free.map((i) => {
    const slopes = [h, -h].map((move) => {
      const at = theta.slice();
      at[i]! += move;
      const gradient = new Float64Array(theta.length);
      objective(at, gradient);
      return gradient;
    });
    return free.map((j) => (slopes[1]![j]! - slopes[0]![j]!) / (2 * h));
  });
  return rows.map((row, i) => row.map((_, j) => (rows[i]![j]! + rows[j]![i]!) / 2));
}

/** The BFGS update of an inverse curvature with a step and how much the slope fell along it. */
function update(inverse: Float64Array[], s: Float64Array, y: Float64Array) {
  const sy = dot(s, y);
  if (sy <= 1e-14 * norm(s) * norm(y)) return;
  const Hy = multiply(inverse, y);
  const scale = (1 + dot(y, Hy) / sy) / sy;
  for (let i = 0; i < s.length; i++)
    for (let j = 0; j < s.length; j++)
      inverse[i]![j]! += scale * s[i]! * s[j]! - (Hy[i]! * s[j]! + s[i]! * Hy[j]!) / sy;
}

const identity = (n: number, scale: number) =>
  Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? scale : 0)));
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const norm = (a: Float64Array) => Math.sqrt(dot(a, a));
const diff = (a: Float64Array, b: Float64Array) => a.map((value, i) => value - b[i]!);
const multiply = (rows: Float64Array[], v: Float64Array) => Float64Array.from(rows, (row) => dot(row, v));
