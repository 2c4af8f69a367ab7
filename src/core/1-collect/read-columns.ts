import type { ColumnDecision, ColumnReading, PersonalKind, RoleAnswer } from './collected';
import { fitNumbers, whyIdentifier } from './column-types';
import { fitDates } from './fit-dates';
import { keysOf, type KnownExport } from './formats/known-export';
import { recogniseHeaders } from './formats/recognise';
import { headerKey } from './header-key';
import { personalKind } from './personal';
import type { FileReading } from './raw-table';
import type { DecimalMark } from './read-number';
import type { Column, ReadTable } from './read-table';
import { sampleTexts } from './role-values';
import { guessRoles } from './roles';
import { settleCents, settleType } from './settle-type';
import type { ColumnProfile, TableProfile } from './table-profile';

type Fit = Pick<Column, 'numbers' | 'dates' | 'identifier'>;
/** What columns read as, by what was asked of them: a column that a fix leaves alone is not read again. */
export type KnownFits = Map<ColumnProfile, Map<string, Fit>>;

/** Decides type and role of every column over all of its values; what the person settled wins. */
export function readColumns(
  index: number,
  profile: TableProfile,
  decisions: ColumnDecision[],
  answers: RoleAnswer[],
  hasHeader: boolean,
  personal: FileReading['personal'] = [],
  known: KnownFits = new Map(),
): ReadTable {
  const own = profile.columns.map((column, c) =>
    decisions
      .filter((d) => d.file === index && d.column === c)
      .reduce<ColumnDecision>((a, d) => ({ ...a, ...d }), answered(index, c, column.name, answers)),
  );
  const headers = recogniseHeaders(profile.columns.map(({ name }) => name));
  const { words } = headers;
  const first = profile.columns.map((column, c) => fitColumn(column, words[c]!, own[c]!, null, known));
  const usual = usualMark(first);
  const columns = first.map((column, c) =>
    column.numbers && !column.numbers.isSettled && usual
      ? fitColumn(column.profile, words[c]!, own[c]!, usual, known)
      : column,
  );
  const source = hasHeader ? headers.source : null;
  for (const column of columns) {
    describePerson(column, source);
    const hashed = personal.find((p) => p.treatment === 'hash' && p.column === column.reading.name);
    if (hashed) Object.assign(column.reading, { personal: hashed.kind, isHashed: true });
  }
  const roles = guessRoles(columns, profile.nRows, own, hasHeader, source);
  columns.forEach((column, c) => {
    const { role, confidence, why } = roles[c]!;
    Object.assign(column.reading, { role, roleConfidence: confidence, roleWhy: why });
    settleCents(column);
    settleType(column, own[c]!.type);
  });
  return { index, profile, columns, source };
}

function describePerson(column: Column, source: KnownExport | null): void {
  const kind = findPersonal(column.words, source, sampleTexts(column));
  if (kind) column.reading.personal = kind;
  if (keysOf(source?.carried).includes(headerKey(column.words))) column.isCarried = true;
}

/** What a column tells of a person: by its header in a known export, else by header and values. */
export function findPersonal(
  words: string,
  source: KnownExport | null,
  texts: readonly string[],
): PersonalKind | null {
  const known = Object.entries(source?.personal ?? {}) as [PersonalKind, string][];
  const key = headerKey(words);
  return known.find(([, headers]) => keysOf(headers).includes(key))?.[0] ?? personalKind(words, texts);
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

function fitColumn(
  profile: ColumnProfile,
  words: string,
  decision: ColumnDecision,
  usual: DecimalMark | null,
  known: KnownFits,
): Column {
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
  return { profile, words, ...fitTexts(profile, words, decision, usual, known), reading };
}

function fitTexts(
  profile: ColumnProfile,
  words: string,
  { type, dateOrder, decimal }: ColumnDecision,
  usual: DecimalMark | null,
  known: KnownFits,
): Fit {
  const ofColumn = known.get(profile) ?? new Map<string, Fit>();
  known.set(profile, ofColumn);
  const asked = JSON.stringify([words, type, dateOrder, decimal, usual]);
  const earlier = ofColumn.get(asked);
  if (earlier) return earlier;
  const dates = type && type !== 'date' ? null : fitDates(profile, dateOrder, type === 'date');
  const numbers = type && type !== 'number' ? null : fitNumbers(profile, decimal, usual, type === 'number');
  const fit = { numbers, dates, identifier: numbers ? whyIdentifier(profile, words) : null };
  ofColumn.set(asked, fit);
  return fit;
}

/** The decimal mark that the other columns of the file settled, when they agree. */
function usualMark(columns: Column[]): DecimalMark | null {
  const marks = new Set(
    columns.filter((c) => c.numbers?.isSettled && hasFraction(c)).map((c) => c.numbers!.decimal),
  );
  return marks.size === 1 ? [...marks][0]! : null;
}

function hasFraction({ numbers }: Column): boolean {
  const { values } = numbers!;
  for (let code = 0; code < values.length; code++)
    if (!Number.isNaN(values[code]!) && Math.trunc(values[code]!) !== values[code]) return true;
  return false;
}
