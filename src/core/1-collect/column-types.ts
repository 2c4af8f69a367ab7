import type { ColumnReading, ColumnType } from './collected';
import { isDigits } from './digits';
import { isoText } from './read-date';
import { type DecimalMark, parseNumber, plainNumber, readBothWays } from './read-number';
import { type ColumnProfile, isPlaceholder } from './table-profile';

/** A column is a number or a date when so many of its values are; the others are left empty and reported. */
export const NEEDED_SHARE = 0.95;

export type Unreadable = ColumnReading['unreadable'];

/** A column read as numbers: one value for each distinct text, NaN where missing or unreadable. */
export type NumberFit = {
  decimal: DecimalMark;
  /** False when no value says which mark is the decimal one although it matters ("1,234"). */
  isSettled: boolean;
  values: Float64Array;
  unreadable: Unreadable;
  nUnreadable: number;
};

const presentRows = (column: ColumnProfile): number => column.codes.length - column.nMissing;

/** Visits the distinct texts that are present, until `visit` has turned down more rows than a type may lose. */
export function visitUntilHopeless(
  column: ColumnProfile,
  isForced: boolean,
  visit: (code: number) => boolean,
): boolean {
  const allowed = isForced ? Infinity : presentRows(column) * (1 - NEEDED_SHARE);
  let nLost = 0;
  for (let code = 0; code < column.levels.length; code++) {
    if (column.isMissing[code] || column.counts[code] === 0 || isPlaceholder(column.levels[code]!)) continue;
    if (!visit(code) && (nLost += column.counts[code]!) > allowed) return false;
  }
  return true;
}

/** Values by distinct text, NaN until set. Room for all is made late, since most columns are given up after a few. */
export class LevelValues {
  private values: Float64Array;
  constructor(private readonly nLevels: number) {
    this.values = new Float64Array(Math.min(nLevels, 1 << 16)).fill(NaN);
  }
  set(code: number, value: number): void {
    if (code >= this.values.length) this.values = this.widened();
    this.values[code] = value;
  }
  all(): Float64Array {
    return this.values.length === this.nLevels ? this.values : this.widened();
  }
  private widened(): Float64Array {
    const wider = new Float64Array(this.nLevels);
    wider.set(this.values);
    return wider.fill(NaN, this.values.length);
  }
}

const MAX_UNREADABLE = 20;

export function collectUnreadable(
  column: ColumnProfile,
  values: Float64Array,
  isMeant: (code: number) => boolean = () => true,
) {
  const unreadable: Unreadable = [];
  let nUnreadable = 0;
  for (let code = 0; code < values.length; code++) {
    const rows = column.counts[code]!;
    const value = column.levels[code]!;
    if (!Number.isNaN(values[code]!) || column.isMissing[code] || rows === 0 || isPlaceholder(value))
      continue;
    if (!isMeant(code)) continue;
    nUnreadable += rows;
    unreadable.push({ value: value.slice(0, 100), rows, firstRow: column.firstRow[code]! });
  }
  unreadable.sort((a, b) => b.rows - a.rows || a.firstRow - b.firstRow);
  return { unreadable: unreadable.slice(0, MAX_UNREADABLE), nUnreadable };
}

/** The column as numbers, one decimal mark for all of it; null when too many values are no numbers. */
export function fitNumbers(
  column: ColumnProfile,
  decided: DecimalMark | undefined,
  usual: DecimalMark | null,
  isForced: boolean,
): NumberFit | null {
  const dot = new LevelValues(column.levels.length);
  const rows = { '.': 0, ',': 0 };
  const settled = { '.': 0, ',': 0 };
  let isOpen = false;
  const isFit = visitUntilHopeless(column, isForced, (code) => {
    const plain = plainNumber(column.levels[code]!);
    if (!Number.isNaN(plain)) {
      dot.set(code, plain);
      rows['.'] += column.counts[code]!;
      rows[','] += column.counts[code]!;
      return true;
    }
    const evidence = readBothWays(column.levels[code]!);
    dot.set(code, evidence.dot);
    if (!Number.isNaN(evidence.dot)) rows['.'] += column.counts[code]!;
    if (!Number.isNaN(evidence.comma)) rows[','] += column.counts[code]!;
    if (evidence.settles) settled[evidence.settles] += column.counts[code]!;
    else if (Math.abs(evidence.dot - evidence.comma) > 0) isOpen = true;
    return !Number.isNaN(evidence.dot) || !Number.isNaN(evidence.comma);
  });
  if (!isFit || rows['.'] + rows[','] === 0) return null;
  const isSettled = settled['.'] !== settled[','] || !isOpen;
  const found = settled['.'] !== settled[','] ? (settled[','] > settled['.'] ? ',' : '.') : (usual ?? '.');
  const decimal = decided ?? found;
  if (!isForced && !decided && rows[decimal] < presentReadable(column) * NEEDED_SHARE) return null;
  const values = dot.all();
  if (decimal === ',')
    visitUntilHopeless(column, true, (code) => {
      values[code] = parseNumber(column.levels[code]!, ',');
      return true;
    });
  return {
    decimal,
    isSettled: isSettled || decided !== undefined || usual !== null,
    values,
    ...collectUnreadable(column, values),
  };
}

/** Rows with a value that is not a placeholder. */
export function presentReadable(column: ColumnProfile): number {
  let rows = 0;
  for (let code = 0; code < column.levels.length; code++)
    if (!column.isMissing[code] && !isPlaceholder(column.levels[code]!)) rows += column.counts[code]!;
  return rows;
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Headers of what is measured: such numbers may well all differ and have as many digits. */
const measured =
  /\b(income|salary|wages?|revenue|turnover|sales|spend|spent|spending|amount|balance|price|value|worth|distance|population|einkommen|gehalt|umsatz|betrag|guthaben|wert|revenu|salaire|montant|solde|ingresos?|salario|importe|saldo|inkomen|omzet|bedrag)\b/;

/** Why numbers are really names (ids, postcodes), from all values; null when they are numbers. */
export function whyIdentifier(column: ColumnProfile, words: string): string | null {
  let leadingZero = 0;
  let tooLong = 0;
  let wholeRows = 0;
  let width = -1;
  let isOneWidth = true;
  for (let code = 0; code < column.levels.length; code++) {
    const text = column.levels[code]!.trim();
    const rows = column.counts[code]!;
    if (column.isMissing[code] || rows === 0) continue;
    if (text.startsWith("'") && isDigits(text, 1)) tooLong += rows;
    if (!isDigits(text)) continue;
    wholeRows += rows;
    if (width < 0) width = text.length;
    isOneWidth &&= text.length === width;
    if (text.length > 1 && text.startsWith('0')) leadingZero += rows;
    if (text.length > 15) tooLong += rows;
  }
  const present = presentRows(column);
  if (leadingZero > 0 && leadingZero >= present * 0.001)
    return `kept as text: ${leadingZero < present * 0.01 ? 'some' : percent(leadingZero / present)} start with 0`;
  if (tooLong > 0) return 'kept as text: more digits than a number can hold exactly';
  if (
    isOneWidth &&
    width >= 5 &&
    !measured.test(words) &&
    wholeRows === present &&
    present >= 20 &&
    column.nDistinct > present * 0.95
  )
    return `kept as text: ${width} digits each and nearly all different`;
  return null;
}

const show = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** Up to three before -> after pairs of the values seen first. */
export function exampleReadings(column: ColumnProfile, type: ColumnType, values: Float64Array | null) {
  const examples: { written: string; read: string }[] = [];
  for (let code = 0; code < column.levels.length && examples.length < 3; code++) {
    if (column.isMissing[code] || column.counts[code] === 0) continue;
    const value = values?.[code] ?? NaN;
    if (type !== 'text' && Number.isNaN(value)) continue;
    const written = column.levels[code]!;
    const read = type === 'text' ? written.trim() : type === 'date' ? isoText(value) : String(value);
    examples.push({ written: show(written), read: show(read) });
  }
  return examples;
}

/** What share of its rows a numeric fit leaves whole, used to tell counts from money. */
export function wholeShare(column: ColumnProfile, values: Float64Array): number {
  let whole = 0;
  let rows = 0;
  for (let code = 0; code < values.length; code++) {
    if (Number.isNaN(values[code]!)) continue;
    rows += column.counts[code]!;
    if (Number.isInteger(values[code]!)) whole += column.counts[code]!;
  }
  return rows === 0 ? 0 : whole / rows;
}
