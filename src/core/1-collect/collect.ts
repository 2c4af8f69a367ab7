import { tellAbilities } from './abilities';
import { askDateOrder, askRoles } from './ask-roles';
import { tellBias } from './response-bias';
import { setClock } from './clock';
import { companiesAsCustomers, companyCustomersIssue } from './company-customers';
import type {
  Collected,
  CollectSettings,
  ColumnDecision,
  DataCheck,
  Issue,
  OrderLines,
  Question,
} from './collected';
import { readAttributes } from './customer-attributes';
import { customerIssues } from './customer-issues';
import { hashTable, hashTables } from './data-hash';
import { listDatedTargets } from './dated-targets';
import { joinDevices } from './device-ids';
import { checkFile, countTotals, countUsed } from './file-check';
import { applyFixes } from './faults/apply-fixes';
import type { Scene } from './faults/fault';
import { findFaults, joinFaults, type ToldCells } from './faults/fault-issues';
import { fileIssues } from './file-issues';
import { type Gathered, gatherOrders } from './gather-orders';
import { type GatheredTables, gatherTables } from './gather-tables';
import { joinClock } from './join-clocks';
import { findLabels } from './labels';
import { lineIssues, nameFiles, toldWithRows } from './line-issues';
import { countOrders, type OrderCounts, withoutOrders } from './order-counts';
import { orderIssues, tooFewCustomers } from './order-issues';
import { qualityScore, withDimension } from './quality-score';
import type { FileReading, RawTable } from './raw-table';
import { type KnownFits, readColumns } from './read-columns';
import type { ReadTable } from './read-table';
import { rowCustomersIssue } from './row-customers';
import { settleRoles } from './settle-roles';
import { sortTables } from './table-kinds';
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
  return {
    tables,
    readings,
    profiles: tables.map((table) => profileTable(table)),
    hashes: tables.map(hashTable),
  };
}

/** Decides every column, builds the canonical tables and says what is good and bad about the data. */
export function collect(
  loaded: Loaded,
  settings: CollectSettings,
): { check: DataCheck; collected: Collected } {
  const known: KnownFits = new Map();
  const settle: Settle = (profiles, decisions) => settleTables(loaded, profiles, decisions, settings, known);
  const mended = applyFixes(loaded, settings, settle);
  const settled = settle(mended.profiles, mended.decisions);
  const { read, tables: distinct, sorted } = settled;
  const faults = findFaults(settled);
  const gathered = gatherOrders(sorted, settings);
  const { parts, lines } = gathered;
  const beside = gatherTables(sorted, gathered);
  const collected = canonicalTables(gathered, beside, sorted.describing);
  const { issues, questions } = examine(loaded, settled, gathered, faults.told);
  issues.push(...lineIssues(parts, settings.refunds), ...gathered.issues);
  const isPaid = parts.every((part) => part.isPaid);
  const counts = lines && countOrders(lines, collected.customerIds.length, isPaid);
  if (lines && counts) {
    const unordered = withoutOrders(nameFiles(parts), lines, counts);
    issues.push(...orderIssues(parts, collected, lines, counts), ...unordered);
  }
  issues.push(...beside.issues, ...tellBias(collected), ...peopleIssues(sorted.customers, gathered, counts));
  const totals = countTotals(collected);
  const labels = findLabels(collected.attributes.filter((one) => !beside.attributes.includes(one)));
  const files = read.map((table, i) => {
    const kind = sorted.kinds[distinct.indexOf(table)] ?? 'other';
    const rowsUsed = beside.used.get(table.index) ?? countUsed(table, kind, gathered);
    return checkFile(table, loaded.readings[i]!, kind, rowsUsed, mended.leftOut[i]!);
  });
  const allIssues = [...joinFaults(issues, faults.issues), ...mended.applied].map(withDimension);
  const check: DataCheck = {
    files,
    issues: allIssues,
    score: qualityScore(allIssues, files),
    questions,
    refused: loaded.readings.flatMap((reading) => reading.refused),
    totals,
    identity: gathered.identity,
    ...tellAbilities(collected, totals, issues, questions, labels),
    ...labels,
    datedTargets: listDatedTargets(collected),
    dataHash: hashTables(loaded.hashes),
  };
  return { check, collected };
}

type Settled = Scene & { read: ReadTable[]; firstCopies: ReadTable[]; whoIssues: Issue[] };
type Settle = (profiles: TableProfile[], decisions: ColumnDecision[]) => Settled;

/** Every column and table with its part to play; of tables that are the same, `tables` has the first. */
function settleTables(
  { tables, readings, hashes }: Loaded,
  profiles: TableProfile[],
  decisions: ColumnDecision[],
  { answers, timeZone }: CollectSettings,
  known: KnownFits,
): Settled {
  const current = new Set(profiles.flatMap(({ columns }) => columns));
  for (const column of known.keys()) if (!current.has(column)) known.delete(column);
  const read = profiles.map((profile, i) =>
    readColumns(i, profile, decisions, answers, tables[i]!.hasHeader, readings[i]!.personal, known),
  );
  const firstCopies = read.map((_, i) => read[hashes.indexOf(hashes[i]!)]!);
  const distinct = read.filter((table, i) => firstCopies[i] === table);
  setClock(read, timeZone);
  read.forEach(joinClock);
  const ofDevices = distinct.flatMap((table) => joinDevices(table) ?? []);
  const sorted = sortTables(distinct);
  settleRoles(distinct, sorted);
  const whoIssues = [...ofDevices, ...companiesAsCustomers(sorted).map(companyCustomersIssue)];
  return { read, firstCopies, tables: distinct, sorted, whoIssues };
}

function canonicalTables(gathered: Gathered, beside: GatheredTables, describing: ReadTable[]): Collected {
  const { customerIds, customerOf, lines, identity } = gathered;
  const written = readAttributes(describing, customerOf, customerIds.length);
  const attributes = written.filter(({ source }) => !beside.replaced.has(source)).concat(beside.attributes);
  return { customerIds, lines, attributes, identity, ...span(lines), ...beside.tables };
}

function span(lines: OrderLines | null): { from: number; to: number } {
  let from = NaN;
  let to = NaN;
  const n = lines?.time.length ?? 0;
  for (let i = 0; i < n; i++) {
    const time = lines!.time[i]!;
    if (!(time >= from)) from = time;
    if (!(time <= to)) to = time;
  }
  return { from, to };
}

/** What is to say file by file, and what must be asked or stops everything before there are orders or customers. */
function examine(
  loaded: Loaded,
  { read, tables, firstCopies, sorted, whoIssues }: Settled,
  { parts, itemised }: Gathered,
  explained: ToldCells,
) {
  const told = new Set(parts.flatMap(toldWithRows));
  const paid = sorted.lines.filter((table) => !itemised.includes(table));
  const issues: Issue[] = read.flatMap((table, i) =>
    fileIssues(table, loaded.readings[i]!, firstCopies[i]!, sorted, told, explained),
  );
  issues.push(...paid.flatMap(moneyIssues), ...sorted.byRow.map(rowCustomersIssue));
  issues.push(...whoIssues);
  const questions: Question[] = [
    ...paid.slice(0, 1).flatMap((table) => askRoles(table)),
    ...tables.flatMap((table, i) => askDateOrder(table, sorted.kinds[i]!)),
  ];
  if (sorted.kinds.some((kind) => kind !== 'other' && kind !== 'products')) return { issues, questions };
  if (issues.some((issue) => issue.severity === 'blocking')) return { issues, questions };
  const unusable = explainUnusable(read.reduce((a, b) => (b.profile.nRows > a.profile.nRows ? b : a)));
  issues.push(...unusable.issues);
  questions.push(...unusable.questions);
  return { issues, questions };
}

function peopleIssues(
  tables: ReadTable[],
  { customerIds, customerOf, personOf, lines }: Gathered,
  counts: OrderCounts | null,
): Issue[] {
  const first = tables[0];
  if (!first) return [];
  const ordered = counts && { lines: lines!, hasOrder: counts.hasOrder };
  const issues = tables.flatMap((table) =>
    customerIssues(table, personOf(table), customerOf(table), customerIds.length, ordered),
  );
  if (!lines && customerIds.length < 2)
    issues.push(tooFewCustomers(first.profile.fileName, customerIds.length));
  return issues;
}
