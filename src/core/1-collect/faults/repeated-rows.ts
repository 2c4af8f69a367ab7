import { normalEmail } from '../contact-keys';
import { customerTexts } from '../customer-ids';
import { type Column, columnOf, type ReadTable } from '../read-table';
import { headersOf, type SortedTables } from '../table-kinds';
import { TextMap } from '../text-map';
import { plural } from '../wording';
import { type Fault, unwanted } from './fault';
import { markEmpty } from './stray-rows';

/** Two 32-bit hashes of each row's texts, the same for the same texts in any file. */
function hashRows(columns: Column[], nRows: number): { a: Int32Array; b: Int32Array } {
  const a = new Int32Array(nRows).fill(-2128831035);
  const b = new Int32Array(nRows).fill(1);
  for (const { profile } of columns) {
    const { levels, codes } = profile;
    const own = Int32Array.from(levels, hashText);
    for (let row = 0; row < nRows; row++) {
      const hash = own[codes[row]!]!;
      const mixed = Math.imul(a[row]! ^ hash, -1640531535);
      a[row] = mixed ^ (mixed >>> 15);
      b[row] = (Math.imul(b[row]!, 31) + hash) ^ (b[row]! >>> 13);
    }
  }
  return { a, b };
}

function hashText(text: string): number {
  let hash = -2128831035;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash ^ (hash >>> 16);
}

/** Files of the same export may have their columns in another order. */
const inOneOrder = ({ columns }: ReadTable): Column[] =>
  columns.toSorted((a, b) => (a.words < b.words ? -1 : a.words > b.words ? 1 : 0));

/** Marks the rows of a table that stand in an earlier one, or earlier in the table itself where there is no other. */
function markRepeats(table: ReadTable, earlier: ReadTable[]): Uint8Array {
  const seen = new Set<number>();
  const keyAt = ({ a, b }: { a: Int32Array; b: Int32Array }, row: number) =>
    (a[row]! >>> 0) * 2097152 + (b[row]! & 2097151);
  for (const other of earlier) {
    const hashes = hashRows(inOneOrder(other), other.profile.nRows);
    for (let row = 0; row < other.profile.nRows; row++) seen.add(keyAt(hashes, row));
  }
  const { nRows } = table.profile;
  const hashes = hashRows(inOneOrder(table), nRows);
  const marks = new Uint8Array(nRows);
  const isEmpty = markEmpty(table);
  for (let row = 0; row < nRows; row++) {
    if (isEmpty[row]) continue;
    const key = keyAt(hashes, row);
    if (seen.has(key)) marks[row] = 1;
    else if (earlier.length === 0) seen.add(key);
  }
  return marks;
}

/** Whether rows that stand twice are told as customers, events or messages that do. */
export const tellsRepeats = (table: ReadTable, sorted: SortedTables): boolean =>
  (sorted.customers.includes(table) && columnOf(table, 'customer') !== undefined) ||
  [...sorted.of('events'), ...sorted.of('touches')].includes(table);

export const exactRepeats: Fault = {
  id: 'exact repeats',
  dimension: 'uniqueness',
  find(table, { sorted }) {
    const { nDuplicates: n, firstDuplicate } = table.profile;
    const [shown] = table.columns;
    if (n === 0 || !shown || tellsRepeats(table, sorted)) return [];
    return [
      {
        column: null,
        shown,
        row: firstDuplicate,
        rows: n,
        severity: 'info',
        isSafe: false,
        label: 'Leave the repeats out',
        says: `${plural(n, 'row')} ${n === 1 ? 'repeats' : 'repeat'} an earlier row exactly.`,
        mend: () => ({ leaveOut: markRepeats(table, []) }),
      },
    ];
  },
};

export const overlappingFiles: Fault = {
  id: 'rows in two files',
  dimension: 'uniqueness',
  find(table, { sorted }) {
    const earlier = sorted.lines.filter(
      (other) => other.index < table.index && headersOf(other) === headersOf(table),
    );
    if (!sorted.lines.includes(table) || earlier.length === 0) return [];
    const order = columnOf(table, 'order');
    return unwanted(null, markRepeats(table, earlier), {
      shown: order ?? table.columns[0],
      isSafe: order !== undefined,
      label: 'Count them once',
      says: (n) =>
        `${plural(n, 'row')} ${n === 1 ? 'stands' : 'stand'} in ${earlier[0]!.profile.fileName}${earlier.length > 1 ? ' or another file' : ''} already: the exports overlap and these orders count twice.`,
    });
  },
};

/** 1 for the rows whose key stood in an earlier row. */
function seenBefore({ profile }: Column, keys: string[]): Uint8Array {
  const numbers = new TextMap<number>();
  // Distinct texts are distinct keys where none was changed: no table of them all is needed.
  const isAsWritten = keys.every((key, code) => key === '' || key === profile.levels[code]);
  const byCode = keys.map((key, code) => {
    if (key === '' || isAsWritten) return key === '' ? -1 : code;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const isSeen = new Uint8Array(keys.length);
  const marks = new Uint8Array(profile.codes.length);
  for (let row = 0; row < marks.length; row++) {
    const number = byCode[profile.codes[row]!]!;
    if (number < 0) continue;
    marks[row] = isSeen[number]!;
    isSeen[number] = 1;
  }
  return marks;
}

export const customersTwice: Fault = {
  id: 'customers twice',
  dimension: 'uniqueness',
  find(table, { sorted }) {
    if (!sorted.customers.includes(table)) return [];
    const email = columnOf(table, 'email');
    const column = columnOf(table, 'customer') ?? email;
    if (!column) return [];
    const ids = customerTexts(column);
    const byId = seenBefore(column, ids);
    const byEmail = email && seenBefore(email, email.profile.levels.map(normalEmail));
    // Two people of a household share an address: their own ids tell them apart.
    const hasId = (row: number) => ids[column.profile.codes[row]!] !== '';
    const marks = byId.map((mark, row) => (mark || hasId(row) ? mark : (byEmail?.[row] ?? 0)));
    return unwanted(column, marks, {
      isSafe: marks.every((mark, row) => mark === byId[row]),
      label: 'Keep the first row of each customer',
      says: (n, text) =>
        `${plural(n, 'row')} repeat${n === 1 ? 's' : ''} a customer of an earlier row, such as "${text}"; the first row of each counts.`,
    });
  },
};
