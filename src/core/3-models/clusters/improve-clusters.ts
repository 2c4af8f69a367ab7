import type { Matrix } from '../../kit/matrix';
import type { Random } from '../../kit/random';
import type { Report } from '../estimator';
import { takeRows } from '../rows';
import { fillGaps } from './centroids';
import { descend, type Clusters } from './lloyd';
import { drawRow } from './seeding';

/** Moves to try at least, and numbers that all of them may look at: small tables afford more. */
export type MoveEffort = { fewest: number; cells: number };

const mostMoves = 600;
/** Moves without a gain before the search ends, a cluster and at least; fewer where all starts came to the same. */
const [patienceEach, leastPatience] = [20, 30];
/** Steps to judge a move by. */
const moveSteps = 5;
/** A move this near to the best so far gets more steps before it is given up; nearer once the pool is full. */
const [worthPooling, worthFinishing] = [1.02, 1.002];
export const finishSteps = 40;
/** Steps that part a cluster in two. */
const splitSteps = 8;
/** Solutions that are crossed with one another; two as near as this count as one. */
const poolSize = 10;
export const sameInertia = 1e-6;

export const between = (least: number, value: number, most: number) =>
  Math.min(most, Math.max(least, Math.round(value)));

/** Each row's squared distance to its nearest centroid, and what each cluster's rows would lose without it. */
type Losses = { nearest: Float64Array; losses: Float64Array; total: number };

function measureLosses(X: Matrix, { centroids }: Clusters, nClusters: number): Losses {
  const { data, nRows, nColumns: d } = X;
  const nearest = new Float64Array(nRows);
  const losses = new Float64Array(nClusters);
  const gaps = new Float64Array(nClusters);
  for (let i = 0; i < nRows; i++) {
    fillGaps(data, i * d, d, centroids, nClusters, gaps);
    let best = 0;
    for (let c = 1; c < nClusters; c++) if (gaps[c]! < gaps[best]!) best = c;
    let second = Infinity;
    for (let c = 0; c < nClusters; c++) if (c !== best && gaps[c]! < second) second = gaps[c]!;
    nearest[i] = gaps[best]!;
    losses[best]! += second - gaps[best]!;
  }
  return { nearest, losses, total: nearest.reduce((sum, gap) => sum + gap, 0) };
}

/** The least missed centroid takes one half of the members of cluster `split`, as 2-means parts them from a random start. */
function splitCluster(
  X: Matrix,
  { centroids, labels }: Clusters,
  split: number,
  leaves: number,
  random: Random,
) {
  const d = X.nColumns;
  const members = takeRows(
    X,
    Int32Array.from(labels.keys()).filter((row) => labels[row] === split),
  );
  const ends = [random.below(members.nRows), random.below(members.nRows)];
  const halves = descend(members, Float64Array.from(takeRows(members, ends).data), 2, splitSteps);
  const moved = centroids.slice();
  moved.set(halves.centroids.subarray(0, d), split * d);
  moved.set(halves.centroids.subarray(d), leaves * d);
  return { moved, inertia: halves.inertia };
}

/** Another set of centroids to try: by turns a cluster split in two and a centroid put on a far-off row (Fränti 2018). */
function moveCentroid(
  X: Matrix,
  best: Clusters,
  { nearest, losses, total }: Losses,
  turn: number,
  random: Random,
) {
  const d = X.nColumns;
  const row = drawRow(nearest, total, random);
  const split = best.labels[row]!;
  const others = losses.map((loss, c) => (c === split && turn % 3 > 0 ? Infinity : loss));
  const least = others.indexOf(Math.min(...others));
  const any = random.below(losses.length);
  const leaves = turn % 2 === 0 || (any === split && turn % 3 > 0) ? least : any;
  if (turn % 3 > 0) return splitCluster(X, best, split, leaves, random).moved;
  const moved = best.centroids.slice();
  moved.set(X.data.subarray(row * d, row * d + d), leaves * d);
  return moved;
}

/**
 * A child of two sets of centroids: the nearest of either are paired, each pair gives one of the two, and one of the
 * child's is then moved (Gribel and Vidal 2019).
 */
function crossCentroids(one: Float64Array, other: Float64Array, nClusters: number, random: Random) {
  const d = one.length / nClusters;
  const child = one.slice();
  const free = new Set(Array.from({ length: nClusters }, (_, c) => c));
  const gaps = new Float64Array(nClusters);
  for (let c = 0; c < nClusters; c++) {
    fillGaps(one, c * d, d, other, nClusters, gaps);
    let near = -1;
    for (const at of free) if (near < 0 || gaps[at]! < gaps[near]!) near = at;
    free.delete(near);
    if (random.next() < 0.5) child.set(other.subarray(near * d, near * d + d), c * d);
  }
  return child;
}

/** A solution joins the pool, best first, in place of the worst, unless one as good is in it already. */
function join(pool: Clusters[], found: Clusters): void {
  const twin = pool.findIndex(
    ({ inertia }) => Math.abs(inertia - found.inertia) <= sameInertia * found.inertia,
  );
  if (twin >= 0) {
    if (found.inertia < pool[twin]!.inertia) pool[twin] = found;
  } else if (pool.length < poolSize) pool.push(found);
  else if (found.inertia < pool.at(-1)!.inertia) pool[pool.length - 1] = found;
  pool.sort((a, b) => a.inertia - b.inertia);
}

/** A child of two of the pool, drawn at random, after one step. */
function crossTwo(X: Matrix, pool: Clusters[], nClusters: number, random: Random): Clusters {
  const at = random.below(pool.length);
  const mate = pool[(at + 1 + random.below(pool.length - 1)) % pool.length]!;
  return descend(X, crossCentroids(pool[at]!.centroids, mate.centroids, nClusters, random), nClusters, 1);
}

/** By turns the best and a child of two solutions, with one centroid moved: a way out of poor optima that more restarts do not find. */
export function improveClusters(
  X: Matrix,
  starts: Clusters[],
  { fewest, cells }: MoveEffort,
  random: Random,
  report: Report,
): Clusters {
  const pool: Clusters[] = [];
  for (const one of starts) join(pool, one);
  const nClusters = pool[0]!.centroids.length / X.nColumns;
  if (nClusters < 2) return pool[0]!;
  const nMoves = between(fewest, cells / (moveSteps * X.data.length * nClusters), mostMoves);
  const mostSteps = nMoves * moveSteps;
  const patience = (pool.length / starts.length) * (leastPatience + patienceEach * nClusters);
  let ofBest: { best: Clusters; losses: Losses } | undefined;
  for (let turn = 0, gained = 0, nSteps = 0; nSteps < mostSteps && turn - gained < patience; turn++) {
    report(nSteps / mostSteps);
    nSteps += moveSteps;
    const isCrossed = pool.length > 1 && turn % 2 === 1;
    const from = isCrossed ? crossTwo(X, pool, nClusters, random) : pool[0]!;
    if (!isCrossed && ofBest?.best !== from)
      ofBest = { best: from, losses: measureLosses(X, from, nClusters) };
    const losses = isCrossed ? measureLosses(X, from, nClusters) : ofBest!.losses;
    const moved = moveCentroid(X, from, losses, turn >> 1, random);
    const tried = descend(X, moved, nClusters, moveSteps);
    const isFull = pool.length === poolSize;
    const rival = isCrossed && isFull ? pool.at(-1)! : pool[0]!;
    if (tried.inertia > rival.inertia * (isFull ? worthFinishing : worthPooling)) continue;
    const finished = descend(X, tried.centroids, nClusters, finishSteps);
    nSteps += finished.nIter;
    if (finished.inertia < pool[0]!.inertia * (1 - sameInertia)) gained = turn;
    join(pool, finished);
  }
  return pool[0]!;
}
