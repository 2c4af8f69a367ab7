import type { Column, ReadTable } from '../read-table';
import { isAre, plural } from '../wording';
import { eachText, type Fault, rowsWith, unwanted } from './fault';

const totalWord =
  /^(?:grand |sub|overall )?(?:total|totals|sum|summe|gesamt|gesamtsumme|insgesamt|totaal|totale|totaux|somme|suma)\s*:?$/i;

/** Most texts that hardly repeat are ids, times and numbers, and a pattern takes its time. */
function endsInDigit(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 48 && last <= 57;
}

/** The row's number in a column is what all other rows of it add up to. */
function isSumOfOthers({ numbers, profile }: Column, row: number, isTotal: Uint8Array): boolean {
  if (!numbers) return false;
  const { codes } = profile;
  const own = numbers.values[codes[row]!]!;
  if (Number.isNaN(own) || own === 0) return false;
  let sum = 0;
  for (let i = 0; i < codes.length; i++) if (!isTotal[i]) sum += numbers.values[codes[i]!]! || 0;
  return Math.abs(sum - own) <= 0.005 * Math.abs(own);
}

const isMostlyEmpty = ({ columns }: ReadTable, row: number): boolean =>
  columns.filter(({ profile }) => profile.isMissing[profile.codes[row]!]).length * 2 >= columns.length - 1;

export const totalRows: Fault = {
  id: 'rows of totals',
  dimension: 'validity',
  find(table) {
    const marks = new Uint8Array(table.profile.nRows);
    let shown: Column | undefined;
    for (const column of table.columns) {
      const codes: number[] = [];
      eachText(column, (text, code, rows) => {
        if (rows > 5 || text.length >= 20 || endsInDigit(text)) return;
        if (totalWord.test(text.trim())) codes.push(code);
      });
      if (codes.length === 0) continue;
      shown ??= column;
      rowsWith(column, codes).forEach((mark, row) => (marks[row]! |= mark));
    }
    if (!shown) return [];
    let isSafe = true;
    for (let row = 0; row < marks.length; row++) {
      if (!marks[row]) continue;
      const isSum = table.columns.some((column) => isSumOfOthers(column, row, marks));
      if (!isSum && !isMostlyEmpty(table, row)) marks[row] = 0;
      isSafe &&= isSum || !marks[row];
    }
    return unwanted(null, marks, {
      shown,
      isSafe,
      label: 'Leave these rows out',
      says: (n, text) => `${plural(n, 'row')} ${isAre(n)} no data but the sum of the others ("${text}").`,
    });
  },
};

/** 1 for the rows in which every cell is empty, as spreadsheets leave them below a table. */
export function markEmpty({ columns, profile }: ReadTable): Uint8Array {
  const marks = new Uint8Array(profile.nRows).fill(1);
  for (const { profile: own } of columns)
    for (let row = 0; row < marks.length; row++) if (!own.isMissing[own.codes[row]!]) marks[row] = 0;
  return marks;
}

export const emptyRows: Fault = {
  id: 'empty rows',
  dimension: 'validity',
  find(table) {
    if (table.columns.some(({ profile }) => profile.nMissing === 0)) return [];
    return unwanted(null, markEmpty(table), {
      shown: table.columns[0],
      isSafe: true,
      label: 'Leave these rows out',
      says: (n) => `${plural(n, 'row')} ${n === 1 ? 'holds' : 'hold'} nothing at all, as spreadsheets leave below a table.`, // prettier-ignore
    });
  },
};

export const repeatedHeaders: Fault = {
  id: 'column names among the rows',
  dimension: 'validity',
  find(table) {
    const { columns, profile } = table;
    const hits = columns.map((column) => {
      const name = column.profile.name.trim();
      let found = -1;
      eachText(column, (text, code) => {
        if (text.length >= name.length && text.trim() === name) found = code;
      });
      return found;
    });
    const named = columns.filter((_, c) => hits[c]! >= 0);
    if (named.length < 2) return [];
    const marks = new Uint8Array(profile.nRows);
    const rarest = named.reduce((a, b) =>
      b.profile.counts[hits[columns.indexOf(b)]!]! < a.profile.counts[hits[columns.indexOf(a)]!]! ? b : a,
    );
    rowsWith(rarest, [hits[columns.indexOf(rarest)]!]).forEach((mark, row) => {
      const equal = columns.filter((column, c) => column.profile.codes[row] === hits[c]).length;
      if (mark && equal >= 2 && equal * 2 >= columns.length) marks[row] = 1;
    });
    return unwanted(null, marks, {
      shown: rarest,
      isSafe: true,
      label: 'Leave these rows out',
      says: (n, text) =>
        `${plural(n, 'row')} ${n === 1 ? 'repeats' : 'repeat'} the column names ("${text}") among the data, as when files were put together.`,
    });
  },
};

const testWord =
  /^(?:test|dummy|demo|fake)(?:er|ing)?(?:[ _.+-]?(?:order|bestellung|customer|kunde|user|account|product|artikel|item|email|mail))?[ _-]?\d*(?:@.*)?$/i;
const whoRoles = ['customer', 'email', 'name', 'product', 'order', 'status', 'coupon', 'account'];
const MOST_TESTS = 0.2;

export const testRows: Fault = {
  id: 'test orders',
  dimension: 'validity',
  find(table) {
    const marks = new Uint8Array(table.profile.nRows);
    let shown: Column | undefined;
    for (const column of table.columns) {
      if (!whoRoles.includes(column.reading.role) && !/\b(e ?mail|name)\b/.test(column.words)) continue;
      const codes: number[] = [];
      eachText(column, (text, code) => {
        if (testWord.test(text.trim())) codes.push(code);
      });
      if (codes.length === 0) continue;
      shown ??= column;
      rowsWith(column, codes).forEach((mark, row) => (marks[row]! |= mark));
    }
    const n = marks.reduce((sum, mark) => sum + mark, 0);
    if (!shown || n > MOST_TESTS * marks.length) return [];
    const row = marks.indexOf(1);
    const own = table.columns.find(({ profile }) =>
      testWord.test(profile.levels[profile.codes[row]!]!.trim()),
    );
    return unwanted(null, marks, {
      shown: own ?? shown,
      isSafe: false,
      label: 'Leave these rows out',
      says: (n, text) => `${plural(n, 'row')} ${isAre(n)} tests rather than business, such as "${text}".`,
    });
  },
};
