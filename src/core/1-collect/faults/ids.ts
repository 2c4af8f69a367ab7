import { customerTexts } from '../customer-ids';
import { isDigits } from '../digits';
import type { Column } from '../read-table';
import { identifierWords } from '../role-words';
import { hasHave, plural } from '../wording';
import { eachText, type Fault, isId, presentRows, retold } from './fault';

const isCode = (column: Column): boolean =>
  isId(column) || identifierWords.has(column.words.slice(column.words.lastIndexOf(' ') + 1));

export const damagedIds: Fault = {
  id: 'ids cut short by a spreadsheet',
  dimension: 'validity',
  find: (table) =>
    table.columns.filter(isCode).flatMap((column) => {
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        const isPossible = text.includes('E') || text.includes('e');
        if (isPossible && /^\s*\d(?:[.,]\d+)?[eE]\+?\d{1,2}\s*$/.test(text)) texts.set(code, '');
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Read them as empty',
        says: (n, text) =>
          `${plural(n, 'id')} ${n === 1 ? 'was' : 'were'} turned into a number and lost ${n === 1 ? 'its' : 'their'} last digits, such as "${text}"; different ids look the same. Export the file again with this column as text.`,
      });
    }),
};

export const emailCase: Fault = {
  id: 'e-mail addresses in capitals',
  dimension: 'consistency',
  find: (table) =>
    table.columns
      .filter(({ reading }) => reading.role === 'customer')
      .flatMap((column) => {
        const { counts, levels } = column.profile;
        const usual = new Map<string, number>();
        const texts = new Map<number, string>();
        eachText(column, (text, code, rows) => {
          if (!text.includes('@')) return;
          const key = text.trim().toLowerCase();
          const other = usual.get(key);
          if (other === undefined || counts[other]! < rows) usual.set(key, code);
        });
        eachText(column, (text, code) => {
          const main = text.includes('@') ? usual.get(text.trim().toLowerCase()) : undefined;
          if (main !== undefined && levels[main]!.trim() !== text.trim())
            texts.set(code, levels[main]!.trim());
        });
        return retold(column, texts, {
          severity: 'info',
          isSafe: true,
          label: 'Write each address in one way',
          says: (n, text) =>
            `${plural(n, 'e-mail address', 'e-mail addresses')} differ${n === 1 ? 's' : ''} from another only in capitals, such as "${text}"; taken for one person.`,
        });
      }),
};

/** The width that nearly all ids made of digits have, where some of them begin with 0; else 0. */
function fixedWidth(column: Column): number {
  const rowsOf = new Map<number, number>();
  let zeros = 0;
  eachText(column, (text, _, rows) => {
    if (!isDigits(text)) return;
    rowsOf.set(text.length, (rowsOf.get(text.length) ?? 0) + rows);
    if (text.startsWith('0')) zeros += rows;
  });
  const all = presentRows(column);
  const [width, rows] = [...rowsOf].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return rows >= all * 0.8 && zeros >= all * 0.02 && width > 1 ? width : 0;
}

export const idsWithoutZeros: Fault = {
  id: 'ids without their zeros',
  dimension: 'uniqueness',
  find: (table) =>
    table.columns
      .filter(({ reading }) => reading.role === 'customer' || reading.role === 'account')
      .flatMap((column) => {
        const width = fixedWidth(column);
        const texts = new Map<number, string>();
        const ids = customerTexts(column);
        let known: Set<string> | null = null;
        eachText(column, (_, code) => {
          const id = ids[code]!;
          if (isDigits(id) && id.length >= width) return;
          const [, digits, rest] = /^(\d+)(\.0)?$/.exec(id) ?? [];
          if (!digits) return;
          const whole = digits.length < width ? digits.padStart(width, '0') : digits;
          if (whole !== digits || (rest && (known ??= new Set(ids)).has(whole))) texts.set(code, whole);
        });
        const [whole] = texts.values();
        return retold(column, texts, {
          isSafe: width > 0,
          label: 'Write them like the other ids',
          says: (n, text) =>
            `${plural(n, 'row')} ${hasHave(n)} an id in another form than the rest, such as "${text}" for "${whole}": one customer counts as two.`,
        });
      }),
};
