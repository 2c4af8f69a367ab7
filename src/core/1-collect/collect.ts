import type {
  Collected,
  CollectSettings,
  DataCheck,
  FileCheck,
  Issue,
  OrderLines,
  Question,
} from './collected';
import { rowsByCustomer, readAttributes } from './customer-attributes';
import { createIndex, customerTexts, hasPointZero, type Index } from './customer-ids';
import { hashTable, hashTables } from './data-hash';
import {
  balanceIssues,
  columnIssues,
  count,
  lineIssues,
  plural,
  repeatIssues,
  unreadableIssues,
} from './issues';
import { columnOf, createLineIndexes, joinLines, type RawLines, readLines } from './order-lines';
import type { FileReading, RawTable } from './raw-table';
import { type Column, type ReadTable, readColumns } from './read-columns';
import { isoDay } from './read-date';
import { SURE } from './roles';
import { askRoles, explainUnusable, type SortedTables, sortTables } from './table-kinds';
import { profileTable, type TableProfile } from './table-profile';
import { tellAbilities } from './abilities';
import { findLabels } from './labels';

/** What is loaded: the stored tables with everything that does not depend on settings. */
export type Loaded = {
  tables: RawTable[];
  profiles: TableProfile[];
  readings: FileReading[];
  hashes: string[];
};

export function loadTables(tables: RawTable[], readings: FileReading[]): Loaded {
  return { tables, readings, profiles: tables.map(profileTable), hashes: tables.map(hashTable) };
}

/** Decides every column, builds the canonical tables and says what is good and bad about the data. */
export function collect(
  loaded: Loaded,
  settings: CollectSettings,
): { check: DataCheck; collected: Collected } {
  const read = loaded.profiles.map((profile, i) =>
    readColumns(i, profile, settings.decisions, settings.answers, loaded.tables[i]!.hasHeader),
  );
  const firstCopies = read.filter((_, i) => loaded.hashes.indexOf(loaded.hashes[i]!) === i);
  const sorted = sortTables(firstCopies);
  for (const table of sorted.customers) setAttributeRoles(table);
  if (sorted.lines.length + sorted.customers.length > 0)
    for (const table of firstCopies) if (sorted.leftOut.has(table.index)) dropUnsureRoles(table);
  const questions = sorted.lines.slice(0, 1).flatMap(askRoles).concat(sorted.lines.flatMap(askDateOrder));
  const indexes = createLineIndexes();
  const parts = sorted.lines.map((table) => readLines(table, indexes, settings.refunds));
  const joined = parts.length > 0 ? joinLines(parts, indexes) : null;
  const customerIds = joined?.customerIds ?? listCustomers(sorted.customers);
  const customers = indexOf(customerIds);
  const collected: Collected = {
    customerIds,
    lines: joined?.lines ?? null,
    attributes: readAttributes(sorted.customers, customers),
    ...span(joined?.lines ?? null),
  };
  const issues = [
    ...fileIssues(loaded, read, sorted),
    ...lineIssues(parts, settings.refunds),
    ...(joined ? orderIssues(collected, joined.lines) : []),
    ...sorted.customers.flatMap((table) => matchIssues(table, customers, joined !== null)),
  ];
  if (!joined && sorted.customers.length === 0) {
    const unusable = explainUnusable(read.reduce((a, b) => (b.profile.nRows > a.profile.nRows ? b : a)));
    if (!issues.some((issue) => issue.severity === 'blocking')) issues.push(...unusable.issues);
    questions.push(...unusable.questions);
  } else if (!joined && customerIds.length < 2)
    issues.push(...balanceIssues(customerIds, new Float64Array(1), 0, 0, 0));
  const files = read.map((table, i) => checkFile(loaded, table, i, sorted, parts, firstCopies));
  const totals = countTotals(collected);
  const labelCandidates = findLabels(sorted.customers);
  const check: DataCheck = {
    files,
    issues,
    questions,
    refused: loaded.readings.flatMap((reading) => reading.refused),
    totals,
    ...tellAbilities(collected, totals, issues, questions, labelCandidates),
    labelCandidates,
    dataHash: hashTables(loaded.hashes),
  };
  return { check, collected };
}

const indexOf = (texts: string[]): Index => {
  const index = createIndex();
  for (const text of texts) index.of(text);
  return index;
};

function setAttributeRoles(table: ReadTable): void {
  for (const { reading } of table.columns) {
    const isIgnored = reading.role === 'ignore' && reading.roleWhy === 'as you chose';
    if (reading.role === 'customer' || isIgnored) continue;
    reading.role = 'attribute';
    reading.roleConfidence = 1;
    reading.roleWhy = 'describes the customer';
  }
}

/** In a table that is not used, a guess is only noise. */
function dropUnsureRoles(table: ReadTable): void {
  for (const { reading } of table.columns)
    if (reading.roleConfidence < SURE)
      Object.assign(reading, { role: 'ignore', roleConfidence: 1, roleWhy: 'not used' });
}

/** Ids of all customer tables in the order of the files. */
function listCustomers(tables: ReadTable[]): string[] {
  const index = createIndex();
  for (const table of tables) {
    const column = columnOf(table, 'customer')!;
    const ids = customerTexts(column);
    for (const code of column.profile.codes) if (ids[code] !== '') index.of(ids[code]!);
  }
  return index.texts;
}

function span(lines: OrderLines | null): { from: number; to: number } {
  let from = NaN;
  let to = NaN;
  for (const time of lines?.time ?? []) {
    if (!(time >= from)) from = time;
    if (!(time <= to)) to = time;
  }
  return { from, to };
}

function countTotals({ customerIds, lines, from, to }: Collected): DataCheck['totals'] {
  const revenue = lines?.amount.reduce((sum, amount) => sum + amount, 0) ?? 0;
  return {
    customers: customerIds.length,
    orders: lines?.nOrders ?? 0,
    lines: lines?.nRows ?? 0,
    revenue,
    from: Number.isNaN(from) ? null : isoDay(from),
    to: Number.isNaN(to) ? null : isoDay(to),
  };
}

function orderIssues({ customerIds, from, to }: Collected, lines: OrderLines): Issue[] {
  const spend = new Float64Array(customerIds.length);
  let revenue = 0;
  for (let i = 0; i < lines.nRows; i++) {
    spend[lines.customer[i]!]! += lines.amount[i]!;
    revenue += lines.amount[i]!;
  }
  return balanceIssues(customerIds, spend, revenue, from, to);
}

/** Day and month could be either: the app asks, since both readings are possible for every date of the column. */
function askDateOrder(table: ReadTable): Question[] {
  const column = columnOf(table, 'time');
  if (!column?.dates || column.dates.isSettled) return [];
  const { fileName } = table.profile;
  const sample = column.profile.levels.find((_, code) => !column.profile.isMissing[code]) ?? '';
  const sentence = `${fileName}, column ${column.reading.name}: does "${sample}" begin with the day or with the month?`;
  const candidates = ['day', 'month'].map((first) => `${column.reading.name}: ${first} first`);
  return [{ file: fileName, role: 'time', sentence, candidates }];
}

function fileIssues(loaded: Loaded, read: ReadTable[], sorted: SortedTables): Issue[] {
  return read.flatMap((table, i) => {
    const { fileName, nRows } = table.profile;
    const reading = loaded.readings[i]!;
    const add = (kind: string, severity: Issue['severity'], rows: number, sentence: string): Issue => ({
      kind,
      severity,
      sentence,
      rows,
      example: null,
    });
    const copyOf = loaded.hashes.indexOf(loaded.hashes[i]!);
    if (copyOf !== i)
      return [
        add(
          'same file twice',
          'warning',
          nRows,
          `${fileName} holds the same table as ${read[copyOf]!.profile.fileName}; it is counted once.`,
        ),
      ];
    if (nRows === 0 && reading.refusedCount === 0)
      return [
        add(
          'header only',
          'blocking',
          0,
          `${fileName}: need rows below the column names; row 1 is all there is. Export it again with its rows and drop the new file.`,
        ),
      ];
    const issues: Issue[] = [];
    const mark = wrongSeparator(table);
    if (mark)
      issues.push(
        add(
          'wrong separator',
          'blocking',
          nRows,
          `${fileName}: need at least two columns; it was cut into one because the separator is set to ${reading.dialect.delimiter === '\t' ? 'tab' : `"${reading.dialect.delimiter}"`}, while its rows hold "${mark}". Change the separator of this file to "${mark}".`,
        ),
      );
    if (reading.refusedCount > 0) issues.push(refusedIssue(reading, nRows));
    if (reading.otherSheets && reading.otherSheets.length > 0)
      issues.push(
        add(
          'other sheets',
          'info',
          0,
          `${fileName}: sheet "${reading.dialect.sheet}" was read; not read: ${reading.otherSheets.join(', ')}.`,
        ),
      );
    const why = sorted.leftOut.get(table.index);
    if (why && (sorted.lines.length > 0 || sorted.customers.length > 0))
      issues.push(add('table not used', 'info', nRows, why));
    if (sorted.kinds.length === 0) return issues;
    const customer = columnOf(table, 'customer');
    if (customer && hasPointZero(customer.profile))
      customer.reading.why = 'ids; the ".0" at the end of every one was taken off';
    return [...issues, ...unreadableIssues(table), ...columnIssues(table), ...repeatIssues(table)];
  });
}

function refusedIssue(reading: FileReading, nRows: number): Issue {
  const first = reading.refused[0];
  const isMost = reading.refusedCount > nRows;
  const sentence = `${reading.fileName}: ${plural(reading.refusedCount, 'row')} could not be cut into ${reading.columnNames.length} columns and ${reading.refusedCount === 1 ? 'was' : 'were'} set aside${first ? `; row ${first.row}: ${first.why}` : ''}.${isMost ? ' Check the separator of this file.' : ''}`;
  return {
    kind: 'refused rows',
    severity: isMost ? 'blocking' : 'warning',
    sentence,
    rows: reading.refusedCount,
    example: first ? { file: first.file, row: first.row, column: first.column, value: first.value } : null,
  };
}

/** The mark that a table of one column should have been cut at. */
function wrongSeparator({ columns }: ReadTable): string | null {
  if (columns.length !== 1) return null;
  const { name, levels } = columns[0]!.profile;
  return (
    [';', ',', '\t', '|'].find(
      (mark) =>
        name.includes(mark) && levels.filter((text) => text.includes(mark)).length > levels.length * 0.8,
    ) ?? null
  );
}

/** How the customers of a table match those who ordered, and ids that stand in more than one row. */
function matchIssues(table: ReadTable, customers: Index, hasOrders: boolean): Issue[] {
  const { fileName } = table.profile;
  const column = columnOf(table, 'customer')!;
  const ids = new Set(
    customerTexts(column).filter((id, code) => id !== '' && column.profile.counts[code]! > 0),
  );
  const issues: Issue[] = [];
  const add = (kind: string, severity: Issue['severity'], rows: number, sentence: string) =>
    rows > 0 && issues.push({ kind, severity, sentence, rows, example: null });
  const repeated = table.profile.nRows - column.profile.nMissing - ids.size;
  add(
    'customers twice',
    'warning',
    repeated,
    `${fileName}: ${plural(repeated, 'row')} repeat a customer of an earlier row; the first row of each counts.`,
  );
  add(
    'rows without a customer',
    'warning',
    column.profile.nMissing,
    `${fileName}: ${plural(column.profile.nMissing, 'row')} without a customer id; not used.`,
  );
  const matched = rowsByCustomer(table, customers).reduce((n, row) => n + (row >= 0 ? 1 : 0), 0);
  const without = customers.texts.length - matched;
  if (hasOrders) {
    add(
      'customers without orders',
      'info',
      ids.size - matched,
      `${fileName}: ${plural(ids.size - matched, 'customer')} of ${count(ids.size)} ${ids.size - matched === 1 ? 'has' : 'have'} no orders and ${ids.size - matched === 1 ? 'is' : 'are'} in no segment.`,
    );
    add(
      'customers not in the customer table',
      'info',
      without,
      `${plural(without, 'customer')} with orders ${without === 1 ? 'is' : 'are'} not in ${fileName}; what it says about customers is empty for them.`,
    );
  }
  return issues;
}

function checkFile(
  { readings, tables }: Loaded,
  table: ReadTable,
  i: number,
  sorted: SortedTables,
  parts: RawLines[],
  firstCopies: ReadTable[],
): FileCheck {
  const reading = readings[i]!;
  const kind = sorted.kinds[firstCopies.indexOf(table)] ?? 'other';
  const part = parts.find((p) => p.table === table);
  const customer = columnOf(table, 'customer');
  const rowsUsed = part
    ? part.fate.reduce((n, fate) => n + (fate === 0 ? 1 : 0), 0)
    : kind === 'customers'
      ? countIds(customer!)
      : 0;
  const rowsRead = tables[i]!.nRows + reading.refusedCount;
  const { format, encoding, delimiter } = reading.dialect;
  return {
    name: reading.fileName,
    format,
    encoding,
    delimiter,
    hasHeader: tables[i]!.hasHeader,
    kind,
    bytes: reading.bytes,
    rowsRead,
    rowsUsed,
    rowsReported: rowsRead - rowsUsed,
    columns: table.columns.map((column) => ({
      ...column.reading,
      unreadable: column.reading.unreadable.map((u) => ({
        ...u,
        firstRow: table.profile.fileRow(u.firstRow),
      })),
    })),
  };
}

const countIds = (column: Column): number => new Set(customerTexts(column).filter((id) => id !== '')).size;
