import type { FeatureTable } from '../../2-features/feature-table';
import type { Report } from '../estimator';
import type { TopReasons } from '../results/prediction';
import { averageCustomer, pickFrom } from './explain';
import { explainRows } from './fitted-rung';
import type { FittedRung } from './rungs';

const perCustomer = 3;
/** The likeliest customers who are explained where a model is slow to explain, and how many are at a time. */
const limits = { boosting: { most: 20_000, atOnce: 1_000 }, network: { most: 5_000, atOnce: 100 } };
const unlimited = { most: Infinity, atOnce: 4_000 };

const limitsOf = ({ rung }: FittedRung) =>
  rung === 'boosting' || rung === 'network' ? limits[rung] : unlimited;

/** Rows to explain: all, or of a slow model the likeliest. */
function rowsToExplain(most: number, propensity: Float64Array): Int32Array {
  const all = Int32Array.from(propensity.keys());
  if (all.length <= most) return all;
  return all
    .sort((a, b) => propensity[b]! - propensity[a]! || a - b)
    .slice(0, most)
    .sort();
}

/** The three strongest parts of each customer's score, against the average customer. */
export function findTopReasons(
  fitted: FittedRung,
  table: FeatureTable,
  propensity: Float64Array,
  seed: number,
  report: Report = () => {},
): TopReasons {
  report(0, 'finding each customer’s reasons');
  const average = averageCustomer(fitted, table, seed);
  report(0.05);
  const { features } = average;
  const n = propensity.length * perCustomer;
  const found: TopReasons = {
    features: features.map(({ definition: { name, label, unit }, isPersonal }) => ({
      feature: name,
      label,
      unit,
      isPersonal,
    })),
    perCustomer,
    feature: new Int16Array(n).fill(-1),
    part: new Float32Array(n),
    value: new Float64Array(n),
    explained: 0,
  };
  const { most, atOnce } = limitsOf(fitted);
  const rows = rowsToExplain(most, propensity);
  found.explained = rows.length;
  for (let start = 0; start < rows.length; start += atOnce) {
    const some = rows.subarray(start, start + atOnce);
    const read = pickFrom(table, some);
    const parts = explainRows(fitted, read).features.map(({ values }, j) => {
      const own = features[j]!.part;
      return values.map((value) => value - own);
    });
    const values = features.map(({ definition }) => read.column(definition.name));
    some.forEach((row, i) => writeStrongest(found, row, i, parts, values));
    report(0.05 + (0.95 * (start + some.length)) / rows.length);
  }
  return found;
}

function writeStrongest(
  into: TopReasons,
  row: number,
  i: number,
  parts: Float64Array[],
  values: Float64Array[],
) {
  const at = row * perCustomer;
  for (let j = 0; j < parts.length; j++) {
    const size = Math.abs(parts[j]![i]!);
    if (!(size > 0)) continue;
    let place = perCustomer;
    while (place > 0 && size > Math.abs(into.part[at + place - 1]!)) place--;
    if (place === perCustomer) continue;
    for (const column of [into.feature, into.part, into.value])
      column.copyWithin(at + place + 1, at + place, at + perCustomer - 1);
    into.feature[at + place] = j;
    into.part[at + place] = parts[j]![i]!;
    into.value[at + place] = values[j]![i]!;
  }
}
