import { type Column, columnOf, type ReadTable } from '../read-table';
import { hasHave, isAre, plural } from '../wording';
import { eachText, type Fault, presentRows, retold } from './fault';

const address = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[a-z]{2,}$/i;

/** The address behind a slip of the hand, '' where none can be made out. */
function repairAddress(text: string): string {
  const repaired = text
    .trim()
    .replace(/^mailto:|^<|>$|[;,.]+$/gi, '')
    .replace(/\s*(?:\(at\)|\[at\]|@)\s*/i, '@')
    .replace(/,(?=[a-z]{2,}$)/i, '.')
    .replace(/\.{2,}/g, '.');
  return address.test(repaired) ? repaired : '';
}

export const badEmails: Fault = {
  id: 'e-mail addresses that cannot be',
  dimension: 'validity',
  find: ({ columns }) =>
    columns.flatMap((column) => {
      const first = column.profile.levels.slice(0, 100);
      const hasSigns = first.filter((text) => text.includes('@')).length * 2 > first.length;
      if (column.reading.type !== 'text' || !hasSigns) return [];
      const texts = new Map<number, string>();
      let good = 0;
      eachText(column, (text, code, rows) => {
        if (address.test(text.trim())) good += rows;
        else texts.set(code, text);
      });
      if (good < 0.7 * presentRows(column)) return [];
      for (const [code, text] of texts) texts.set(code, repairAddress(text));
      return retold(column, texts, {
        isSafe: false,
        label: 'Repair what can be repaired and read the others as empty',
        says: (n, text) =>
          `${plural(n, 'cell')} ${isAre(n)} no e-mail address ${n === 1 ? 'that works' : 'that work'}, such as "${text}".`,
      });
    }),
};

const digitsOf = (text: string): string =>
  text
    .trim()
    .replace(/^00/, '+')
    .replace(/\(0\)/, '')
    .replace(/[\s()/.\-\u2013'’]/g, '');
/** How a number begins and what stands between its digits. */
const shapeOf = (text: string): string =>
  `${/^(?:\+|00|0)?/.exec(text.trim())![0]} ${[...new Set(text.replace(/[\d+]/g, ''))].sort().join('')}`;

export const phoneForms: Fault = {
  id: 'telephone numbers in several forms',
  dimension: 'consistency',
  find: ({ columns }) =>
    columns.flatMap((column) => {
      const isNamed = /\b(phone|telefon|telephone|mobile|tel|handy|cell)\b/.test(column.words);
      if (!isNamed && column.reading.role !== 'phone') return [];
      const rowsOf = new Map<string, number>();
      let all = 0;
      eachText(column, (text, _, rows) => {
        if (!/^[+(]?\d[\d\s()/.\-\u2013'’]{4,}$/.test(text.trim())) return;
        rowsOf.set(shapeOf(text), (rowsOf.get(shapeOf(text)) ?? 0) + rows);
        all += rows;
      });
      if (rowsOf.size < 2 || all < 0.5 * presentRows(column)) return [];
      const [usual] = [...rowsOf].sort((a, b) => b[1] - a[1])[0]!;
      const texts = new Map<number, string>();
      let odd = 0;
      eachText(column, (text, code, rows) => {
        const digits = digitsOf(text);
        if (!/^\+?\d{5,}$/.test(digits)) return;
        if (shapeOf(text) !== usual) odd += rows;
        if (digits !== text) texts.set(code, digits);
      });
      if (odd === 0) return [];
      return retold(column, texts, {
        severity: 'info',
        isSafe: true,
        label: 'Keep the digits and the + only',
        says: (n, text) =>
          `telephone numbers stand in ${rowsOf.size} forms; ${plural(n, 'cell')} ${hasHave(n)} marks between the digits or another beginning, such as "${text}".`,
      });
    }),
};

/** Which country the first row with a postcode is in; '' where the table does not say. */
function countriesOf(table: ReadTable): (row: number) => string {
  const column =
    columnOf(table, 'country') ?? table.columns.find(({ words }) => /\b(country|land)\b/.test(words));
  return (row) => column?.profile.levels[column.profile.codes[row]!]!.trim().toLowerCase() ?? '';
}

function widthsByCountry(column: Column, countryOf: (row: number) => string) {
  const widths = new Map<string, Map<number, number>>();
  eachText(column, (text, code, rows) => {
    if (!/^\d{3,6}$/.test(text.trim())) return;
    const country = countryOf(column.profile.firstRow[code]!);
    const own = widths.get(country) ?? new Map<number, number>();
    own.set(text.trim().length, (own.get(text.trim().length) ?? 0) + rows);
    widths.set(country, own);
  });
  return widths;
}

export const shortPostcodes: Fault = {
  id: 'postcodes without their zero',
  dimension: 'validity',
  find: (table) =>
    table.columns.flatMap((column) => {
      if (!/\b(zip|zipcode|postcode|plz|postal|postleitzahl)\b/.test(column.words)) return [];
      const countryOf = countriesOf(table);
      const widths = widthsByCountry(column, countryOf);
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        const digits = text.trim();
        const own = widths.get(countryOf(column.profile.firstRow[code]!));
        if (!/^\d{3,6}$/.test(digits) || !own) return;
        const usual = [...own].sort((a, b) => b[1] - a[1])[0]!;
        const all = [...own.values()].reduce((sum, rows) => sum + rows, 0);
        if (usual[0] === 5 && usual[1] >= 0.8 * all && digits.length === 4) texts.set(code, `0${digits}`);
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Put the zero back in front',
        says: (n, text) =>
          `${plural(n, 'postcode')} ${hasHave(n)} four digits where the others have five, such as "${text}": a spreadsheet took the leading zero.`,
      });
    }),
};
