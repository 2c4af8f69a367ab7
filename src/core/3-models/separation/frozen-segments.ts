import type { LaterInput } from '../../2-features/later-outcomes';
import { assignPairs } from '../../kit/assignment';
import { chooseFeatures } from '../clusters/choose-features';
import { partition } from '../clusters/partition';
import type { SegmentParams } from '../clusters/segment';
import { part, type Report } from '../estimator';
import type { Segmentation } from '../results/segmentation';
import type { SegmentsPredict } from '../results/segments-predict';
import { segmentsPredict } from './segments-predict';

const noSegments: SegmentsPredict['comeBack'] = { cramersV: 0, low: 0, high: 0, raw: 0, randomCramersV: 0 };

/** What is called by name today: who is in which segment, and what it is called. */
export type Present = Pick<Segmentation, 'customers' | 'labels'> & { names: readonly string[] };

/** The earlier segments under the names of today's that share most customers with them; one that shares none is gone. */
function nameAsToday(
  past: Pick<Segmentation, 'customers' | 'labels'>,
  nPast: number,
  present: Present,
): string[] {
  const { customers, labels, names } = present;
  const today = new Map(Array.from(customers, (customer, row) => [customer, labels[row]!]));
  const shared = Array.from({ length: nPast }, () => names.map(() => 0));
  past.customers.forEach((customer, row) => {
    const [own, other] = [past.labels[row]!, today.get(customer) ?? -1];
    if (own >= 0 && other >= 0) shared[own]![other]! += 1;
  });
  let nGone = 0;
  return assignPairs(shared).map((column) => names[column] ?? `Gone since ${++nGone}`);
}

/**
 * The same way of segmenting, frozen at an earlier date and judged by what its customers did after it. Nothing of the
 * later days shapes the segments; they are only called by the names of today's.
 */
export function testSegments(
  { table, later, blocked }: LaterInput,
  params: SegmentParams,
  present: Present,
  report: Report = () => {},
): SegmentsPredict {
  const { asOf, horizonDays } = later;
  const cannot = (verdict: string): SegmentsPredict => ({
    asOf,
    horizonDays,
    nCustomers: table.customers.length,
    spend: null,
    comeBack: noSegments,
    bySegment: [],
    predictsSpend: false,
    predictsReturn: false,
    verdict,
    blocked: verdict,
  });
  if (blocked) return cannot(blocked);
  const nClusters = typeof params.nClusters === 'number' ? params.nClusters : present.names.length;
  const needed = Math.max(10, nClusters + 1);
  if (table.customers.length < needed)
    return cannot(
      `cannot tell: need at least ${needed} customers by the earlier date; got ${table.customers.length}`,
    );
  if (nClusters < 2) return cannot('cannot tell: need at least 2 segments; got 1');
  const chosen = chooseFeatures(table.features);
  if (chosen.features.length === 0)
    return cannot('cannot tell: need traits that differed between customers by then; got none');
  const { algorithm, seed } = params;
  const way = { algorithm, blocks: chosen.blocks };
  const { labels, centroids } = partition(way, chosen.X, nClusters, seed, part(report, 0, 0.7));
  const names = nameAsToday({ customers: table.customers, labels }, centroids.length, present);
  return segmentsPredict(labels, names, later, seed, part(report, 0.7, 1));
}
