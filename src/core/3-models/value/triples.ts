/**
 * Customers by what a repeat-buying model knows of them: x repeat purchases, tx the age at the last one, T the age now
 * (one unit of time throughout). Customers alike stand once, `count` times over; `of[c]` is the triple of customer c.
 */
export type Triples = {
  n: number;
  x: Float64Array;
  tx: Float64Array;
  T: Float64Array;
  count: Float64Array;
  of: Int32Array;
  maxX: number;
};

/** Unique (x, tx, T), in order of first appearance. */
export function uniqueTriples(x: ArrayLike<number>, tx: ArrayLike<number>, T: ArrayLike<number>): Triples {
  const byT = new Map<number, Map<number, Map<number, number>>>();
  const rows: number[] = [];
  const count: number[] = [];
  const of = new Int32Array(x.length);
  for (let c = 0; c < x.length; c++) {
    const byX = getOrPut(getOrPut(byT, T[c]!), x[c]!);
    let row = byX.get(tx[c]!);
    if (row === undefined) {
      row = rows.push(c) - 1;
      byX.set(tx[c]!, row);
      count.push(0);
    }
    count[row]!++;
    of[c] = row;
  }
  const take = (values: ArrayLike<number>) => Float64Array.from(rows, (c) => values[c]!);
  const xs = take(x);
  const maxX = xs.reduce((most, value) => Math.max(most, value), 0);
  return { n: rows.length, x: xs, tx: take(tx), T: take(T), count: Float64Array.from(count), of, maxX };
}

function getOrPut<V>(map: Map<number, Map<number, V>>, key: number): Map<number, V> {
  let inner = map.get(key);
  if (!inner) map.set(key, (inner = new Map()));
  return inner;
}
