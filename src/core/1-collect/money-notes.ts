import type { CollectSettings, Issue } from './collected';
import type { JoinedLines } from './order-lines';
import { columnOf } from './read-table';
import { columnName, money, plural, wasWere } from './wording';

/** What to know about refunds noted beside orders, and about tax and shipping in the money. */
export function moneyNotes(parts: JoinedLines[], settings: CollectSettings): Issue[] {
  return parts.flatMap((part) => [
    ...orderSumNotes(part),
    ...refundNotes(part, settings),
    ...partNotes(part, 'tax', part.hasTax, settings.tax),
    ...partNotes(part, 'shipping', part.hasShipping, settings.shipping),
  ]);
}

function orderSumNotes({ table, isOrderSum, nRows }: JoinedLines): Issue[] {
  const column = columnOf(table, 'amount');
  if (!isOrderSum || !column) return [];
  const sentence = `${table.profile.fileName}, ${columnName(column.reading.name)}: holds the sum of the whole order in its rows; each order’s sum counts once, shared out over its rows.`;
  return [{ kind: 'order sums', severity: 'info', sentence, rows: nRows, example: null }];
}

function refundNotes(part: JoinedLines, { refunds }: CollectSettings): Issue[] {
  const { refunded, table } = part;
  const column = columnOf(table, 'refunded');
  if (!refunded || !column) return [];
  let rows = 0;
  let worth = 0;
  refunded.forEach((value, i) => {
    const isLeftOut = part.fate[i] !== 0 || part.isCancelled[i] === 1;
    if (!(value > 0) || (isLeftOut && refunds === 'net')) return;
    rows++;
    worth += value;
  });
  if (rows === 0) return [];
  const treated =
    refunds === 'net'
      ? `counted against what was bought`
      : `those given back in full are left out, the others count as they were bought`;
  const sentence = `${table.profile.fileName}, ${columnName(column.reading.name)}: ${plural(rows, 'order')} ${wasWere(rows)} given back in part or in full, worth ${money(worth)}; ${treated}.`;
  return [{ kind: 'refunds beside orders', severity: 'info', sentence, rows, example: null }];
}

/** `isIn`: whether the money of the file holds it; null where no column tells. */
function partNotes(
  { table, nRows }: JoinedLines,
  what: 'tax' | 'shipping',
  isIn: boolean | null,
  wanted: 'with' | 'without' | undefined,
): Issue[] {
  const say = (severity: Issue['severity'], rows: number, text: string): Issue[] => [
    { kind: what, severity, rows, sentence: `${table.profile.fileName}: ${text}`, example: null },
  ];
  if (isIn === null)
    return wanted
      ? say(
          'warning',
          nRows,
          `need a column for ${what} to tell amounts ${wanted} it; found none, so amounts stay as the file has them.`,
        )
      : [];
  const amounts = `amounts ${isIn ? 'hold' : 'do not hold'} ${what}`;
  if (!wanted || (wanted === 'with') === isIn) return say('info', 0, `${amounts}, as the file has it.`);
  return say('info', 0, `${amounts} in the file and are told ${wanted} it, as you chose.`);
}
