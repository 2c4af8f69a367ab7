import type { PurchaseHistory } from '../../2-features/purchase-history';
import type { Report } from '../estimator';
import { type FittedSpend, gammaGamma } from './gamma-gamma';

/** What a customer spends a time: learned from paid repeat purchases, `n` of mean `mean` for customer c. */
export type SpendFit = {
  model: 'gammaGamma' | 'shrunkenAverage' | 'none';
  fitted: FittedSpend | null;
  n: Float64Array;
  mean: Float64Array;
  populationMean: number;
  /** Variance of single purchases of one customer over the square of their mean. */
  variation: number;
  /** Purchases that the mean of all counts for, where there is no model. */
  shrink: number;
};

const leastRepeat = 30;

/** Gamma-Gamma where enough customers came back and it holds together, else each customer's mean drawn to that of all. */
export function fitSpend(history: PurchaseHistory, report?: Report): SpendFit {
  const paid = paidRepeats(history);
  const { n, mean } = paid;
  const used = [...n.keys()].filter((c) => n[c]! > 0);
  const shrunken = shrunkenSpend(history, paid);
  if (!history.hasMoney || shrunken.populationMean <= 0)
    return { ...shrunken, model: 'none', populationMean: 0 };
  if (used.length < leastRepeat) return shrunken;
  const pick = (values: Float64Array) => Float64Array.from(used, (c) => values[c]!);
  const fitted = gammaGamma.fit(pick(n), pick(mean), { report });
  const isSound = fitted.isConverged && fitted.q > 1.05 && fitted.p < 1e4 && !fitted.atBound.includes(true);
  if (!isSound) return { ...shrunken, fitted };
  return { ...shrunken, model: 'gammaGamma', fitted, populationMean: gammaGamma.expectedSpend(fitted, 0, 0) };
}

/** Mean of one purchase of customer c to come, and its variance with the customer's own mean unknown. */
export function spendOf(fit: SpendFit, c: number): { mean: number; variance: number } {
  const [n, z] = [fit.n[c]!, fit.mean[c]!];
  const { fitted } = fit;
  if (fit.model === 'gammaGamma' && fitted) {
    const mean = gammaGamma.expectedSpend(fitted, n, z);
    const { within } = gammaGamma.spendVariance(fitted, n, z);
    return { mean, variance: Math.min(within, 9 * mean * mean) };
  }
  const mean = (n * z + fit.shrink * fit.populationMean) / (n + fit.shrink);
  return { mean, variance: fit.variation * mean * mean };
}

/** Paid purchases after the first day, by customer. */
function paidRepeats({ offsets, value }: PurchaseHistory) {
  const n = new Float64Array(offsets.length - 1);
  const mean = new Float64Array(n.length);
  for (let c = 0; c < n.length; c++) {
    let sum = 0;
    for (let i = offsets[c]! + 1; i < offsets[c + 1]!; i++)
      if (value[i]! > 0) {
        sum += value[i]!;
        n[c]!++;
      }
    if (n[c]! > 0) mean[c] = sum / n[c]!;
  }
  return { n, mean };
}

/** Analysis of variance over all paid purchases, first ones too: how much of the difference is between customers. */
function shrunkenSpend(
  { offsets, value }: PurchaseHistory,
  paid: { n: Float64Array; mean: Float64Array },
): SpendFit {
  let [within, freedom, sum, count] = [0, 0, 0, 0];
  const means: number[] = [];
  const inverse: number[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const own = value.subarray(offsets[c]!, offsets[c + 1]!).filter((one) => one > 0);
    if (own.length === 0) continue;
    const mean = own.reduce((all, one) => all + one, 0) / own.length;
    within += own.reduce((all, one) => all + (one - mean) ** 2, 0);
    freedom += own.length - 1;
    sum += mean * own.length;
    count += own.length;
    means.push(mean);
    inverse.push(1 / own.length);
  }
  const populationMean = count > 0 ? sum / count : 0;
  const variance = freedom > 0 ? within / freedom : populationMean ** 2;
  const spread =
    means.reduce((all, mean) => all + (mean - populationMean) ** 2, 0) / Math.max(1, means.length);
  const expectedSpread = (variance * inverse.reduce((all, one) => all + one, 0)) / Math.max(1, means.length);
  const between = Math.max(spread - expectedSpread, variance / 20, 1e-12);
  return {
    model: 'shrunkenAverage',
    fitted: null,
    ...paid,
    populationMean,
    variation: populationMean > 0 ? variance / populationMean ** 2 : 0,
    shrink: Math.min(20, Math.max(0.5, variance / between)),
  };
}
