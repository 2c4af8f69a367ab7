import type { Consent } from '../1-collect/canonical';
import { allowed, refusedModels } from '../1-collect/consents';
import type { Prediction } from '../3-models/results/prediction';
import type { RfmResult } from '../3-models/results/rfm-result';
import type { Segmentation } from '../3-models/results/segmentation';
import type { ValueResult } from '../3-models/results/value-result';
import { finish, type Steps } from '../kit/steps';
import { segmentName } from './wording';

/** What is known of the customers; `names[id]` is the person's own name of a segment, where there is one. */
export type ScoredCustomers = {
  customerIds: string[];
  rfm: RfmResult | null;
  segmentation: Segmentation | null;
  names: readonly string[];
  prediction: Prediction | null;
  value?: ValueResult | null;
  /** What customers agreed to; absent = the data does not say. */
  consents?: readonly Consent[];
};

/** One customer across all results; null where a result is missing or does not hold them. */
export type CustomerRow = {
  /** Index into the project's ids. */
  customer: number;
  id: string;
  segment: number | null;
  segmentName: string | null;
  lifecycle: string | null;
  rfmCell: string | null;
  recency: number | null;
  frequency: number | null;
  monetary: number | null;
  propensity: number | null;
  /** Row in the value result's arrays; null where it does not hold them. */
  valueRow: number | null;
  /** The predicted outcome is already so (a ready label that is positive); false where nothing is known. */
  hasHappened: boolean;
};

/** Whom a list is about; all must hold. Best first: the likeliest unless `sortBy` says otherwise. */
export type Audience = {
  segment?: number;
  lifecycle?: string;
  minPropensity?: number;
  /** The least likelihood in each segment, for lists that cut every segment elsewhere; other segments are not on it. */
  leastBySegment?: { segment: number; propensity: number }[];
  /** At most so many, the best of them. */
  limit?: number;
  /** Lifecycle groups to leave out: those already lost, for a win-back list. */
  withoutLifecycles?: string[];
  /** Leaves out whoever already shows the predicted outcome. */
  withoutHappened?: boolean;
  /** Worth at least so much (orders to come where no money is known). */
  minValue?: number;
  /** By likelihood, by money spent so far, or by value to come. */
  sortBy?: 'propensity' | 'monetary' | 'value';
  /** Those a rule holds for, by index into the project's ids; the sentence says why they are on the list. */
  members?: { name: string; sentence: string; customers: Int32Array };
  /** What the list is for: only people who agreed to it are on it. Absent = nobody will be contacted. */
  purpose?: string;
};

/** Row of each customer in a result's arrays, -1 where the result does not hold them. */
function rowsByCustomer(customers: Int32Array | undefined, nCustomers: number): Int32Array {
  const rows = new Int32Array(nCustomers).fill(-1);
  customers?.forEach((customer, row) => (rows[customer] = row));
  return rows;
}

/** A look-up from a customer (index into `customerIds`) to everything known of them; null when nothing is, or may be. */
function customerLookup(scored: ScoredCustomers): (customer: number) => CustomerRow | null {
  const { customerIds, rfm, segmentation, prediction, value } = scored;
  const [rfmRows, segmentRows, propensityRows, valueRows] = [rfm, segmentation, prediction, value].map(
    (result) => rowsByCustomer(result?.customers, customerIds.length),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array];
  const names = segmentNames(scored);
  // A result that was kept may be older than somebody's refusal.
  const refused = refusedModels(scored.consents);

  return (customer) => {
    if (refused?.[customer]) return null;
    const [r, s, p] = [rfmRows[customer]!, segmentRows[customer]!, propensityRows[customer]!];
    const v = valueRows[customer]!;
    if (r < 0 && s < 0 && p < 0 && v < 0) return null;
    const segment = segmentation && s >= 0 ? segmentation.labels[s]! : null;
    const orders = rfm && r >= 0 ? rfm : null;
    return {
      customer,
      id: customerIds[customer]!,
      segment,
      segmentName: segment === null ? null : (names.get(segment) ?? null),
      lifecycle: orders?.groups[orders.lifecycle[r]!]?.name ?? null,
      rfmCell: orders && `${orders.r[r]}${orders.f[r]}${orders.m[r]}`,
      recency: orders && orders.recency[r]!,
      frequency: orders && orders.frequency[r]!,
      monetary: orders && orders.monetary[r]!,
      propensity: prediction && p >= 0 ? prediction.propensity[p]! : null,
      valueRow: v >= 0 ? v : null,
      hasHappened: prediction?.happened?.[p] === 1,
    };
  };
}

/** Value to come, in orders where no money is known; -1 where the result does not hold the customer. */
const worthOf = (value: ScoredCustomers['value'], { valueRow }: CustomerRow): number =>
  value && valueRow !== null
    ? (value.hasMoney ? value.lifetimeValue : value.expectedPurchases)[valueRow]!
    : -1;

function segmentNames({ segmentation, names }: ScoredCustomers): Map<number, string> {
  return new Map(segmentation?.segments.map((segment) => [segment.id, segmentName(segment, names)]));
}

/** These customers (indices into the project's ids), in this order; whom no result holds is passed over. */
export function rowsOf(scored: ScoredCustomers, customers: readonly number[]): CustomerRow[] {
  const lookup = customerLookup(scored);
  return customers.flatMap((customer) => lookup(customer) ?? []);
}

/** Everyone that any result holds, in the order of the project's ids. */
export function knownCustomers(scored: ScoredCustomers): CustomerRow[] {
  const lookup = customerLookup(scored);
  const rows: CustomerRow[] = [];
  for (let customer = 0; customer < scored.customerIds.length; customer++) {
    const row = lookup(customer);
    if (row) rows.push(row);
  }
  return rows;
}

const sortById = (rows: CustomerRow[]): CustomerRow[] => finish(sortByIdInSteps(rows));

/** In the order of the ids: by number when every id is an integer, else by text. Sorts runs and merges them pair by pair. */
export function* sortByIdInSteps(rows: CustomerRow[]): Steps<CustomerRow[]> {
  const areIntegers = rows.every(({ id }) => /^-?\d+$/.test(id));
  const keyed = rows.map((row) => ({ row, key: areIntegers ? Number(row.id) : 0 }));
  type Keyed = (typeof keyed)[number];
  const byText = (a: CustomerRow, b: CustomerRow) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const compare = (a: Keyed, b: Keyed) => a.key - b.key || byText(a.row, b.row);
  for (let run = 2048; ; run *= 2) {
    for (let from = 0; from < keyed.length; from += run) {
      // A sort of two sorted runs only merges them.
      const sorted = keyed.slice(from, from + run).sort(compare);
      for (let i = 0; i < sorted.length; i++) keyed[from + i] = sorted[i]!;
      yield;
    }
    if (run >= keyed.length) return keyed.map(({ row }) => row);
  }
}

/** The people of an audience: the likeliest first where there is a prediction, else the biggest spenders first. */
export const audienceRows = (scored: ScoredCustomers, audience: Audience): CustomerRow[] =>
  chooseAudience(scored, audience).rows;

/** The same, with how many more there were who have not agreed to what the list is for. */
export function chooseAudience(
  scored: ScoredCustomers,
  audience: Audience,
): { rows: CustomerRow[]; withoutConsent: number } {
  const { segment, lifecycle, minPropensity, withoutLifecycles = [], withoutHappened } = audience;
  const { minValue, purpose } = audience;
  const worth = (row: CustomerRow) => worthOf(scored.value, row);
  const least = new Map(audience.leastBySegment?.map(({ segment, propensity }) => [segment, propensity]));
  const members = audience.members && new Set(audience.members.customers);
  const meant = knownCustomers(scored).filter(
    (row) =>
      (members === undefined || members.has(row.customer)) &&
      (segment === undefined || row.segment === segment) &&
      (lifecycle === undefined || row.lifecycle === lifecycle) &&
      (minPropensity === undefined || (row.propensity !== null && row.propensity >= minPropensity)) &&
      (minValue === undefined || worth(row) >= minValue) &&
      (!audience.leastBySegment || (row.propensity ?? -1) >= (least.get(row.segment ?? -1) ?? Infinity)) &&
      !(row.lifecycle !== null && withoutLifecycles.includes(row.lifecycle)) &&
      !(withoutHappened && row.hasHappened),
  );
  const agreed = purpose === undefined ? null : allowed([...(scored.consents ?? [])], purpose);
  const chosen = purpose === undefined ? meant : meant.filter(({ customer }) => agreed?.[customer] === 1);
  const byPropensity = (a: CustomerRow, b: CustomerRow) => (b.propensity ?? -1) - (a.propensity ?? -1);
  const bySpend = (a: CustomerRow, b: CustomerRow) => (b.monetary ?? 0) - (a.monetary ?? 0);
  const byValue = (a: CustomerRow, b: CustomerRow) => worth(b) - worth(a);
  const withoutConsent = meant.length - chosen.length;
  const { limit } = audience;
  if (audience.sortBy === 'value')
    return { rows: sortById(chosen).sort(byValue).slice(0, limit), withoutConsent };
  const [first, second] = audience.sortBy === 'monetary' ? [bySpend, byPropensity] : [byPropensity, bySpend];
  const rows = sortById(chosen).sort((a, b) => first(a, b) || second(a, b));
  return { rows: rows.slice(0, limit), withoutConsent };
}
