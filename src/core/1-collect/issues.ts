import type { Issue, RefundPolicy } from './collected';
import { columnOf, type Fate, fates, type RawLines } from './order-lines';
import type { Column, ReadTable } from './read-columns';
import { isoDay } from './read-date';

export const count = (n: number): string => n.toLocaleString('en-US');
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;
const money = (amount: number): string => Math.round(amount).toLocaleString('en-US');
const share = (part: number, all: number): string => {
  const percent = (100 * part) / all;
  return percent > 0 && percent < 0.1 ? 'less than 0.1%' : `${percent.toFixed(1)}%`;
};

type Example = Issue['example'];
const exampleAt = (table: ReadTable, column: Column | undefined, row: number): Example =>
  column && row >= 0
    ? {
        file: table.profile.fileName,
        row: table.profile.fileRow(row),
        column: column.reading.name,
        value: column.profile.levels[column.profile.codes[row]!]!.slice(0, 100),
      }
    : null;

/** Cells that do not fit their column's type: left empty, never a reason to stop. */
export function unreadableIssues(table: ReadTable): Issue[] {
  return table.columns.flatMap((column): Issue[] => {
    const { type, name, role, roleConfidence } = column.reading;
    const fit = type === 'date' ? column.dates : type === 'number' ? column.numbers : null;
    const first = fit?.unreadable[0];
    if (!fit || !first || (role === 'ignore' && roleConfidence < 1 && fit.nUnreadable === 0)) return [];
    const what = type === 'date' ? 'dates' : 'numbers';
    const sentence = `${table.profile.fileName}, column ${name}: ${plural(fit.nUnreadable, 'cell')} ${fit.nUnreadable === 1 ? 'is' : 'are'} no ${what}, such as "${first.value}"; left empty.`;
    const kind = type === 'date' ? 'unreadable dates' : 'unreadable cells';
    return [
      {
        kind,
        severity: 'warning',
        sentence,
        rows: fit.nUnreadable,
        example: exampleAt(table, column, first.firstRow),
      },
    ];
  });
}

/** Number formats that nothing in the file settles, and columns that hold personal data. */
export function columnIssues(table: ReadTable): Issue[] {
  const issues: Issue[] = [];
  for (const column of table.columns) {
    const { reading, numbers, profile } = column;
    const where = `${table.profile.fileName}, column ${reading.name}`;
    if (reading.type === 'number' && numbers && !numbers.isSettled) {
      const example = reading.examples.find((e) => e.written !== e.read) ?? {
        written: '1,234',
        read: '1234',
      };
      issues.push({
        kind: 'number format',
        severity: 'warning',
        sentence: `${where}: "${example.written}" is read as ${example.read}; nothing in the file says whether the mark splits thousands or decimals. Change it if that is wrong.`,
        rows: table.profile.nRows - profile.nMissing,
        example: null,
      });
    }
    const personal = personalKind(column);
    if (personal)
      issues.push({
        kind: 'personal data',
        severity: 'info',
        sentence: `${where} holds ${personal}; it stays in this browser.`,
        rows: table.profile.nRows - profile.nMissing,
        example: null,
      });
  }
  return issues;
}

function personalKind({ profile, words }: Column): string | null {
  const seen = profile.levels.filter((_, code) => !profile.isMissing[code]).slice(0, 200);
  const isMostly = (pattern: RegExp) =>
    seen.length > 0 && seen.filter((t) => pattern.test(t.trim())).length > seen.length / 2;
  if (isMostly(/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i)) return 'e-mail addresses';
  if (/\b(phone|telefon|mobile|tel)\b/.test(words) && isMostly(/^[+'(]?\d[\d\s()/-]{5,}$/))
    return 'telephone numbers';
  return /^(first name|last name|full name|vorname|nachname|surname|prenom|apellido|voornaam|achternaam|customer name)$/.test(
    words,
  )
    ? 'names of people'
    : null;
}

/** Visits the rows of all parts that `holds` picks: how many, how much money, and the first. */
function tally(parts: RawLines[], holds: (part: RawLines, i: number) => boolean) {
  let rows = 0;
  let amount = 0;
  let first: { part: RawLines; row: number } | null = null;
  for (const part of parts)
    for (let i = 0; i < part.nRows; i++) {
      if (!holds(part, i)) continue;
      first ??= { part, row: i };
      rows++;
      amount += part.amount[i]! || 0;
    }
  return { rows, amount, first: first as { part: RawLines; row: number } | null };
}

/** What is odd about the order lines, each with the rows touched, the money and the first row. */
export function lineIssues(parts: RawLines[], refunds: RefundPolicy): Issue[] {
  const total = parts.reduce((n, part) => n + part.nRows, 0);
  const issues: Issue[] = [];
  type Role = Parameters<typeof columnOf>[1];
  const add = (
    kind: string,
    severity: Issue['severity'],
    role: Role | Role[],
    holds: (part: RawLines, i: number) => boolean,
    sentence: (rows: number, amount: number) => string,
  ) => {
    const { rows, amount, first } = tally(parts, holds);
    if (rows === 0 || !first) return;
    const column = [role]
      .flat()
      .map((r) => columnOf(first.part.table, r))
      .find((c) => c !== undefined);
    issues.push({
      kind,
      severity,
      sentence: sentence(rows, amount),
      rows,
      example: exampleAt(first.part.table, column, first.row),
    });
  };
  const is = (fate: Fate) => (part: RawLines, i: number) => part.fate[i] === fates.indexOf(fate);
  add(
    'rows without a customer',
    'warning',
    'customer',
    is('noCustomer'),
    (n, sum) =>
      `${plural(n, 'row')} (${share(n, total)}) ${n === 1 ? 'has' : 'have'} no customer and ${n === 1 ? 'is' : 'are'} not counted as orders; together they are worth ${money(sum)}.`,
  );
  add(
    'rows without a date',
    'warning',
    'time',
    is('noDate'),
    (n, sum) =>
      `${plural(n, 'row')} with a customer ${n === 1 ? 'has' : 'have'} no readable date and ${n === 1 ? 'was' : 'were'} set aside; together worth ${money(sum)}.`,
  );
  add(
    'dates far from the rest',
    'warning',
    'time',
    is('farDate'),
    (n) =>
      `${plural(n, 'row')} ${n === 1 ? 'is' : 'are'} dated more than a year away from all others and ${n === 1 ? 'was' : 'were'} set aside as ${n === 1 ? 'a typing error' : 'typing errors'}.`,
  );
  add(
    'rows without an amount',
    'warning',
    ['amount', 'price'],
    is('noAmount'),
    (n) =>
      `${plural(n, 'row')} with a customer and a date ${n === 1 ? 'has' : 'have'} no readable amount and ${n === 1 ? 'was' : 'were'} set aside.`,
  );
  const treated = refunds === 'net' ? 'counted against what was bought' : 'left out';
  add(
    'cancellations',
    'info',
    ['status', 'order'],
    (part, i) => part.isCancelled[i] === 1,
    (n, sum) =>
      `${plural(n, 'row')} belong${n === 1 ? 's' : ''} to cancelled orders worth ${money(Math.abs(sum))}; ${treated}.`,
  );
  add(
    'negative quantities or amounts',
    'info',
    ['quantity', 'amount'],
    (part, i) => part.amount[i]! < 0 || (part.quantity?.[i] ?? 0) < 0,
    (n, sum) =>
      `${plural(n, 'row')} ${n === 1 ? 'takes' : 'take'} something back (quantity or amount below zero), together ${money(sum)}; ${treated}.`,
  );
  add(
    'zero or negative quantity',
    'info',
    'quantity',
    (part, i) => part.quantity !== null && part.quantity[i]! <= 0,
    (n) => `${plural(n, 'row')} ${n === 1 ? 'has' : 'have'} a quantity of zero or less.`,
  );
  add(
    'zero or negative price',
    'info',
    ['price', 'amount'],
    (part, i) => (part.price ?? part.amount)[i]! <= 0,
    (n) => `${plural(n, 'row')} ${n === 1 ? 'has' : 'have'} a price or amount of zero or less.`,
  );
  return issues;
}

/** Rows that repeat another in every column; kept, since two equal lines can both be true. */
export function repeatIssues(table: ReadTable): Issue[] {
  const { nDuplicates, firstDuplicate, fileName } = table.profile;
  if (nDuplicates === 0) return [];
  const sentence = `${fileName}: ${plural(nDuplicates, 'row')} ${nDuplicates === 1 ? 'repeats' : 'repeat'} an earlier row exactly; kept, because two equal purchases can both be real.`;
  return [
    {
      kind: 'exact repeats',
      severity: 'info',
      sentence,
      rows: nDuplicates,
      example: exampleAt(table, table.columns[0], firstDuplicate),
    },
  ];
}

/** What the orders as a whole look like: one day only, one customer who outweighs the rest. */
export function balanceIssues(
  customerIds: string[],
  spend: Float64Array,
  revenue: number,
  from: number,
  to: number,
): Issue[] {
  const issues: Issue[] = [];
  const add = (kind: string, severity: Issue['severity'], sentence: string) =>
    issues.push({ kind, severity, sentence, rows: 0, example: null });
  if (customerIds.length < 2)
    add(
      'too few customers',
      'blocking',
      `Need at least two customers to compare; the orders hold ${plural(customerIds.length, 'customer')}. Check that the customer column is the right one, or add more data.`,
    );
  else if (isoDay(from) === isoDay(to))
    add(
      'one day only',
      'warning',
      `All orders are from ${isoDay(from)}; how recently and how regularly people buy cannot be told apart. Add orders from other days.`,
    );
  let top = 0;
  spend.forEach((amount, i) => {
    if (amount > spend[top]!) top = i;
  });
  if (customerIds.length > 1 && revenue > 0 && spend[top]! > revenue * 0.2)
    add(
      'one customer outweighs',
      'warning',
      `Customer ${customerIds[top]} alone brings ${share(spend[top]!, revenue)} of the revenue; averages will lean towards that one.`,
    );
  return issues;
}
