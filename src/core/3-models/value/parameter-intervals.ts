import type { Report } from '../estimator';
import type { ValueResult } from '../results/value-result';
import { maximise, type Objective } from './maximise';
import { type FittedPurchases, logBounds, type PurchaseModel, withReport } from './purchase-model';
import type { Triples } from './triples';

/** Half of the 95% point of chi-square with one degree of freedom. */
const drop = 1.920729;
const mostTriplesProfiled = 3000;

/**
 * 95% intervals of a fit's parameters: by profile likelihood (the others refitted at each value), or by the curvature
 * at the top of the log-likelihood where there is too much data to profile in a moment.
 */
export function parameterIntervals(
  model: PurchaseModel,
  fitted: FittedPurchases,
  triples: Triples,
  report: Report,
): Pick<ValueResult, 'parameterIntervals' | 'intervalMethod'> {
  const logs = fitted.parameters.map(Math.log);
  const isQuick = triples.n <= mostTriplesProfiled && model.name !== 'paretoNbd';
  const objective = withReport((at, slope) => model.logLikelihood(triples, at, slope), triples.n, report);
  const entries = model.parameterNames.map((name, i) => {
    const sd = Math.sqrt(fitted.covariance?.[i]?.[i] ?? 0);
    if (!(sd > 0) || fitted.atBound[i]) return [name, [null, null]] as const;
    const side = (sign: 1 | -1) => {
      const at = isQuick
        ? profileEnd(objective, logs, i, sign * sd, fitted.logLikelihood)
        : logs[i]! + sign * 1.96 * sd;
      return at === null ? null : Math.exp(at);
    };
    return [name, [side(-1), side(1)]] as const;
  });
  return {
    parameterIntervals: Object.fromEntries(entries) as ValueResult['parameterIntervals'],
    intervalMethod: isQuick ? 'profile likelihood' : 'curvature',
  };
}

/** Where the best log-likelihood with coordinate i held has fallen by `drop`; null when it never does. */
function profileEnd(objective: Objective, top: number[], i: number, sd: number, best: number): number | null {
  let start = top.filter((_, j) => j !== i);
  const fallAt = (value: number) => {
    const found = maximise(holdCoordinate(objective, i, value), [start], logBounds);
    start = Array.from(found.theta);
    return best - found.value;
  };
  // The root of the fall is nearly straight, so a few secant steps from the curvature's guess land on the limit.
  const target = Math.sqrt(drop);
  let [near, far] = [0, 1.96 * sd];
  let [atNear, atFar] = [0, Math.sqrt(Math.max(0, fallAt(top[i]! + far)))];
  for (let step = 0; step < 5 && Math.abs(atFar - target) > 0.01; step++) {
    if (!(Math.abs(atFar - atNear) > 1e-6)) return null;
    const next = far + ((target - atFar) * (far - near)) / (atFar - atNear);
    const bounded = sd > 0 ? Math.min(next, far + 3 * sd) : Math.max(next, far + 3 * sd);
    [near, atNear, far] = [far, atFar, bounded];
    if (top[i]! + far < logBounds[0] || top[i]! + far > logBounds[1]) return null;
    atFar = Math.sqrt(Math.max(0, fallAt(top[i]! + far)));
  }
  return Math.abs(atFar - target) < 0.1 ? top[i]! + far : null;
}

/** The objective as a function of the other coordinates. */
const holdCoordinate =
  (objective: Objective, i: number, value: number): Objective =>
  (rest, slope) => {
    const full = Float64Array.from({ length: rest.length + 1 }, (_, j) =>
      j === i ? value : rest[j < i ? j : j - 1]!,
    );
    const all = new Float64Array(full.length);
    const found = objective(full, all);
    rest.forEach((_, j) => (slope[j] = all[j < i ? j : j + 1]!));
    return found;
  };
