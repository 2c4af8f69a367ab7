import { tellAbilities } from './abilities';
import type { Collected, CollectSettings, DataCheck, Issue, OrderLines, Question } from './collected';
import { readAttributes } from './customer-attributes';
import { createIndex, customerTexts, type Index } from './customer-ids';
import { customerIssues } from './customer-issues';
import { hashTable, hashTables } from './data-hash';
import { checkFile, countTotals } from './file-check';
import { fileIssues } from './file-issues';
import { findLabels } from './labels';
import { lineIssues, nameFiles, toldWithRows } from './line-issues';
import { countOrders, type OrderCounts, withoutOrders } from './order-counts';
import { orderIssues, tooFewCustomers } from './order-issues';
import { createLineIndexes, joinLines, type RawLines, readLines } from './order-lines';
import type { FileReading, RawTable } from './raw-table';
import { readColumns } from './read-columns';
import { type Column, columnOf, type ReadTable } from './read-table';
import { SURE } from './roles';
import { askDateOrder, askRoles, type SortedTables, sortTables } from './table-kinds';
import { profileTable, type TableProfile } from './table-profile';
import { explainUnusable, moneyIssues } from './unusable';

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
  const firstCopies = read.map((_, i) => read[loaded.hashes.indexOf(loaded.hashes[i]!)]!);
  const distinct = read.filter((table, i) => firstCopies[i] === table);
  const sorted = sortTables(distinct);
  settleRoles(distinct, sorted);
  const indexes = createLineIndexes();
  const parts = sorted.lines.map((table) => readLines(table, indexes, settings.refunds));
  const joined = parts.length > 0 ? joinLines(parts, indexes) : null;
  const collected = canonicalTables(joined, sorted.customers);
  const { issues, questions } = examine(
    loaded,
    read,
    firstCopies,
    sorted,
    new Set(parts.flatMap(toldWithRows)),
  );
  issues.push(...lineIssues(parts, settings.refunds));
  const isPaid = parts.every((part) => part.isPaid);
  const counts = joined && countOrders(joined.lines, collected.customerIds.length, isPaid);
  if (joined && counts) {
    const unordered = withoutOrders(nameFiles(parts), joined.lines, counts);
    issues.push(...orderIssues(parts, collected, joined.lines, counts), ...unordered);
  }
  issues.push(...peopleIssues(sorted.customers, collected, counts));
  const totals = countTotals(collected);
  const labelCandidates = findLabels(sorted.customers);
  const check: DataCheck = {
    files: read.map((table, i) => {
      const kind = sorted.kinds[distinct.indexOf(table)] ?? 'other';
      return checkFile(
        table,
        loaded.readings[i]!,
        kind,
        parts.find((part) => part.table === table),
      );
    }),
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

/** All other columns of a customer table describe it; in a table that is not used, an unsure guess is only noise. */
function settleRoles(tables: ReadTable[], { lines, customers, leftOut }: SortedTables): void {
  for (const { reading } of customers.flatMap((table) => table.columns)) {
    const isIgnored = reading.role === 'ignore' && reading.roleWhy === 'as you chose';
    if (reading.role === 'customer' || isIgnored) continue;
    Object.assign(reading, { role: 'attribute', roleConfidence: 1, roleWhy: 'describes the customer' });
  }
  if (lines.length + customers.length === 0) return;
  for (const table of tables.filter(({ index }) => leftOut.has(index)))
    for (const { reading } of table.columns)
      if (reading.roleConfidence < SURE)
        Object.assign(reading, { role: 'ignore', roleConfidence: 1, roleWhy: 'this file is not used' });
}

type Joined = { lines: OrderLines; customerIds: string[] } | null;

function canonicalTables(joined: Joined, customerTables: ReadTable[]): Collected {
  const customerIds = joined?.customerIds ?? listCustomers(customerTables);
  const lines = joined?.lines ?? null;
  return {
    customerIds,
    lines,
    attributes: readAttributes(customerTables, indexOf(customerIds)),
    ...span(lines),
  };
}

const indexOf = (texts: string[]): Index => {
  const index = createIndex();
  for (const text of texts) index.of(text);
  return index;
};

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

/** What is to say file by file, and what must be asked or stops everything before there are orders or customers. */
function examine(
  loaded: Loaded,
  read: ReadTable[],
  firstCopies: ReadTable[],
  sorted: SortedTables,
  told: ReadonlySet<Column>,
) {
  const issues: Issue[] = read.flatMap((table, i) =>
    fileIssues(table, loaded.readings[i]!, firstCopies[i]!, sorted, told),
  );
  issues.push(...sorted.lines.flatMap(moneyIssues));
  const questions: Question[] = [
    ...sorted.lines.slice(0, 1).flatMap(askRoles),
    ...sorted.lines.flatMap(askDateOrder),
  ];
  if (sorted.lines.length + sorted.customers.length > 0) return { issues, questions };
  if (issues.some((issue) => issue.severity === 'blocking')) return { issues, questions };
  const unusable = explainUnusable(read.reduce((a, b) => (b.profile.nRows > a.profile.nRows ? b : a)));
  issues.push(...unusable.issues);
  questions.push(...unusable.questions);
  return { issues, questions };
}

function peopleIssues(
  tables: ReadTable[],
  { customerIds, lines }: Collected,
  counts: OrderCounts | null,
): Issue[] {
  const first = tables[0];
  if (!first) return [];
  const customers = indexOf(customerIds);
  const issues = tables.flatMap((table) =>
    customerIssues(table, customers, counts && { lines: lines!, hasOrder: counts.hasOrder }),
  );
  if (!lines && customerIds.length < 2)
    issues.push(tooFewCustomers(first.profile.fileName, customerIds.length));
  return issues;
}
