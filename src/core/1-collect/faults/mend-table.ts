import type { RawColumn, RawTable } from '../raw-table';
import { profileTable, type TableProfile } from '../table-profile';
import type { Mend } from './fault';

/** All that is changed in one table at once: texts by column, single cells, rows left out. */
export type Changes = {
  texts: Map<number, Map<number, string>>;
  cells: { column: number; row: number; text: string }[];
  leaveOut: Uint8Array | null;
};

export const noChanges = (): Changes => ({ texts: new Map(), cells: [], leaveOut: null });

/** Adds a mend; false where a text of it is changed already, so that it has to wait for the next round. */
export function addMend(changes: Changes, mend: Mend, column: number | null): boolean {
  if ('texts' in mend && column !== null) {
    const own = changes.texts.get(column) ?? new Map<number, string>();
    if ([...mend.texts.keys()].some((code) => own.has(code))) return false;
    for (const [code, text] of mend.texts) own.set(code, text);
    changes.texts.set(column, own);
  }
  if ('cells' in mend) for (const cell of mend.cells) changes.cells.push(cell);
  if ('leaveOut' in mend) {
    changes.leaveOut ??= new Uint8Array(mend.leaveOut.length);
    for (let row = 0; row < mend.leaveOut.length; row++) changes.leaveOut[row]! |= mend.leaveOut[row]!;
  }
  return true;
}

/** A view of the table with the changes made; columns that stay as they are are shared, nothing is written to. */
export function mendTable(table: RawTable, profile: TableProfile, changes: Changes) {
  const { leaveOut } = changes;
  const columns = table.columns.map((column, c) => {
    const cells = changes.cells.filter((cell) => cell.column === c);
    const texts = changes.texts.get(c);
    return texts || cells.length > 0 || leaveOut
      ? rewrite(column, texts ?? new Map<number, string>(), cells, leaveOut)
      : column;
  });
  const gone: number[] = [];
  leaveOut?.forEach((isOut, row) => {
    if (isOut) gone.push(profile.fileRow(row));
  });
  const mended: RawTable = {
    ...table,
    columns,
    nRows: table.nRows - gone.length,
    refusedRows: gone.length > 0 ? [...table.refusedRows, ...gone] : table.refusedRows,
  };
  return { table: mended, profile: profileTable(mended, profile), nGone: gone.length };
}

/** The kept rows of a column with their new texts, numbered in order of first use. */
function rewrite(
  { name, levels, codes }: RawColumn,
  texts: Map<number, string>,
  cells: Changes['cells'],
  leaveOut: Uint8Array | null,
): RawColumn {
  const wanted = new Map<string, number>(
    [...texts.values(), ...cells.map(({ text }) => text)].map((text) => [text, -1]),
  );
  if (wanted.size > 0) levels.forEach((text, code) => wanted.has(text) && wanted.set(text, code));
  const all = levels.slice();
  for (const [text, code] of wanted) if (code < 0) wanted.set(text, all.push(text) - 1);
  const instead = Int32Array.from(all, (_, code) => code);
  for (const [code, text] of texts) instead[code] = wanted.get(text)!;
  const cellCodes = new Map(cells.map(({ row, text }) => [row, wanted.get(text)!]));
  const renumbered = new Int32Array(all.length).fill(-1);
  const kept: string[] = [];
  const out = new Uint32Array(
    leaveOut ? leaveOut.reduce((n, isOut) => n + (isOut ? 0 : 1), 0) : codes.length,
  );
  let at = 0;
  for (let row = 0; row < codes.length; row++) {
    if (leaveOut?.[row]) continue;
    const code = (cells.length > 0 ? cellCodes.get(row) : undefined) ?? instead[codes[row]!]!;
    if (renumbered[code] === -1) renumbered[code] = kept.push(all[code]!) - 1;
    out[at++] = renumbered[code]!;
  }
  return { name, levels: kept, codes: out };
}
