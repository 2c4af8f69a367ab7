/** Rows by owner: those of owner k are `rows[starts[k]]` to `rows[starts[k + 1] - 1]`, in the order of the file. */
export type Grouped = { starts: Int32Array; rows: Int32Array };

/** Counting sort by owner of the rows at or before `asOf`; rows of nobody (-1) or without a time stay out. */
export function groupRows(owner: Int32Array, time: Float64Array, asOf: number, nOwners: number): Grouped {
  const starts = new Int32Array(nOwners + 1);
  const isIn = (i: number) => owner[i]! >= 0 && time[i]! <= asOf;
  for (let i = 0; i < owner.length; i++) if (isIn(i)) starts[owner[i]! + 1]!++;
  for (let k = 0; k < nOwners; k++) starts[k + 1]! += starts[k]!;
  const rows = new Int32Array(starts[nOwners]!);
  const next = starts.slice();
  for (let i = 0; i < owner.length; i++) if (isIn(i)) rows[next[owner[i]!]!++] = i;
  return { starts, rows };
}
