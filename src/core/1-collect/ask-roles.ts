import type { Question, Role, TableKind } from './collected';
import { wholeShare } from './column-types';
import { type Column, columnOf, type ReadTable } from './read-table';
import { isScore } from './role-values';
import { nameConfidence, SURE } from './roles';
import { needs, sayings } from './kind-needs';
import { confidence, moneyConfidence } from './table-kinds';
import { columnName } from './wording';

const isWhole = ({ numbers, profile }: Column): boolean =>
  !numbers || wholeShare(profile, numbers.values) === 1;
const canName = (column: Column): boolean => !column.dates && column.profile.nDistinct > 1 && isWhole(column);
const isDated = (column: Column): boolean => column.dates !== null;
const isText = ({ numbers, dates }: Column): boolean => !numbers && !dates;
const moneyRoles = new Set<Role>(['amount', 'price', 'attribute', 'ignore']);
const canPay = ({ numbers, dates, identifier, reading }: Column): boolean =>
  numbers !== null &&
  !dates &&
  !identifier &&
  reading.role !== 'customer' &&
  (moneyRoles.has(reading.role) || reading.roleConfidence < SURE);

/** Which columns may have a role that is asked for. */
const fitting: Partial<Record<Role, (column: Column) => boolean>> = {
  customer: canName,
  time: isDated,
  start: isDated,
  event: canName,
  score: isScore,
  stage: canName,
  segment: isText,
  claim: isText,
  comment: isText,
  amount: canPay,
};

/** Roles of a table that its kind cannot do without and that are missing or unsure, as questions. */
export function askRoles(table: ReadTable, kind: TableKind = 'lines'): Question[] {
  if (kind === 'lines') return askLineRoles(table);
  return (needs[kind] ?? []).flatMap((roles) =>
    roles.some((role) => confidence(table, role) >= SURE) ? [] : [question(table, roles[0]!)],
  );
}

function askLineRoles(table: ReadTable): Question[] {
  const questions: Question[] = [];
  const who = confidence(table, 'customer') < SURE ? question(table, 'customer') : askWhichId(table);
  if (who) questions.push(who);
  if (confidence(table, 'time') < SURE) questions.push(question(table, 'time', 'when they bought'));
  if (moneyConfidence(table) < SURE) {
    const paid = question(table, 'amount');
    if (paid.candidates.length > 0) questions.push(paid);
  }
  return questions;
}

/** Names that leave no doubt who the customer is. */
const namesCustomer = /\b(customer|cust|client|cliente|kunden?\w*|klant\w*|shopper|buyer)\b/;

/** Two columns may name the customer, such as a user and an account, and tell different people apart. */
function askWhichId(table: ReadTable): Question | null {
  const chosen = columnOf(table, 'customer')!;
  const { roleWhy, personal } = chosen.reading;
  if (table.source || roleWhy === 'as you chose' || personal || namesCustomer.test(chosen.words)) return null;
  const rival = table.columns.find(
    (c) =>
      c.reading.role === 'ignore' &&
      c.reading.roleWhy !== 'as you chose' &&
      !c.reading.personal &&
      canName(c) &&
      nameConfidence('customer', c.words) >= SURE &&
      c.profile.nDistinct !== chosen.profile.nDistinct,
  );
  if (!rival) return null;
  const tell = ({ reading, profile }: Column) =>
    `${columnName(reading.name)} names ${profile.nDistinct.toLocaleString('en-US')}`;
  const both = [chosen, rival].sort((a, b) => b.profile.nDistinct - a.profile.nDistinct);
  return {
    ...question(table, 'customer'),
    candidates: both.map(({ reading }) => reading.name),
    why: `Both could: ${both.map(tell).join(', ')}.`,
  };
}

/** The likeliest column first, with why; a column whose part the person gave is not offered. */
function question(table: ReadTable, role: Role, saying = sayings[role]): Question {
  const { fileName } = table.profile;
  const guess = columnOf(table, role);
  /** Names before what nothing is known of, and last what surely is something else. */
  const likelihood = (c: Column): number => {
    if (c === guess) return 3;
    if (role === 'customer' && c.reading.personal === 'name') return 2;
    return c.reading.role === 'ignore' || c.reading.role === 'attribute' || c.reading.roleConfidence < SURE
      ? 1
      : 0;
  };
  const candidates = table.columns
    .filter((c) => c.profile.nDistinct > 0 && c.reading.roleWhy !== 'as you chose' && fitting[role]!(c))
    .sort((a, b) => likelihood(b) - likelihood(a) || b.profile.nDistinct - a.profile.nDistinct)
    .map((c) => c.reading.name);
  const isLikely = guess && candidates[0] === guess.reading.name && guess.reading.roleConfidence < 1;
  return {
    file: fileName,
    role,
    sentence: `Which column of ${fileName} says ${saying}?`,
    candidates,
    ...(isLikely && { why: `Perhaps ${columnName(candidates[0]!)}: ${guess.reading.roleWhy}.` }),
  };
}

/** The date a kind of table cannot do without. */
const dateRoles: Partial<Record<TableKind, Role>> = {
  lines: 'time',
  events: 'time',
  touches: 'time',
  deals: 'time',
  subscriptions: 'start',
};

/** Day and month could be either: the app asks, since both readings are possible for every date of the column. */
export function askDateOrder(table: ReadTable, kind: TableKind = 'lines'): Question[] {
  const role = dateRoles[kind];
  const column = role && columnOf(table, role);
  if (!role || !column?.dates || column.dates.isSettled) return [];
  const { fileName } = table.profile;
  const sample = column.profile.levels.find((_, code) => !column.profile.isMissing[code]) ?? '';
  const sentence = `${fileName}, ${columnName(column.reading.name)}: does "${sample}" begin with the day or with the month?`;
  const candidates = ['day', 'month'].map((first) => `${column.reading.name}: ${first} first`);
  return [{ file: fileName, role, sentence, candidates }];
}
