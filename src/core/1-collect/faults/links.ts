import { normalEmail } from '../contact-keys';
import { customerTexts } from '../customer-ids';
import { dayOf } from '../read-date';
import { type Column, columnOf, type ReadTable } from '../read-table';
import { hasHave, plural } from '../wording';
import { eachText, type Fault, retold, type Scene, unwanted } from './fault';

const describing = ({ sorted }: Scene, table: ReadTable) =>
  sorted.customers.filter((other) => other !== table);

const idsOf = (table: ReadTable): string[] => {
  const column = columnOf(table, 'customer');
  if (!column) return [];
  return customerTexts(column).filter((id, code) => id !== '' && column.profile.counts[code]! > 0);
};

/** What is left of an id when capitals, a trailing ".0" and leading zeros do not count. */
const keyOf = (id: string): string =>
  id
    .toLowerCase()
    .replace(/\.0$/, '')
    .replace(/^0+(?=\d)/, '');

export const unlikeIds: Fault = {
  id: 'ids written unlike the customer file',
  dimension: 'consistency',
  find(table, scene) {
    const tables = describing(scene, table);
    if (!scene.sorted.lines.includes(table) || tables.length === 0) return [];
    const column = columnOf(table, 'customer');
    if (!column) return [];
    const known = new Set(tables.flatMap(idsOf));
    const byKey = new Map<string, string | null>();
    for (const id of known) byKey.set(keyOf(id), byKey.has(keyOf(id)) ? null : id);
    const ids = customerTexts(column);
    const texts = new Map<number, string>();
    eachText(column, (_, code) => {
      const other = known.has(ids[code]!) ? null : byKey.get(keyOf(ids[code]!));
      if (other) texts.set(code, other);
    });
    const [other] = texts.values();
    return retold(column, texts, {
      isSafe: true,
      label: `Write them as in ${tables[0]!.profile.fileName}`,
      says: (n, text) =>
        `${plural(n, 'row')} ${hasHave(n)} an id that the customer file writes in another way, such as "${text}" for "${other}".`,
    });
  },
};

const emailsOf = (table: ReadTable): string[] => {
  const column = columnOf(table, 'email');
  return column ? column.profile.levels.map(normalEmail) : [];
};

/** Rows of an order file whose customer, by id or by e-mail, no customer file knows. */
function rowsOfStrangers(table: ReadTable, tables: ReadTable[]): Uint8Array {
  const who = columnOf(table, 'customer');
  const email = columnOf(table, 'email');
  const known = new Set([...tables.flatMap(idsOf), ...tables.flatMap(emailsOf)]);
  const ids = who ? customerTexts(who) : [];
  const emails = emailsOf(table);
  return new Uint8Array(table.profile.nRows).map((_, row) => {
    const keys = [
      who ? ids[who.profile.codes[row]!]! : '',
      email ? emails[email.profile.codes[row]!]! : '',
    ].filter((key) => key !== '');
    return keys.length > 0 && !keys.some((key) => known.has(key) || known.has(key.toLowerCase())) ? 1 : 0;
  });
}

export const orphans: Fault = {
  id: 'customers not in the customer table',
  dimension: 'consistency',
  isToldElsewhere: true,
  find(table, scene) {
    const tables = describing(scene, table);
    const column = columnOf(table, 'customer') ?? columnOf(table, 'email');
    if (!scene.sorted.lines.includes(table) || tables.length === 0 || !column) return [];
    return unwanted(column, rowsOfStrangers(table, tables), {
      severity: 'info',
      isSafe: false,
      label: 'Leave their rows out',
      says: (n, text) =>
        `${plural(n, 'row')} of customers who are not in ${tables[0]!.profile.fileName}, such as "${text}".`,
    });
  },
};

const joinedWords =
  /\b(sign ?up|signup|registered|registration|created|since|joined|join|first seen|angelegt|anmeldung|inscription|alta)\b/;

/** The day of each customer's first order, over all order files. */
function firstOrders({ lines }: Scene['sorted']): Map<string, number> {
  const first = new Map<string, number>();
  for (const table of lines) {
    const who = columnOf(table, 'customer');
    const when = columnOf(table, 'time');
    if (!who || !when?.dates) continue;
    const earliest = new Float64Array(who.profile.levels.length).fill(Infinity);
    const { values } = when.dates;
    for (let row = 0; row < table.profile.nRows; row++) {
      const time = values[when.profile.codes[row]!]!;
      const code = who.profile.codes[row]!;
      if (time < earliest[code]!) earliest[code] = time;
    }
    customerTexts(who).forEach((id, code) => {
      if (id !== '' && earliest[code]! < (first.get(id) ?? Infinity)) first.set(id, earliest[code]!);
    });
  }
  return first;
}

export const orderedTooEarly: Fault = {
  id: 'orders before the customer',
  dimension: 'timeliness',
  find(table, { sorted }) {
    if (!sorted.customers.includes(table) || sorted.lines.length === 0) return [];
    const joined = table.columns.filter(({ dates, words }) => dates && joinedWords.test(words));
    if (joined.length === 0) return [];
    const first = firstOrders(sorted);
    const who = columnOf(table, 'customer');
    if (!who) return [];
    const ids = customerTexts(who);
    return joined.flatMap((column: Column) => {
      const marks: number[] = [];
      for (let row = 0; row < table.profile.nRows; row++) {
        const day = dayOf(column.dates!.values[column.profile.codes[row]!]!);
        const order = first.get(ids[who.profile.codes[row]!]!);
        if (order !== undefined && day > dayOf(order) + 1) marks.push(row);
      }
      const [row] = marks;
      if (row === undefined) return [];
      const n = marks.length;
      return [
        {
          column,
          row,
          rows: n,
          isSafe: false,
          label: 'Read these dates as empty',
          says: `${plural(n, 'customer')} ordered before the day they are said to have joined, such as "${column.profile.levels[column.profile.codes[row]!]}".`,
          mend: () => ({
            cells: marks.map((at) => ({ column: table.columns.indexOf(column), row: at, text: '' })),
          }),
        },
      ];
    });
  },
};
