// Closed-form statistics on the tiny arrays of the reference: scipy 1.10.1, scikit-learn 1.2.1, statsmodels 0.13.5, R 4.2.2.
import { calinskiHarabasz, daviesBouldin } from '../../src/core/3-models/clusters/dispersion';
import { adjustedRand, silhouetteRows } from '../../src/core/3-models/clusters/indices';
import { mutualInformation } from '../../src/core/3-models/clusters/mutual-information';
import { findComponents } from '../../src/core/3-models/clusters/principal';
import { poolViolators } from '../../src/core/3-models/propensity/calibrate';
import { averagePrecision, brierScore, logLoss, rocAuc } from '../../src/core/3-models/propensity/metrics';
import { hyp2f1 } from '../../src/core/kit/hyp2f1';
import * as special from '../../src/core/kit/special';
import * as association from '../../src/core/kit/statistics/association';
import * as divergence from '../../src/core/kit/statistics/divergence';
import { anova, groupMoments, welchTest } from '../../src/core/kit/statistics/group-means';
import { kolmogorovSmirnov, kolmogorovTail } from '../../src/core/kit/statistics/kolmogorov-smirnov';
import { benjaminiHochberg, holm } from '../../src/core/kit/statistics/multiple-tests';
import { newcombeInterval, twoShareTest, wilsonInterval } from '../../src/core/kit/statistics/proportions';
import { kruskalWallis, mannWhitney, rankValues } from '../../src/core/kit/statistics/ranks';
import { readSharedJson } from '../fixtures/reference';
import { about, type Comparison, type Section } from './comparison';

type Numbers<Names extends string> = Record<Names, number>;
type Pair = [number, number];
type SpecialName =
  | 'lgamma'
  | 'digamma'
  | 'beta'
  | 'norm_ppf'
  | 't_ppf_975'
  | 'chi2_sf'
  | 'f_sf'
  | 'regularised_incomplete_beta'
  | 'regularised_lower_gamma'
  | 'kolmogorov_sf';
type Known = {
  drift_numeric: {
    expected: number[];
    actual: number[];
    psi: { edges: number[]; psi: number };
    ks: Numbers<'statistic' | 'p_exact'>;
    mannwhitney: Numbers<'u' | 'p_asymptotic_continuity'>;
  };
  drift_categorical: Numbers<
    'psi' | 'kl_actual_given_expected_nats' | 'js_divergence_nats' | 'hellinger' | 'total_variation'
  > & {
    expected_counts: number[];
    actual_counts: number[];
    chi_square_goodness_of_fit: Numbers<'statistic' | 'p'>;
  };
  association_table: Numbers<
    | 'chi_square'
    | 'p'
    | 'cramers_v'
    | 'cramers_v_bias_corrected'
    | 'tschuprow_t'
    | 'pearson_contingency'
    | 'g_test'
  > & { table: number[][] };
  two_by_two: Numbers<'chi_square' | 'p' | 'chi_square_yates' | 'p_yates' | 'fisher_p' | 'phi'> & {
    table: [Pair, Pair];
  };
  groups: Numbers<
    'anova_f' | 'p' | 'eta_squared' | 'omega_squared' | 'epsilon_squared' | 'kruskal_h' | 'kruskal_p'
  > & { groups: number[][]; welch_t_first_two: Numbers<'t' | 'p'> };
  cluster_agreement: Numbers<'ari' | 'ami_arithmetic' | 'nmi_arithmetic'> & { a: number[]; b: number[] };
  cluster_quality: Numbers<'silhouette' | 'calinski_harabasz' | 'davies_bouldin'> & {
    points: number[][];
    labels: number[];
    silhouette_each: number[];
  };
  pca: { points: number[][]; explained_variance_ratio: number[]; first_component_abs: number[] };
  scores: Numbers<'auc' | 'average_precision' | 'brier' | 'log_loss' | 'ks'> & {
    y: number[];
    score: number[];
    isotonic_fit: number[];
  };
  proportions: Record<'ci_12_of_80' | 'ci_0_of_20', { wilson: Pair }> & {
    two_sample: Numbers<'z' | 'p'> & { counts: Pair; n: Pair; ci_diff_newcombe: Pair };
  };
  multiple_testing: Record<'p' | 'holm' | 'fdr_bh', number[]>;
  beta_binomial: { ci95_a: Pair };
  descriptive: { values: number[]; entropy_of_shares_nats: number; ranks_average: number[] };
  special_functions: Record<SpecialName, Record<string, number>> & {
    hyp2f1: Numbers<'a' | 'b' | 'c' | 'z' | 'value'>[];
  };
};

/** Relative, and absolute where the figure is 0; the reference gives 12 digits. */
const exact = (subject: string) => {
  const [relative, absolute] = [about(subject, 'relative', 1e-9), about(subject, 'absolute', 1e-9)];
  return (figure: string, ours: number, reference: number) =>
    (reference === 0 ? absolute : relative)(figure, ours, reference);
};

function* each(subject: string, figure: string, ours: ArrayLike<number>, reference: number[]) {
  const at = exact(subject);
  for (const [i, value] of reference.entries()) yield at(`${figure} ${i + 1}`, ours[i]!, value);
}

/** R 4.2.2, vcd 1.4.11: the same table of three by three, the same two samples. */
const crossChecked = () =>
  readSharedJson<{
    association_table: Numbers<'cramers_v' | 'contingency' | 'chi_square' | 'g'>;
    ks: Numbers<'p_asymptotic'>;
    ari: number;
  }>('reference/r_crosscheck.json');

function* compareDrift({ drift_numeric, drift_categorical }: Known): Generator<Comparison> {
  const numbers = exact('drift of numbers');
  const { expected, actual, psi, ks, mannwhitney } = drift_numeric;
  yield* each('drift of numbers', 'PSI edge', divergence.referenceEdges(expected, 5), psi.edges);
  yield numbers('PSI', divergence.psi(expected, actual, 5), psi.psi);
  const found = kolmogorovSmirnov(expected, actual);
  yield numbers('Kolmogorov-Smirnov', found.statistic, ks.statistic);
  yield numbers('Kolmogorov-Smirnov exact p', found.pExact!, ks.p_exact);
  // scipy's asymptotic p is that of one sample; ours is the classical one, as R has it.
  yield numbers('Kolmogorov-Smirnov asymptotic p, R', found.pAsymptotic, crossChecked().ks.p_asymptotic);
  const ranks = mannWhitney(expected, actual);
  yield numbers('Mann-Whitney U', ranks.u, mannwhitney.u);
  yield numbers('Mann-Whitney p', ranks.p, mannwhitney.p_asymptotic_continuity);
  const shares = exact('drift of shares');
  const { expected_counts: e, actual_counts: a, chi_square_goodness_of_fit: fit } = drift_categorical;
  yield shares('PSI', divergence.psiOfShares(e, a), drift_categorical.psi);
  yield shares(
    'Kullback-Leibler',
    divergence.klDivergence(a, e),
    drift_categorical.kl_actual_given_expected_nats,
  );
  yield shares('Jensen-Shannon', divergence.jensenShannon(e, a), drift_categorical.js_divergence_nats);
  yield shares('Hellinger', divergence.hellinger(e, a), drift_categorical.hellinger);
  yield shares('total variation', divergence.totalVariation(e, a), drift_categorical.total_variation);
  const { statistic, p } = association.goodnessOfFit(a, e);
  yield shares('goodness of fit', statistic, fit.statistic);
  yield shares('goodness of fit p', p, fit.p);
}

function* compareAssociation({ association_table: three, two_by_two: two }: Known): Generator<Comparison> {
  const { chiSquareTest, cramersV } = association;
  const at = exact('table of 3 × 3');
  yield at('chi-square', chiSquareTest(three.table).statistic, three.chi_square);
  yield at('chi-square p', chiSquareTest(three.table).p, three.p);
  yield at('Cramér’s V', cramersV(three.table), three.cramers_v);
  yield at(
    'Cramér’s V, corrected',
    cramersV(three.table, { corrected: true }),
    three.cramers_v_bias_corrected,
  );
  yield at('Tschuprow’s T', association.tschuprowsT(three.table), three.tschuprow_t);
  yield at('contingency', association.contingencyCoefficient(three.table), three.pearson_contingency);
  yield at('G', association.gStatistic(three.table), three.g_test);
  const small = exact('table of 2 × 2');
  const yates = chiSquareTest(two.table, { yates: true });
  yield small('chi-square', chiSquareTest(two.table).statistic, two.chi_square);
  yield small('chi-square p', chiSquareTest(two.table).p, two.p);
  yield small('Yates', yates.statistic, two.chi_square_yates);
  yield small('Yates p', yates.p, two.p_yates);
  yield small('Fisher p', association.fisherExact(two.table), two.fisher_p);
  yield small('phi', cramersV(two.table), two.phi);
  const { association_table: r } = crossChecked();
  yield at('Cramér’s V, R', cramersV(three.table), r.cramers_v);
  yield at('contingency, R', association.contingencyCoefficient(three.table), r.contingency);
  yield at('chi-square, R', chiSquareTest(three.table).statistic, r.chi_square);
  yield at('G, R', association.gStatistic(three.table), r.g);
}

function* compareGroups({
  groups: known,
  descriptive,
  multiple_testing: many,
}: Known): Generator<Comparison> {
  const at = exact('three groups');
  const values = known.groups.flat();
  const labels = known.groups.flatMap((group, g) => group.map(() => g));
  const moments = groupMoments(values, labels, 3);
  const found = anova(moments);
  yield at('ANOVA F', found.f, known.anova_f);
  yield at('ANOVA p', found.p, known.p);
  yield at('η²', found.etaSquared, known.eta_squared);
  yield at('ω²', found.omegaSquared, known.omega_squared);
  yield at('ε²', found.epsilonSquared, known.epsilon_squared);
  const { h, p } = kruskalWallis(values, labels, 3);
  yield at('Kruskal H', h, known.kruskal_h);
  yield at('Kruskal p', p, known.kruskal_p);
  const welch = welchTest(moments[0]!, moments[1]!)!;
  yield at('Welch t', welch.t, known.welch_t_first_two.t);
  yield at('Welch p', welch.p, known.welch_t_first_two.p);
  yield* each('ranks', 'rank', rankValues(descriptive.values).ranks, descriptive.ranks_average);
  yield exact('shares')(
    'entropy',
    divergence.entropy(descriptive.values),
    descriptive.entropy_of_shares_nats,
  );
  yield* each('many tests', 'Holm', holm(many.p), many.holm);
  yield* each('many tests', 'Benjamini-Hochberg', benjaminiHochberg(many.p), many.fdr_bh);
}

const toMatrix = (points: number[][]) => ({
  data: Float64Array.from(points.flat()),
  nRows: points.length,
  nColumns: points[0]!.length,
});

function* compareClusterFigures({ cluster_agreement, cluster_quality, pca }: Known): Generator<Comparison> {
  const [a, b] = [cluster_agreement.a, cluster_agreement.b].map((labels) => Int32Array.from(labels)) as [
    Int32Array,
    Int32Array,
  ];
  const grouping = exact('two groupings');
  yield grouping('adjusted Rand', adjustedRand(a, b), cluster_agreement.ari);
  yield grouping(
    'adjusted mutual information',
    mutualInformation(a, b).adjusted,
    cluster_agreement.ami_arithmetic,
  );
  yield grouping(
    'normalised mutual information',
    mutualInformation(a, b).normalised,
    cluster_agreement.nmi_arithmetic,
  );
  const X = toMatrix(cluster_quality.points);
  const labels = Int32Array.from(cluster_quality.labels);
  const points = exact('ten points');
  yield points('Calinski-Harabasz', calinskiHarabasz(X, labels), cluster_quality.calinski_harabasz);
  yield points('Davies-Bouldin', daviesBouldin(X, labels), cluster_quality.davies_bouldin);
  const [rows] = silhouetteRows(X, [labels]);
  yield* each('ten points', 'silhouette', rows!, cluster_quality.silhouette_each);
  const { axes, variances } = findComponents(toMatrix(pca.points));
  const whole = variances.reduce((sum, value) => sum + value, 0);
  const shares = variances.map((value) => value / whole);
  yield* each('ten points', 'share of component', shares, pca.explained_variance_ratio);
  yield* each('ten points', 'first component', axes.map(Math.abs), pca.first_component_abs);
}

function* compareScores({ scores, proportions }: Known): Generator<Comparison> {
  const at = exact('fifteen scores');
  const y = Uint8Array.from(scores.y);
  const likelihood = Float64Array.from(scores.score);
  yield at('AUC', rocAuc(y, likelihood), scores.auc);
  yield at('average precision', averagePrecision(y, likelihood), scores.average_precision);
  yield at('Brier', brierScore(y, likelihood), scores.brier);
  yield at('log-loss', logLoss(y, likelihood), scores.log_loss);
  const of = (label: number) => scores.score.filter((_, i) => scores.y[i] === label);
  yield at('Kolmogorov-Smirnov', kolmogorovSmirnov(of(1), of(0)).statistic, scores.ks);
  const blocks = poolViolators(scores.score, y);
  const rising = blocks.flatMap(({ n, events }) => new Array<number>(n).fill(events / n));
  yield* each(
    'fifteen scores',
    'isotonic',
    rising,
    [...scores.isotonic_fit].sort((p, q) => p - q),
  );
  const { ci_12_of_80, ci_0_of_20, two_sample } = proportions;
  yield* each('12 of 80', 'Wilson', wilsonInterval(12, 80), ci_12_of_80.wilson);
  yield* each('0 of 20', 'Wilson', wilsonInterval(0, 20), ci_0_of_20.wilson);
  const [first, second] = [0, 1].map((i): Pair => [two_sample.counts[i]!, two_sample.n[i]!]) as [Pair, Pair];
  yield* each('two shares', 'Newcombe', newcombeInterval(first, second), two_sample.ci_diff_newcombe);
  yield exact('two shares')('z', twoShareTest(first, second).z, two_sample.z);
  yield exact('two shares')('p', twoShareTest(first, second).p, two_sample.p);
}

function* compareSpecial({ special_functions, beta_binomial }: Known): Generator<Comparison> {
  const ours: Record<SpecialName, (...at: [number, number, number]) => number> = {
    lgamma: special.lgamma,
    digamma: special.digamma,
    beta: (a, b) => Math.exp(special.lbeta(a, b)),
    norm_ppf: special.normalQuantile,
    t_ppf_975: (df) => special.studentQuantile(0.975, df),
    chi2_sf: special.chiSquareTail,
    f_sf: special.fTail,
    regularised_incomplete_beta: (a, b, x) => special.incompleteBeta(x, a, b),
    regularised_lower_gamma: special.lowerGamma,
    kolmogorov_sf: kolmogorovTail,
  };
  const at = exact('special functions');
  for (const [name, compute] of Object.entries(ours))
    for (const [key, reference] of Object.entries(special_functions[name as SpecialName]))
      yield at(
        `${name}(${key})`,
        compute(...(key.split(',').map(Number) as [number, number, number])),
        reference,
      );
  for (const { a, b, c, z, value } of special_functions.hyp2f1)
    yield at(`hyp2f1(${a}, ${b}, ${c}, ${z})`, hyp2f1(a, b, c, z), value);
  for (const [i, p] of [0.025, 0.975].entries())
    yield at(`beta quantile ${p}`, special.betaQuantile(p, 121, 881), beta_binomial.ci95_a[i]!);
}

export const arrays: Section = {
  name: 'arrays',
  *compare() {
    const known = readSharedJson<Known>('reference/small_arrays.json');
    yield* compareDrift(known);
    yield* compareAssociation(known);
    yield* compareGroups(known);
    yield* compareClusterFigures(known);
    yield* compareScores(known);
    yield* compareSpecial(known);
  },
};
