import { customerTexts } from './customer-ids';
import { type Column, columnOf, type ReadTable } from './read-table';

/** The columns of a table that say who: `names` are read only to tell apart people who share an e-mail or a phone. */
export type WhoColumns = {
  id: Column | undefined;
  email: Column | undefined;
  phone: Column | undefined;
  names: Column[];
};

const emailText = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}$/;

/** Trimmed and in small letters, nothing else: dots and tags in front of the @ may tell people apart. '' = no e-mail. */
export function normalEmail(text: string): string {
  const low = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .normalize('NFC')
    .toLowerCase();
  return emailText.test(low) ? low : '';
}

/** Digits with the country's prefix as written; '' for what cannot be a phone or stands for none (0000000). */
function normalPhone(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^'/, '')
    .replace(/^(\+|00)\s*/, '+')
    .replace('(0)', '');
  if (!/^\+?[\d\s()./-]+$/.test(trimmed)) return '';
  const digits = trimmed.replace(/\D/g, '');
  return digits.length < 7 ||
    digits.length > 20 ||
    /^(\d)\1+$/.test(digits) ||
    '1234567890'.startsWith(digits)
    ? ''
    : digits;
}

/** Words of a name in the order of the alphabet, without accents and titles, so that "Smith, Ann" is "Ann Smith". */
export const normalName = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^(mr|mrs|ms|dr|prof|herr|frau|mme|mlle|sr|sra)$/.test(word))
    .sort()
    .join(' ');

const isEmailColumn = ({ profile }: Column): boolean => {
  let present = 0;
  let emails = 0;
  for (let code = 0; code < profile.levels.length; code++) {
    if (profile.isMissing[code] || profile.counts[code] === 0) continue;
    present++;
    if (normalEmail(profile.levels[code]!) !== '') emails++;
  }
  return present > 0 && emails >= present * 0.9;
};

const nameWords =
  /^((billing |customer |client |full |first |last |given |family |contact )?name|first ?name|last ?name|surname|vorname|nachname|prenom|nom|apellido|apellidos|voornaam|achternaam)$/;

export function whoColumns(table: ReadTable): WhoColumns {
  const customer = columnOf(table, 'customer');
  const isEmail = customer !== undefined && isEmailColumn(customer);
  const names = table.columns.filter(({ reading }) => reading.role === 'name');
  const byWords = table.columns.filter(
    ({ words, reading }) => nameWords.test(words) && reading.role !== 'order' && reading.role !== 'customer',
  );
  return {
    id: isEmail ? undefined : customer,
    email: isEmail ? customer : columnOf(table, 'email'),
    phone: columnOf(table, 'phone'),
    names: names.length > 0 ? names : byWords,
  };
}

/** What each distinct text of a column stands for; '' = nobody. */
const keysOf = (column: Column | undefined, read: (column: Column) => string[]): string[] =>
  column ? read(column) : [];

const mapPresent = ({ profile }: Column, of: (text: string) => string): string[] =>
  profile.levels.map((text, code) => (profile.isMissing[code] ? '' : of(text)));

/** "Associated Contact IDs" ("i ds" in words) joins all that took part by semicolons. */
export const holdsSeveral = ({ words, profile }: Column): boolean =>
  /\b(i ?ds?|contacts?)$/.test(words) && profile.levels.some((text) => text.includes(';'));

/** Of several ids in a cell the first that `isKnown`, else the first. */
const oneOfSeveral = (column: Column, isKnown: (id: string) => boolean): string[] =>
  customerTexts(column).map((text) => {
    const ids = text.split(';').map((id) => id.trim());
    return ids.find(isKnown) ?? ids[0]!;
  });

/** `isKnown` tells the ids that stand in other files, where a cell may hold several. */
export const whoKeys = ({ id, email, phone }: WhoColumns, isKnown: (id: string) => boolean) => ({
  ids: keysOf(id, (column) => (holdsSeveral(column) ? oneOfSeveral(column, isKnown) : customerTexts(column))),
  emails: keysOf(email, (column) => mapPresent(column, normalEmail)),
  phones: keysOf(phone, (column) => mapPresent(column, normalPhone)),
});

/** The name in a row, out of all its name columns ('' = none), and a number that is the same for the same cells. */
export function createNameReader(columns: Column[]) {
  const texts = columns.map(({ profile }) =>
    profile.levels.map((text, code) => (profile.isMissing[code] ? '' : text)),
  );
  return {
    at: (row: number): string =>
      normalName(columns.map(({ profile }, c) => texts[c]![profile.codes[row]!]!).join(' ')),
    codeOf(row: number): number {
      let code = 0;
      for (const { profile } of columns) code = code * profile.levels.length + profile.codes[row]!;
      return code;
    },
  };
}
