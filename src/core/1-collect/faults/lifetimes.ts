import type { Column } from '../read-table';
import { hasHave, isAre, plural } from '../wording';
import { eachText, type Fault, presentRows, retold, rowsOf, type Scene } from './fault';
import { isStopgap, isStopgapDay } from './placeholders';

const YEAR_MS = 365.25 * 86_400_000;
const OLDEST = 120;
const born = /\b(birth\w*|dob|born|geb|geburt\w*|naissance|nacimiento|geboorte\w*|nascita|nascimento)\b/;
const aged = /^(customer |client |person |user )?(age|alter|edad|leeftijd|eta|idade)( in)?( years| jahre)?$/;

/** The last moment that the files tell of: of orders and sign-ups, else of any other dates; -Infinity where none has any. */
function lastSeen({ tables }: Scene): number {
  const dated = tables.flatMap(({ columns }) =>
    columns.filter(({ dates, words, reading }) => dates && reading.type === 'date' && !born.test(words)),
  );
  const told = dated.filter(({ reading: { role } }) => role === 'time' || role === 'start');
  let last = -Infinity;
  for (const column of told.length > 0 ? told : dated)
    eachText(column, (_, code) => {
      const value = column.dates!.values[code]!;
      if (value > last && !isStopgapDay(value)) last = value;
    });
  return last;
}

export const impossibleBirths: Fault = {
  id: 'birthdays that cannot be',
  dimension: 'validity',
  find: ({ columns }, scene) =>
    columns.flatMap((column) => {
      const { dates, reading, words } = column;
      if (reading.type !== 'date' || !dates || !born.test(words)) return [];
      const last = lastSeen(scene);
      const texts = new Map<number, string>();
      eachText(column, (_, code) => {
        const value = dates.values[code]!;
        const isOld = value < last - OLDEST * YEAR_MS && !isStopgapDay(value);
        if (last > -Infinity && (value > last || isOld)) texts.set(code, '');
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Read them as empty',
        says: (n, text) =>
          `${plural(n, 'birthday')} ${isAre(n)} after everything else in the files or more than ${OLDEST} years before, such as "${text}".`,
      });
    }),
};

/** Most of a column of people's ages could be; an "age" in days or months is another thing. */
const isOfPeople = (column: Column, values: Float64Array): boolean => {
  const codes = Array.from(values.keys()).filter((code) => values[code]! >= 0 && values[code]! <= OLDEST);
  return rowsOf(column, codes) >= presentRows(column) / 2;
};

export const impossibleAges: Fault = {
  id: 'ages that cannot be',
  dimension: 'validity',
  find: ({ columns }) =>
    columns.flatMap((column) => {
      const { numbers, reading, words } = column;
      if (reading.type !== 'number' || !numbers || !aged.test(words)) return [];
      if (!isOfPeople(column, numbers.values)) return [];
      const texts = new Map<number, string>();
      let isMeant = false;
      eachText(column, (_, code) => {
        const value = numbers.values[code]!;
        if (!(value < 0 || value > OLDEST)) return;
        texts.set(code, '');
        isMeant ||= !isStopgap(value);
      });
      // Nothing but 999 is told as a number for nothing.
      if (!isMeant) return [];
      return retold(column, texts, {
        isSafe: false,
        label: 'Read them as empty',
        says: (n, text) =>
          `${plural(n, 'cell')} ${hasHave(n)} an age below 0 or above ${OLDEST}, such as "${text}".`,
      });
    }),
};
