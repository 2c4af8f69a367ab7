const DIGIT = 65_536;

/** Row numbers in order of time, equal times as they stood; NaN must not occur. Times are whole ms within 8,900 years. */
export function sortByTime(times: Float64Array): Uint32Array {
  let from = Infinity;
  let to = -Infinity;
  for (const time of times) {
    if (time < from) from = time;
    if (time > to) to = time;
  }
  let rows = Uint32Array.from(times, (_, i) => i);
  for (let unit = 1; times.length > 1 && (to - from) / unit >= 1; unit *= DIGIT)
    rows = sortByKey(rows, DIGIT, (row) => Math.floor((times[row]! - from) / unit) % DIGIT);
  return rows;
}

/** Rows in order of a whole key in [0, nKeys), equal keys as they stood. */
export function sortByKey(
  rows: Uint32Array,
  nKeys: number,
  keyOf: (row: number) => number,
): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(nKeys + 1);
  for (let i = 0; i < rows.length; i++) starts[keyOf(rows[i]!) + 1]!++;
  for (let key = 0; key < nKeys; key++) starts[key + 1]! += starts[key]!;
  const sorted = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    sorted[starts[keyOf(row)]!++] = row;
  }
  return sorted;
}
