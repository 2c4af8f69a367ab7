import { chiSquareTail, lgamma } from '../special';

/** Counts of rows by two traits; rows and columns without a count tell nothing and are passed over. */
export type Crosstab = readonly (readonly number[])[];

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function trim(table: Crosstab) {
  const counts = table.filter((row) => sum(row) > 0);
  const width = Math.max(0, ...counts.map((row) => row.length));
  const used = Array.from({ length: width }, (_, j) => j).filter(
    (j) => sum(counts.map((row) => row[j]!)) > 0,
  );
  const kept = counts.map((row) => used.map((j) => row[j]!));
  const rows = kept.map(sum);
  const columns = used.map((_, j) => sum(kept.map((row) => row[j]!)));
  return { kept, rows, columns, n: sum(rows) };
}

/** How many there would be in each cell if the two traits had nothing to do with each other. */
function expectedCounts(table: Crosstab): number[][] {
  const { rows, columns, n } = trim(table);
  return rows.map((row) => columns.map((column) => (row * column) / n));
}

/** The least expected count of a cell; below 5 the chi-square test is not to be trusted. */
export const leastExpected = (table: Crosstab): number => Math.min(...expectedCounts(table).flat());

/** Pearson's chi-square test; `yates` takes half off each gap of a table of two by two. */
export function chiSquareTest(table: Crosstab, { yates = false } = {}) {
  const { kept, rows, columns } = trim(table);
  const df = Math.max(0, rows.length - 1) * Math.max(0, columns.length - 1);
  if (df === 0) return { statistic: 0, df, p: 1 };
  const cells = expectedCounts(table).flatMap((row, i) =>
    row.map((expected, j) => {
      const gap = Math.abs(kept[i]![j]! - expected);
      return (yates && df === 1 ? gap - Math.min(0.5, gap) : gap) ** 2 / expected;
    }),
  );
  const statistic = sum(cells);
  return { statistic, df, p: chiSquareTail(statistic, df) };
}

/** The likelihood-ratio statistic of the same question, with the same degrees of freedom. */
export function gStatistic(table: Crosstab): number {
  const { kept } = trim(table);
  const terms = expectedCounts(table).flatMap((row, i) =>
    row.map((expected, j) => (kept[i]![j]! > 0 ? 2 * kept[i]![j]! * Math.log(kept[i]![j]! / expected) : 0)),
  );
  return sum(terms);
}

/** Cramér's V, 0..1; `corrected` takes off what chance alone gives (Bergsma 2013). 0 when a trait has one value. */
export function cramersV(table: Crosstab, { corrected = false } = {}): number {
  const { rows, columns, n } = trim(table);
  const [r, c] = [rows.length, columns.length];
  if (r < 2 || c < 2) return 0;
  const phi2 = chiSquareTest(table).statistic / n;
  if (!corrected) return Math.sqrt(phi2 / Math.min(r - 1, c - 1));
  const left = Math.max(0, phi2 - ((r - 1) * (c - 1)) / (n - 1));
  const most = Math.min(r - 1 - (r - 1) ** 2 / (n - 1), c - 1 - (c - 1) ** 2 / (n - 1));
  return most > 0 ? Math.sqrt(left / most) : 0;
}

/** Tschuprow's T: like Cramér's V, with both sizes of the table in the divisor. */
export function tschuprowsT(table: Crosstab): number {
  const { rows, columns, n } = trim(table);
  const size = Math.sqrt(Math.max(0, rows.length - 1) * Math.max(0, columns.length - 1));
  return size > 0 ? Math.sqrt(chiSquareTest(table).statistic / n / size) : 0;
}

/** Pearson's contingency coefficient, 0 to below 1. */
export function contingencyCoefficient(table: Crosstab): number {
  const { n } = trim(table);
  const { statistic } = chiSquareTest(table);
  return n > 0 ? Math.sqrt(statistic / (statistic + n)) : 0;
}

/** Whether counts follow the expected shares: Pearson's goodness of fit. Shares need not sum to 1. */
export function goodnessOfFit(counts: readonly number[], shares: readonly number[]) {
  const scale = sum(counts) / sum(shares);
  const statistic = sum(counts.map((count, i) => (count - shares[i]! * scale) ** 2 / (shares[i]! * scale)));
  return { statistic, df: counts.length - 1, p: chiSquareTail(statistic, counts.length - 1) };
}

const logChoose = (n: number, k: number) => lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);

/** Fisher's exact test of [[a, b], [c, d]], two-sided: all tables at most as likely as this one. */
export function fisherExact([[a, b], [c, d]]: readonly [
  readonly [number, number],
  readonly [number, number],
]): number {
  const [first, second, left] = [a + b, c + d, a + c];
  const logTotal = logChoose(first + second, left);
  const likelihood = (x: number) => Math.exp(logChoose(first, x) + logChoose(second, left - x) - logTotal);
  const limit = likelihood(a) * (1 + 1e-7);
  let p = 0;
  for (let x = Math.max(0, left - second); x <= Math.min(first, left); x++) {
    const own = likelihood(x);
    if (own <= limit) p += own;
  }
  return Math.min(1, p);
}
