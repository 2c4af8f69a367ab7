/** The first rows of a table as texts; `isTyped` tells numbers and dates from words, a gap is a blank line. */
export type Grid = {
  rows: string[][];
  isTyped(row: number, column: number): boolean;
  hasGapAbove(row: number): boolean;
};

/** Rows of the grid above the header, whether there is one, and rows under it that only explain it. */
export type HeaderFound = { nAbove: number; hasHeader: boolean; extraHeaderRows: number };

const MAX_ABOVE = 20;
const ROWS_BELOW = 100;

/** Tells titles and comments, the header and explaining rows from the first row of values. */
export function findHeader(grid: Grid): HeaderFound {
  const nAbove = countAbove(grid);
  const hasHeader = looksLikeHeader(grid, nAbove);
  return { nAbove, hasHeader, extraHeaderRows: hasHeader ? countExtra(grid.rows, nAbove) : 0 };
}

const filled = (row: string[]): number => row.reduce((n, text) => n + (text.trim() === '' ? 0 : 1), 0);

/** The most common number of cells, and how many rows have it. */
export function commonWidth(rows: string[][]): { width: number; nRows: number } {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, nRows] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  return { width, nRows };
}

/** Narrow rows on top are titles only where a header follows: after a gap, a comment sign, or above typed columns. */
function countAbove(grid: Grid): number {
  const { rows } = grid;
  const { width } = commonWidth(rows);
  if (width < 2) return 0;
  const isNarrow = (row: string[]) => row.length < width || filled(row) <= Math.floor(width / 3);
  const first = rows.slice(0, MAX_ABOVE + 1).findIndex((row) => !isNarrow(row));
  if (first <= 0) return 0;
  const isWords = rows[first]!.every((_, c) => !grid.isTyped(first, c));
  const isMarked = rows[0]![0]!.startsWith('#') || grid.hasGapAbove(first);
  return isWords && (isMarked || standsOut(grid, first)) ? first : 0;
}

const valuesBelow = (grid: Grid, header: number, column: number): number[] =>
  grid.rows
    .slice(header + 1, header + 1 + ROWS_BELOW)
    .flatMap((row, i) => ((row[column] ?? '').trim() === '' ? [] : [header + 1 + i]));

const isTypedBelow = (grid: Grid, header: number, column: number): boolean => {
  const below = valuesBelow(grid, header, column);
  return below.length > 0 && below.filter((row) => grid.isTyped(row, column)).length > below.length * 0.8;
};

const standsOut = (grid: Grid, header: number): boolean =>
  grid.rows[header]!.some((text, c) => text.trim() !== '' && isTypedBelow(grid, header, c));

/** A header has no number or date where the column below it has. */
function looksLikeHeader(grid: Grid, at: number): boolean {
  const first = grid.rows[at]!;
  if (grid.rows.length === at + 1) return !first.some((_, c) => grid.isTyped(at, c));
  return !first.some((_, c) => grid.isTyped(at, c) && isTypedBelow(grid, at, c));
}

/** Survey exports: a row of import ids, or a row of answers' names under the questions. */
function countExtra(rows: string[][], header: number): number {
  for (const k of [1, 2]) {
    const row = rows[header + k];
    if (!row) return 0;
    const nIds = row.filter((text) => /^\{\s*['"]ImportId['"]/.test(text)).length;
    if (nIds > 0 && nIds >= filled(row) / 2) return k;
  }
  const names = rows[header]!;
  const under = rows[header + 1]!;
  const below = rows[header + 2];
  if (!below || (under[0] ?? '') !== '' || (below[0] ?? '') === '' || names[0] === '') return 0;
  const isAnswer = under.some((text) => /^(open-ended )?response$/i.test(text.trim()));
  const fillsGap = under.some((text, c) => text !== '' && (names[c] ?? '') === '');
  return isAnswer || fillsGap ? 1 : 0;
}

/** Column names of a header with rows under it: an answer's name goes behind the question that spans several columns. */
export function joinHeader(names: string[], under: string[][]): string[] {
  const answers = under.length === 1 ? under[0]! : [];
  let question = '';
  return names.map((name, c) => {
    const spans = name !== '' && names[c + 1] === '' && (answers[c + 1] ?? '') !== '';
    if (name !== '') question = name;
    const answer = (answers[c] ?? '').trim();
    if (answer === '' || (name !== '' && !spans)) return name;
    return question === '' ? answer : `${question}: ${answer}`;
  });
}
