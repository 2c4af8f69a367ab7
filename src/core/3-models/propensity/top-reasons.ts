import type { FeatureTable } from '../../2-features/feature-table';
import type { Report } from '../estimator';
import type { TopReasons } from '../results';
import { averageCustomer, isSlowToExplain, pickFrom } from './explain';
import { explainRows } from './fitted-rung';
import type { FittedRung } from './rungs';

const perCustomer = 3;
const chunk = 4_000;
/** The likeliest customers who are explained where a model takes milliseconds for each. */
const mostSlow = 1_000;
const slowChunk = 20;

/** Rows to explain: all, or of the slow models the likeliest. */
function rowsToExplain(fitted: FittedRung, propensity: Float64Array): Int32Array {
  const all = Int32Array.from(propensity.keys());
  if (!isSlowToExplain(fitted) || all.length <= mostSlow) return all;
  return all
    .sort((a, b) => propensity[b]! - propensity[a]! || a - b)
    .slice(0, mostSlow)
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
  const average = averageCustomer(fitted, table, seed);
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
  const rows = rowsToExplain(fitted, propensity);
  found.explained = rows.length;
  const step = isSlowToExplain(fitted) ? slowChunk : chunk;
  for (let start = 0; start < rows.length; start += step) {
    const some = rows.subarray(start, start + step);
    const read = pickFrom(table, some);
    const parts = explainRows(fitted, read).features.map(({ values }, j) => {
      const own = features[j]!.part;
      return values.map((value) => value - own);
    });
    const values = features.map(({ definition }) => read.column(definition.name));
    some.forEach((row, i) => writeStrongest(found, row, i, parts, values));
    report((start + some.length) / rows.length, 'finding each customer’s reasons');
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
