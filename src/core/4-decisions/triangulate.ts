import type { Triangulation } from '../3-models/results/triangulation';

/** Below this many interviews agreement is a hint. */
const enoughInterviews = 20;

/** Cohen's (1960) kappa of two codings of the same people: agreement beyond chance, 1 = always, 0 = as by chance. */
export function cohensKappa(a: readonly string[], b: readonly string[]): number {
  const share = (coding: readonly string[], code: string) =>
    coding.filter((other) => other === code).length / coding.length;
  const agreed = a.filter((code, i) => code === b[i]).length / a.length;
  const byChance = [...new Set(a)].reduce((sum, code) => sum + share(a, code) * share(b, code), 0);
  return byChance < 1 ? (agreed - byChance) / (1 - byChance) : 1;
}

/** How well interviews agree with the segments: `coded` and `assigned` are segment names, row by row, of `customers`. */
export function triangulate(
  customers: readonly string[],
  coded: readonly string[],
  assigned: readonly string[],
): Triangulation {
  const n = customers.length;
  const disagreements = customers.flatMap((customer, i) =>
    coded[i] === assigned[i] ? [] : [{ customer, coded: coded[i]!, assigned: assigned[i]! }],
  );
  if (n === 0)
    return {
      n,
      kappa: null,
      agreed: 0,
      isThin: true,
      disagreements,
      verdict: 'cannot tell: need interviews; got none',
    };
  const kappa = cohensKappa(coded, assigned);
  const isThin = n < enoughInterviews;
  const agreed = n - disagreements.length;
  const told = `${agreed} of ${n} interviews agree with the segments (kappa ${kappa.toFixed(2)}, 0 = as by chance, 1 = always)`;
  const verdict = isThin ? `thin: ${told}; need at least ${enoughInterviews} interviews` : told;
  return { n, kappa, agreed, isThin, disagreements, verdict };
}
