import type { CustomerAttribute } from './collected';
import { isOutcome } from './labels';
import type { Column, ReadTable } from './read-table';
import type { CustomerOf } from './spread-columns';
import { columnName } from './wording';

const MAX_LEVELS = 200;

/** The row of a customer table that describes each customer: the first of those that are theirs, -1 for none. */
export function rowsByCustomer(customerOf: Int32Array, nCustomers: number): Int32Array {
  const rows = new Int32Array(nCustomers).fill(-1);
  for (let i = customerOf.length - 1; i >= 0; i--) {
    const customer = customerOf[i]!;
    if (customer >= 0) rows[customer] = i;
  }
  return rows;
}

/** The columns of the customer tables as attributes of the customers; ids, dates and free text are left out. */
export function readAttributes(
  tables: ReadTable[],
  customerOf: CustomerOf,
  nCustomers: number,
): CustomerAttribute[] {
  const uses = new Map<string, number>();
  for (const table of tables)
    for (const column of attributeColumns(table))
      uses.set(column.reading.name, (uses.get(column.reading.name) ?? 0) + 1);
  return tables.flatMap((table) => {
    const rows = rowsByCustomer(customerOf(table), nCustomers);
    const file = table.profile.fileName;
    const last = table.columns.filter(({ isMadeUp }) => !isMadeUp).at(-1);
    return attributeColumns(table).map((column) => {
      const { name, isSnapshot } = column.reading;
      const unique = uses.get(name)! > 1 ? `${file.replace(/\.[^.]*$/, '')}: ${name}` : name;
      const attribute = readAttribute(column, rows, unique, `${file}, ${columnName(name)}`);
      if (isSnapshot) attribute.isSnapshot = true;
      if (column === last) attribute.isLast = true;
      if (isOutcome(attribute)) attribute.isOutcome = true;
      return attribute;
    });
  });
}

const attributeColumns = (table: ReadTable): Column[] =>
  table.columns.filter((column) => column.reading.role === 'attribute' && attributeKind(column) !== null);

/** Two numbers are a category (0/1 flags and labels); text that hardly repeats is neither. */
function attributeKind({ reading, profile }: Column): CustomerAttribute['kind'] | null {
  if (profile.nDistinct === 0 || reading.type === 'date') return null;
  if (reading.type === 'number') return profile.nDistinct <= 2 ? 'category' : 'number';
  const present = profile.codes.length - profile.nMissing;
  const isNearlyUnique = present > 20 && profile.nDistinct > present * 0.5;
  return profile.nDistinct <= MAX_LEVELS && !isNearlyUnique ? 'category' : null;
}

function readAttribute(column: Column, rows: Int32Array, name: string, source: string): CustomerAttribute {
  const { profile, numbers } = column;
  if (attributeKind(column) === 'number') {
    const values = Float64Array.from(rows, (row) => (row < 0 ? NaN : numbers!.values[profile.codes[row]!]!));
    return { name, kind: 'number', values, source };
  }
  const levels: string[] = [];
  const known = new Map<string, number>();
  const codeOf = (text: string): number => {
    if (!known.has(text)) known.set(text, levels.push(text) - 1);
    return known.get(text)!;
  };
  const mapped = profile.levels.map((text, code) => (profile.isMissing[code] ? -1 : codeOf(text.trim())));
  const codes = Int32Array.from(rows, (row) => (row < 0 ? -1 : mapped[profile.codes[row]!]!));
  return { name, kind: 'category', codes, levels, source };
}
