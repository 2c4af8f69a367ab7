import type { RefusedRow } from '../1-collect/raw-table';
import type { Prediction } from '../3-models/results/prediction';
import type { Steps } from '../kit/steps';
import { csvCell, csvLines, csvLinesInSteps, csvMoney } from './csv';
import {
  type Audience,
  audienceRows,
  type CustomerRow,
  knownCustomers,
  type ScoredCustomers,
  sortByIdInSteps,
} from './audience';
import { reasonsOf, sayReasons } from './say-reasons';
import { valueCells, valueColumns, worthText } from './value-export';
import {
  isoDay,
  isoDayBefore,
  likelihoodText,
  propensityColumn,
  reasonsColumn,
  segmentName,
} from './wording';

/** customers.csv: every customer that any result holds, one row each; cells a result does not fill stay empty. */
export function* customersCsv(scored: ScoredCustomers): Steps<string> {
  const { prediction } = scored;
  const valued = scored.value?.blocked === null ? scored.value : null;
  const header = ['customer_id', 'recency_days', 'frequency', 'monetary', 'rfm_cell', 'lifecycle', 'segment'];
  const isScored = prediction !== null && prediction.blocked === null;
  if (isScored) header.push(propensityColumn(prediction.target));
  const tellReasons = reasonTeller(prediction);
  if (tellReasons) header.push(reasonsColumn(prediction!.target));
  if (valued) header.push(...valueColumns);
  const rows = yield* sortByIdInSteps(knownCustomers(scored));
  const cellsOf = (row: CustomerRow) => {
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
    if (tellReasons) cells.push(csvCell(tellReasons(row)));
    if (valued) cells.push(...valueCells(valued, row.valueRow));
    return cells;
  };
  return yield* csvLinesInSteps(header, rows, cellsOf);
}

/** A list of people to contact, best first, each with the reason why they are on it; by value, with what is known of it. */
export function contactListCsv(scored: ScoredCustomers, audience: Audience): string {
  const asOf = scored.segmentation?.asOf ?? null;
  const header = ['customer_id', 'segment', 'why', 'likelihood', 'last_order', 'frequency', 'monetary'];
  const valued = audience.sortBy === 'value' ? (scored.value ?? null) : null;
  if (valued) header.push(...valueColumns);
  const tellReasons = reasonTeller(scored.prediction);
  if (tellReasons) header.push('reasons');
  const rows = audienceRows(scored, audience).map((row) => [
    csvCell(row.id),
    csvCell(row.segmentName),
    csvCell(reasonFor(row, scored, audience)),
    csvCell(row.propensity === null ? null : Number(row.propensity.toFixed(4))),
    csvCell(asOf === null || row.recency === null ? null : isoDayBefore(asOf, row.recency)),
    csvCell(row.frequency),
    csvMoney(row.monetary),
    ...(valued ? valueCells(valued, row.valueRow) : []),
    ...(tellReasons ? [csvCell(tellReasons(row))] : []),
  ]);
  return csvLines(header, rows);
}

/** The strongest reasons for a customer's likelihood, in words; null where a prediction keeps none. */
function reasonTeller(prediction: Prediction | null): ((row: CustomerRow) => string) | null {
  const reasons = prediction?.reasons;
  if (!reasons || reasons.features.length === 0) return null;
  const rowOf = new Map(Array.from(prediction.customers, (customer, row) => [customer, row]));
  return ({ customer }) => {
    const row = rowOf.get(customer);
    return row === undefined ? '' : sayReasons(reasonsOf(reasons, row), prediction.target);
  };
}

/** A file name that says who is on the list and as of when. */
export function contactListName(
  scored: ScoredCustomers,
  { segment, lifecycle, minPropensity, members, sortBy }: Audience,
): string {
  const { segmentation, prediction, names } = scored;
  const asOf = segmentation?.asOf ?? null;
  const found = segmentation?.segments.find(({ id }) => id === segment);
  const likely = {
    churn: 'likely to leave',
    repurchase: 'likely to buy again',
    cancel: 'likely to cancel',
    upgrade: 'likely to move up',
    event: 'likely',
    column: 'likely',
  };
  const who =
    members?.name ??
    lifecycle ??
    (found && segmentName(found, names)) ??
    (sortBy === 'value' ? 'most valuable' : null) ??
    (prediction && minPropensity !== undefined ? likely[prediction.target.kind] : 'customers');
  const words = who
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${words || 'customers'}${asOf === null ? '' : `-${isoDay(asOf)}`}.csv`;
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
  { segmentation, prediction, value }: ScoredCustomers,
  audience: Audience,
): string {
  if (value && audience.sortBy === 'value' && row.valueRow !== null) return worthText(value, row.valueRow);
  if (prediction && row.propensity !== null && audience.minPropensity !== undefined)
    return likelihoodText(prediction, row.propensity);
  if (audience.members) return audience.members.sentence;
  if (audience.lifecycle !== undefined) {
    const orders = row.frequency === 1 ? '1 order' : `${row.frequency} orders`;
    return `${audience.lifecycle}: ${orders}, the last ${row.recency} days ago`;
  }
  const segment = segmentation?.segments.find(({ id }) => id === row.segment);
  return segment ? segment.sentence : '';
}
