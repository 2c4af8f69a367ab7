import { parseNumber } from '../read-number';
import type { Column } from '../read-table';
import { isAre, plural } from '../wording';
import { totalRows } from './stray-rows';
import { eachText, type Fault, presentRows, quantile, retold, rowsWith, unwanted } from './fault';

/** A number as the column writes them. */
export const writeNumber = (value: number, { reading }: Column): string =>
  reading.decimal === ',' ? String(value).replace('.', ',') : String(value);

const numberColumns = (columns: Column[]) =>
  columns.flatMap((column) =>
    column.reading.type === 'number' && column.numbers ? [{ column, numbers: column.numbers }] : [],
  );

export const otherDecimalMark: Fault = {
  id: 'another decimal mark',
  dimension: 'consistency',
  find: ({ columns }) =>
    numberColumns(columns).flatMap(({ column, numbers }) => {
      if (numbers.nUnreadable === 0) return [];
      const other = numbers.decimal === '.' ? ',' : '.';
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        const value = Number.isNaN(numbers.values[code]!) ? parseNumber(text, other) : NaN;
        if (!Number.isNaN(value)) texts.set(code, writeNumber(value, column));
      });
      const mark = other === ',' ? 'comma' : 'point';
      return retold(column, texts, {
        isSafe: true,
        label: `Read the ${mark} as their decimal mark`,
        says: (n, text) =>
          `${plural(n, 'number')} ${isAre(n)} written with a decimal ${mark}, unlike the rest, such as "${text}"; left empty.`,
      });
    }),
};

export const percentSigns: Fault = {
  id: 'per cent among plain numbers',
  dimension: 'consistency',
  find: ({ columns }) =>
    numberColumns(columns).flatMap(({ column, numbers }) => {
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        if (text.trimEnd().endsWith('%') && !Number.isNaN(numbers.values[code]!))
          texts.set(code, text.replace('%', '').trim());
      });
      if (texts.size === 0) return [];
      const plain = numbers.values.map((value, code) =>
        texts.has(code) || value === 0 ? NaN : Math.abs(value),
      );
      if (!(quantile(column, plain, 0.5) > 1)) return [];
      return retold(column, texts, {
        isSafe: false,
        label: 'Take the per cent sign off',
        says: (n, text) =>
          `${plural(n, 'number')} with a per cent sign among numbers without one, such as "${text}"; read as a hundredth.`,
      });
    }),
};

/** No number is written with more letters. */
const LONGEST = 40;
/** What multiplies a number is no unit. */
const multipliers = /^(?:k|m|mio|mn|mrd|bn|b|tsd|thousand|million)$/i;

export const unitsInCells: Fault = {
  id: 'units beside numbers',
  dimension: 'validity',
  find: ({ columns }) =>
    numberColumns(columns).flatMap(({ column, numbers }) => {
      if (numbers.nUnreadable === 0) return [];
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        if (!Number.isNaN(numbers.values[code]!) || text.length > LONGEST) return;
        const [, digits, unit] = /^\s*([-+]?[\d.,]*\d)\s*(\p{L}{1,8}|[x×°"])\.?\s*$/u.exec(text) ?? [];
        if (!digits || !unit || multipliers.test(unit) || /^[OoIl]$/.test(unit)) return;
        if (!Number.isNaN(parseNumber(digits, numbers.decimal))) texts.set(code, digits);
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Read the number and leave the unit away',
        says: (n, text) =>
          `${plural(n, 'cell')} with a unit beside the number, such as "${text}"; left empty.`,
      });
    }),
};

export const lettersInNumbers: Fault = {
  id: 'letters for digits',
  dimension: 'validity',
  find: ({ columns }) =>
    numberColumns(columns).flatMap(({ column, numbers }) => {
      if (numbers.nUnreadable === 0) return [];
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        if (text.length > LONGEST) return;
        if (!Number.isNaN(numbers.values[code]!) || !/^\s*[-+]?[\d.,OolI]*\d[\d.,OolI]*\s*$/.test(text))
          return;
        const digits = text.replace(/[Oo]/g, '0').replace(/[lI]/g, '1');
        const other = numbers.decimal === '.' ? ',' : '.';
        const [own, swapped] = [parseNumber(digits, numbers.decimal), parseNumber(digits, other)];
        const value = Number.isNaN(own) ? swapped : own;
        if (digits !== text && !Number.isNaN(value)) texts.set(code, writeNumber(value, column));
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Read the letters as the digits they look like',
        says: (n, text) =>
          `${plural(n, 'number')} with a letter where a digit belongs, such as "${text}"; left empty.`,
      });
    }),
};

const moneyRoles = new Set(['amount', 'price', 'listPrice', 'discount', 'tax', 'shipping', 'refunded']);

export const inCents: Fault = {
  id: 'amounts a hundred times too large',
  dimension: 'consistency',
  find: ({ columns }) =>
    numberColumns(columns).flatMap(({ column, numbers }) => {
      if (!moneyRoles.has(column.reading.role)) return [];
      const usual = numbers.values.slice().fill(NaN);
      const whole: number[] = [];
      let n = 0;
      eachText(column, (text, code, rows) => {
        if (/[.,]\d\d\D*$/.test(text)) {
          usual[code] = Math.abs(numbers.values[code]!);
          n += rows;
        } else if (/^\D*\d{3,}\D*$/.test(text)) whole.push(code);
      });
      if (whole.length === 0 || n < presentRows(column) * 0.9) return [];
      const [low, high] = [quantile(column, usual, 0.01), quantile(column, usual, 0.99)];
      const texts = new Map<number, string>();
      for (const code of whole) {
        const value = Math.abs(numbers.values[code]!);
        if (value > 1.5 * high && value / 100 >= low && value / 100 <= high)
          texts.set(code, writeNumber(numbers.values[code]! / 100, column));
      }
      return retold(column, texts, {
        isSafe: false,
        label: 'Divide them by 100',
        says: (count, text) =>
          `${plural(count, 'amount')} ${isAre(count)} written in cents among amounts with two decimals, such as "${text}".`,
      });
    }),
};

const TIMES_MEDIAN = 1000;
const TIMES_NEXT = 10;
const MOST = 0.001;

export const outliers: Fault = {
  id: 'values far too large',
  dimension: 'validity',
  find(table, scene) {
    const totals = totalRows.find(table, scene).map((found) => found.mend());
    const isTotal = (row: number) => totals.some((mend) => 'leaveOut' in mend && mend.leaveOut[row] === 1);
    return numberColumns(table.columns).flatMap(({ column, numbers }) => {
      if (!['amount', 'price', 'quantity'].includes(column.reading.role)) return [];
      const sizes = numbers.values.map((value) => Math.abs(value) || NaN);
      const limit = TIMES_MEDIAN * quantile(column, sizes, 0.5);
      const far: number[] = [];
      let rows = 0;
      let next = 0;
      eachText(column, (_, code, n) => {
        if (n === 1 && isTotal(column.profile.firstRow[code]!)) return;
        if (sizes[code]! > limit) {
          far.push(code);
          rows += n;
        } else if (sizes[code]! > next) next = sizes[code]!;
      });
      const isApart = far.every((code) => sizes[code]! > TIMES_NEXT * next);
      if (far.length === 0 || !isApart || rows > Math.max(3, MOST * presentRows(column))) return [];
      return unwanted(column, rowsWith(column, far), {
        isSafe: false,
        label: 'Leave these rows out',
        says: (n, text) =>
          `${plural(n, 'value')} more than ${TIMES_MEDIAN.toLocaleString('en-US')} times the usual one and far from all others, such as "${text}".`,
      });
    });
  },
};

const marks = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['$', 'USD'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['zł', 'PLN'],
]);
const currencyMark = /€|£|\$|¥|₹|zł|\b[A-Z]{3}\b/;

/** Rows and codes of each currency that the texts of a column name. */
function currenciesIn(column: Column, isCodes: boolean) {
  const found = new Map<string, { rows: number; codes: number[] }>();
  eachText(column, (text, code, rows) => {
    const mark = isCodes ? text.trim().toUpperCase() : currencyMark.exec(text)?.[0];
    if (!mark) return;
    const name = marks.get(mark) ?? mark;
    const seen = found.get(name) ?? { rows: 0, codes: [] };
    seen.rows += rows;
    seen.codes.push(code);
    found.set(name, seen);
  });
  return [...found].sort((a, b) => b[1].rows - a[1].rows);
}

export const mixedCurrencies: Fault = {
  id: 'several currencies',
  dimension: 'consistency',
  find: ({ columns }) =>
    columns.flatMap((column) => {
      const isCodes = column.reading.role === 'currency';
      if (!isCodes && !(moneyRoles.has(column.reading.role) && column.numbers)) return [];
      const [main, ...others] = currenciesIn(column, isCodes);
      if (!main || others.length === 0) return [];
      const codes = others.flatMap(([, seen]) => seen.codes);
      return unwanted(column, rowsWith(column, codes), {
        isSafe: false,
        label: `Keep ${main[0]} only and leave these rows out`,
        says: (n, text) =>
          `${plural(n, 'amount')} in ${others.map(([name]) => name).join(', ')} among amounts in ${main[0]}, such as "${text}".`,
      });
    }),
};
