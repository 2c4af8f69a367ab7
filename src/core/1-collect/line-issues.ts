import type { Issue, RefundPolicy, Role } from './collected';
import { type Fate, fates, type RawLines } from './order-lines';
import { cellAt, columnOf } from './read-table';
import { hasHave, isAre, money, plural, share, wasWere } from './wording';

type Holds = (part: RawLines, i: number) => boolean;

/** Something odd about order lines: which rows have it, the roles it is about, and the sentence for n rows worth sum. */
type Oddity = Pick<Issue, 'kind' | 'severity'> & {
  roles: Role[];
  holds: Holds;
  sentence(n: number, sum: number): string;
};

/** What is odd about the order lines, each with the rows touched, the money and the first row. */
export function lineIssues(parts: RawLines[], refunds: RefundPolicy): Issue[] {
  if (parts.length === 0) return [];
  const nRows = parts.reduce((n, part) => n + part.nRows, 0);
  const where = nameFiles(parts);
  return [...leftOutRows(nRows), ...takenBack(refunds), ...notPositive].flatMap((oddity) => {
    const { rows, amount, first } = tally(parts, oddity.holds);
    if (!first) return [];
    const { table } = first.part;
    const column = oddity.roles.map((role) => columnOf(table, role)).find((c) => c !== undefined);
    const { kind, severity } = oddity;
    const sentence = `${where}: ${oddity.sentence(rows, amount)}`;
    return [{ kind, severity, sentence, rows, example: cellAt(table, column, first.row) }];
  });
}

/** "orders.csv", or "orders.csv and 2 more files". */
export function nameFiles(parts: RawLines[]): string {
  const first = parts[0]!.table.profile.fileName;
  return parts.length === 1 ? first : `${first} and ${plural(parts.length - 1, 'more file', 'more files')}`;
}

/** Visits the rows of all parts that `holds` picks: how many, how much money, and the first. */
function tally(parts: RawLines[], holds: Holds) {
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

const has =
  (fate: Fate): Holds =>
  (part, i) =>
    part.fate[i] === fates.indexOf(fate);

const leftOutRows = (nRows: number): Oddity[] => [
  {
    kind: 'rows without a customer',
    severity: 'warning',
    roles: ['customer'],
    holds: has('noCustomer'),
    sentence: (n, sum) =>
      `${plural(n, 'row')} (${share(n, nRows)}) ${hasHave(n)} no customer and ${isAre(n)} not counted as orders; together worth ${money(sum)}.`,
  },
  {
    kind: 'rows without a date',
    severity: 'warning',
    roles: ['time'],
    holds: has('noDate'),
    sentence: (n, sum) =>
      `${plural(n, 'row')} with a customer ${hasHave(n)} no readable date and ${wasWere(n)} set aside; together worth ${money(sum)}.`,
  },
  {
    kind: 'dates far from the rest',
    severity: 'warning',
    roles: ['time'],
    holds: has('farDate'),
    sentence: (n) =>
      `${plural(n, 'row')} ${isAre(n)} dated more than a year away from all others and ${wasWere(n)} set aside as ${n === 1 ? 'a typing error' : 'typing errors'}.`,
  },
  {
    kind: 'rows without an amount',
    severity: 'warning',
    roles: ['amount', 'price'],
    holds: has('noAmount'),
    sentence: (n) =>
      `${plural(n, 'row')} with a customer and a date ${hasHave(n)} no readable amount and ${wasWere(n)} set aside.`,
  },
];

const takenBack = (refunds: RefundPolicy): Oddity[] => {
  const treated = refunds === 'net' ? 'counted against what was bought' : 'left out';
  return [
    {
      kind: 'cancellations',
      severity: 'info',
      roles: ['status', 'order'],
      holds: (part, i) => part.isCancelled[i] === 1,
      sentence: (n, sum) =>
        `${plural(n, 'row')} belong${n === 1 ? 's' : ''} to cancelled orders worth ${money(Math.abs(sum))}; ${treated}.`,
    },
    {
      kind: 'negative quantities or amounts',
      severity: 'info',
      roles: ['quantity', 'amount'],
      holds: (part, i) => part.amount[i]! < 0 || (part.quantity?.[i] ?? 0) < 0,
      sentence: (n, sum) =>
        `${plural(n, 'row')} ${n === 1 ? 'takes' : 'take'} something back (quantity or amount below zero), together ${money(sum)}; ${treated}.`,
    },
  ];
};

const notPositive: Oddity[] = [
  {
    kind: 'zero or negative quantity',
    severity: 'info',
    roles: ['quantity'],
    holds: (part, i) => part.quantity !== null && part.quantity[i]! <= 0,
    sentence: (n) => `${plural(n, 'row')} ${hasHave(n)} a quantity of zero or less.`,
  },
  {
    kind: 'zero or negative price',
    severity: 'info',
    roles: ['price', 'amount'],
    holds: (part, i) => part.isPaid && (part.price ?? part.amount)[i]! <= 0,
    sentence: (n) => `${plural(n, 'row')} ${hasHave(n)} a price or amount of zero or less.`,
  },
];
