/** Blank rows of a file at even distances: `first`, `first + every` … `last`; a block of them has `every` 1. */
export type BlankRows = { first: number; last: number; every: number };

/** Runs kept of one file; blank rows behind them are not counted. */
const MAX_RUNS = 1000;

/** Blank rows as they are met, from top to bottom, in as few runs as tell them. */
export type BlankRowList = {
  count: number;
  runs: BlankRows[];
  add(row: number): void;
  /** The runs since the last call; what comes later begins a new one, so that these can be stored. */
  take(): BlankRows[];
};

export function createBlankRows(known: BlankRows[] = []): BlankRowList {
  let nTaken = known.length;
  const list: BlankRowList = {
    count: countBlankRows(known),
    runs: [...known],
    add(row) {
      const run = list.runs.length > nTaken ? list.runs.at(-1)! : null;
      if (run && run.first === run.last) run.every = row - run.first;
      if (run && row === run.last + run.every) run.last = row;
      else if (list.runs.length === MAX_RUNS) return;
      else list.runs.push({ first: row, last: row, every: 1 });
      list.count++;
    },
    take() {
      const runs = list.runs.slice(nTaken);
      nTaken = list.runs.length;
      return runs;
    },
  };
  return list;
}

const countBlankRows = (runs: BlankRows[]): number =>
  runs.reduce((n, { first, last, every }) => n + (last - first) / every + 1, 0);

/** Every blank row by its number in the file. */
export function listBlankRows(runs: BlankRows[]): Int32Array {
  const rows = new Int32Array(countBlankRows(runs));
  let n = 0;
  for (const { first, last, every } of runs) for (let row = first; row <= last; row += every) rows[n++] = row;
  return rows;
}
