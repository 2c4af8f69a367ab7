import type { RefusedRow } from '../1-collect/raw-table';
import { csvCell, csvLines, csvMoney } from './csv';
import { type CustomerRow, customerLookup, type ScoredCustomers } from './scored-customers';
import { isoDayBefore, likelihoodText, propensityColumn } from './wording';

/** Whom a list is about: the people of a segment, of a lifecycle group, at least this likely; all must hold. */
export type Audience = { segment?: number; lifecycle?: string; minPropensity?: number };

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

/** The people of an audience: the likeliest first where there is a prediction, else the biggest spenders first. */
export function chooseCustomers(scored: ScoredCustomers, audience: Audience): CustomerRow[] {
  const { segment, lifecycle, minPropensity } = audience;
  const chosen = knownCustomers(scored).filter(
    (row) =>
      (segment === undefined || row.segment === segment) &&
      (lifecycle === undefined || row.lifecycle === lifecycle) &&
      (minPropensity === undefined || (row.propensity !== null && row.propensity >= minPropensity)),
  );
  const rank = (row: CustomerRow) => row.propensity ?? -1;
  return sortById(chosen).sort((a, b) => rank(b) - rank(a) || (b.monetary ?? 0) - (a.monetary ?? 0));
}

/** A list of people to contact, best first, each with the reason why they are on it. */
export function contactListCsv(scored: ScoredCustomers, audience: Audience): string {
  const asOf = scored.segmentation?.asOf ?? null;
  const header = ['customer_id', 'segment', 'why', 'propensity', 'last_order', 'frequency', 'monetary'];
  const rows = chooseCustomers(scored, audience).map((row) => [
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

function knownCustomers(scored: ScoredCustomers): CustomerRow[] {
  const lookup = customerLookup(scored);
  const rows: CustomerRow[] = [];
  for (let customer = 0; customer < scored.customerIds.length; customer++) {
    const row = lookup(customer);
    if (row) rows.push(row);
  }
  return rows;
}

/** By number when every id is an integer, else by text. */
function sortById(rows: CustomerRow[]): CustomerRow[] {
  const byText = (a: CustomerRow, b: CustomerRow) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const areIntegers = rows.every(({ id }) => /^-?\d+$/.test(id));
  return rows.sort((a, b) => (areIntegers ? Number(a.id) - Number(b.id) : 0) || byText(a, b));
}
