import type { Prediction } from '../3-models/results/prediction';
import type { Segmentation } from '../3-models/results/segmentation';
import type { ValueResult } from '../3-models/results/value-result';
import { valueSentence } from './value-export';
import { isoDay, segmentName } from './wording';

const count = (n: number) => n.toLocaleString('en-US');
const percent = (share: number | null) =>
  share !== null && Number.isFinite(share) ? `${(share * 100).toFixed(1)}%` : '–';

/** The segments as a table of plain text, or why there are none, and the prediction's verdict, for the terminal. */
export function summaryText(
  segmentation: Segmentation | string | null,
  names: readonly string[],
  prediction: Prediction | null,
  value: ValueResult | null = null,
): string {
  const parts: string[] = [];
  if (typeof segmentation === 'string') parts.push(`Segments (cannot tell): ${segmentation}`);
  else if (segmentation) parts.push(segmentTable(segmentation, names), segmentation.reason);
  if (prediction) parts.push(`Prediction (${prediction.grade}): ${prediction.verdict}`);
  if (value) parts.push(`Value (${value.grade}): ${valueSentence(value)}`);
  return `${parts.join('\n\n')}\n`;
}

function segmentTable(segmentation: Segmentation, names: readonly string[]): string {
  const { segments, customers, asOf } = segmentation;
  const when = asOf === null ? '' : `, as of ${isoDay(asOf)}`;
  const title = `${segments.length} segments of ${count(customers.length)} customers${when}`;
  const rows = segments.map((segment) => [
    segmentName(segment, names),
    count(segment.size),
    percent(segment.share),
    percent(segment.revenueShare),
  ]);
  const [header, ...lines] = alignColumns([['Segment', 'Customers', 'Share', 'Revenue'], ...rows]);
  return [title, header, ...lines.flatMap((line, i) => [line, `  ${segments[i]!.sentence}`])].join('\n');
}

/** The first column to the left, figures to the right. */
function alignColumns(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat(widths[column]! - [...cell].length);
        return column === 0 ? cell + padding : padding + cell;
      })
      .join('  '),
  );
}
