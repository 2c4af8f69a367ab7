import type { Role } from '../collected';
import { isCancelledNumber } from '../order-states';
import { type Column, columnOf, type ReadTable } from '../read-table';
import { cancelledWords, headerWords } from '../role-words';
import { count, hasHave, plural } from '../wording';
import { type Fault, type Scene, unwanted } from './fault';
import { writeNumber } from './numbers';

const numbersOf = (column: Column | undefined): ((row: number) => number) | null => {
  if (!column?.numbers) return null;
  const { values } = column.numbers;
  const { codes } = column.profile;
  return (row) => values[codes[row]!]!;
};

const isLines = (table: ReadTable, { sorted }: Scene): boolean => sorted.lines.includes(table);

const FITTING = 0.9;

/** Price times quantity, less the discount where that is how the file works. */
function worksOut(table: ReadTable): ((row: number) => number) | null {
  const [amount, price, quantity] = (['amount', 'price', 'quantity'] as Role[]).map((role) =>
    numbersOf(columnOf(table, role)),
  );
  if (!amount || !price || !quantity) return null;
  const discount = numbersOf(columnOf(table, 'discount'));
  const plain = (row: number) => price(row) * quantity(row);
  const formulas = [plain, ...(discount ? [(row: number) => plain(row) - Math.abs(discount(row) || 0)] : [])];
  const { nRows } = table.profile;
  for (const formula of formulas) {
    let known = 0;
    let fits = 0;
    for (let row = 0; row < nRows; row++) {
      const gap = Math.abs(formula(row) - amount(row));
      if (Number.isNaN(gap)) continue;
      known++;
      if (gap <= allowance(quantity(row))) fits++;
    }
    if (known >= 20 && fits >= FITTING * known) return formula;
  }
  return null;
}

/** Half a cent a piece, lost when the price was rounded, and one cent for the total. */
const allowance = (quantity: number): number => 0.005 * Math.abs(quantity) + 0.011;

export const wrongTotals: Fault = {
  id: 'totals that do not add up',
  dimension: 'consistency',
  find(table) {
    const formula = worksOut(table);
    if (!formula) return [];
    const column = columnOf(table, 'amount')!;
    const amount = numbersOf(column)!;
    const quantity = numbersOf(columnOf(table, 'quantity'))!;
    const wrong: number[] = [];
    for (let row = 0; row < table.profile.nRows; row++)
      if (Math.abs(formula(row) - amount(row)) > allowance(quantity(row))) wrong.push(row);
    const [first] = wrong;
    if (first === undefined) return [];
    const unit = column.isInCents ? 100 : 1;
    const exact = (row: number) => writeNumber((Math.round(formula(row) * 100) / 100) * unit, column);
    return [
      {
        column,
        row: first,
        rows: wrong.length,
        isSafe: false,
        label: 'Work them out from price and quantity',
        says: `${plural(wrong.length, 'total')} differ${wrong.length === 1 ? 's' : ''} from price times quantity, such as "${column.profile.levels[column.profile.codes[first]!]}" where it would be ${exact(first)}.`,
        mend: () => ({
          cells: wrong.map((row) => ({ column: table.columns.indexOf(column), row, text: exact(row) })),
        }),
      },
    ];
  },
};

/** Rows of orders that are marked as taken back, by their number or their state. */
function markedRows(table: ReadTable): Uint8Array {
  const marks = new Uint8Array(table.profile.nRows);
  const mark = (column: Column | undefined, says: (text: string) => boolean) => {
    if (!column) return;
    const isMarked = column.profile.levels.map(says);
    for (let row = 0; row < marks.length; row++) if (isMarked[column.profile.codes[row]!]) marks[row] = 1;
  };
  mark(columnOf(table, 'order'), (text) => isCancelledNumber(text.trim()));
  mark(columnOf(table, 'status'), (text) =>
    headerWords(text)
      .split(' ')
      .some((word) => cancelledWords.has(word)),
  );
  return marks;
}

const RARE = 0.05;
const rowsWhere = (nRows: number, holds: (row: number) => boolean): Uint8Array => {
  const marks = new Uint8Array(nRows);
  let n = 0;
  for (let row = 0; row < nRows; row++) if (holds(row) && n <= RARE * nRows) n += marks[row] = 1;
  return n > Math.max(3, RARE * nRows) ? marks.fill(0) : marks;
};

export const unmarkedNegatives: Fault = {
  id: 'quantities below zero without a mark',
  dimension: 'validity',
  find(table, scene) {
    const column = columnOf(table, 'quantity');
    const quantity = numbersOf(column);
    if (!isLines(table, scene) || !column || !quantity) return [];
    const marked = markedRows(table);
    if (!marked.includes(1)) return [];
    const marks = rowsWhere(marked.length, (row) => quantity(row) < 0 && !marked[row]);
    return unwanted(column, marks, {
      isSafe: false,
      label: 'Leave these rows out',
      says: (n, text) =>
        `${plural(n, 'row')} ${hasHave(n)} a quantity below zero, such as "${text}", although nothing marks the order as taken back; counted as a refund.`,
    });
  },
};

export const worthlessPrices: Fault = {
  id: 'prices of zero or less',
  dimension: 'validity',
  find(table, scene) {
    const column = columnOf(table, 'price') ?? columnOf(table, 'amount');
    const price = numbersOf(column);
    const quantity = numbersOf(columnOf(table, 'quantity'));
    if (!isLines(table, scene) || !column || !price || !columnOf(table, 'price')) return [];
    const marked = markedRows(table);
    const marks = rowsWhere(
      marked.length,
      (row) => price(row) <= 0 && !marked[row] && !(quantity && quantity(row) <= 0),
    );
    return unwanted(column, marks, {
      isSafe: false,
      label: 'Leave these rows out',
      says: (n, text) =>
        `${count(n)} ${n === 1 ? 'row has' : 'rows have'} a price of zero or less for something bought, such as "${text}".`,
    });
  },
};
