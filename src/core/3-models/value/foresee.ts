import { averageOf, type ShrunkenAverage } from './shrunken-average';
import type { Calibration } from './calibration';
import { discountedPurchases, type FittedPurchases, type PurchaseModel } from './purchase-model';

/** One answer of the ladder to "how often will they buy": a model with its fit, an average of those alike, or of all. */
export type PurchaseFit =
  | { kind: 'model'; model: PurchaseModel; fitted: FittedPurchases }
  | { kind: 'average'; average: ShrunkenAverage }
  | { kind: 'mean'; purchasesAWeek: number; variationOfMean: number; learnedFrom: number };

/** How far ahead, and what a purchase later is worth now: `step` weeks lose `rate`. */
export type Horizon = { weeks: number; step: number; rate: number };

/** By customer: still one, purchases, the same discounted, mean square of purchases, chance of none. */
export type Foresight = {
  alive: Float64Array;
  purchases: Float64Array;
  discounted: Float64Array;
  square: Float64Array;
  none: Float64Array;
};

export function foresee(fit: PurchaseFit, now: Calibration, horizon: Horizon): Foresight {
  const n = now.x.length;
  const [alive, purchases, discounted, square, none] = Array.from(
    { length: 5 },
    () => new Float64Array(n),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const { triples } = now;
  const known: (ReturnType<typeof foreseeOne> | undefined)[] = new Array(triples.n);
  for (let i = 0; i < n; i++) {
    const one = (known[triples.of[i]!] ??= foreseeOne(fit, now, i, horizon));
    alive[i] = one.alive;
    purchases[i] = one.purchases;
    discounted[i] = one.discounted;
    square[i] = one.square;
    none[i] = one.none;
  }
  return { alive, purchases, discounted, square, none };
}

function foreseeOne(fit: PurchaseFit, now: Calibration, i: number, horizon: Horizon) {
  if (fit.kind === 'model') return foreseeByModel(fit, now, i, horizon);
  const { weeks } = horizon;
  const flat = (mean: number) => discountedPurchases((t) => (mean * t) / weeks, toSteps(horizon));
  if (fit.kind === 'average') {
    const { alive, purchases, variance } = averageOf(fit.average, now, i, weeks);
    const none = 1 - Math.min(1, 1 - (1 - alive) ** (weeks / fit.average.windowWeeks));
    return { alive, purchases, discounted: flat(purchases), square: variance + purchases ** 2, none };
  }
  const purchases = fit.purchasesAWeek * weeks;
  const square = purchases + purchases ** 2 * (1 + fit.variationOfMean);
  const none = Math.exp(-purchases);
  return { alive: 1 - none, purchases, discounted: flat(purchases), square, none };
}

const toSteps = ({ weeks, step, rate }: Horizon) => ({ horizon: weeks, step, rate });

/**
 * The mean is the model's own. For the spread: purchases of one who stays are negative binomial (r + x, alpha + T), and
 * the share of the horizon they stay for has the model's mean and half the variance of all or nothing.
 */
function foreseeByModel(
  { model, fitted }: Extract<PurchaseFit, { kind: 'model' }>,
  { x, tx, T }: Calibration,
  i: number,
  horizon: Horizon,
) {
  const { parameters } = fitted;
  const expectedBy = (t: number) => model.expectedPurchases(parameters, t, x[i]!, tx[i]!, T[i]!);
  const alive = model.probabilityAlive(parameters, x[i]!, tx[i]!, T[i]!);
  const purchases = expectedBy(horizon.weeks);
  const discounted = horizon.rate === 0 ? purchases : discountedPurchases(expectedBy, toSteps(horizon));
  const shape = parameters[0]! + x[i]!;
  const ifStays = (shape * horizon.weeks) / (parameters[1]! + T[i]!);
  const stays = alive > 1e-12 ? Math.min(1, purchases / alive / ifStays) : 0;
  const ofStay = stays * stays + (stays * (1 - stays)) / 2;
  const square = alive * (ifStays * stays + ifStays ** 2 * (1 + 1 / shape) * ofStay);
  const noneIfAlive = (1 + (ifStays * stays) / shape) ** -shape;
  return { alive, purchases, discounted, square, none: 1 - alive * (1 - noneIfAlive) };
}
