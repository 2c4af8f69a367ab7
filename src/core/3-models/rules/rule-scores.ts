import type { FeatureTable } from '../../2-features/feature-table';
import type { RuleScores } from '../../2-features/rule/rule-context';
import { lifecycleNames } from '../lifecycle';
import { scoreRfm } from '../rfm';

/** The RFM scores and lifecycle of every row, as rules ask for them. The table must hold recency, frequency and monetary. */
export function scoreRows(table: FeatureTable): RuleScores {
  const found = scoreRfm(table);
  const n = table.customers.length;
  const rowOf = new Map(Array.from(table.customers, (customer, row) => [customer, row]));
  const scores = {
    recency: new Uint8Array(n),
    frequency: new Uint8Array(n),
    spend: new Uint8Array(n),
    lifecycle: new Uint8Array(n).fill(255),
  };
  found.customers.forEach((customer, i) => {
    const row = rowOf.get(customer)!;
    scores.recency[row] = found.r[i]!;
    scores.frequency[row] = found.f[i]!;
    scores.spend[row] = found.m[i]!;
    scores.lifecycle[row] = found.lifecycle[i]!;
  });
  return { ...scores, names: lifecycleNames };
}
