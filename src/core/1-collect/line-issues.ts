import type { Issue, RefundPolicy, Role } from './collected';
import { type Fate, fates, type JoinedLines } from './order-lines';
import { cellAt, type Column, columnOf } from './read-table';
import { moneySource } from './table-kinds';
import { moneyIssues } from './unusable';
import { columnName, count, hasHave, isAre, money, plural, share, wasWere } from './wording';

type Holds = (part: JoinedLines, i: number) => boolean;

/** Order lines that one fate set aside: the roles it is about, and the sentence for n rows worth sum. */
type Oddity = Pick<Issue, 'kind' | 'severity'> & {
  roles: Role[];
  fate: Fate;
  sentence(n: number, sum: number): string;
};

/** What is odd about the order lines, each with the rows touched, the money and the first row. */
export function lineIssues(parts: JoinedLines[], refunds: RefundPolicy): Issue[] {
  if (parts.length === 0) return [];
  const nRows = parts.reduce((n, part) => n + part.nRows, 0);
  const where = nameFiles(parts);
  const leftOut = leftOutRows(nRows).flatMap((oddity) => {
    const { rows, amount, first } = tally(parts, oddity.fate);
    if (!first) return [];
    const { table } = first.part;
    const column = oddity.roles.map((role) => columnOf(table, role)).find((c) => c !== undefined);
    const { kind, severity } = oddity;
    const sentence = `${where}: ${oddity.sentence(rows, amount)}`;
    return [{ kind, severity, sentence, rows, example: cellAt(table, column, first.row) }];
  });
  return [...pricedAlone(parts, where), ...leftOut, ...noMoney(parts, refunds, where, nRows)];
}

/** "orders.csv", or "orders.csv and 2 more files". */
export function nameFiles(parts: JoinedLines[]): string {
  const first = parts[0]!.table.profile.fileName;
  return parts.length === 1 ? first : `${first} and ${plural(parts.length - 1, 'more file', 'more files')}`;
}

type At = { part: JoinedLines; row: number };

/** The rows of all parts with that fate: how many, the money on balance, and the first. */
function tally(parts: JoinedLines[], fate: Fate) {
  const code = fates.indexOf(fate);
  let rows = 0;
  let amount = 0;
  let first: At | null = null;
  for (const part of parts)
    for (let i = part.fate.indexOf(code); i >= 0 && i < part.nRows; i++) {
      if (part.fate[i] !== code) continue;
      first ??= { part, row: i };
      rows++;
      amount += part.amount[i]! || 0;
    }
  return { rows, amount, first: first as At | null };
}

const together = (sum: number): string => (Math.abs(sum) < 0.005 ? '' : `; together worth ${money(sum)}`);

const setAside = new Set<Fate>(['noCustomer', 'noDate', 'farDate', 'noAmount', 'notPaid', 'noRate']);
const isSetAside = fates.map((fate) => setAside.has(fate));

const leftOutRows = (nRows: number): Oddity[] => [
  {
    kind: 'rows without a customer',
    severity: 'warning',
    roles: ['customer'],
    fate: 'noCustomer',
    sentence: (n, sum) =>
      `${count(n)} of ${plural(nRows, 'row')} (${share(n, nRows)}) ${hasHave(n)} no customer and ${isAre(n)} not counted as orders${together(sum)}.`,
  },
  {
    kind: 'rows without a date',
    severity: 'warning',
    roles: ['time'],
    fate: 'noDate',
    sentence: (n, sum) =>
      `${plural(n, 'row')} with a customer ${hasHave(n)} no readable date and ${wasWere(n)} set aside${together(sum)}.`,
  },
  {
    kind: 'dates far from the rest',
    severity: 'warning',
    roles: ['time'],
    fate: 'farDate',
    sentence: (n) =>
      `${plural(n, 'row')} ${isAre(n)} dated more than a year away from all others and ${wasWere(n)} set aside as ${n === 1 ? 'a typing error' : 'typing errors'}.`,
  },
  {
    kind: 'rows without an amount',
    severity: 'warning',
    roles: ['amount', 'price'],
    fate: 'noAmount',
    sentence: (n) =>
      `${plural(n, 'row')} with a customer and a date ${hasHave(n)} no readable amount and ${wasWere(n)} set aside.`,
  },
  {
    kind: 'payments that never came',
    severity: 'warning',
    roles: ['status'],
    fate: 'notPaid',
    sentence: (n, sum) =>
      `${count(n)} of ${plural(nRows, 'row')} (${share(n, nRows)}) ${isAre(n)} not paid (failed, unfinished or a test) and ${isAre(n)} not counted${together(sum)}.`,
  },
  {
    kind: 'rows in another currency',
    severity: 'warning',
    roles: ['currency'],
    fate: 'noRate',
    sentence: (n) =>
      `${count(n)} of ${plural(nRows, 'row')} (${share(n, nRows)}) ${isAre(n)} in a currency without a rate and ${isAre(n)} left out.`,
  },
];

/** Ways in which a row can bring no money. A cancelled order keeps its rows, whatever amount they show. */
const reasons: { what: string; roles: Role[]; holds: Holds }[] = [
  {
    what: 'in cancelled orders',
    roles: ['status', 'order'],
    holds: (part, i) => part.isCancelled[i] === 1,
  },
  {
    what: 'with a quantity of zero or less',
    roles: ['quantity'],
    holds: (part, i) => part.quantity !== null && part.quantity[i]! <= 0,
  },
  {
    what: 'with a price of zero or less',
    roles: ['price'],
    holds: (part, i) => part.isPaid && part.price !== null && part.price[i]! <= 0,
  },
  {
    what: 'with an amount of zero or less',
    roles: ['amount'],
    holds: (part, i) => part.isPaid && part.price === null && part.amount[i]! <= 0,
  },
];

/** Visits every row once: how many bring no money, what they are worth without signs, and how many for each reason. */
function tallyNoMoney(parts: JoinedLines[]) {
  const itemised = fates.indexOf('itemised');
  const rowsOf = new Float64Array(reasons.length);
  let rows = 0;
  let known = 0;
  let worth = 0;
  let first: At | null = null;
  for (const part of parts)
    for (let i = 0; i < part.nRows; i++) {
      if (part.fate[i] === itemised) continue;
      let isOdd = false;
      for (let r = 0; r < reasons.length; r++) {
        if (!reasons[r]!.holds(part, i)) continue;
        isOdd = true;
        rowsOf[r]!++;
      }
      if (!isOdd) continue;
      first ??= { part, row: i };
      rows++;
      worth += Math.abs(part.amount[i]!) || 0;
      if (!isSetAside[part.fate[i]!]) known++;
    }
  return { rows, known, worth, rowsOf, first: first as At | null };
}

/** Rows that take something back or bring nothing: each counted once, with all that is odd about them. */
function noMoney(parts: JoinedLines[], refunds: RefundPolicy, where: string, nRows: number): Issue[] {
  const { rows, known, worth, rowsOf, first } = tallyNoMoney(parts);
  if (!first) return [];
  const each = reasons
    .map(({ what }, r) => ({ what, n: rowsOf[r]! }))
    .filter(({ n }) => n > 0)
    .map(({ what, n }) => `${n === rows ? 'all' : count(n)} ${what}`);
  const { table } = first.part;
  const { roles } = reasons.find((reason) => reason.holds(first.part, first.row))!;
  const column = roles.map((role) => columnOf(table, role)).find((c) => c !== undefined);
  const whose =
    known === rows
      ? ''
      : known === 0
        ? 'none of a known customer, so none is '
        : `the ${count(known)} of known customers are `;
  const isWorth = worth >= 0.005;
  const sum = isWorth ? `; worth ${money(worth)}` : '';
  const against = isWorth ? `; ${whose}counted against what was bought` : '';
  const treated = refunds === 'net' ? against : `; ${whose}left out`;
  const sentence = `${where}: ${count(rows)} of ${plural(nRows, 'row')} (${share(rows, nRows)}) ${rows === 1 ? 'takes' : 'take'} something back or bring${rows === 1 ? 's' : ''} nothing: ${each.join(', ')}${sum}${treated}.`;
  const example = cellAt(table, column, first.row);
  return [{ kind: 'rows that bring no money', severity: 'info', sentence, rows, example }];
}

/** Prices that no quantity multiplies count once a row. */
function pricedAlone(parts: JoinedLines[], where: string): Issue[] {
  const { table, quantity } = parts[0]!;
  if (quantity || moneySource(table) !== 'price' || moneyIssues(table).length > 0) return [];
  const name = columnName(columnOf(table, 'price')!.reading.name);
  const sentence = `${where}, ${name}: no column says how many, so every row counts as one piece at this price.`;
  const rows = parts.reduce((n, part) => n + part.nRows, 0);
  return [{ kind: 'price without a quantity', severity: 'info', sentence, rows, example: null }];
}

/** Columns whose unreadable cells are told as rows set aside, so that they are not told twice. */
export function toldWithRows({ table, source: read, fate }: JoinedLines): Column[] {
  const told = (wanted: Fate, roles: Role[]) =>
    fate.includes(fates.indexOf(wanted)) ? roles.map((role) => columnOf(table, role)) : [];
  const source = moneySource(table);
  const columns = [
    ...told('noDate', ['time']),
    ...told('noAmount', source === 'amount' ? ['amount'] : ['price', 'quantity']),
  ];
  const readings = new Set(columns.map((column) => column?.reading));
  return read.columns.filter(({ reading }) => readings.has(reading));
}
