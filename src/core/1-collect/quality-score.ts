import type { FileCheck, Issue, QualityDimension, QualityScore } from './collected';

const dimensions: QualityDimension[] = [
  'completeness',
  'uniqueness',
  'validity',
  'consistency',
  'timeliness',
  'volume',
];

/** Which side of quality the issues belong to that are told beside the faults. */
const dimensionOfKind = new Map<string, QualityDimension>([
  ['rows without a customer', 'completeness'],
  ['rows without a date', 'completeness'],
  ['rows without an amount', 'completeness'],
  ['no customer column', 'completeness'],
  ['no date column', 'completeness'],
  ['no amount column', 'completeness'],
  ['same file twice', 'uniqueness'],
  ['exact repeats', 'uniqueness'],
  ['customers twice', 'uniqueness'],
  ['refused rows', 'validity'],
  ['wrong separator', 'validity'],
  ['unreadable cells', 'validity'],
  ['unreadable dates', 'validity'],
  ['amounts are text', 'validity'],
  ['number format', 'consistency'],
  ['customers not in the customer table', 'consistency'],
  ['dates far from the rest', 'timeliness'],
  ['one day only', 'timeliness'],
  ['several currencies', 'consistency'],
  ['rows in another currency', 'consistency'],
  ['header only', 'volume'],
  ['no orders left', 'volume'],
  ['too few customers', 'volume'],
  ['one customer outweighs', 'volume'],
]);

/** The issue with its side of quality, where it has one: what only informs, such as marked refunds, has none. */
export function withDimension(issue: Issue): Issue {
  const dimension = issue.dimension ?? dimensionOfKind.get(issue.kind);
  return dimension ? { ...issue, dimension } : issue;
}

const REMARK = 0.25;
const MOST_OF_A_REMARK = 0.05;

const formula =
  'Each of the six sides starts at 100 and is multiplied, for every warning, by 1 minus the square root of the share of rows it touches (4% of the rows take off 20 points); a remark counts a quarter and takes off 5 points at most, what stops everything sets its side to 0. Completeness is also multiplied by the share of filled cells in the columns used. The score is the mean of the six.';

/** How good the data is; faults that were mended no longer count. */
export function qualityScore(issues: Issue[], files: FileCheck[]): QualityScore {
  const rowsRead = (issue: Issue) =>
    files.find(({ name }) => name === issue.example?.file || issue.sentence.startsWith(`${name}:`))
      ?.rowsRead ?? Math.max(1, ...files.map((file) => file.rowsRead));
  const left = new Map(dimensions.map((dimension) => [dimension, 1]));
  for (const issue of issues) {
    if (!issue.dimension || issue.fix?.isApplied) continue;
    const share = Math.min(1, issue.rows / Math.max(1, rowsRead(issue)));
    const lossOf = {
      blocking: 1,
      warning: Math.sqrt(share),
      info: Math.min(MOST_OF_A_REMARK, Math.sqrt(share) * REMARK),
    };
    const loss = lossOf[issue.severity];
    left.set(issue.dimension, left.get(issue.dimension)! * (1 - loss));
  }
  left.set('completeness', left.get('completeness')! * filledShare(files));
  const scores = dimensions.map((dimension) => ({
    dimension,
    score: Math.round(100 * left.get(dimension)!),
  }));
  const overall = dimensions.reduce((sum, dimension) => sum + left.get(dimension)!, 0) / dimensions.length;
  return { overall: Math.round(100 * overall), dimensions: scores, formula };
}

/** Of the cells in columns that have a part to play, the share that says something. */
function filledShare(files: FileCheck[]): number {
  let cells = 0;
  let missing = 0;
  for (const { columns, rowsRead } of files)
    for (const column of columns) {
      if (column.role === 'ignore') continue;
      cells += rowsRead;
      missing += Math.min(rowsRead, column.missing);
    }
  return cells > 0 ? 1 - missing / cells : 1;
}
