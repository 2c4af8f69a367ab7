import type { ColumnDecision, ColumnReading, ColumnType, RoleAnswer } from './collected';
import {
  type DateFit,
  exampleReadings,
  fitDates,
  fitNumbers,
  type NumberFit,
  whyIdentifier,
} from './column-types';
import type { DecimalMark } from './read-number';
import { headerWords, identifierWords } from './role-words';
import { guessRoles } from './roles';
import type { ColumnProfile, TableProfile } from './table-profile';

/** One column with everything known about it: its texts, what they read as, and what it is for. */
export type Column = {
  profile: ColumnProfile;
  words: string;
  numbers: NumberFit | null;
  dates: DateFit | null;
  /** Why its digits are names rather than numbers, or null. */
  identifier: string | null;
  reading: ColumnReading;
};

/** A file with its columns decided. `index` counts files as they were loaded. */
export type ReadTable = { index: number; profile: TableProfile; columns: Column[] };

const textRoles = new Set(['customer', 'order', 'product', 'category', 'country', 'status']);
const numberRoles = new Set(['amount', 'price', 'quantity', 'discount']);

/** Decides type and role of every column over all of its values; what the person settled wins. */
export function readColumns(
  index: number,
  profile: TableProfile,
  decisions: ColumnDecision[],
  answers: RoleAnswer[],
  hasHeader: boolean,
): ReadTable {
  const own = profile.columns.map((column, c) =>
    decisions
      .filter((d) => d.file === index && d.column === c)
      .reduce<ColumnDecision>((a, d) => ({ ...a, ...d }), answered(index, c, column.name, answers)),
  );
  const first = profile.columns.map((column, c) => fitColumn(column, own[c]!, null));
  const usual = usualMark(first);
  const columns = first.map((column, c) =>
    column.numbers && !column.numbers.isSettled && usual ? fitColumn(column.profile, own[c]!, usual) : column,
  );
  const roles = guessRoles(columns, profile.nRows, own, hasHeader);
  columns.forEach((column, c) => {
    const { role, confidence, why } = roles[c]!;
    Object.assign(column.reading, { role, roleConfidence: confidence, roleWhy: why });
    setType(column, own[c]!.type);
  });
  return { index, profile, columns };
}

/** An answer names a column, and for dates may add what comes first: "ordered: day first". */
function answered(file: number, column: number, name: string, answers: RoleAnswer[]): ColumnDecision {
  const own = name.trim().toLowerCase();
  const decision: ColumnDecision = { file, column };
  for (const { role, column: text } of answers) {
    const [, named, first] = /^(.*?)(?::\s*(day|month) first)?$/i.exec(text.trim().toLowerCase())!;
    if (named !== own) continue;
    decision.role = role;
    if (first) decision.dateOrder = first === 'day' ? 'dmy' : 'mdy';
  }
  return decision;
}

function fitColumn(profile: ColumnProfile, decision: ColumnDecision, usual: DecimalMark | null): Column {
  const words = headerWords(profile.name);
  const dates =
    decision.type && decision.type !== 'date'
      ? null
      : fitDates(profile, decision.dateOrder, decision.type === 'date');
  const numbers =
    decision.type && decision.type !== 'number'
      ? null
      : fitNumbers(profile, decision.decimal, usual, decision.type === 'number');
  const reading: ColumnReading = {
    name: profile.name,
    type: 'text',
    why: '',
    role: 'ignore',
    roleConfidence: 0,
    roleWhy: '',
    missing: profile.nMissing,
    distinct: profile.nDistinct,
    unreadable: [],
    examples: [],
  };
  return { profile, words, numbers, dates, identifier: numbers ? whyIdentifier(profile) : null, reading };
}

/** The decimal mark that the other columns of the file settled, when they agree. */
function usualMark(columns: Column[]): DecimalMark | null {
  const marks = new Set(
    columns.filter((c) => c.numbers?.isSettled && hasFraction(c)).map((c) => c.numbers!.decimal),
  );
  return marks.size === 1 ? [...marks][0]! : null;
}

const hasFraction = ({ numbers }: Column) =>
  numbers!.values.some((v) => !Number.isNaN(v) && !Number.isInteger(v));

/** The role has the last word on the type: an id stays text, money is a number even where its digits look like ids. */
function setType(column: Column, decided: ColumnType | undefined): void {
  const { reading, numbers, dates, profile } = column;
  const [type, why] = decided ? ([decided, 'as you chose'] as const) : typeByRole(column);
  reading.type = type;
  reading.why = why;
  const fit = type === 'number' ? numbers : type === 'date' ? dates : null;
  if (type === 'number' && numbers) reading.decimal = numbers.decimal;
  if (type === 'date' && dates) reading.dateOrder = dates.order;
  reading.unreadable = (fit?.unreadable ?? []).map((u) => ({ ...u }));
  reading.examples = exampleReadings(profile, type, fit?.values ?? null);
}

function typeByRole({ reading, numbers, dates, identifier, words, profile }: Column): [ColumnType, string] {
  const isNamedId = identifierWords.has(words.slice(words.lastIndexOf(' ') + 1));
  if (profile.nDistinct === 0) return ['text', 'every cell is empty'];
  if (textRoles.has(reading.role))
    return ['text', identifier ?? 'a name or number that stands for something'];
  if (dates && !numberRoles.has(reading.role)) return ['date', dates.why];
  if (!numbers) return ['text', 'most values are neither numbers nor dates'];
  if (numberRoles.has(reading.role)) return ['number', whyNumber(numbers)];
  if (identifier) return ['text', identifier];
  if (isNamedId) return ['text', 'kept as text: its name says it is a code'];
  return ['number', whyNumber(numbers)];
}

const whyNumber = ({ decimal, values }: NumberFit): string =>
  values.every((v) => Number.isNaN(v) || Number.isInteger(v))
    ? 'whole numbers'
    : decimal === ','
      ? 'numbers with a decimal comma'
      : 'numbers with a decimal point';
