import type { FileCheck, Role } from './collected';
import type { Codes, RawTable } from './raw-table';

/** Rows of a newer file beside those of the older: after = before - gone + added; a changed row is in both. */
export type TableDiff = { before: number; after: number; added: number; changed: number; gone: number };

/**
 * Compares two tables as written, whatever the order of rows and columns. Rows belong together where the texts of
 * `keys` agree; without keys a row is known by all its cells and none can change.
 */
export function diffTables(before: RawTable, after: RawTable, keys: readonly string[] = []): TableDiff {
  const shared = after.columns.filter(({ name }) => before.columns.some((other) => other.name === name));
  const names = shared.map(({ name }) => name);
  const known = keys.filter((key) => names.includes(key));
  const groups = createNumbering(before.nRows + after.nRows);
  const rows = createNumbering(before.nRows + after.nRows);
  const counted = [before, after].map((table) => {
    const whole = fingerprints(table, names);
    const key = known.length === 0 ? whole : fingerprints(table, known);
    const group = groups.number(key);
    return { group, row: rows.number(whole) };
  }) as [Numbered, Numbered];
  return countRows(counted, groups.size(), rows.size());
}

type Numbered = { group: Uint32Array; row: Uint32Array };

/** Of the rows with one key, equal ones pair off first; what is left over pairs off as changed. */
function countRows([before, after]: [Numbered, Numbered], nGroups: number, nRows: number): TableDiff {
  const nBefore = countOf(before.row, nRows);
  const nAfter = countOf(after.row, nRows);
  const groupOf = new Uint32Array(nRows);
  for (const { row, group } of [before, after]) row.forEach((of, i) => (groupOf[of] = group[i]!));
  const left = new Uint32Array(nGroups);
  const right = new Uint32Array(nGroups);
  for (let row = 0; row < nRows; row++) {
    const same = Math.min(nBefore[row]!, nAfter[row]!);
    left[groupOf[row]!]! += nBefore[row]! - same;
    right[groupOf[row]!]! += nAfter[row]! - same;
  }
  const diff = { before: before.row.length, after: after.row.length, added: 0, changed: 0, gone: 0 };
  for (let group = 0; group < nGroups; group++) {
    const changed = Math.min(left[group]!, right[group]!);
    diff.changed += changed;
    diff.gone += left[group]! - changed;
    diff.added += right[group]! - changed;
  }
  return diff;
}

function countOf(numbers: Uint32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const number of numbers) counts[number]!++;
  return counts;
}

/** Two 32-bit hashes a row: with a million rows the chance that two differ and agree in both is one in ten million. */
type Fingerprints = { first: Int32Array; second: Int32Array };

function fingerprints({ columns, nRows }: RawTable, names: readonly string[]): Fingerprints {
  const first = new Int32Array(nRows).fill(0x2c1b3c6d);
  const second = new Int32Array(nRows).fill(0x297a2d39);
  for (const name of names) {
    const column = columns.find((other) => other.name === name)!;
    mixInto(first, column.codes, column.levels, 0x9e3779b1);
    mixInto(second, column.codes, column.levels, 0x85ebca77);
  }
  return { first, second };
}

function mixInto(hashes: Int32Array, codes: Codes, levels: string[], factor: number): void {
  const ofLevel = Int32Array.from(levels, (text) => hashText(text, factor));
  for (let row = 0; row < hashes.length; row++) {
    const mixed = Math.imul(hashes[row]! ^ ofLevel[codes[row]!]!, factor);
    hashes[row] = mixed ^ (mixed >>> 15) ^ (mixed << 7);
  }
}

function hashText(text: string, factor: number): number {
  let hash = text.length ^ factor;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), factor) ^ (hash >>> 13);
  return Math.imul(hash ^ (hash >>> 16), 0xc2b2ae3d) ^ (hash >>> 14);
}

/** Numbers fingerprints in order of first use, over both tables. */
function createNumbering(atMost: number) {
  const mask = 2 ** Math.ceil(Math.log2(atMost * 2 + 2)) - 1;
  const slots = new Uint32Array(mask + 1);
  const first = new Int32Array(atMost);
  const second = new Int32Array(atMost);
  let size = 0;
  const find = (a: number, b: number): number => {
    let slot = (a ^ (b >>> 7)) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const at = slots[slot]! - 1;
      if (first[at] === a && second[at] === b) return at;
    }
    first[size] = a;
    second[size] = b;
    slots[slot] = ++size;
    return size - 1;
  };
  return {
    number: (prints: Fingerprints) =>
      Uint32Array.from(prints.first, (a, row) => find(a, prints.second[row]!)),
    size: () => size,
  };
}

/** What became of one file's rows. */
export type RowDiff = { name: string; diff: TableDiff };

/** The columns by which a row of this file is known again; none where nothing tells its rows apart. */
export function rowKeys({ kind, columns }: FileCheck): string[] {
  const named = (role: Role) => columns.filter((column) => column.role === role).map(({ name }) => name);
  if (kind === 'customers') return named('customer').slice(0, 1);
  if (kind === 'products') return named('product').slice(0, 1);
  const order = named('order').slice(0, 1);
  return order.length > 0 ? [...order, ...named('product').slice(0, 1)] : [];
}
