import type { Delimiter } from './raw-table';

export const count = (n: number): string => n.toLocaleString('en-US');
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;
export const isAre = (n: number): string => (n === 1 ? 'is' : 'are');
export const hasHave = (n: number): string => (n === 1 ? 'has' : 'have');
export const wasWere = (n: number): string => (n === 1 ? 'was' : 'were');
/** Cents are told where they matter; all sums are told as the totals are, after any exchange. */
export const money = (amount: number): string => {
  const cents = Math.abs(amount) < 1000 && !Number.isInteger(Math.round(amount * 100) / 100) ? 2 : 0;
  const digits = { minimumFractionDigits: cents, maximumFractionDigits: cents };
  return `${amount.toLocaleString('en-US', digits)} in the currency of the totals`;
};
export const share = (part: number, all: number): string => {
  const percent = (100 * part) / all;
  return percent > 0 && percent < 0.1 ? 'less than 0.1%' : `${percent.toFixed(1)}%`;
};

/** "column amount"; a column without a name of its own is called "column 5" already. */
export const columnName = (name: string): string => (/^column \d+$/.test(name) ? name : `column ${name}`);

const delimiterNames: Record<Delimiter, string> = {
  ',': 'comma (,)',
  ';': 'semicolon (;)',
  '\t': 'tab',
  '|': 'bar (|)',
  blank: 'blanks',
};
export const delimiterName = (delimiter: Delimiter): string => delimiterNames[delimiter];
