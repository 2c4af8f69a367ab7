import type { RefusedRow } from '../1-collect/raw-table';
import { csvCell, csvLines, csvMoney } from './csv';
import {
  type Audience,
  audienceRows,
  type CustomerRow,
  knownCustomers,
  type ScoredCustomers,
  sortById,
} from './audience';
import { isoDayBefore, likelihoodText, propensityColumn } from './wording';

/** customers.csv: every customer that any result holds, one row each; cells a result does not fill stay empty. */
export function customersCsv(scored: ScoredCustomers): string {
  const { prediction } = scored;
  const header = ['customer_id', 'recency_days', 'frequency', 'monetary', 'rfm_cell', 'lifecycle', 'segment'];
  const isScored = prediction !== null && prediction.blocked === null;
  if (isScored) header.push(propensityColumn(prediction.target));
  const rows = sortById(knownCustomers(scored)).map((row) => {
    const cells = [
      csvCell(row.id),
      csvCell(row.recency),
      csvCell(row.frequency),
      csvMoney(row.monetary),
      csvCell(row.rfmCell),
      csvCell(row.lifecycle),
      csvCell(row.segmentName),
    ];
    if (isScored) cells.push(csvCell(row.propensity));
    return cells;
  });
  return csvLines(header, rows);
}

/** A list of people to contact, best first, each with the reason why they are on it. */
export function contactListCsv(scored: ScoredCustomers, audience: Audience): string {
  const asOf = scored.segmentation?.asOf ?? null;
  const header = ['customer_id', 'segment', 'why', 'propensity', 'last_order', 'frequency', 'monetary'];
  const rows = audienceRows(scored, audience).map((row) => [
    csvCell(row.id),
    csvCell(row.segmentName),
    csvCell(reasonFor(row, scored, audience)),
    csvCell(row.propensity),
    csvCell(asOf === null || row.recency === null ? null : isoDayBefore(asOf, row.recency)),
    csvCell(row.frequency),
    csvMoney(row.monetary),
  ]);
  return csvLines(header, rows);
}

/** Every row that could not be used, with where it is and why. */
export const refusedCsv = (refused: readonly RefusedRow[]): string =>
  csvLines(
    ['file', 'row', 'column', 'value', 'why'],
    refused.map(({ file, row, column, value, why }) => [file, row, column, value, why].map(csvCell)),
  );

/** One plain reason: the likelihood when the list is cut by it, else what the group is. */
function reasonFor(
  row: CustomerRow,
  { segmentation, prediction }: ScoredCustomers,
  audience: Audience,
): string {
  if (prediction && row.propensity !== null && audience.minPropensity !== undefined)
    return likelihoodText(prediction, row.propensity);
  if (audience.lifecycle !== undefined) {
    const orders = row.frequency === 1 ? '1 order' : `${row.frequency} orders`;
    return `${audience.lifecycle}: ${orders}, the last ${row.recency} days ago`;
  }
  const segment = segmentation?.segments.find(({ id }) => id === row.segment);
  return segment ? segment.sentence : '';
}
