// Golden numbers: ../shared/reference/small_arrays.json (scipy, scikit-learn and statsmodels, given to 12 digits).
import { describe, expect, test } from 'vitest';
import * as special from '../../src/core/kit/special';
import {
  chiSquareTest,
  contingencyCoefficient,
  cramersV,
  fisherExact,
  goodnessOfFit,
  gStatistic,
  tschuprowsT,
} from '../../src/core/kit/statistics/association';
import {
  countBins,
  entropy,
  hellinger,
  jensenShannon,
  klDivergence,
  psi,
  psiOfShares,
  referenceEdges,
  totalVariation,
} from '../../src/core/kit/statistics/divergence';
import { anova, groupMoments, welchTest } from '../../src/core/kit/statistics/group-means';
import { kolmogorovSmirnov, kolmogorovTail } from '../../src/core/kit/statistics/kolmogorov-smirnov';
import { benjaminiHochberg, holm } from '../../src/core/kit/statistics/multiple-tests';
import { newcombeInterval, twoShareTest, wilsonInterval } from '../../src/core/kit/statistics/proportions';
import { kruskalWallis, mannWhitney, rankValues } from '../../src/core/kit/statistics/ranks';
import { readSharedJson } from '../fixtures/reference';

type Pair = [number, number];
type Known = {
  drift_numeric: {
    expected: number[];
    actual: number[];
    psi: { edges: number[]; expected_shares: number[]; psi: number };
    ks: { statistic: number; p_exact: number };
    mannwhitney: { u: number; p_asymptotic_continuity: number };
  };
  drift_categorical: Record<
    'psi' | 'kl_actual_given_expected_nats' | 'js_divergence_nats' | 'hellinger' | 'total_variation',
    number
  > & {
    expected_counts: number[];
    actual_counts: number[];
    chi_square_goodness_of_fit: { statistic: number; p: number };
  };
  association_table: Record<
    | 'chi_square'
    | 'df'
    | 'p'
    | 'cramers_v'
    | 'cramers_v_bias_corrected'
    | 'tschuprow_t'
    | 'pearson_contingency'
    | 'g_test',
    number
  > & { table: number[][] };
  two_by_two: Record<'chi_square' | 'p' | 'chi_square_yates' | 'p_yates' | 'fisher_p' | 'phi', number> & {
    table: [Pair, Pair];
  };
  groups: Record<
    'anova_f' | 'p' | 'eta_squared' | 'omega_squared' | 'epsilon_squared' | 'kruskal_h' | 'kruskal_p',
    number
  > & { groups: number[][]; welch_t_first_two: { t: number; p: number } };
  cluster_agreement: {
    a: number[];
    b: number[];
    mutual_info_nats: number;
    variation_of_information_nats: number;
  };
  scores: { y: number[]; score: number[]; ks: number };
  proportions: {
    ci_12_of_80: { wilson: Pair };
    ci_0_of_20: { wilson: Pair };
    two_sample: { counts: Pair; n: Pair; z: number; p: number; ci_diff_newcombe: Pair };
  };
  multiple_testing: { p: number[]; holm: number[]; fdr_bh: number[] };
  descriptive: { values: number[]; entropy_of_shares_nats: number; ranks_average: number[] };
  special_functions: Record<
    | 'lgamma'
    | 'digamma'
    | 'beta'
    | 'norm_ppf'
    | 't_ppf_975'
    | 'chi2_sf'
    | 'f_sf'
    | 'regularised_incomplete_beta'
    | 'regularised_lower_gamma'
    | 'kolmogorov_sf',
    Record<string, number>
  >;
  beta_binomial: { ci95_a: Pair };
};

const known = () => readSharedJson<Known>('reference/small_arrays.json');
const near = (got: number, wanted: number) =>
  expect(Math.abs(got - wanted), `${got} for ${wanted}`).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(wanted)),
  );

/** Values and labels of groups given one by one. */
const unroll = (groups: number[][]) => ({
  values: groups.flat(),
  labels: groups.flatMap((group, g) => group.map(() => g)),
});

describe('drift', () => {
  test('psi has the bins and shares of the reference rule', () => {
    const { expected, actual, psi: wanted } = known().drift_numeric;
    const edges = referenceEdges(expected, 5);
    wanted.edges.forEach((edge, i) => near(edges[i]!, edge));
    expect(countBins(expected, edges)).toEqual(wanted.expected_shares.map((share) => Math.round(share * 20)));
    near(psi(expected, actual, 5), wanted.psi);
  });

  test('kolmogorovSmirnov equals scipy, exact; its asymptotic p is the classical one that R gives', () => {
    const { expected, actual, ks } = known().drift_numeric;
    const { statistic, pExact, pAsymptotic } = kolmogorovSmirnov(expected, actual);
    near(statistic, ks.statistic);
    near(pExact!, ks.p_exact);
    // README of the reference: "R's classical one (… 0.0815 for the small array)".
    expect(pAsymptotic).toBeCloseTo(0.0815, 4);
    const { y, score, ks: ofScores } = known().scores;
    const of = (label: number) => score.filter((_, i) => y[i] === label);
    near(kolmogorovSmirnov(of(1), of(0)).statistic, ofScores);
  });

  test('mannWhitney equals scipy with continuity and ties', () => {
    const { expected, actual, mannwhitney } = known().drift_numeric;
    const { u, p, delta } = mannWhitney(expected, actual);
    near(u, mannwhitney.u);
    near(p, mannwhitney.p_asymptotic_continuity);
    const signs = expected.flatMap((a) => actual.map((b) => Math.sign(a - b)));
    near(delta, signs.reduce((sum, sign) => sum + sign, 0) / signs.length);
  });

  test('distances of shares equal scipy', () => {
    const drift = known().drift_categorical;
    const { expected_counts: e, actual_counts: a } = drift;
    near(psiOfShares(e, a), drift.psi);
    near(klDivergence(a, e), drift.kl_actual_given_expected_nats);
    near(jensenShannon(e, a), drift.js_divergence_nats);
    near(hellinger(e, a), drift.hellinger);
    near(totalVariation(e, a), drift.total_variation);
    const { statistic, p } = goodnessOfFit(a, e);
    near(statistic, drift.chi_square_goodness_of_fit.statistic);
    near(p, drift.chi_square_goodness_of_fit.p);
  });
});

describe('association', () => {
  test('measures of a table of three by three equal scipy', () => {
    const wanted = known().association_table;
    const { statistic, df, p } = chiSquareTest(wanted.table);
    near(statistic, wanted.chi_square);
    expect(df).toBe(wanted.df);
    expect(p / wanted.p).toBeCloseTo(1, 9);
    near(cramersV(wanted.table), wanted.cramers_v);
    near(cramersV(wanted.table, { corrected: true }), wanted.cramers_v_bias_corrected);
    near(tschuprowsT(wanted.table), wanted.tschuprow_t);
    near(contingencyCoefficient(wanted.table), wanted.pearson_contingency);
    near(gStatistic(wanted.table), wanted.g_test);
  });

  test('a table of two by two, plain, with Yates and by Fisher, equals scipy', () => {
    const wanted = known().two_by_two;
    near(chiSquareTest(wanted.table).statistic, wanted.chi_square);
    near(chiSquareTest(wanted.table).p, wanted.p);
    near(chiSquareTest(wanted.table, { yates: true }).statistic, wanted.chi_square_yates);
    near(chiSquareTest(wanted.table, { yates: true }).p, wanted.p_yates);
    near(fisherExact(wanted.table), wanted.fisher_p);
    near(cramersV(wanted.table), wanted.phi);
  });

  test('entropy and what it says of two groupings equal scipy', () => {
    const { cluster_agreement: wanted, descriptive } = known();
    near(entropy(descriptive.values), descriptive.entropy_of_shares_nats);
    const count = (labels: (string | number)[]) =>
      [...new Set(labels)].map((label) => labels.filter((other) => other === label).length);
    const both = entropy(count(wanted.a.map((label, i) => `${label}/${wanted.b[i]!}`)));
    const mutual = entropy(count(wanted.a)) + entropy(count(wanted.b)) - both;
    near(mutual, wanted.mutual_info_nats);
    near(
      2 * both - entropy(count(wanted.a)) - entropy(count(wanted.b)),
      wanted.variation_of_information_nats,
    );
  });
});

describe('groups', () => {
  test('anova, kruskalWallis and welchTest equal scipy', () => {
    const wanted = known().groups;
    const { values, labels } = unroll(wanted.groups);
    const moments = groupMoments(values, labels, 3);
    const found = anova(moments);
    near(found.f, wanted.anova_f);
    near(found.p, wanted.p);
    near(found.etaSquared, wanted.eta_squared);
    near(found.omegaSquared, wanted.omega_squared);
    near(found.epsilonSquared, wanted.epsilon_squared);
    const { h, p } = kruskalWallis(values, labels, 3);
    near(h, wanted.kruskal_h);
    near(p, wanted.kruskal_p);
    const welch = welchTest(moments[0]!, moments[1]!)!;
    near(welch.t, wanted.welch_t_first_two.t);
    near(welch.p, wanted.welch_t_first_two.p);
  });

  test('rankValues equals rankdata', () => {
    const { values, ranks_average } = known().descriptive;
    expect([...rankValues(values).ranks]).toEqual(ranks_average);
  });
});

describe('proportions and many tests', () => {
  test('wilsonInterval, newcombeInterval and twoShareTest equal statsmodels', () => {
    const { ci_12_of_80, ci_0_of_20, two_sample } = known().proportions;
    wilsonInterval(12, 80).forEach((limit, i) => near(limit, ci_12_of_80.wilson[i]!));
    wilsonInterval(0, 20).forEach((limit, i) => near(limit, ci_0_of_20.wilson[i]!));
    const [a, b] = [0, 1].map((i): Pair => [two_sample.counts[i]!, two_sample.n[i]!]) as [Pair, Pair];
    newcombeInterval(a, b).forEach((limit, i) => near(limit, two_sample.ci_diff_newcombe[i]!));
    near(twoShareTest(a, b).z, two_sample.z);
    near(twoShareTest(a, b).p, two_sample.p);
  });

  test('holm and benjaminiHochberg equal statsmodels, whatever the order', () => {
    const { p, holm: ofHolm, fdr_bh } = known().multiple_testing;
    holm(p).forEach((value, i) => near(value, ofHolm[i]!));
    benjaminiHochberg(p).forEach((value, i) => near(value, fdr_bh[i]!));
    expect([...benjaminiHochberg(p.toReversed())]).toEqual([...benjaminiHochberg(p)].toReversed());
  });
});

describe('special functions', () => {
  const numbers = (key: string) => key.split(',').map(Number) as [number, number, number];
  const functions: [keyof Known['special_functions'], (...at: [number, number, number]) => number][] = [
    ['lgamma', special.lgamma],
    ['digamma', special.digamma],
    ['beta', (a, b) => Math.exp(special.lbeta(a, b))],
    ['norm_ppf', special.normalQuantile],
    ['t_ppf_975', (df) => special.studentQuantile(0.975, df)],
    ['chi2_sf', special.chiSquareTail],
    ['f_sf', special.fTail],
    ['regularised_incomplete_beta', (a, b, x) => special.incompleteBeta(x, a, b)],
    ['regularised_lower_gamma', special.lowerGamma],
    ['kolmogorov_sf', kolmogorovTail],
  ];

  test.each(functions)('%s equals scipy', (name, ours) => {
    const wanted = Object.entries(known().special_functions[name]);
    expect(wanted.length).toBeGreaterThan(0);
    for (const [key, value] of wanted) near(ours(...numbers(key)), value);
  });

  test('betaQuantile equals scipy', () => {
    const { ci95_a } = known().beta_binomial;
    [0.025, 0.975].forEach((p, i) => near(special.betaQuantile(p, 121, 881), ci95_a[i]!));
  });
});
